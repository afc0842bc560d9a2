//! Subnets: inline, as children, or as resources of their own.

use drlint_resource::{Input, Origin, Resource, ResourceId};
use rustc_hash::FxHashMap;

use super::gateways::GATEWAY;
use super::merge::Merged;
use super::told::Told;
use super::{Builder, ancestor, element_name, not_shown, read};
use crate::{Fact, NetworkIndex, Placed, Ranges, Subnet};

impl Builder {
    /// Adds the subnets that a network lists, and those that stand as resources of their own.
    pub(super) fn add_subnets(&mut self, index: NetworkIndex, merged: &Merged, children: &[Merged]) {
        let told = merged.told();
        let list = told.list("subnets");
        let template_lists = lists_in_template(merged, "subnets");
        let mut rest: FxHashMap<Box<str>, &Merged> =
            children.iter().map(|child| (child.id.key().into(), child)).collect();
        for element in &list.elements {
            let Some((name, place)) = element_name(element) else { continue };
            let id = merged.id.child("subnets", name);
            match rest.remove(id.key()) {
                Some(child) => self.add_subnet(index, &element.and(child.tellings()), id, place),
                None => self.add_subnet(index, element, id, place),
            }
        }
        // A template that lists subnets lists all of them; what an export has beyond that is drift.
        let wanted = |child: &&Merged| !template_lists || child.tellings().any(is_template);
        for child in children.iter().filter(|child| rest.contains_key(child.id.key())).filter(wanted) {
            self.add_subnet(index, &child.told(), child.id.clone(), child.place());
        }
        let Some(network) = self.estate.networks.get_mut(index.position()) else { return };
        network.subnets_shown = list.is_shown() || !children.is_empty();
        network.subnets_unknown = list.unknown;
        network.subnets_place = list.origin.or_else(|| children.first().map(Merged::place));
        self.sort_parts(index);
    }

    pub(super) fn add_subnet(
        &mut self,
        network: NetworkIndex,
        told: &Told<'_>,
        id: ResourceId,
        place: Origin,
    ) {
        let occupants = told.list("ipConfigurations").elements;
        for occupant in &occupants {
            if let Some(gateway) = ancestor(&read::id(occupant.member("id")), GATEWAY) {
                self.gateways_seen.insert(gateway.value.key().into(), network);
            }
        }
        let mut reference = |path: &str| self.identities.reference(read::id(told.property(path)));
        let mut prefixes = read_subnet_prefixes(told);
        prefixes.unknown_unless_shown(|| not_shown("the prefixes", id.name(), &place));
        let subnet = Subnet {
            name: id.name().to_owned(),
            prefixes,
            security_group: reference("networkSecurityGroup"),
            route_table: reference("routeTable"),
            nat_gateway: reference("natGateway"),
            service_endpoints: named(told, "serviceEndpoints", "service"),
            delegations: named(told, "delegations", "serviceName"),
            occupied: !occupants.is_empty(),
            id,
            place,
        };
        if let Some(network) = self.estate.networks.get_mut(network.position()) {
            network.subnets.push(subnet);
        }
    }
}

fn is_template(resource: &Resource) -> bool {
    matches!(resource.input, Input::Template(_))
}

fn lists_in_template(merged: &Merged, path: &str) -> bool {
    merged
        .tellings()
        .filter(|telling| is_template(telling))
        .any(|telling| !telling.property(path).is_absent())
}

pub(super) fn read_subnet_prefixes(told: &Told<'_>) -> Ranges {
    let mut ranges = read::ranges(told, &["addressPrefixes", "addressPrefix"]);
    read::add_pools(&mut ranges, told.property("ipamPoolPrefixAllocations"));
    ranges
}

/// The names at `path` below each element of a list; an element that is a bare string is a name itself.
fn named(told: &Told<'_>, list: &str, path: &str) -> Vec<Placed<String>> {
    let elements = told.list(list).elements;
    let named = elements.iter().filter_map(|element| match read::text(element.property(path)) {
        Fact::Known(name) => Some(name),
        _ => element.text(),
    });
    named.collect()
}
