//! Which ids name the same resource.

use std::cell::OnceCell;
use std::sync::Arc;

use drlint_resource::{Ids, Lookup, Reason, ResourceId, Unknown};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::intake::reference;
use crate::{Fact, Placed};

/// The ids of all top-level resources in the input, and what others mean by theirs.
///
/// A child is where its top-level resource is, so only top-level ids are compared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Identities {
    /// The ids the input has, after joining. Those of the numerous types only if a scope is not known.
    roots: FxHashSet<ResourceId>,
    /// The ids of the numerous types otherwise: each means itself.
    numerous: Vec<ResourceId>,
    /// The same by type and name, each list sorted. Nobody needs it where all scopes are known.
    by_local_key: OnceCell<FxHashMap<String, Vec<ResourceId>>>,
    /// Whether a scope is not known.
    any_unknown: bool,
    /// The id that an id of the input is joined with.
    joined: FxHashMap<ResourceId, ResourceId>,
    /// What ids of children mean: a subnet is named by everything in it.
    children: FxHashMap<ResourceId, ResourceId>,
    ids: Ids,
}

/// What an id means.
#[derive(Clone, Debug)]
pub(crate) enum Resolution {
    /// One resource, in the input or not.
    One(ResourceId),
    /// One of several resources, nobody knows which.
    Several(Vec<ResourceId>),
}

impl Identities {
    /// The identities of the resources in the input: `numerous` ones, which are no children, and all others, both in
    /// order of their weight. A resource whose scope is not known is joined with the one of known scope that has its
    /// type and name, if there is exactly one and no other could claim it.
    pub(crate) fn of<'r>(
        numerous: impl Iterator<Item = &'r ResourceId> + Clone,
        others: impl Iterator<Item = &'r ResourceId> + Clone,
    ) -> Self {
        let any_unknown = numerous.clone().chain(others.clone()).any(|id| !id.scope_is_known());
        let mut identities = Self { any_unknown, ..Self::default() };
        if any_unknown {
            identities.add_roots(numerous.chain(others));
            identities.join();
        } else {
            identities.numerous = numerous.cloned().collect();
            identities.add_roots(others);
        }
        identities
    }

    fn add_roots<'r>(&mut self, ids: impl Iterator<Item = &'r ResourceId> + Clone) {
        // A resource spells its own name better than its children do.
        for id in ids.clone().filter(|id| id.names().len() <= 1) {
            if !self.roots.contains(id) {
                self.roots.insert(id.clone());
            }
        }
        for id in ids.filter(|id| id.names().len() > 1) {
            let root = root(id);
            if !self.roots.contains(&root) {
                self.roots.insert(root);
            }
        }
    }

    fn join(&mut self) {
        let mut by_local_key = self.ids_by_local_key();
        #[expect(clippy::iter_over_hash_type, reason = "each entry is joined by itself")]
        for ids in by_local_key.values_mut() {
            let claims = claims(ids);
            for (at, target) in &claims {
                if let (Some(id), Some(target)) = (ids.get(*at), ids.get(*target)) {
                    self.joined.insert(id.clone(), target.clone());
                    self.roots.remove(id);
                }
            }
            let mut at = 0;
            ids.retain(|_| {
                at += 1;
                !claims.iter().any(|(claimed, _)| claimed + 1 == at)
            });
        }
        self.by_local_key = OnceCell::from(by_local_key);
    }

    fn ids_by_local_key(&self) -> FxHashMap<String, Vec<ResourceId>> {
        let mut found: FxHashMap<String, Vec<ResourceId>> = FxHashMap::default();
        for root in self.roots.iter().chain(&self.numerous) {
            found.entry(root.local_key()).or_default().push(root.clone());
        }
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for ids in found.values_mut() {
            ids.sort();
            ids.dedup();
        }
        found
    }

    /// What `id` means: the resource of exactly that id, else the only one it may be, else itself.
    pub(crate) fn resolve(&self, id: &ResourceId) -> Resolution {
        let root = root(id);
        if let Some(root) = self.joined.get(&root).or_else(|| self.roots.get(&root)) {
            return Resolution::One(below(root, id));
        }
        // Of two known scopes that differ in a letter, neither is the other.
        if !self.any_unknown && root.scope_is_known() {
            return Resolution::One(id.clone());
        }
        let by_local_key = self.by_local_key.get_or_init(|| self.ids_by_local_key());
        let Some(ids) = by_local_key.get(&root.local_key()) else { return Resolution::One(id.clone()) };
        let candidates: Vec<&ResourceId> = ids.iter().filter(|candidate| candidate.may_be(&root)).collect();
        match candidates.as_slice() {
            [] => Resolution::One(id.clone()),
            [only] => Resolution::One(below(only, id)),
            several => Resolution::Several(several.iter().map(|root| below(root, id)).collect()),
        }
    }

    /// The reference that stands there, with the id it means; one that could mean several resources is unknown.
    pub(crate) fn read(&mut self, lookup: Lookup<'_>) -> Fact<ResourceId> {
        let reference = reference(lookup, &mut self.ids);
        self.reference(reference)
    }

    /// The reference with the id it means.
    pub(crate) fn reference(&mut self, reference: Fact<ResourceId>) -> Fact<ResourceId> {
        let Fact::Known(placed) = reference else { return reference };
        if let Some(id) = self.children.get(&placed.value) {
            return Fact::Known(Placed::new(id.clone(), placed.origin));
        }
        match self.resolve(&placed.value) {
            Resolution::One(id) => {
                if id.names().len() > 1 {
                    self.children.insert(placed.value, id.clone());
                }
                Fact::Known(Placed::new(id, placed.origin))
            }
            Resolution::Several(ids) => {
                let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
                let text = format!("`{}` could be any of {}", placed.value.full_name(), ids.join(", "));
                let reason = Reason::Other(text.into());
                Fact::Unknown(Arc::new(Unknown::without_expression(reason, placed.origin.span)))
            }
        }
    }

    /// The references of a list that mean one resource each.
    pub(crate) fn references(&mut self, list: Vec<Placed<ResourceId>>) -> Vec<Placed<ResourceId>> {
        let known = list.into_iter().filter_map(|placed| match self.reference(Fact::Known(placed)) {
            Fact::Known(placed) => Some(placed),
            _ => None,
        });
        known.collect()
    }
}

