//! The lines of a file that a finding shows: only those, cut to a window, without secrets or control characters.
//!
//! A file of one long line would print whole, a secret beside the fault would be shown, and an escape character
//! in a name could steer the terminal. So the renderer never sees the file, only these lines.

use std::collections::BTreeSet;
use std::ops::Range;

use codespan_reporting::files::Error;
use drlint_source::{SourceFile, Span};

use crate::terminal::printable_char;

/// Characters kept before and after the labels of a long line.
const AROUND: usize = 48;
/// A line up to this length is shown whole.
const WHOLE: usize = 160;
/// A label beyond this length is shown by its beginning and its end.
const LONG_LABEL: usize = 90;
/// How much of its beginning.
const HEAD: usize = 20;
/// How much of its end.
const TAIL: usize = 56;

/// Some lines of a file.
#[derive(Debug)]
pub(super) struct Snippet {
    pub(super) path: String,
    pub(super) text: String,
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    /// Counted from 1 in the file.
    number: usize,
    /// Where it stands in the snippet, its line break included.
    range: Range<usize>,
    /// For each character: its byte in the snippet, its byte in the file, its column from 1.
    characters: Vec<(usize, usize, usize)>,
}

impl Snippet {
    /// The lines of `file` that `spans` touch, with `masked` stretches as `***`.
    pub(super) fn new(file: &SourceFile, spans: &[Span], masked: &[Range<u32>]) -> Self {
        let mut snippet = Self { path: file.path.clone(), text: String::new(), lines: Vec::new() };
        let index = file.lines();
        let wanted: BTreeSet<usize> =
            spans.iter().flat_map(|span| [index.line_of(span.start), index.line_of(end_of(*span))]).collect();
        let mut previous: Option<usize> = None;
        for line in wanted {
            // Lines that are not neighbours must not look as if they were.
            if let Some(previous) = previous.filter(|previous| line > previous + 1) {
                for filler in [previous + 1, previous + 2, line - 1] {
                    snippet.push_line(filler + 1, std::iter::empty());
                }
            }
            previous = Some(line);
            let Some(range) = index.line_range(&file.text, line) else { continue };
            let here: Vec<Range<usize>> = spans
                .iter()
                .map(|span| (span.start as usize).max(range.start)..(span.end as usize).min(range.end))
                .filter(|span| span.start <= span.end)
                .collect();
            let content = file.text.get(range.clone()).unwrap_or_default();
            let columns = |at: usize| {
                let position = index.position(&file.text, u32::try_from(at).unwrap_or(u32::MAX));
                usize::try_from(position.column).unwrap_or(usize::MAX)
            };
            snippet.push_line(line + 1, window(content, range.start, &here, masked, columns));
        }
        if snippet.lines.is_empty() {
            snippet.push_line(1, std::iter::empty());
        }
        snippet
    }

    /// The stretch of the snippet that shows a stretch of the file.
    pub(super) fn range(&self, span: Span) -> Range<usize> {
        let start = self.position(span.start as usize);
        start..self.position(span.end as usize).max(start)
    }

    fn position(&self, at: usize) -> usize {
        let after = self.lines.iter().find_map(|line| {
            let first = line.characters.partition_point(|(_, original, _)| *original < at);
            line.characters.get(first)
        });
        match after {
            Some((here, _, _)) => *here,
            None => self.lines.last().map_or(0, |line| line.range.end.saturating_sub(1)),
        }
    }

    fn push_line(&mut self, number: usize, shown: impl Iterator<Item = Shown>) {
        let start = self.text.len();
        let mut characters = Vec::new();
        for one in shown {
            characters.push((self.text.len(), one.original, one.column));
            self.text.push_str(&one.text);
        }
        self.text.push('\n');
        self.lines.push(Line { number, range: start..self.text.len(), characters });
    }
}

/// One character, or what stands for it.
struct Shown {
    text: String,
    original: usize,
    column: usize,
}

/// The last byte of a span, or its start if it is empty.
fn end_of(span: Span) -> u32 {
    span.end.saturating_sub(1).max(span.start)
}

