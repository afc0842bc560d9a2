//! From a path to a parsed document, or to what is wrong with it.

use std::io;

use drlint_resource::{Note, NoteKind};
use drlint_source::{
    DecodeError, DecodeProblem, Document, Encoding, FileId, Problem, Span, SyntaxError, decode, decode_lossy,
};

use crate::discover::{Found, reason};

/// Why a file gave no document.
#[derive(Debug)]
pub(crate) struct Unreadable {
    /// What is wrong, as a phrase.
    pub(crate) problem: String,
    /// Where reading stopped, in the text as it is shown.
    at: u32,
}

impl Unreadable {
    /// A problem of the file as a whole.
    pub(crate) fn whole(problem: String) -> Self {
        Self { problem, at: 0 }
    }
}

/// Reads, decodes and parses a file. Syntax errors are in the document's tree.
pub(crate) fn open(found: &Found, file: FileId) -> Result<(Document, Encoding), Unreadable> {
    parsed(found, found.bytes(), file)
}

/// Decodes and parses what a file holds.
pub(super) fn parsed(
    found: &Found,
    bytes: io::Result<Vec<u8>>,
    file: FileId,
) -> Result<(Document, Encoding), Unreadable> {
    let unread = |error| Unreadable::whole(format!("cannot be read: {}", reason(&error)));
    let decoded = decode(bytes.map_err(unread)?).map_err(|error| no_text(found, error))?;
    Ok((Document::parse(file, decoded.text), decoded.encoding))
}

/// Bytes that are no text: the place of the first bad one is that of the text before it.
pub(super) fn no_text(found: &Found, error: DecodeError) -> Unreadable {
    let at = match (error.problem, found.bytes()) {
        (DecodeProblem::TooLarge, _) | (_, Err(_)) => 0,
        // A pipe gives its bytes once.
        (_, Ok(bytes)) if bytes.len() < error.byte => 0,
        (_, Ok(bytes)) => decode_lossy(&bytes, error).1,
    };
    Unreadable { problem: error.to_string(), at: u32::try_from(at).unwrap_or(0) }
}

/// A note that a file could not be read.
pub(crate) fn unreadable_note(shown: &str, file: FileId, problem: &Unreadable) -> Note {
    let place = Span::new(file, problem.at, problem.at);
    Note::new(NoteKind::Unreadable, place, format!("`{shown}` {}", problem.problem))
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
    // A file cut inside a string is cut inside the objects around it, too.
    let inmost = |at: usize, error: &SyntaxError| {
        let is_end = matches!(error.problem, Problem::UnclosedArray | Problem::UnclosedObject);
        let says_more =
            |other: &SyntaxError| matches!(other.problem, Problem::UnclosedString | Problem::UnclosedComment);
        !is_end || !errors.iter().enumerate().any(|(other, error)| other != at && says_more(error))
    };
    errors
        .iter()
        .enumerate()
        .filter(|(at, error)| inmost(*at, error))
        .map(|(_, error)| error)
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
