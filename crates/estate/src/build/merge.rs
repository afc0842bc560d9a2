//! Resources of one id made one, with the tellings of each input in order of their weight.

use std::cmp::Reverse;
use std::sync::Arc;

use drlint_resource::{Input, Origin, Resource, ResourceId, Unknown};
use rustc_hash::FxHashMap;

use super::identity::{Identities, Resolution};
use super::told::Told;
use crate::Declaration;
use crate::query::Shown;

/// A resource as all inputs together tell of it.
#[derive(Debug)]
pub(crate) struct Merged {
    pub(crate) id: ResourceId,
    /// As the strongest input tells it.
    strongest: Resource,
    /// As the others do, stronger ones first.
    others: Vec<Resource>,
}

impl Merged {
    pub(crate) fn told(&self) -> Told<'_> {
        Told::one(&self.strongest.body).and(&self.others)
    }

    /// Where its name was written in the strongest input.
    pub(crate) fn place(&self) -> Origin {
        Origin::at(self.strongest.place)
    }

    /// As each input tells it, strongest first.
    pub(crate) fn tellings(&self) -> impl Iterator<Item = &Resource> {
        std::iter::once(&self.strongest).chain(&self.others)
    }

    pub(crate) fn declarations(&self) -> Vec<Declaration> {
        self.tellings().map(declaration).collect()
    }

    /// Why nobody knows whether it exists: each input that declares it has a condition that is not known.
    pub(crate) fn condition(&self) -> Option<Arc<Unknown>> {
        let condition = self.strongest.condition.as_ref()?;
        self.others.iter().all(|other| other.condition.is_some()).then(|| Arc::clone(condition))
    }

    /// Its last name.
    pub(crate) fn name(&self) -> String {
        self.id.name().to_owned()
    }
}

pub(crate) fn declaration(resource: &Resource) -> Declaration {
    Declaration { input: resource.input.clone(), span: resource.place }
}

/// All resources of the input, one for each id, by type.
#[derive(Debug, Default)]
pub(crate) struct Inventory {
    /// By type in lower case; each list sorted by the key of the id.
    by_kind: FxHashMap<String, Vec<Merged>>,
}

impl Inventory {
    /// The inventory of `resources`, which are sorted.
    pub(crate) fn of(mut resources: Vec<Resource>, identities: &Identities) -> Self {
        let mut moved = false;
        for resource in &mut resources {
            // Most resources are known by their own whole id.
            if resource.id.names().len() == 1 && resource.id.scope_is_known() {
                continue;
            }
            if let Resolution::One(id) = identities.resolve(&resource.id) {
                moved |= id != resource.id;
                resource.id = id;
            }
        }
        if moved {
            sort(&mut resources);
        }
        let mut by_kind: FxHashMap<String, Vec<Merged>> = FxHashMap::default();
        for resource in resources {
            let kind = by_kind.entry(resource.id.kind().to_ascii_lowercase()).or_default();
            match kind.last_mut() {
                Some(merged) if merged.id == resource.id => {
                    if !merged.tellings().any(|newer| supersedes(newer, &resource)) {
                        merged.others.push(resource);
                    }
                }
                _ => kind.push(Merged { id: resource.id.clone(), strongest: resource, others: Vec::new() }),
            }
        }
        Self { by_kind }
    }

    /// What the input shows, and where it is known to be cut.
    pub(crate) fn shown(&self) -> Shown {
        let mut shown = Shown::default();
        #[expect(clippy::iter_over_hash_type, reason = "sets are filled, in whatever order")]
        for (kind, resources) in &self.by_kind {
            for resource in resources.iter().flat_map(Merged::tellings) {
                shown.add(kind, resource);
            }
        }
        shown
    }

    /// The resources of `kind`, taken out, sorted by id.
    pub(crate) fn take(&mut self, kind: &str) -> Vec<Merged> {
        self.by_kind.remove(&kind.to_ascii_lowercase()).unwrap_or_default()
    }
}

/// Sorts by id, then by weight, so that the order of files and resources makes no difference.
pub(crate) fn sort(resources: &mut [Resource]) {
    resources.sort_by(|one, two| one.id.cmp(&two.id).then_with(|| weight(one).cmp(&weight(two))));
}

/// Whether `newer` is the later of two exports of one shape, by what their content says of their time.
fn supersedes(newer: &Resource, resource: &Resource) -> bool {
    let (Input::Export(newer), Input::Export(export)) = (&newer.input, &resource.input) else { return false };
    let taken = newer.taken.as_ref().zip(export.taken.as_ref());
    newer.shape == export.shape && taken.is_some_and(|(newer, taken)| newer > taken)
}

/// What puts one telling before another: properties before mere existence, templates before exports, new exports
/// before old ones, then the order of files.
fn weight(resource: &Resource) -> impl Ord + use<> {
    let place = (resource.file(), resource.place);
    match &resource.input {
        Input::Template(_) => (0, Reverse(None), place),
        Input::Export(export) => {
            let rank = if export.existence_only { 2 } else { 1 };
            (rank, Reverse(export.taken.clone()), place)
        }
    }
}
