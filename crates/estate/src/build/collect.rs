//! All that the files told, in order.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use drlint_resource::{Input, Missing, Resource, ResourceId};
use rustc_hash::{FxHashSet, FxHasher};

use super::identity::{Identities, Resolution};
use super::merge::sort;
use super::rivals::{Rivals, Teller};
use crate::intake::{self, Intake, Record};
use crate::{Difference, Interface, Machine};

/// All that the files told, each thing by the id that is meant, its tellings side by side.
#[derive(Clone, Debug)]
pub(crate) struct Collected {
    pub(super) interfaces: Vec<Interface>,
    pub(super) machines: Vec<Machine>,
    pub(super) resources: Vec<Resource>,
    pub(super) inputs: Vec<Input>,
    pub(super) identities: Identities,
    pub(super) missing: Vec<Missing>,
    rivals: RivalsOfAll,
    /// Who tells something otherwise, as far as it makes another version of the whole.
    tellers: Vec<Teller>,
}

#[derive(Clone, Debug)]
struct RivalsOfAll {
    interfaces: Rivals,
    machines: Rivals,
    resources: Rivals,
}

/// The most versions of an estate: each costs a run.
const MOST: usize = 32;

impl RivalsOfAll {
    /// One for each version. Exports are taken together, and a file that tells several things otherwise is believed in
    /// all of them: those of one day go together.
    fn tellers(&self) -> Vec<Teller> {
        let all = self.interfaces.tellers().chain(self.machines.tellers()).chain(self.resources.tellers());
        let all: BTreeSet<Teller> = all.collect();
        let mut seen: FxHashSet<u64> = FxHashSet::default();
        let mut tellers: Vec<Teller> = Vec::new();
        for teller in all {
            let choice = self.interfaces.choice(teller).chain(self.machines.choice(teller));
            let mut hasher = FxHasher::default();
            choice.chain(self.resources.choice(teller)).for_each(|chosen| chosen.hash(&mut hasher));
            if seen.insert(hasher.finish()) {
                tellers.push(teller);
            }
            if tellers.len() == MOST {
                break;
            }
        }
        tellers
    }
}

impl Collected {
    /// All that was told, with what nobody can tell the truth of.
    pub(crate) fn of(intake: Intake) -> (Self, Vec<Difference>) {
        let Intake { mut interfaces, mut machines, mut resources, inputs, missing, .. } = intake;
        intake::sort(&mut interfaces, &inputs);
        intake::sort(&mut machines, &inputs);
        sort(&mut resources);
        let ids = interfaces.iter().map(|one| &one.id).chain(machines.iter().map(|one| &one.id));
        let identities = Identities::of(ids, resources.iter().map(|resource| &resource.id));
        if move_to_meant(interfaces.iter_mut().map(Record::id_mut), &identities) {
            intake::sort(&mut interfaces, &inputs);
        }
        if move_to_meant(machines.iter_mut().map(Record::id_mut), &identities) {
            intake::sort(&mut machines, &inputs);
        }
        if move_to_meant(resources.iter_mut().map(|resource| &mut resource.id), &identities) {
            sort(&mut resources);
        }
        let mut differences = Vec::new();
        let rivals = RivalsOfAll {
            interfaces: Rivals::among(&interfaces, &inputs, &mut differences),
            machines: Rivals::among(&machines, &inputs, &mut differences),
            resources: Rivals::among(&resources, &inputs, &mut differences),
        };
        let tellers = rivals.tellers();
        let collected =
            Self { interfaces, machines, resources, inputs, identities, missing, rivals, tellers };
        (collected, differences)
    }

    /// How many versions there are: one, if no two exports disagree.
    pub(crate) fn versions(&self) -> usize {
        self.tellers.len().max(1)
    }

    /// The same with what counts in this version, counted from 0, before its rivals.
    pub(super) fn in_version(mut self, version: usize) -> Self {
        if let Some(teller) = self.tellers.get(version) {
            self.rivals.interfaces.prefer(*teller, &mut self.interfaces);
            self.rivals.machines.prefer(*teller, &mut self.machines);
            self.rivals.resources.prefer(*teller, &mut self.resources);
        }
        self
    }
}

/// Makes each of `ids` the one that is meant. Whether some were others.
fn move_to_meant<'i>(ids: impl Iterator<Item = &'i mut ResourceId>, identities: &Identities) -> bool {
    let mut moved = false;
    // Most resources are known by their own whole id.
    for id in ids.filter(|id| id.names().len() != 1 || !id.scope_is_known()) {
        let Resolution::One(meant) = identities.resolve(id) else { continue };
        moved |= meant != *id;
        *id = meant;
    }
    moved
}