/// The characters of a line that are shown: all of a short one, of a long one those around the labels. A long label
/// is shown by its beginning and its end, where an id has its name.
fn window(
    content: &str,
    offset: usize,
    spans: &[Range<usize>],
    masked: &[Range<u32>],
    column_of: impl Fn(usize) -> usize,
) -> impl Iterator<Item = Shown> {
    let content = content.trim_end_matches(['\n', '\r']);
    let whole = content.len() <= WHOLE;
    let near = |at: usize| spans.iter().any(|span| span.start <= at + AROUND && at < span.end + AROUND);
    let inside = |at: usize| {
        let long = |span: &&Range<usize>| span.len() > LONG_LABEL;
        spans.iter().filter(long).any(|span| (span.start + HEAD..span.end - TAIL).contains(&at))
    };
    let mut shown: Vec<Shown> = Vec::new();
    let mut cut = false;
    // Where the last piece ended: what lies between two pieces is not even looked at.
    let mut seen = 0;
    let all = || std::iter::once(0..content.len()).collect();
    for piece in if whole { all() } else { pieces(content, offset, spans) } {
        if piece.start > seen && !cut {
            shown.push(Shown {
                text: "…".to_owned(),
                original: offset + seen,
                column: column_of(offset + seen),
            });
            cut = true;
        }
        seen = piece.end;
        let first_mask = masked.partition_point(|mask| (mask.end as usize) <= offset + piece.start);
        let mut masks = masked[first_mask..].iter().peekable();
        let first_column = column_of(offset + piece.start);
        let characters = content.get(piece.clone()).unwrap_or_default().char_indices();
        for (column, (at, character)) in (first_column..).zip(characters) {
            let original = offset + piece.start + at;
            let hidden = !(whole || near(original)) || inside(original);
            if hidden {
                if !cut {
                    shown.push(Shown { text: "…".to_owned(), original, column });
                }
                cut = true;
                continue;
            }
            while masks.next_if(|mask| (mask.end as usize) <= original).is_some() {}
            let mask = masks.peek().filter(|mask| (mask.start as usize) <= original);
            let text = match mask {
                Some(mask) if (mask.start as usize) == original || cut || shown.is_empty() => {
                    "***".to_owned()
                }
                Some(_) => String::new(),
                None if character == '\t' => "\t".to_owned(),
                None => printable_char(character).to_string(),
            };
            cut = false;
            shown.push(Shown { text, original, column });
        }
    }
    let end = offset + content.len();
    if seen < content.len() && !cut {
        shown.push(Shown {
            text: "…".to_owned(), original: offset + seen, column: column_of(offset + seen)
        });
    }
    shown.push(Shown { text: String::new(), original: end, column: column_of(end) });
    shown.into_iter()
}

/// The stretches of a long line that may be shown, in order and apart: around short labels, and around the ends of
/// long ones. A minified export is one line of many megabytes, and each of its findings shows a few words of it.
fn pieces(content: &str, offset: usize, spans: &[Range<usize>]) -> Vec<Range<usize>> {
    let boundary = |at: usize| {
        let at = at.saturating_sub(offset).min(content.len());
        (at..=content.len()).find(|at| content.is_char_boundary(*at)).unwrap_or(content.len())
    };
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for span in spans {
        let (first, last) = (span.start.saturating_sub(AROUND), span.end + AROUND);
        if span.len() > LONG_LABEL {
            pieces.push(boundary(first)..boundary(span.start + HEAD));
            pieces.push(boundary(span.end - TAIL)..boundary(last));
        } else {
            pieces.push(boundary(first)..boundary(last));
        }
    }
    pieces.sort_by_key(|piece| piece.start);
    let mut apart: Vec<Range<usize>> = Vec::new();
    for piece in pieces {
        match apart.last_mut() {
            Some(before) if piece.start <= before.end => before.end = before.end.max(piece.end),
            _ => apart.push(piece),
        }
    }
    apart
}

impl<'s> codespan_reporting::files::Files<'s> for Snippets {
    type FileId = usize;
    type Name = &'s str;
    type Source = &'s str;

    fn name(&'s self, id: usize) -> Result<&'s str, Error> {
        Ok(&self.get(id)?.path)
    }

    fn source(&'s self, id: usize) -> Result<&'s str, Error> {
        Ok(&self.get(id)?.text)
    }

    fn line_index(&'s self, id: usize, byte: usize) -> Result<usize, Error> {
        let snippet = self.get(id)?;
        Ok(snippet
            .lines
            .partition_point(|line| line.range.end <= byte)
            .min(snippet.lines.len().saturating_sub(1)))
    }

    fn line_number(&'s self, id: usize, line: usize) -> Result<usize, Error> {
        Ok(self.line(id, line)?.number)
    }

    fn column_number(&'s self, id: usize, line: usize, byte: usize) -> Result<usize, Error> {
        let characters = &self.line(id, line)?.characters;
        let first = characters.partition_point(|(here, _, _)| *here < byte);
        Ok(characters.get(first).map_or(1, |(_, _, column)| *column))
    }

    fn line_range(&'s self, id: usize, line: usize) -> Result<Range<usize>, Error> {
        Ok(self.line(id, line)?.range.clone())
    }
}

/// The snippets of one finding, one for each file.
#[derive(Debug, Default)]
pub(super) struct Snippets(pub(super) Vec<Snippet>);

impl Snippets {
    fn get(&self, id: usize) -> Result<&Snippet, Error> {
        self.0.get(id).ok_or(Error::FileMissing)
    }

    fn line(&self, id: usize, line: usize) -> Result<&Line, Error> {
        let lines = &self.get(id)?.lines;
        lines.get(line).ok_or(Error::LineTooLarge { given: line, max: lines.len() })
    }
}
