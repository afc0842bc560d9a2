//! Peerings: inline, as children, or as resources of their own.

use drlint_resource::{Origin, ResourceId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::merge::Merged;
use super::told::Told;
use super::{Builder, element_name, read};
use crate::{Fact, NetworkIndex, Peering, PeeringState, Ranges};

impl Builder {
    /// Finds the other network of each peering, and what peerings tell of networks outside the input.
    pub(super) fn remotes(&mut self) {
        let known = self.estate.networks.len();
        for at in 0..known {
            let Some(network) = self.estate.networks.get_mut(at) else { continue };
            let mut peerings = std::mem::take(&mut network.peerings);
            for peering in &mut peerings {
                let remote = self.network_of(&peering.remote);
                peering.remote_network = remote;
                let Some(network) = remote.and_then(|at| self.estate.networks.get_mut(at.position())) else {
                    continue;
                };
                let told = peering.remote_address_space.is_shown();
                if told && network.known_from_outside && network.address_space.origin.is_none() {
                    network.address_space = peering.remote_address_space.clone();
                }
            }
            if let Some(network) = self.estate.networks.get_mut(at) {
                network.peerings = peerings;
            }
        }
    }

    /// Adds the peerings that any input lists for a network, and those that stand as resources of their own.
    /// Peerings are often made elsewhere, so that no list is taken to be all of them.
    pub(super) fn add_peerings(&mut self, index: NetworkIndex, merged: &Merged, children: &[Merged]) {
        let told = merged.told();
        let lists: Vec<_> = merged.tellings().map(|telling| Told::one(&telling.body)).collect();
        let mut rest: FxHashMap<Box<str>, &Merged> =
            children.iter().map(|child| (child.id.key().into(), child)).collect();
        let mut seen: FxHashSet<Box<str>> = FxHashSet::default();
        let main = told.list("virtualNetworkPeerings");
        let others = lists.iter().map(|told| told.list("virtualNetworkPeerings"));
        for list in std::iter::once(main).chain(others) {
            for element in &list.elements {
                let Some((name, place)) = element_name(element) else { continue };
                let id = merged.id.child("virtualNetworkPeerings", name);
                if !seen.insert(id.key().into()) {
                    continue;
                }
                match rest.remove(id.key()) {
                    Some(child) => self.add_peering(index, &element.and(child.tellings()), id, place),
                    None => self.add_peering(index, element, id, place),
                }
            }
        }
        for child in children.iter().filter(|child| rest.contains_key(child.id.key())) {
            self.add_peering(index, &child.told(), child.id.clone(), child.place());
        }
        let shown = told.list("virtualNetworkPeerings").is_shown() || !children.is_empty();
        if let Some(network) = self.estate.networks.get_mut(index.position()) {
            network.peerings_shown = shown;
        }
        self.sort_parts(index);
    }

    pub(super) fn add_peering(
        &mut self,
        network: NetworkIndex,
        told: &Told<'_>,
        id: ResourceId,
        place: Origin,
    ) {
        let flag = |path: &str| read::boolean(told.property(path));
        let peering = Peering {
            name: id.name().to_owned(),
            remote: self.identities.reference(read::id(told.property("remoteVirtualNetwork"))),
            remote_network: None,
            allow_virtual_network_access: flag("allowVirtualNetworkAccess"),
            allow_forwarded_traffic: flag("allowForwardedTraffic"),
            allow_gateway_transit: flag("allowGatewayTransit"),
            use_remote_gateways: flag("useRemoteGateways"),
            state: Fact::read(told.property("peeringState"), |value| value.as_str().map(peering_state)),
            sync_level: read::text(told.property("peeringSyncLevel")),
            remote_address_space: read_remote_space(told),
            complete_networks: flag("peerCompleteVnets"),
            local_subnets: read::texts(told.property("localSubnetNames")),
            remote_subnets: read::texts(told.property("remoteSubnetNames")),
            only_ipv6: flag("enableOnlyIPv6Peering"),
            remote_gateways: self.identities.references(read::ids(told.property("remoteGateways"))),
            id,
            place,
        };
        if let Some(network) = self.estate.networks.get_mut(network.position()) {
            network.peerings.push(peering);
        }
    }
}

fn read_remote_space(told: &Told<'_>) -> Ranges {
    let ranges = read::ranges(told, &["remoteAddressSpace.addressPrefixes"]);
    if ranges.is_shown() {
        return ranges;
    }
    read::ranges(told, &["remoteVirtualNetworkAddressSpace.addressPrefixes"])
}

fn peering_state(written: &str) -> PeeringState {
    match written {
        _ if written.eq_ignore_ascii_case("Initiated") => PeeringState::Initiated,
        _ if written.eq_ignore_ascii_case("Connected") => PeeringState::Connected,
        _ if written.eq_ignore_ascii_case("Disconnected") => PeeringState::Disconnected,
        _ => PeeringState::Other(written.to_owned()),
    }
}