/// Which ids of unknown scope are joined with which of known scope, by position.
fn claims(ids: &[ResourceId]) -> Vec<(usize, usize)> {
    let (known, unknown): (Vec<usize>, Vec<usize>) =
        (0..ids.len()).partition(|at| ids.get(*at).is_some_and(ResourceId::scope_is_known));
    let candidates = |at: &usize| -> Vec<usize> {
        let may_be = |target: &&usize| ids.get(*at).zip(ids.get(**target)).is_some_and(|(a, b)| a.may_be(b));
        known.iter().filter(may_be).copied().collect()
    };
    // Beyond a few, equal names say nothing any more, and comparing all would be slow.
    if known.is_empty() || unknown.is_empty() || known.len().saturating_mul(unknown.len()) > 10_000 {
        return Vec::new();
    }
    let wishes: Vec<(usize, Vec<usize>)> = unknown.iter().map(|at| (*at, candidates(at))).collect();
    let wanted = |target: usize| wishes.iter().filter(|(_, wish)| wish.contains(&target)).count();
    let granted = wishes.iter().filter_map(|(at, wish)| match wish.as_slice() {
        [only] if wanted(*only) == 1 => Some((*at, *only)),
        _ => None,
    });
    granted.collect()
}

/// The top-level resource of `id`.
fn root(id: &ResourceId) -> ResourceId {
    if id.names().len() <= 1 {
        return id.clone();
    }
    let kind: Vec<&str> = id.kind().splitn(3, '/').take(2).collect();
    let first = id.names().first().cloned();
    ResourceId::new(id.scope().clone(), &kind.join("/"), first.into_iter().collect())
}

/// `id` where `root` is.
fn below(root: &ResourceId, id: &ResourceId) -> ResourceId {
    if id.names().len() <= 1 {
        return root.clone();
    }
    let names = root.names().iter().take(1).chain(id.names().iter().skip(1)).cloned().collect();
    ResourceId::new(root.scope().clone(), id.kind(), names)
}
