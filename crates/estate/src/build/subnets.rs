//! Subnets.

use super::gateways::GATEWAY;
use super::parts::Part;
use super::told::Told;
use super::{Builder, ancestor, not_shown, read};
use crate::{Fact, NetworkIndex, Placed, Ranges, Subnet};

impl Builder {
    pub(super) fn subnet(&mut self, network: NetworkIndex, part: &Part<'_>) -> Subnet {
        let Part { told, id, place, condition } = part;
        let occupants = told.list("ipConfigurations").elements;
        for occupant in &occupants {
            if let Some(gateway) = ancestor(&read::id(occupant.member("id")), GATEWAY) {
                self.gateways_seen.insert(gateway.value.clone(), network);
            }
        }
        let mut prefixes = read_subnet_prefixes(told);
        prefixes.unknown_unless_shown(|| not_shown("the prefixes", id.name(), place));
        let mut reference = |path: &str| self.identities.read(told.property(path));
        Subnet {
            name: id.name().to_owned(),
            id: id.clone(),
            place: place.clone(),
            prefixes,
            security_group: reference("networkSecurityGroup"),
            route_table: reference("routeTable"),
            nat_gateway: reference("natGateway"),
            service_endpoints: named(told, "serviceEndpoints", "service"),
            delegations: named(told, "delegations", "serviceName"),
            occupied: !occupants.is_empty(),
            condition: condition.clone(),
        }
    }
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
