//! Virtual machines.

use drlint_resource::{Origin, ResourceId};

use super::{Few, InterfaceIndex, MachineIndex, Tags};
use crate::intake::TellingOf;
use crate::{Fact, Placed};

/// A virtual machine.
///
/// An estate may hold a million of them: what nobody asks is not kept, and what the id says is not kept twice.
#[derive(Clone, Debug)]
pub struct Machine {
    /// Its number in the estate.
    pub index: MachineIndex,
    /// Its id.
    pub id: ResourceId,
    /// Where its name was written; if only others refer to it, where they do.
    pub place: Origin,
    /// Its network interfaces, the primary one first where that is known.
    pub interfaces: Few<InterfaceIndex>,
    /// Whether no input declares it: a network interface or an item refers to it.
    pub known_from_outside: bool,
    /// What it says itself.
    pub(crate) own: Option<Box<Own>>,
    pub(crate) telling: TellingOf,
}

/// What a machine says itself, so that one that others only refer to has nothing of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Own {
    pub(crate) tags: Tags,
    /// The network interfaces as they are referred to, until they are known.
    pub(crate) references: Few<Placed<ResourceId>>,
}

static NO_TAGS: Tags = Tags { recovers: Fact::Absent, application: Fact::Absent, role: Fact::Absent };

impl Machine {
    /// Its name as it is shown.
    pub fn name(&self) -> &str {
        self.id.name()
    }

    /// What its tags say to drlint.
    pub fn tags(&self) -> &Tags {
        self.own.as_ref().map_or(&NO_TAGS, |own| &own.tags)
    }

    /// Whether it is tagged `dr-role = replica`.
    pub fn is_replica(&self) -> bool {
        self.tags().is_replica()
    }
}
