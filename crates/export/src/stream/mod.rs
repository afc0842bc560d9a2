//! Lists too long to be held: read in pieces, parsed a few elements at a time, handed on one by one.
//!
//! What can be read so is a list, a page of REST and an answer of Resource Graph with objects: the shapes that grow
//! with the estate.

mod scan;
mod text;

use std::fmt;
use std::io::{self, Read};
use std::ops::Range;
use std::sync::Arc;

use drlint_resource::{Export, Note, NoteKind, Resource};
use drlint_source::{DecodeError, DecodeProblem, Document, FileId, Span, SyntaxError};

use crate::collect::Collector;
use crate::recognise::ListForm;
use crate::{DEEPEST, complete, recognise};
use scan::{Scanner, Start, Token};
use text::TextReader;

/// Errors listed.
const MOST_ERRORS: usize = 64;

/// About so many bytes of elements are parsed together.
const BATCH: usize = 1 << 16;

/// What may stand around the list, and how long one element may be.
const MOST_HELD: usize = 1 << 26;

/// What a long list gave besides its resources.
#[derive(Debug)]
pub struct Streamed {
    /// The file; resources carry an earlier version of it, made before the end of the file was seen.
    pub export: Arc<Export>,
    /// How many resources were handed on.
    pub resources: usize,
    /// Remarks, in the order of the file.
    pub notes: Vec<Note>,
    /// Errors of syntax, at most 64; places are bytes of the file's text.
    pub errors: Vec<SyntaxError>,
    /// If nothing in it is a resource: what it is instead.
    pub skipped: Option<String>,
}

/// Why a file could not be read in pieces.
#[derive(Debug)]
pub enum StreamError {
    /// The file could not be read.
    Io(io::Error),
    /// Its bytes are no text.
    Decode(DecodeError),
    /// It is no list, or holds something that is too long to be held.
    NoList,
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::NoList => f.write_str("is no list that could be read piece by piece"),
        }
    }
}

impl std::error::Error for StreamError {}

/// Reads a long list and hands each resource to `sink`, in the order of the file.
///
/// # Errors
///
/// See [`StreamError`]; resources before the fault have been handed on.
pub fn read_stream(
    reader: impl Read,
    file: FileId,
    sink: &mut dyn FnMut(Resource),
) -> Result<Streamed, StreamError> {
    read_batches(reader, file, BATCH, sink)
}

fn read_batches(
    reader: impl Read,
    file: FileId,
    batch: usize,
    sink: &mut dyn FnMut(Resource),
) -> Result<Streamed, StreamError> {
    let mut reader = TextReader::new(reader);
    let mut text = String::new();
    let (start, form) = loop {
        let more = reader.read(&mut text)?;
        match scan::start(&text) {
            Start::At(start, form) => break (start, form),
            Start::More if more && text.len() < MOST_HELD => {}
            Start::More | Start::No => return Err(StreamError::NoList),
        }
    };
    // The bracket goes with the elements.
    let head: String = text.drain(..start - 1).collect();
    let mut stream = Stream {
        file,
        form,
        batch,
        collector: Collector::new(file),
        exports: None,
        elements: 0,
        errors: Vec::new(),
        sink,
    };
    let end = stream.elements(&mut reader, &mut text, start - 1)?;
    while reader.read(&mut text)? {
        if text.len() > MOST_HELD {
            return Err(StreamError::NoList);
        }
    }
    Ok(stream.finish(&head, &text, end))
}

struct Stream<'s> {
    file: FileId,
    form: ListForm,
    /// About so many bytes of elements are parsed together.
    batch: usize,
    collector: Collector,
    /// What resources carry: whole ones, and those of which only the existence is known.
    exports: Option<(Arc<Export>, Arc<Export>)>,
    elements: usize,
    errors: Vec<SyntaxError>,
    sink: &'s mut dyn FnMut(Resource),
}

