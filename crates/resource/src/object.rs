//! Objects: members in their order, found without case.

use std::sync::{Arc, OnceLock};

use drlint_source::Span;
use rustc_hash::FxHashMap;

use crate::Value;

/// From this many members on, looking one up goes through an index.
const INDEXED_FROM: usize = 24;

/// The name of a member as written, and its place.
#[derive(Clone, Debug)]
pub struct Key {
    /// As written.
    pub name: Arc<str>,
    /// Where.
    pub span: Span,
}

/// The members of an object in their order. Of members whose names differ in case alone, the last is found.
#[derive(Debug, Default)]
pub struct Object {
    members: Vec<(Key, Value)>,
    index: OnceLock<FxHashMap<Box<str>, usize>>,
}

impl Object {
    /// An object of these members.
    pub fn new(members: Vec<(Key, Value)>) -> Self {
        Self { members, index: OnceLock::new() }
    }

    /// The value of `name`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.entry(name).map(|(_, value)| value)
    }

    /// The key and the value of `name`.
    pub fn entry(&self, name: &str) -> Option<(&Key, &Value)> {
        let member = if self.members.len() < INDEXED_FROM {
            self.members.iter().rev().find(|(key, _)| key.name.eq_ignore_ascii_case(name))
        } else {
            let index = self.index.get_or_init(|| {
                let names = self.members.iter().map(|(key, _)| key.name.to_ascii_lowercase().into());
                names.zip(0..).collect()
            });
            index.get(name.to_ascii_lowercase().as_str()).map(|at| &self.members[*at])
        };
        member.map(|(key, value)| (key, value))
    }

    /// All members in their order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Key, &Value)> + ExactSizeIterator {
        self.members.iter().map(|(key, value)| (key, value))
    }

    /// All values in their order, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.members.iter_mut().map(|(_, value)| value)
    }

    /// How many members it has.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}

impl Clone for Object {
    fn clone(&self) -> Self {
        Self::new(self.members.clone())
    }
}

impl FromIterator<(Key, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (Key, Value)>>(members: I) -> Self {
        Self::new(members.into_iter().collect())
    }
}
