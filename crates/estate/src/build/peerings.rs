//! Peerings.

use super::parts::Part;
use super::told::Told;
use super::{Builder, read};
use crate::{Fact, Peering, PeeringState, Ranges};

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
                for gateway in &peering.remote_gateways {
                    self.gateways_seen.entry(gateway.value.clone()).or_insert(network.index);
                }
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

    pub(super) fn peering(&mut self, part: &Part<'_>) -> Peering {
        let Part { told, id, place, condition } = part;
        let flag = |path: &str| read::boolean(told.property(path));
        Peering {
            name: id.name().to_owned(),
            remote: self.identities.read(told.property("remoteVirtualNetwork")),
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
            id: id.clone(),
            place: place.clone(),
            condition: condition.clone(),
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
