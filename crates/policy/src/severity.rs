//! How grave a finding is.

use std::fmt;
use std::str::FromStr;

/// How grave a finding is; the graver one is the greater one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Likely to go wrong.
    Warning,
    /// Will go wrong.
    Error,
}

impl Severity {
    /// Its name: `error`, `warning` or `note`, the same words as in SARIF.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Severity {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        [Self::Error, Self::Warning, Self::Note]
            .into_iter()
            .find(|severity| severity.name() == name)
            .ok_or(())
    }
}
