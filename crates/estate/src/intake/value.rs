//! What one telling says, noted by whether it had a value.

use drlint_resource::{Ids, Lookup, ResourceId, Value};

use super::Said;
use crate::Fact;
use crate::build::read;

/// Reads the facts of one object.
pub(super) struct Teller<'v> {
    properties: &'v Value,
    pub(super) said: Said,
}

impl<'v> Teller<'v> {
    pub(super) fn of(object: &'v Value) -> Self {
        Self { properties: object.properties(), said: Said::default() }
    }

    /// The fact at `path` below the properties.
    pub(super) fn tell<T>(
        &mut self,
        fact: u8,
        path: &str,
        read: impl FnOnce(Lookup<'v>) -> Fact<T>,
    ) -> Fact<T> {
        let lookup = self.properties.at(path);
        if lookup.found().is_some() {
            self.said.add(fact);
        }
        read(lookup)
    }

    /// The reference at `path` below the properties, as it is written.
    pub(super) fn reference(&mut self, fact: u8, path: &str, ids: &mut Ids) -> Fact<ResourceId> {
        self.tell(fact, path, |lookup| reference(lookup, ids))
    }
}

/// A reference as it is written: a text, or an object with an `id`.
pub(crate) fn reference(lookup: Lookup<'_>, ids: &mut Ids) -> Fact<ResourceId> {
    let lookup = match lookup {
        Lookup::Found(value) => value.at("id").found().map_or(lookup, Lookup::Found),
        _ => lookup,
    };
    read::id_by(lookup, |value| ids.of(value))
}
