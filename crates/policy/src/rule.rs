//! What a rule is.

use crate::{Estate, Report, Severity};

/// A built-in rule: data and one function.
#[derive(Debug)]
pub struct Builtin {
    /// A kebab-case noun phrase for the wrong.
    pub name: &'static str,
    /// The folder it lies in, such as `target_ip`.
    pub group: &'static str,
    /// One sentence: what is wrong when it fires.
    pub summary: &'static str,
    /// How grave its findings are by default.
    pub severity: Severity,
    /// Its page in Markdown.
    pub page: &'static str,
    /// How it finds what it says.
    pub check: Check,
}

/// How a rule finds what it says.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// By looking at the estate.
    Estate(fn(&Estate, &mut Report)),
    /// The engine says it while it reads, or while it applies the project's settings.
    Engine,
}
