//! Resources of one id made one, with the tellings of each input in order of their weight.

use std::cmp::Reverse;
use std::sync::Arc;

use drlint_resource::{Input, Origin, Resource, ResourceId, Unknown};
use drlint_source::Span;
use rustc_hash::FxHashMap;

use super::collect::Collected;
use super::identity::Identities;
use super::rivals::{is_superseded, rank};
use super::told::Told;
use crate::intake::{self, Record};
use crate::query::Shown;
use crate::{Declaration, Interface, Machine};

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
    pub(crate) interfaces: Vec<Interface>,
    pub(crate) machines: Vec<Machine>,
    /// By type in lower case; each list sorted by the key of the id.
    by_kind: FxHashMap<String, Vec<Merged>>,
}

impl Inventory {
    /// The inventory of a version of all that was told, with what it shows and where it is known to be cut.
    pub(crate) fn of(collected: Collected, version: usize) -> (Self, Identities, Shown) {
        let Collected { interfaces, machines, resources, inputs, identities, missing, .. } =
            collected.in_version(version);
        let mut shown = Shown::missing(missing);
        let mut take = |id: &ResourceId, input: &Input| shown.add(id, input);
        let interfaces = joined(interfaces, &inputs, &mut take);
        let machines = joined(machines, &inputs, &mut take);
        let by_kind = by_kind(resources, &mut take);
        (Self { interfaces, machines, by_kind }, identities, shown)
    }

    /// The resources of `kind`, taken out, sorted by id.
    pub(crate) fn take(&mut self, kind: &str) -> Vec<Merged> {
        self.by_kind.remove(&kind.to_ascii_lowercase()).unwrap_or_default()
    }
}

/// The records, those of one id made one. `take` sees each telling that counts.
fn joined<R: Record>(
    mut records: Vec<R>,
    inputs: &[Input],
    take: &mut impl FnMut(&ResourceId, &Input),
) -> Vec<R> {
    intake::join(&mut records, inputs, |record, input| take(record.id(), input));
    records
}

/// One for each id, by type; `resources` are sorted.
fn by_kind(
    resources: Vec<Resource>,
    take: &mut impl FnMut(&ResourceId, &Input),
) -> FxHashMap<String, Vec<Merged>> {
    let mut by_kind: FxHashMap<String, Vec<Merged>> = FxHashMap::default();
    for resource in resources {
        let kind = by_kind.entry(resource.id.kind().to_ascii_lowercase()).or_default();
        match kind.last_mut() {
            Some(merged) if merged.id == resource.id => {
                if !is_superseded(&resource.input, merged.tellings().map(|telling| &telling.input)) {
                    take(&resource.id, &resource.input);
                    merged.others.push(resource);
                }
            }
            _ => {
                take(&resource.id, &resource.input);
                kind.push(Merged { id: resource.id.clone(), strongest: resource, others: Vec::new() });
            }
        }
    }
    by_kind
}

/// Sorts by id, then by weight, so that the order of files and resources makes no difference.
pub(crate) fn sort(resources: &mut [Resource]) {
    let weigh =
        |one: &Resource, two: &Resource| weight(&one.input, one.place).cmp(&weight(&two.input, two.place));
    resources.sort_by(|one, two| one.id.cmp(&two.id).then_with(|| weigh(one, two)));
}

/// What puts one telling before another: templates before exports, these by their rank, new exports before old ones,
/// then the order of files.
pub(crate) fn weight(input: &Input, place: Span) -> impl Ord {
    match input {
        Input::Template(deployment) => (None, Reverse(None), deployment.template, place),
        Input::Export(export) => (rank(input), Reverse(export.taken.as_deref()), export.file, place),
    }
}
