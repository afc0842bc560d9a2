//! From resources to the estate.

mod identity;
mod interfaces;
mod items;
mod mappings;
mod merge;
mod networks;
mod pairs;
mod read;
mod told;

use std::sync::Arc;

use drlint_resource::{Origin, Part, Reason, Resource, ResourceId, Unknown};

use self::identity::Identities;
use self::merge::Inventory;
use crate::estate::NetworkLists;
use crate::{Estate, Fact, Intent, Placed};

/// An estate in the making.
pub(crate) struct Builder {
    estate: Estate,
    identities: Identities,
    inventory: Inventory,
}

impl Builder {
    pub(crate) fn new(resources: Vec<Resource>, intent: Intent) -> Self {
        let mut identities = Identities::of(&resources);
        let inventory = Inventory::of(resources, &mut identities);
        Self { estate: Estate { intent, ..Estate::default() }, identities, inventory }
    }

    /// Each step uses what the steps before it have found.
    pub(crate) fn finish(mut self) -> Estate {
        self.networks();
        self.interfaces();
        self.machines();
        self.mappings();
        self.items();
        self.index();
        self.pairs();
        self.estate
    }

    /// Lists what belongs to each network.
    fn index(&mut self) {
        let estate = &mut self.estate;
        estate.by_network.resize_with(estate.networks.len(), NetworkLists::default);
        for interface in &estate.interfaces {
            for ip in &interface.ip_configurations {
                let Some(lists) = ip.network.and_then(|at| estate.by_network.get_mut(at.position())) else {
                    continue;
                };
                if lists.interfaces.last() != Some(&interface.index) {
                    lists.interfaces.push(interface.index);
                }
                if let Some(machine) = interface.machine {
                    lists.machines.push(machine);
                }
            }
        }
        for lists in &mut estate.by_network {
            lists.machines.sort_unstable();
            lists.machines.dedup();
        }
        for item in &estate.items {
            if let Some(machine) = item.machine {
                estate.item_of_machine.entry(machine).or_insert(item.index);
            }
            let mut sources: Vec<_> = item
                .nics
                .iter()
                .filter_map(|nic| nic.source_network_index)
                .chain(item.source_network)
                .collect();
            sources.sort_unstable();
            sources.dedup();
            for source in sources {
                if let Some(lists) = estate.by_network.get_mut(source.position()) {
                    lists.items.push(item.index);
                }
            }
        }
    }
}

/// The name of an element of a list, known or not, with its place.
fn element_name(element: &told::Told<'_>) -> Option<(Part, Origin)> {
    let lookup = element.member("name");
    if let Some(unknown) = lookup.unknown() {
        let shown: Arc<str> = format!("[{}]", unknown.residual).into();
        let identity =
            unknown.identity.as_ref().map_or_else(|| Arc::clone(&shown), |same| Arc::clone(&same.0));
        return Some((Part::Unknown { shown, identity }, Origin::at(unknown.place)));
    }
    element.name().map(|(name, origin)| (Part::Known(name.into()), origin.clone()))
}

/// The id of the parent of what `reference` names, `levels` up.
fn ancestor(reference: &Fact<ResourceId>, kind: &str) -> Option<Placed<ResourceId>> {
    let placed = reference.placed()?;
    let mut id = placed.value.clone();
    while !id.is(kind) {
        id = id.parent()?;
    }
    Some(Placed::new(id, placed.origin.clone()))
}

/// That a resource is not in the input.
fn not_in_input(id: &ResourceId, origin: &Origin) -> Arc<Unknown> {
    Arc::new(Unknown::without_expression(Reason::NotInInput(id.name().into()), origin.span))
}
