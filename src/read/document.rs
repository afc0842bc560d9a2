//! From a path to a parsed document, or to what is wrong with it.

use std::io;
use std::sync::Arc;

use drlint_resource::{Note, NoteKind};
use drlint_source::{Document, Encoding, FileId, Span, SyntaxError, decode};

use crate::discover::{Found, reason};

/// Why a file gave no document.
#[derive(Debug)]
pub(crate) struct Unreadable(pub(crate) String);

/// Reads, decodes and parses a file. Syntax errors are in the document's tree.
pub(crate) fn open(found: &Found, file: FileId) -> Result<(Document, Encoding), Unreadable> {
    parsed(found.bytes(), file)
}

/// Decodes and parses what a file holds.
pub(super) fn parsed(bytes: io::Result<Vec<u8>>, file: FileId) -> Result<(Document, Encoding), Unreadable> {
    let bytes = bytes.map_err(|error| Unreadable(format!("cannot be read: {}", reason(&error))))?;
    let decoded = decode(bytes).map_err(|error| Unreadable(error.to_string()))?;
    Ok((Document::parse(file, Arc::from(decoded.text)), decoded.encoding))
}

/// A note that a file could not be read.
pub(crate) fn unreadable_note(shown: &str, file: FileId, problem: &Unreadable) -> Note {
    Note::new(NoteKind::Unreadable, Span::new(file, 0, 0), format!("`{shown}` {}", problem.0))
        .help("mend the file, or exclude it in a `.drlintignore`")
}

/// Notes on everything that is no JSON in a document.
pub(crate) fn syntax_notes(shown: &str, document: &Document) -> Vec<Note> {
    let tree = document.tree();
    let mut notes = notes_of_errors(shown, document.file, tree.errors());
    if tree.more_errors() > 0
        && let Some(last) = notes.last_mut()
    {
        last.message.push_str(&format!(" (and {} more such errors)", tree.more_errors()));
    }
    notes
}

/// A note on each syntax error of a file.
pub(super) fn notes_of_errors(shown: &str, file: FileId, errors: &[SyntaxError]) -> Vec<Note> {
    let span = |range: &std::ops::Range<u32>| Span::new(file, range.start, range.end);
    errors
        .iter()
        .map(|error| {
            let message = format!("`{shown}` is not valid JSON: {}", error.problem);
            let note = Note::new(NoteKind::Unreadable, span(&error.place), message)
                .help("mend the file, or exclude it in a `.drlintignore`");
            match &error.opened {
                Some(opened) => note.related(span(opened), "it begins here"),
                None => note,
            }
        })
        .collect()
}

/// Notes on keys that stand twice in one object.
pub(crate) fn duplicate_notes(document: &Document) -> Vec<Note> {
    let duplicates = document.duplicate_keys().into_iter();
    duplicates
        .map(|(first, later)| {
            let name = later.as_str().unwrap_or_default().into_owned();
            Note::new(
                NoteKind::DuplicateKey,
                later.span(),
                format!("key `{name}` stands twice; the last one counts"),
            )
            .help("remove one of the two")
            .related(first.span(), "the first one")
        })
        .collect()
}
