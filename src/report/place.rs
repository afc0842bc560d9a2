//! Where a finding stands, as the formats for machines tell it.

use drlint_source::{Position, Span};

use crate::outcome::Outcome;
use crate::terminal::printable;

/// A stretch of a file, columns in Unicode scalar values, end exclusive.
#[derive(Debug)]
pub(super) struct Place {
    /// The path from the root of the repository, without control characters.
    pub(super) path: String,
    pub(super) start: Position,
    pub(super) end: Position,
}

impl Place {
    /// The place of a span.
    pub(super) fn new(outcome: &Outcome, span: Span) -> Self {
        let (start, end) =
            outcome.files.get(span.file).map_or_else(Default::default, |file| file.positions(span));
        let path = printable(outcome.repository.locate(outcome.files.path(span.file)).path());
        Self { path, start, end }
    }
}
