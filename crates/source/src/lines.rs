//! Lines and columns.

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
        Self { starts }
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
        Position { line, column: offset(before.chars().count()) + 1 }
    }

    /// The same with the column in UTF-16 code units, as SARIF and editors count.
    pub fn position_utf16(&self, text: &str, at: u32) -> Position {
        let (line, before) = self.before(text, at);
        Position { line, column: offset(before.encode_utf16().count()) + 1 }
    }

    fn before<'t>(&self, text: &'t str, at: u32) -> (u32, &'t str) {
        let mut at = (at as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let line = self.line_of(offset(at));
        (offset(line) + 1, &text[self.starts[line] as usize..at])
    }
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
    fn columns_count_characters_or_code_units() {
        let text = "x\n😀é1";
        let lines = LineIndex::new(text);
        let at = u32::try_from(text.find('1').unwrap()).unwrap();
        assert_eq!(lines.position(text, at), Position { line: 2, column: 3 });
        assert_eq!(lines.position_utf16(text, at), Position { line: 2, column: 4 });
    }
}
