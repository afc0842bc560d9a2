//! What a reader has to say about a file, apart from its resources.

use drlint_source::Span;

/// A remark about a place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What sort of remark.
    pub kind: NoteKind,
    /// The place.
    pub place: Span,
    /// What is wrong: lower case, names in backticks, no full stop.
    pub message: String,
    /// What to do, as an imperative.
    pub help: Option<String>,
    /// Other places, each with what there is to see.
    pub related: Vec<(Span, String)>,
    /// The resource it is about, if it is about one: its id, or type and name.
    pub resource: Option<String>,
}

/// The sorts of [`Note`]; each becomes the engine's finding of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteKind {
    /// Something could not be read or evaluated: `input-unreadable`.
    Unreadable,
    /// An export is not complete: `export-truncated`.
    Truncated,
    /// A secret stands in clear: `secret-in-export`.
    Secret,
    /// A key stands twice in one object.
    DuplicateKey,
    /// A value nobody can know is worth a remark of its own, such as a linked template that is not followed:
    /// `value-unknown`.
    Unknown,
    /// Azure would refuse it though drlint went on, such as a template with too many outputs.
    Refused,
}

impl Note {
    /// A remark without help or other places.
    pub fn new(kind: NoteKind, place: Span, message: impl Into<String>) -> Self {
        Self { kind, place, message: message.into(), help: None, related: Vec::new(), resource: None }
    }

    /// The same with help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with another place.
    #[must_use]
    pub fn related(mut self, place: Span, text: impl Into<String>) -> Self {
        self.related.push((place, text.into()));
        self
    }
}
