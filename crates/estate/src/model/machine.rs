//! Virtual machines.

use drlint_resource::{Origin, ResourceId};

use super::{InterfaceIndex, MachineIndex, Region, Tags};
use crate::Fact;

/// A virtual machine.
#[derive(Clone, Debug)]
pub struct Machine {
    /// Its number in the estate.
    pub index: MachineIndex,
    /// Its id.
    pub id: ResourceId,
    /// Its name as it is shown.
    pub name: String,
    /// Where its name was written; if only others refer to it, where they do.
    pub place: Origin,
    /// Its network interfaces, the primary one first where that is known.
    pub interfaces: Vec<InterfaceIndex>,
    /// What its tags say to drlint.
    pub tags: Tags,
    /// Its `location`.
    pub region: Fact<Region>,
    /// Its availability zone.
    pub zone: Fact<String>,
    /// Whether no input declares it: a network interface or an item refers to it.
    pub known_from_outside: bool,
}

impl Machine {
    /// Whether it is tagged `dr-role = replica`.
    pub fn is_replica(&self) -> bool {
        self.tags.is_replica()
    }
}
