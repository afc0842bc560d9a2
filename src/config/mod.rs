//! `drlint.toml`: found, read, checked.

mod file;
mod find;
mod intent;
mod problem;
mod schema;

pub(crate) use file::{Config, SeverityChange};
pub(crate) use find::{CONFIGURATION, find};
pub(crate) use intent::intent;
pub(crate) use problem::{Problem, render};
pub(crate) use schema::schema;

use drlint_source::{FileId, Span};

/// The place of a stretch of the configuration.
pub(crate) fn span(file: FileId, range: std::ops::Range<usize>) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(file, offset(range.start), offset(range.end))
}
