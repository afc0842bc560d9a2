//! Lines and columns.

use std::sync::OnceLock;

/// A place as a person counts it: line and column from 1, the column in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode scalar values, from 1.
    pub column: u32,
}

/// The start of a file.
impl Default for Position {
    fn default() -> Self {
        Self { line: 1, column: 1 }
    }
}

/// Where each line of a text begins. Lines end at LF, CRLF or CR.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// What stands before every [`STRIDE`]th byte; counted when a column of a long line is asked for.
    marks: OnceLock<Vec<Counted>>,
}

/// Columns of a longer stretch than this are not counted from its start.
const STRIDE: usize = 4096;

/// How long a stretch of text is.
#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    characters: u32,
    code_units: u32,
}

impl Counted {
    fn of(text: &str) -> Self {
        // Characters beyond the basic plane take two code units, and four bytes that begin with 0xF0 or more.
        let characters = offset(text.chars().count());
        Self {
            characters,
            code_units: characters + offset(text.bytes().filter(|byte| *byte >= 0xF0).count()),
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            characters: self.characters + other.characters,
            code_units: self.code_units + other.code_units,
        }
    }

    fn minus(self, other: Self) -> Self {
        Self {
            characters: self.characters - other.characters,
            code_units: self.code_units - other.code_units,
        }
    }
}

impl LineIndex {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let carriage_return_of_a_pair = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            if !carriage_return_of_a_pair {
                starts.push(offset(at + 1));
            }
        }
        Self { starts, marks: OnceLock::new() }
    }

    /// The number of lines; a text that ends with a line break has an empty last one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line that holds byte `at`, from 0.
    pub fn line_of(&self, at: u32) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// The bytes of `line` (from 0), its line break included; `None` past the last line.
    pub fn line_range(&self, text: &str, line: usize) -> Option<std::ops::Range<usize>> {
        let start = *self.starts.get(line)? as usize;
        let end = self.starts.get(line + 1).map_or(text.len(), |next| *next as usize);
        Some(start..end)
    }

    /// Line and column of byte `at` of `text`.
    pub fn position(&self, text: &str, at: u32) -> Position {
        let (line, before) = self.before(text, at);
        Position { line, column: before.characters + 1 }
    }

    /// The same with the column in UTF-16 code units, as SARIF and editors count.
    pub fn position_utf16(&self, text: &str, at: u32) -> Position {
        let (line, before) = self.before(text, at);
        Position { line, column: before.code_units + 1 }
    }

    /// The line of byte `at`, and what stands before it on that line.
    fn before(&self, text: &str, at: u32) -> (u32, Counted) {
        let at = boundary(text, at as usize);
        let line = self.line_of(offset(at));
        let start = self.starts[line] as usize;
        let before = if at - start <= STRIDE {
            Counted::of(&text[start..at])
        } else {
            self.counted_before(text, at).minus(self.counted_before(text, start))
        };
        (offset(line) + 1, before)
    }

    /// What stands before byte `at` of the whole text.
    fn counted_before(&self, text: &str, at: usize) -> Counted {
        let marks = self.marks.get_or_init(|| marks(text));
        let mark = at / STRIDE;
        let from = boundary(text, mark * STRIDE);
        marks.get(mark).copied().unwrap_or_default().plus(Counted::of(&text[from..at]))
    }
}

/// What stands before each stride of `text`.
fn marks(text: &str) -> Vec<Counted> {
    let mut before = Counted::default();
    let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
    for begin in (0..=text.len()).step_by(STRIDE) {
        marks.push(before);
        let stretch = boundary(text, begin)..boundary(text, begin + STRIDE);
        before = before.plus(Counted::of(&text[stretch]));
    }
    marks
}

/// `at`, or the start of the character that it lies in.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// `decode` refuses texts that are too large for an offset.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_each_kind_of_break() {
        let text = "a\nb\r\nc\rd";
        let lines = LineIndex::new(text);
        let found: Vec<_> =
            (0..lines.count()).map(|line| &text[lines.line_range(text, line).unwrap()]).collect();
        assert_eq!(found, ["a\n", "b\r\n", "c\r", "d"]);
        assert_eq!(lines.position(text, 5), Position { line: 3, column: 1 });
        assert_eq!(lines.position(text, 7), Position { line: 4, column: 1 });
    }

    #[test]
    fn columns_of_long_lines_are_those_that_counting_gives() {
        let text = format!("short\n{}\nlast", "aé😀b".repeat(3000));
        let lines = LineIndex::new(&text);
        let start = "short\n".len();
        for (at, _) in text.char_indices().filter(|(at, _)| (start..text.len() - 5).contains(at)).step_by(7) {
            let before = &text[start..at];
            let position = lines.position(&text, u32::try_from(at).unwrap());
            assert_eq!((position.line, position.column as usize), (2, before.chars().count() + 1));
            let position = lines.position_utf16(&text, u32::try_from(at).unwrap());
            assert_eq!(position.column as usize, before.encode_utf16().count() + 1);
        }
        assert_eq!(lines.position(&text, u32::MAX), Position { line: 3, column: 5 });
    }

    #[test]
    fn columns_count_characters_or_code_units() {
        let text = "x\n😀é1";
        let lines = LineIndex::new(text);
        let at = u32::try_from(text.find('1').unwrap()).unwrap();
        assert_eq!(lines.position(text, at), Position { line: 2, column: 3 });
        assert_eq!(lines.position_utf16(text, at), Position { line: 2, column: 4 });
    }
}