impl Stream<'_> {
    /// Reads all elements; `text` begins with the bracket of the list, which is the byte `base` of the file. Leaves
    /// what stands behind the last element, and returns where that begins.
    fn elements<R: Read>(
        &mut self,
        reader: &mut TextReader<R>,
        text: &mut String,
        mut base: usize,
    ) -> Result<usize, StreamError> {
        let mut scanner = Scanner::default();
        // Where the elements begin that are not parsed yet.
        let mut begin = 0;
        loop {
            let mut whole = begin;
            let mut end = None;
            while let Some(token) = scanner.token(text.as_bytes()) {
                match (token, scanner.depth) {
                    (Token::Comma, 1) => whole = scanner.at,
                    (Token::Close, 0) => end = Some(scanner.at),
                    _ => continue,
                }
                if end.is_some() || whole - begin >= self.batch {
                    break;
                }
            }
            if let Some(end) = end {
                self.parse(text.get(begin..end).unwrap_or_default(), base + begin)?;
                text.drain(..end - 1);
                return Ok(base + end - 1);
            }
            if whole > begin + 1 {
                // The comma closes this piece as a list of its own, and opens the next.
                text.replace_range(whole - 1..whole, "]");
                self.parse(text.get(begin..whole).unwrap_or_default(), base + begin)?;
                begin = whole - 1;
                text.replace_range(begin..whole, "[");
                continue;
            }
            text.drain(..begin);
            base += begin;
            scanner.at -= begin;
            begin = 0;
            if text.len() > MOST_HELD {
                return Err(StreamError::NoList);
            }
            if !reader.read(text)? {
                // The file ends within the list: what is there is read, and the parser says what is missing.
                self.parse(text, base)?;
                base += text.len();
                text.clear();
                return Ok(base);
            }
        }
    }

    /// Reads a list of elements, which begins at the byte `base` of the file.
    fn parse(&mut self, list: &str, base: usize) -> Result<(), StreamError> {
        let too_large = || StreamError::Decode(DecodeError { byte: base, problem: DecodeProblem::TooLarge });
        u32::try_from(base + list.len()).map_err(|_| too_large())?;
        let base = u32::try_from(base).map_err(|_| too_large())?;
        let document = Document::part(self.file, list.into(), base);
        let errors = document.tree().errors().iter();
        self.errors.extend(errors.map(|error| shifted(error, base)));
        self.errors.truncate(MOST_ERRORS);
        let (depth, deepest) = document.tree().depth();
        if depth > DEEPEST + 1 {
            let place = Span::new(self.file, base + deepest, base + deepest + 1);
            let message = format!("nests {depth} deep, and {DEEPEST} is the most that is read");
            self.collector.notes.push(Note::new(NoteKind::Unreadable, place, message));
            return Ok(());
        }
        self.elements += document.root().elements().count();
        recognise::gather(&mut self.collector, document.root());
        let (file, shape) = (self.file, recognise::shape(&self.collector, self.form));
        let shape = shape.name(self.collector.first_kind());
        let export =
            |existence_only| Arc::new(Export { file, shape, truncated: false, taken: None, existence_only });
        let exports = self.exports.get_or_insert_with(|| (export(false), export(true)));
        self.collector.hand_on((&exports.0, &exports.1), self.sink);
        Ok(())
    }

    /// Reads what stands around the list: `tail` begins at the byte `end` of the file.
    fn finish(mut self, head: &str, tail: &str, end: usize) -> Streamed {
        let around = Document::parse(self.file, Arc::from([head, "[", tail].concat()));
        let note = match self.form {
            ListForm::Bare => None,
            ListForm::Page => complete::next_link(around.root()),
            ListForm::GraphAnswer => complete::graph_answer(around.root(), self.elements),
        };
        let before = head.len() + 1;
        let moved = u32::try_from(end.saturating_sub(before)).unwrap_or(u32::MAX);
        let place = |at: u32| if (at as usize) < before { at } else { at.saturating_add(moved) };
        self.collector.notes.extend(note.map(|note| {
            let Span { file, start, end } = note.place;
            Note { place: Span::new(file, place(start), place(end)), ..note }
        }));
        self.errors.extend(
            around
                .tree()
                .errors()
                .iter()
                .map(|error| shifted(error, place(error.place.start) - error.place.start)),
        );
        self.errors.truncate(MOST_ERRORS);
        let resources = self.collector.count();
        let skipped = (resources == 0 && self.elements > 0)
            .then(|| recognise::reason_of_list(&self.collector).to_owned());
        let shape = recognise::shape(&self.collector, self.form);
        let (reading, export) = self.collector.finish(shape);
        let notes = if skipped.is_some() { Vec::new() } else { reading.notes };
        Streamed { export, resources, notes, errors: self.errors, skipped }
    }
}

