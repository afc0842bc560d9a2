//! Lists too long to be held: read in pieces, parsed a few elements at a time, handed on one by one.
//!
//! What can be read so is a list, a page of REST and an answer of Resource Graph with objects: the shapes that grow
//! with the estate.

mod scan;
#[cfg(test)]
mod tests;
mod text;

use std::fmt;
use std::io::{self, Read};
use std::ops::Range;
use std::sync::Arc;

use drlint_resource::{Export, Input, Note, NoteKind, Resource};
use drlint_source::{DecodeError, DecodeProblem, Document, FileId, Span, SyntaxError};

use crate::collect::{Collector, Exports};
use crate::recognise::ListForm;
use crate::{DEEPEST, Wanted, complete, recognise};
use scan::{Scanner, Start, Stop};
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
    /// The file. Resources carry an earlier version of it, made before its end was seen: see [`Streamed::settle`].
    pub export: Arc<Export>,
    /// How many resources were handed on.
    pub resources: usize,
    /// Remarks, in the order of the file.
    pub notes: Vec<Note>,
    /// Errors of syntax, at most 64; places are bytes of the file's text.
    pub errors: Vec<SyntaxError>,
    /// If nothing in it is a resource: what it is instead.
    pub skipped: Option<String>,
    exports: Exports,
}

impl Streamed {
    /// Tells what a resource was read from what the end of the file said, such as that there are more pages.
    pub fn settle(&self, input: &mut Input) {
        if let Input::Export(export) = input {
            *export = Arc::clone(self.exports.of(export.existence_only));
        }
    }
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

/// Reads a long list and hands each resource to `sink`, in the order of the file. Bodies may lack what is not `wanted`.
///
/// # Errors
///
/// See [`StreamError`]; resources before the fault have been handed on.
pub fn read_stream(
    reader: impl Read,
    file: FileId,
    wanted: Wanted,
    sink: &mut dyn FnMut(Resource),
) -> Result<Streamed, StreamError> {
    read_batches(reader, Collector::pruning(file, wanted), BATCH, sink)
}

fn read_batches(
    reader: impl Read,
    collector: Collector,
    batch: usize,
    sink: &mut dyn FnMut(Resource),
) -> Result<Streamed, StreamError> {
    let mut reader = TextReader::new(reader);
    let mut text = String::new();
    let mut search = scan::Search::default();
    let (start, form) = loop {
        let more = reader.read(&mut text)?;
        match search.go_on(&text) {
            Start::At(start, form) => break (start, form),
            Start::More if more && text.len() < MOST_HELD => {}
            Start::More | Start::No => return Err(StreamError::NoList),
        }
    };
    // The bracket goes with the elements.
    let head: String = text.drain(..start - 1).collect();
    let mut stream = Stream {
        file: collector.file,
        form,
        batch,
        collector,
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
    /// What resources carry until the end of the file is seen.
    exports: Option<Exports>,
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
            while let Some(stop) = scanner.stop(text.as_bytes()) {
                match stop {
                    Stop::Comma => whole = scanner.at,
                    Stop::End => end = Some(scanner.at),
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
        let exports = self.exports.get_or_insert_with(|| {
            Exports::new(|existence_only| Export {
                file,
                shape,
                truncated: false,
                taken: None,
                existence_only,
                planned: false,
                missing: Vec::new(),
            })
        });
        self.collector.hand_on(exports, self.sink);
        Ok(())
    }

    /// Reads what stands around the list: `tail` begins at the byte `end` of the file.
    fn finish(mut self, head: &str, tail: &str, end: usize) -> Streamed {
        let around = Document::parse(self.file, [head, "[", tail].concat());
        let note = match self.form {
            ListForm::Bare => None,
            ListForm::Page => complete::next_link(around.root()),
            ListForm::GraphAnswer => complete::graph_answer(around.root(), self.elements),
        };
        let before = head.len() + 1;
        let moved = u32::try_from(end.saturating_sub(before)).unwrap_or(u32::MAX);
        let place = |at: u32| if (at as usize) < before { at } else { at.saturating_add(moved) };
        if self.elements == 0 && note.is_some() {
            self.collector.missing.push(complete::missing(around.root()));
        }
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
        let is_inventory = self.collector.is_inventory();
        self.collector.broken = !self.errors.is_empty();
        let (reading, exports) = self.collector.finish(shape);
        let notes = if skipped.is_some() { Vec::new() } else { reading.notes };
        let export = Arc::clone(exports.of(is_inventory));
        Streamed { export, resources, notes, errors: self.errors, skipped, exports }
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
