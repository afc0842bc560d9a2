//! Resources of one id made one, with the tellings of each input in order of their weight.

use std::cmp::Reverse;
use std::sync::Arc;

use drlint_resource::{Input, Origin, Resource, ResourceId, Unknown};
use drlint_source::Span;
use rustc_hash::FxHashMap;

use super::dispute;
use super::identity::{Identities, Resolution};
use super::told::Told;
use crate::intake::{self, Intake, Record};
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
    /// The inventory of all that the files told, with what it shows and where it is known to be cut.
    pub(crate) fn of(intake: Intake) -> (Self, Identities, Shown) {
        let Intake { mut interfaces, mut machines, mut resources, inputs, missing, .. } = intake;
        intake::sort(&mut interfaces, &inputs);
        intake::sort(&mut machines, &inputs);
        sort(&mut resources);
        let ids = interfaces.iter().map(|one| &one.id).chain(machines.iter().map(|one| &one.id));
        let identities = Identities::of(ids, resources.iter().map(|resource| &resource.id));
        let mut shown = Shown::missing(missing);
        join(&mut interfaces, &inputs, &identities, &mut shown);
        join(&mut machines, &inputs, &identities, &mut shown);
        let mut moved = false;
        for resource in &mut resources {
            moved |= move_to_meant(&mut resource.id, &identities);
        }
        if moved {
            sort(&mut resources);
        }
        let by_kind = by_kind(resources, &mut shown);
        (Self { interfaces, machines, by_kind }, identities, shown)
    }

    /// The resources of `kind`, taken out, sorted by id.
    pub(crate) fn take(&mut self, kind: &str) -> Vec<Merged> {
        self.by_kind.remove(&kind.to_ascii_lowercase()).unwrap_or_default()
    }
}

/// Makes the records of one id one, after each is known by the id that is meant.
fn join<R: Record>(records: &mut Vec<R>, inputs: &[Input], identities: &Identities, shown: &mut Shown) {
    let mut moved = false;
    for record in &mut *records {
        moved |= move_to_meant(record.id_mut(), identities);
    }
    if moved {
        intake::sort(records, inputs);
    }
    intake::join(records, inputs, |record, input| shown.add(record.id(), input));
}

/// Whether `id` means another one, which it then becomes.
fn move_to_meant(id: &mut ResourceId, identities: &Identities) -> bool {
    // Most resources are known by their own whole id.
    if id.names().len() == 1 && id.scope_is_known() {
        return false;
    }
    let Resolution::One(meant) = identities.resolve(id) else { return false };
    let moved = meant != *id;
    *id = meant;
    moved
}

/// One for each id, by type; `resources` are sorted.
fn by_kind(resources: Vec<Resource>, shown: &mut Shown) -> FxHashMap<String, Vec<Merged>> {
    let mut by_kind: FxHashMap<String, Vec<Merged>> = FxHashMap::default();
    for mut resource in resources {
        let kind = by_kind.entry(resource.id.kind().to_ascii_lowercase()).or_default();
        match kind.last_mut() {
            Some(merged) if merged.id == resource.id => {
                if !merged.tellings().any(|newer| supersedes(&newer.input, &resource.input)) {
                    shown.add(&resource.id, &resource.input);
                    dispute::settle(&mut merged.strongest, &mut resource);
                    merged.others.push(resource);
                }
            }
            _ => {
                shown.add(&resource.id, &resource.input);
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

/// Whether `newer` is the later of two exports of one shape, by what their content says of their time.
pub(crate) fn supersedes(newer: &Input, other: &Input) -> bool {
    let (Input::Export(newer), Input::Export(export)) = (newer, other) else { return false };
    let taken = newer.taken.as_ref().zip(export.taken.as_ref());
    newer.shape == export.shape && taken.is_some_and(|(newer, taken)| newer > taken)
}

/// What puts one telling before another: properties before mere existence, templates before exports, new exports
/// before old ones, then the order of files.
pub(crate) fn weight(input: &Input, place: Span) -> impl Ord {
    match input {
        Input::Template(deployment) => (0, Reverse(None), deployment.template, place),
        Input::Export(export) => {
            let rank = if export.existence_only { 2 } else { 1 };
            (rank, Reverse(export.taken.as_deref()), export.file, place)
        }
    }
}
