//! The answer to "what stands there": found, absent, or not known.

use std::sync::Arc;

use crate::{Unknown, Value};

/// What [`Value::at`] found.
#[derive(Clone, Copy, Debug)]
pub enum Lookup<'v> {
    /// A value, neither null nor unknown (parts of it may be unknown).
    Found(&'v Value),
    /// Nothing, or null.
    Absent,
    /// The value, or an object on the way to it, is not known.
    Unknown(&'v Arc<Unknown>),
}

impl<'v> Lookup<'v> {
    /// The value, if it was found.
    pub fn found(self) -> Option<&'v Value> {
        match self {
            Self::Found(value) => Some(value),
            _ => None,
        }
    }

    /// Its text, if it was found and is a string.
    pub fn text(self) -> Option<&'v str> {
        self.found().and_then(Value::as_str)
    }

    /// Why it is not known, if it is not.
    pub fn unknown(self) -> Option<&'v Arc<Unknown>> {
        match self {
            Self::Unknown(unknown) => Some(unknown),
            _ => None,
        }
    }

    /// Whether nothing stands there.
    pub fn is_absent(self) -> bool {
        matches!(self, Self::Absent)
    }
}
