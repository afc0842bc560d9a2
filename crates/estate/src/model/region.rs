//! Azure regions.

use std::fmt;
use std::sync::Arc;

/// A region, compared in lower case without spaces and shown as written (`AZURE.md`, section 3, *Regions*).
#[derive(Clone, Debug)]
pub struct Region {
    key: Arc<str>,
    written: Arc<str>,
}

impl Region {
    /// The region that `written` names: `East Asia` or `eastasia`.
    pub fn new(written: &str) -> Self {
        let key: String =
            written.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        Self { key: key.into(), written: written.into() }
    }

    /// What it is compared by: `eastasia`.
    pub fn key(&self) -> &str {
        &self.key
    }
}

impl PartialEq for Region {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Region {}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}
