//! Keys that stand twice in one object.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use crate::{Caseless, Node};

/// Up to this many keys, comparing each hash with each is faster than sorting them.
const FEW: usize = 16;

/// A key of an object and the hash of its name.
type Key<'d> = (u64, Node<'d>);

/// Of each key that stands in its object before, the first one and the later one.
pub(crate) fn find<'d>(objects: impl Iterator<Item = Node<'d>>) -> Vec<(Node<'d>, Node<'d>)> {
    let mut found = Vec::new();
    // Emptied and used again: most objects are small, and there are many.
    let mut keys: Vec<Key<'d>> = Vec::new();
    for object in objects {
        keys.clear();
        keys.extend(object.members().map(|member| (FxBuildHasher.hash_one(name(member.key)), member.key)));
        if keys.len() <= FEW {
            find_in(&keys, &mut found);
            continue;
        }
        // Those of one hash stand side by side then, and in their order.
        keys.sort_by_key(|(hash, _)| *hash);
        let before = found.len();
        for alike in keys.chunk_by(|(one, _), (two, _)| one == two).filter(|alike| alike.len() > 1) {
            find_in(alike, &mut found);
        }
        found[before..].sort_by_key(|(_, later)| later.span());
    }
    found
}

fn find_in<'d>(keys: &[Key<'d>], found: &mut Vec<(Node<'d>, Node<'d>)>) {
    for (at, (hash, later)) in keys.iter().enumerate() {
        let is_same = |(other, first): &&Key<'d>| other == hash && name(*first) == name(*later);
        if let Some((_, first)) = keys[..at].iter().find(is_same) {
            found.push((*first, *later));
        }
    }
}

fn name(key: Node<'_>) -> Caseless<'_> {
    Caseless(key.raw())
}
