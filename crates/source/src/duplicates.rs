//! Keys that stand twice in one object.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::{Caseless, Node};

/// Up to this many keys, comparing each with each is faster than hashing them.
const FEW: usize = 8;

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
