//! Writers: each turns an [`Outcome`] into one format. None of them decides anything.

mod azure;
mod causes;
mod concise;
pub(crate) mod explained;
mod github;
mod gitlab;
pub mod human;
mod json;
mod junit;
mod line_hash;
mod markdown;
mod page;
mod place;
#[cfg(test)]
mod sample;
mod sarif;
mod snippet;
mod words;

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
    /// With suppressed findings, in SARIF.
    pub suppressed: bool,
}

/// Writes the outcome in a format.
///
/// # Errors
///
/// Those of the writer.
pub fn write(format: Format, outcome: &Outcome, style: Style, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Human => human::write(outcome, style, out),
        Format::Concise => concise::write(outcome, out),
        Format::Json => json::write(outcome, out),
        Format::Sarif => sarif::write(outcome, style.suppressed, out),
        Format::Github => github::write(outcome, out),
        Format::Azure => azure::write(outcome, out),
        Format::Gitlab => gitlab::write(outcome, out),
        Format::Junit => junit::write(outcome, out),
        Format::Markdown => markdown::write(outcome, out),
    }
}
