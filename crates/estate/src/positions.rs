//! Where the things of a long list are, by their ids.

use std::hash::BuildHasher;

use drlint_resource::ResourceId;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxBuildHasher;

/// The positions of a list's things by their ids, which stay in the list alone.
#[derive(Debug, Default)]
pub(crate) struct Positions(HashTable<u32>);

fn hash(id: &ResourceId) -> u64 {
    FxBuildHasher.hash_one(id)
}

impl Positions {
    /// Those of a whole list, in which no id stands twice.
    pub(crate) fn fill<'r>(&mut self, ids: impl ExactSizeIterator<Item = &'r ResourceId>) {
        let mut table = HashTable::with_capacity(ids.len());
        for (at, id) in (0..).zip(ids) {
            // There is room for all, so that nothing is moved and hashed again.
            table.insert_unique(hash(id), at, |_| 0);
        }
        self.0 = table;
    }

    /// Makes room for so many more.
    pub(crate) fn expect<'r>(&mut self, more: usize, id_at: impl Fn(usize) -> Option<&'r ResourceId>) {
        self.0.reserve(more, |at| id_at(*at as usize).map_or(0, hash));
    }

    /// The position of `id` in the list whose ids are those that `id_at` gives, else that of the next thing of the
    /// list, which it then has to become: whether it is there, and where.
    pub(crate) fn find_or_add<'r>(
        &mut self,
        id: &ResourceId,
        id_at: impl Fn(usize) -> Option<&'r ResourceId>,
    ) -> Result<usize, usize> {
        let next = self.0.len();
        let same = |at: &u32| id_at(*at as usize).is_some_and(|other| other == id);
        match self.0.entry(hash(id), same, |at| id_at(*at as usize).map_or(0, hash)) {
            Entry::Occupied(found) => Ok(*found.get() as usize),
            Entry::Vacant(place) => {
                place.insert(u32::try_from(next).unwrap_or(u32::MAX));
                Err(next)
            }
        }
    }

    /// The position of `id` in the list whose ids are those that `id_at` gives.
    pub(crate) fn find<'r>(
        &self,
        id: &ResourceId,
        id_at: impl Fn(usize) -> Option<&'r ResourceId>,
    ) -> Option<usize> {
        let same = |at: &u32| id_at(*at as usize).is_some_and(|other| other == id);
        self.0.find(hash(id), same).map(|at| *at as usize)
    }
}
