//! Keys that stand twice in one object.

use std::collections::hash_map::Entry;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHashMap;

use crate::Node;

/// Up to this many keys, comparing each with each is faster than hashing them.
const FEW: usize = 8;

/// A key as written, compared without case.
struct Caseless<'d>(&'d str);

impl Hash for Caseless<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for byte in self.0.bytes() {
            state.write_u8(byte.to_ascii_lowercase());
        }
    }
}

impl PartialEq for Caseless<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for Caseless<'_> {}

/// Of each key that stands in its object before, the first one and the later one.
pub(crate) fn find<'d>(objects: impl Iterator<Item = Node<'d>>) -> Vec<(Node<'d>, Node<'d>)> {
    let mut found = Vec::new();
    // Both are emptied and used again: most objects are small, and there are many.
    let mut keys: Vec<(Caseless<'d>, Node<'d>)> = Vec::new();
    let mut seen: FxHashMap<Caseless<'d>, Node<'d>> = FxHashMap::default();
    for object in objects {
        keys.clear();
        keys.extend(object.members().map(|member| (Caseless(member.key.raw()), member.key)));
        if keys.len() <= FEW {
            for (later, (text, key)) in keys.iter().enumerate() {
                if let Some((_, first)) = keys[..later].iter().find(|(other, _)| other == text) {
                    found.push((*first, *key));
                }
            }
            continue;
        }
        seen.clear();
        for (text, key) in keys.drain(..) {
            match seen.entry(text) {
                Entry::Occupied(first) => found.push((*first.get(), key)),
                Entry::Vacant(place) => {
                    place.insert(key);
                }
            }
        }
    }
    found
}
