//! From resources to the estate.

mod apart;
mod applications;
mod collect;
mod compare;
mod connections;
mod evidence;
mod gateways;
mod identity;
mod index;
mod intents;
mod interfaces;
mod items;
mod links;
mod mappings;
mod merge;
mod networks;
mod pairs;
mod parts;
mod peerings;
mod plans;
pub(crate) mod read;
mod referred;
mod rivals;
mod sites;
mod standing;
mod subnets;
mod tellings;
mod told;
mod wans;

use std::sync::Arc;

use drlint_resource::{Data, Origin, Part, Piece, Reason, ResourceId, Unknown, Value};
use rustc_hash::FxHashMap;

pub(crate) use self::collect::Collected;
use self::connections::HubSite;
use self::identity::Identities;
use self::links::Links;
use self::merge::Inventory;
pub(crate) use self::merge::weight;
pub(crate) use self::rivals::{Differing, is_superseded};
pub(crate) use self::told::{Told, elements};
use crate::{Estate, Fact, HubConnection, Intent, NetworkIndex, Placed};

/// An estate in the making.
pub(crate) struct Builder {
    estate: Estate,
    identities: Identities,
    inventory: Inventory,
    links: Links,
    /// By key of a gateway: the network whose gateway subnet names it.
    gateways_seen: FxHashMap<ResourceId, NetworkIndex>,
    /// By key of a subnet: its network.
    networks_of_subnets: FxHashMap<ResourceId, NetworkIndex>,
    hub_connections: Vec<HubConnection>,
    hub_sites: Vec<HubSite>,
    hubs_of_wans: Vec<(NetworkIndex, Fact<ResourceId>)>,
}

impl Builder {
    /// Of a version of all that was told, counted from 0.
    pub(crate) fn new(collected: Collected, version: usize, intent: Intent) -> Self {
        let (inventory, identities, shown) = Inventory::of(collected, version);
        Self {
            estate: Estate { intent, shown, ..Estate::default() },
            identities,
            inventory,
            links: Links::default(),
            gateways_seen: FxHashMap::default(),
            networks_of_subnets: FxHashMap::default(),
            hub_connections: Vec::new(),
            hub_sites: Vec::new(),
            hubs_of_wans: Vec::new(),
        }
    }

    /// Each step uses what the steps before it have found.
    pub(crate) fn finish(mut self) -> Estate {
        self.networks();
        self.virtual_wans();
        self.interfaces();
        self.machines();
        self.standing();
        self.public_addresses();
        self.gateways();
        self.sites();
        self.connections();
        self.hub_site_links();
        self.tell_networks_apart();
        self.peering_links();
        self.hub_links();
        self.links();
        self.fabrics();
        self.mappings();
        self.items();
        self.intents();
        self.plans();
        // Mappings and items may have told of more networks.
        self.tell_networks_apart();
        // All references are resolved; what follows needs the room.
        self.identities = Identities::default();
        self.networks_of_subnets = FxHashMap::default();
        self.index();
        self.pairs();
        self.applications();
        self.estate
    }
}

/// The name of an element of a list, known or not, with its place.
fn element_name(element: &told::Told<'_>) -> Option<(Part, Origin)> {
    let lookup = element.member("name");
    if let Some(unknown) = lookup.unknown() {
        return Some((unknown_name(unknown)?, Origin::at(unknown.place)));
    }
    element.name().map(|(name, origin)| (Part::Known(name.into()), origin.of_name()))
}

/// The name that an unknown text is: the same part that the id of a reference to it has.
fn unknown_name(unknown: &Arc<Unknown>) -> Option<Part> {
    let mut pieces = vec![Piece::Known("/providers/any/any/".into())];
    match &unknown.pieces {
        Some(own) => pieces.extend(own.iter().cloned()),
        None => pieces.push(Piece::Unknown(Arc::clone(unknown))),
    }
    let id = Unknown { pieces: Some(pieces.into()), ..Unknown::clone(unknown) };
    let id = ResourceId::of(&Value::new(Data::Unknown(Arc::new(id)), unknown.place))?;
    id.names().last().cloned()
}

/// What `reference` names if it is of type `kind`, else the nearest of its parents that is.
fn ancestor(reference: &Fact<ResourceId>, kind: &str) -> Option<Placed<ResourceId>> {
    let placed = reference.placed()?;
    let mut id = placed.value.clone();
    while !id.is(kind) {
        id = id.parent()?;
    }
    Some(Placed::new(id, placed.origin.clone()))
}

/// That a part of a resource is not in the input.
fn not_shown(what: &str, name: &str, place: &Origin) -> Arc<Unknown> {
    let text = format!("{what} of `{name}` are not in the input");
    Arc::new(Unknown::without_expression(Reason::Other(text.into()), place.span))
}

/// That a resource is not in the input.
fn not_in_input(id: &ResourceId, origin: &Origin) -> Arc<Unknown> {
    Arc::new(Unknown::without_expression(Reason::NotInInput(id.name().into()), origin.span))
}

#[cfg(test)]
mod joining_tests;
#[cfg(test)]
mod tests;