/// An error whose place is counted from `base` on.
fn shifted(error: &SyntaxError, base: u32) -> SyntaxError {
    let shift = |range: &Range<u32>| range.start.saturating_add(base)..range.end.saturating_add(base);
    SyntaxError {
        problem: error.problem,
        place: shift(&error.place),
        opened: error.opened.as_ref().map(shift),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Outcome, read};

    const NETWORK: &str = r#"{"id": "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v",
        "name": "v", "properties": {"subnets": [{"name": "a[,]\"}"}], "sharedKey": "hunter2"}}"#;

    /// All that was given, in one text.
    fn told(resources: &[Resource], notes: &[Note], export: &Export) -> String {
        let mut told = format!("{} {} {notes:?}", export.shape, export.truncated);
        for Resource { id, body, place, .. } in resources {
            told.push_str(&format!("\n{id} {place:?} {body:?}"));
        }
        told
    }

    fn streamed(text: &str, batch: usize) -> (Vec<Resource>, Streamed) {
        let mut resources = Vec::new();
        let mut sink = |resource| resources.push(resource);
        let streamed = read_batches(text.as_bytes(), FileId(0), batch, &mut sink).unwrap();
        (resources, streamed)
    }

    #[test]
    fn pieces_give_what_the_whole_gives() {
        let stranger = r#"{"x": 1}"#;
        let shapes = [
            format!("[{NETWORK}, {NETWORK},{stranger} ,{NETWORK}]"),
            format!("  {{\"value\": [{NETWORK},\n{NETWORK} ], \"nextLink\": \"https://x\"}}"),
            format!(
                "{{\"count\": 2, \"data\": [{NETWORK}, {NETWORK}], \"total_records\": 5, \"skip_token\": null}}"
            ),
            format!("{{\"value\": [{NETWORK}, // ],\n {NETWORK},], \"nextLink\": \"\"}}"),
            format!("[{{\"value\": [{NETWORK}]}}, [{NETWORK}], null]"),
            "{\"value\": []}".to_owned(),
        ];
        for text in shapes {
            let Outcome::Read(reading, export) = read(&Document::parse(FileId(0), Arc::from(&*text))) else {
                panic!("{text}")
            };
            let whole = told(&reading.resources, &reading.notes, &export);
            for batch in [1, 100, 300, BATCH] {
                let (resources, given) = streamed(&text, batch);
                assert_eq!(told(&resources, &given.notes, &given.export), whole, "{batch}: {text}");
                assert_eq!((given.resources, given.errors.len()), (resources.len(), 0));
            }
        }
    }

    #[test]
    fn errors_have_the_places_of_the_file() {
        let text = format!("[{NETWORK}, {NETWORK} {NETWORK}, {{\"a\": }}, {NETWORK}");
        let whole = Document::parse(FileId(0), Arc::from(&*text));
        let (resources, given) = streamed(&text, 1);
        assert_eq!(resources.len(), 4);
        assert_eq!(
            given.errors.last().map(|error| error.place.clone()),
            whole.tree().errors().last().map(|error| error.place.clone())
        );
        assert_eq!(given.errors.first(), whole.tree().errors().first());
    }

    #[test]
    fn what_is_no_list_is_refused_or_skipped() {
        for text in ["{\"a\": 1}", "", "7", "{\"data\": {\"rows\": []}}"] {
            let refused = read_stream(text.as_bytes(), FileId(0), &mut |_| {});
            assert!(matches!(refused, Err(StreamError::NoList)), "{text}");
        }
        let (_, given) = streamed("[{\"a\": 1}, {\"a\": 2}]", 1);
        assert_eq!(
            given.skipped.as_deref(),
            Some("a list whose elements have neither an id nor a type of Azure")
        );
        let deep = format!("[{NETWORK}, {}{}]", "[".repeat(1000), "]".repeat(1000));
        let (resources, given) = streamed(&deep, 1);
        assert_eq!((resources.len(), given.notes.len()), (1, 2));
    }

    #[test]
    fn no_cut_and_no_stray_byte_makes_it_panic() {
        let text = format!("{{\"value\": [{NETWORK}, {NETWORK}], \"nextLink\": \"é\"}}");
        let bytes = text.as_bytes();
        for at in 0..bytes.len() {
            drop(read_batches(&bytes[..at], FileId(0), 1, &mut |_| {}));
            for stray in b"[]{}\",\\/\xFF" {
                let mut changed = bytes.to_vec();
                changed[at] = *stray;
                drop(read_batches(changed.as_slice(), FileId(0), 1, &mut |_| {}));
            }
        }
    }
}
