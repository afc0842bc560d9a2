//! Writers: each turns an [`Outcome`] into one format. None of them decides anything.

mod causes;
pub mod human;
mod json;
mod snippet;

use std::io::{self, Write};

use crate::cli::Format;
use crate::outcome::Outcome;

/// How to write.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// With colours.
    pub color: bool,
    /// With every undecided rule and every file.
    pub verbose: bool,
}

/// Writes the outcome in a format.
///
/// # Errors
///
/// Those of the writer.
pub fn write(format: Format, outcome: &Outcome, style: Style, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Human => human::write(outcome, style, out),
        Format::Json => json::write(outcome, out),
    }
}
