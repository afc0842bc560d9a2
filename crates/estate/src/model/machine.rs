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
    /// What its tags say to drlint; most have none of them.
    pub(crate) own_tags: Option<Box<Tags>>,
    /// The network interfaces as they are referred to, until they are known.
    pub(crate) references: Few<Placed<ResourceId>>,
    pub(crate) telling: TellingOf,
}

static NO_TAGS: Tags = Tags { recovers: Fact::Absent, application: Fact::Absent, role: Fact::Absent };

impl Machine {
    /// Its name as it is shown.
    pub fn name(&self) -> &str {
        self.id.name()
    }

    /// What its tags say to drlint.
    pub fn tags(&self) -> &Tags {
        self.own_tags.as_deref().unwrap_or(&NO_TAGS)
    }

    /// Whether it is tagged `dr-role = replica`.
    pub fn is_replica(&self) -> bool {
        self.tags().is_replica()
    }
}
