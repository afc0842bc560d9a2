//! Facts that may be unknown or absent.

use std::ops::Deref;
use std::sync::Arc;

use drlint_resource::{Lookup, Origin, Unknown, Value};

/// A value with the place a person would edit to change it.
#[derive(Clone, Debug)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it was written, and what carried it.
    pub origin: Origin,
}

impl<T> Placed<T> {
    /// A value and its place.
    pub fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }
}

impl<T> Deref for Placed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// What the estate can say about one thing.
#[derive(Clone, Debug, Default)]
pub enum Fact<T> {
    /// It is known.
    Known(Placed<T>),
    /// It cannot be known, and why.
    Unknown(Arc<Unknown>),
    /// Nothing is said, which mostly means Azure's default.
    #[default]
    Absent,
}

impl<T> Fact<T> {
    /// The value, if it is known.
    pub fn known(&self) -> Option<&T> {
        self.placed().map(|placed| &placed.value)
    }

    /// The value with its place, if it is known.
    pub fn placed(&self) -> Option<&Placed<T>> {
        match self {
            Self::Known(placed) => Some(placed),
            _ => None,
        }
    }

    /// Where it was written, if it is known.
    pub fn origin(&self) -> Option<&Origin> {
        self.placed().map(|placed| &placed.origin)
    }

    /// Why it is not known, if it is not.
    pub fn unknown(&self) -> Option<&Arc<Unknown>> {
        match self {
            Self::Unknown(unknown) => Some(unknown),
            _ => None,
        }
    }

    /// Whether nothing is said.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The fact that a lookup found, read by `read`; what cannot be read counts as absent.
    pub fn read(lookup: Lookup<'_>, read: impl FnOnce(&Value) -> Option<T>) -> Self {
        match lookup {
            Lookup::Found(value) => match read(value) {
                Some(fact) => Self::Known(Placed::new(fact, value.origin.clone())),
                None => Self::Absent,
            },
            Lookup::Unknown(unknown) => Self::Unknown(Arc::clone(unknown)),
            Lookup::Absent => Self::Absent,
        }
    }
}
