//! All that the files told, in order.

use drlint_resource::{Input, Missing, Resource, ResourceId};

use super::identity::{Identities, Resolution};
use super::merge::sort;
use super::rivals::Rivals;
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
}

#[derive(Clone, Debug)]
struct RivalsOfAll {
    interfaces: Rivals,
    machines: Rivals,
    resources: Rivals,
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
        move_all(&mut interfaces, &inputs, &identities);
        move_all(&mut machines, &inputs, &identities);
        let mut moved = false;
        for resource in &mut resources {
            moved |= move_to_meant(&mut resource.id, &identities);
        }
        if moved {
            sort(&mut resources);
        }
        let mut differences = Vec::new();
        let rivals = RivalsOfAll {
            interfaces: Rivals::among(&interfaces, &inputs, &mut differences),
            machines: Rivals::among(&machines, &inputs, &mut differences),
            resources: Rivals::among(&resources, &inputs, &mut differences),
        };
        (Self { interfaces, machines, resources, inputs, identities, missing, rivals }, differences)
    }

    /// How many versions there are: one, if no two exports disagree.
    pub(crate) fn versions(&self) -> usize {
        let RivalsOfAll { interfaces, machines, resources } = &self.rivals;
        interfaces.versions.max(machines.versions).max(resources.versions)
    }

    /// The same with what counts in this version, counted from 0, before its rivals.
    pub(super) fn in_version(mut self, version: usize) -> Self {
        self.rivals.interfaces.prefer(version, &mut self.interfaces, &self.inputs);
        self.rivals.machines.prefer(version, &mut self.machines, &self.inputs);
        self.rivals.resources.prefer(version, &mut self.resources, &self.inputs);
        self
    }
}

/// Makes each record known by the id that is meant.
fn move_all<R: Record>(records: &mut [R], inputs: &[Input], identities: &Identities) {
    let mut moved = false;
    for record in &mut *records {
        moved |= move_to_meant(record.id_mut(), identities);
    }
    if moved {
        intake::sort(records, inputs);
    }
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
