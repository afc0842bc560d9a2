//! Which ids name the same resource.

use std::sync::Arc;

use drlint_resource::{Data, Lookup, Reason, Resource, ResourceId, Unknown};
use rustc_hash::{FxHashMap, FxHashSet};

use super::read;
use crate::{Fact, Placed};

/// The ids of all top-level resources in the input, and what others mean by theirs.
///
/// A child is where its top-level resource is, so only top-level ids are compared.
#[derive(Debug, Default)]
pub(crate) struct Identities {
    /// By type and name: the ids the input has, after joining.
    roots: FxHashMap<String, Vec<ResourceId>>,
    /// By key: the id an id of the input is joined with.
    joined: FxHashMap<ResourceId, ResourceId>,
    /// What texts that name children mean: a subnet is named by everything in it.
    texts: FxHashMap<Arc<str>, ResourceId>,
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
    /// The identities of all `resources`, which are in order of their weight. A resource whose scope is not known is joined with the one of known scope
    /// that has its type and name, if there is exactly one and no other could claim it.
    pub(crate) fn of(resources: &[Resource]) -> Self {
        let mut roots: FxHashMap<String, Vec<ResourceId>> = FxHashMap::default();
        let mut seen: FxHashSet<ResourceId> = FxHashSet::default();
        // A resource spells its own name better than its children do.
        let (tops, children): (Vec<&Resource>, Vec<&Resource>) =
            resources.iter().partition(|resource| resource.id.names().len() <= 1);
        for resource in tops.into_iter().chain(children) {
            let root = root(&resource.id);
            if seen.insert(root.clone()) {
                roots.entry(root.local_key()).or_default().push(root);
            }
        }
        let mut joined = FxHashMap::default();
        #[expect(clippy::iter_over_hash_type, reason = "each entry is joined by itself")]
        for ids in roots.values_mut() {
            ids.sort();
            let claims = claims(ids);
            for (at, target) in &claims {
                if let (Some(id), Some(target)) = (ids.get(*at), ids.get(*target)) {
                    joined.insert(id.clone(), target.clone());
                }
            }
            let mut at = 0;
            ids.retain(|_| {
                at += 1;
                !claims.iter().any(|(claimed, _)| claimed + 1 == at)
            });
        }
        Self { roots, joined, texts: FxHashMap::default() }
    }

    /// What `id` means: the resource of exactly that id, else the only one it may be, else itself.
    pub(crate) fn resolve(&self, id: &ResourceId) -> Resolution {
        let root = root(id);
        if let Some(target) = self.joined.get(&root) {
            return Resolution::One(below(target, id));
        }
        let Some(ids) = self.roots.get(&root.local_key()) else { return Resolution::One(id.clone()) };
        if let Ok(at) = ids.binary_search(&root) {
            return Resolution::One(ids.get(at).map_or_else(|| id.clone(), |root| below(root, id)));
        }
        let candidates: Vec<&ResourceId> = ids.iter().filter(|candidate| candidate.may_be(&root)).collect();
        match candidates.as_slice() {
            [] => Resolution::One(id.clone()),
            [only] => Resolution::One(below(only, id)),
            several => Resolution::Several(several.iter().map(|root| below(root, id)).collect()),
        }
    }

    /// The reference that stands there, with the id it means; one that could mean several resources is unknown.
    pub(crate) fn read(&mut self, lookup: Lookup<'_>) -> Fact<ResourceId> {
        let value = match lookup {
            Lookup::Found(value) => value.at("id").found().unwrap_or(value),
            _ => return self.reference(read::id(lookup)),
        };
        let Data::Text(text) = &value.data else { return self.reference(read::id(lookup)) };
        if let Some(id) = self.texts.get(text) {
            return Fact::Known(Placed::new(id.clone(), value.origin.clone()));
        }
        let reference = self.reference(read::id(lookup));
        if let Some(id) = reference.known().filter(|id| id.names().len() > 1) {
            self.texts.insert(Arc::clone(text), id.clone());
        }
        reference
    }

    /// The reference with the id it means.
    fn reference(&self, reference: Fact<ResourceId>) -> Fact<ResourceId> {
        let Fact::Known(placed) = reference else { return reference };
        match self.resolve(&placed.value) {
            Resolution::One(id) => Fact::Known(Placed::new(id, placed.origin)),
            Resolution::Several(ids) => {
                let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
                let text = format!("`{}` could be any of {}", placed.value.full_name(), ids.join(", "));
                let reason = Reason::Other(text.into());
                Fact::Unknown(Arc::new(Unknown::without_expression(reason, placed.origin.span)))
            }
        }
    }

    /// The references of a list that mean one resource each.
    pub(crate) fn references(&self, list: Vec<Placed<ResourceId>>) -> Vec<Placed<ResourceId>> {
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
