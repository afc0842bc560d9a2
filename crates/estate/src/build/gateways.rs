//! Gateways of networks and hubs, with their NAT rules.

use drlint_resource::{Lookup, Origin, ResourceId};

use super::merge::Merged;
use super::networks::children;
use super::parts::{Lists, parts};
use super::told::Told;
use super::{Builder, read};
use crate::{
    Fact, Gateway, GatewayIndex, GatewayKind, NatMode, NatRule, NetworkIndex, Placed, Ranges, VpnType,
};

pub(super) const GATEWAY: &str = "Microsoft.Network/virtualNetworkGateways";
const NAT_RULE: &str = "Microsoft.Network/virtualNetworkGateways/natRules";
const HUB_VPN_GATEWAY: &str = "Microsoft.Network/vpnGateways";
const HUB_EXPRESS_ROUTE_GATEWAY: &str = "Microsoft.Network/expressRouteGateways";

impl Builder {
    pub(super) fn gateways(&mut self) {
        let mut rules = children(self.inventory.take(NAT_RULE));
        for merged in self.inventory.take(GATEWAY) {
            let rules = rules.remove(&merged.id).unwrap_or_default();
            self.gateway(&merged, &rules);
        }
        for merged in self.inventory.take(HUB_VPN_GATEWAY) {
            self.hub_gateway(&merged, GatewayKind::Vpn);
            self.hub_vpn_connections(&merged);
        }
        for merged in self.inventory.take(HUB_EXPRESS_ROUTE_GATEWAY) {
            self.hub_gateway(&merged, GatewayKind::ExpressRoute);
            self.hub_circuit_connections(&merged);
        }
    }

    fn gateway(&mut self, merged: &Merged, rules: &[Merged]) {
        let told = merged.told();
        let configurations = told.list("ipConfigurations").elements;
        let mut references = |path: &str| -> Vec<Placed<ResourceId>> {
            let ids = configurations.iter().map(|element| self.identities.read(element.property(path)));
            ids.filter_map(|id| id.placed().cloned()).collect()
        };
        let subnets = references("subnet");
        let public_addresses = references("publicIPAddress");
        let mut gateway = Gateway {
            kind: Fact::read(told.property("gatewayType"), |value| value.as_str().map(gateway_kind)),
            vpn_type: Fact::read(told.property("vpnType"), |value| value.as_str().and_then(vpn_type)),
            sku: read::text(told.first_property(&["sku.name", "sku"])),
            bgp: read::boolean(told.first_property(&["enableBgp", "enableBGP"])),
            public_addresses,
            known_from_outside: false,
            condition: merged.condition(),
            ..empty_gateway(&merged.id, merged.place())
        };
        let rules = parts(merged, "natRules", rules, Lists::AddUp).all;
        gateway.nat_rules = rules.into_iter().map(|part| (part.id, nat_rule(&part.told))).collect();
        gateway.network = subnets.first().and_then(|subnet| self.network_of(&Fact::Known(subnet.clone())));
        gateway.subnets = subnets;
        self.add_gateway(gateway);
    }

    fn hub_gateway(&mut self, merged: &Merged, kind: GatewayKind) {
        let told = merged.told();
        let hub = self.identities.read(told.property("virtualHub"));
        let place = merged.place();
        let network = self.network_of(&hub);
        self.add_gateway(Gateway {
            kind: Fact::Known(Placed::new(kind, place.clone())),
            network,
            known_from_outside: false,
            condition: merged.condition(),
            ..empty_gateway(&merged.id, place)
        });
    }

    fn add_gateway(&mut self, mut gateway: Gateway) -> GatewayIndex {
        let index = GatewayIndex::at(self.estate.gateways.len());
        gateway.index = index;
        // A gateway subnet names the gateway in it, also where the gateway itself was not exported.
        let seen = self.gateways_seen.get(&gateway.id).copied();
        gateway.network = gateway.network.or(seen);
        if let Some(network) = gateway.network.and_then(|at| self.estate.networks.get_mut(at.position())) {
            network.gateways.push(index);
        }
        self.estate.keys.gateways.insert(gateway.id.clone(), index);
        self.estate.gateways.push(gateway);
        index
    }

    /// The gateway of this id, made known if it is not yet.
    pub(super) fn gateway_known_from_outside(&mut self, id: &ResourceId, place: &Origin) -> GatewayIndex {
        match self.estate.keys.gateways.get(id) {
            Some(index) => *index,
            None => self.add_gateway(empty_gateway(id, place.clone())),
        }
    }

    /// The network of a gateway. Where nobody knows it, a network that stands for it and is named after the gateway.
    pub(super) fn network_behind(&mut self, gateway: GatewayIndex) -> Option<NetworkIndex> {
        let gateway = self.estate.gateways.get(gateway.position())?;
        if let Some(network) = gateway.network {
            return Some(network);
        }
        let (id, place, at) = (gateway.id.clone(), gateway.place.clone(), gateway.index);
        let network = self.network_known_from_outside(&id, &place);
        if let Some(network) = self.estate.networks.get_mut(network.position()) {
            network.gateways.push(at);
        }
        if let Some(gateway) = self.estate.gateways.get_mut(at.position()) {
            gateway.network = Some(network);
        }
        Some(network)
    }
}

fn empty_gateway(id: &ResourceId, place: Origin) -> Gateway {
    Gateway {
        index: GatewayIndex::at(0),
        id: id.clone(),
        name: id.name().to_owned(),
        place,
        kind: Fact::Absent,
        vpn_type: Fact::Absent,
        sku: Fact::Absent,
        bgp: Fact::Absent,
        subnets: Vec::new(),
        network: None,
        public_addresses: Vec::new(),
        nat_rules: Vec::new(),
        condition: None,
        known_from_outside: true,
    }
}

fn nat_rule(told: &Told<'_>) -> NatRule {
    NatRule {
        mode: Fact::read(told.property("mode"), |value| match value.as_str()? {
            text if text.eq_ignore_ascii_case("EgressSnat") => Some(NatMode::Egress),
            text if text.eq_ignore_ascii_case("IngressSnat") => Some(NatMode::Ingress),
            _ => None,
        }),
        internal: spaces(told, "internalMappings"),
        external: spaces(told, "externalMappings"),
    }
}

/// The `addressSpace` of each mapping.
fn spaces(told: &Told<'_>, path: &str) -> Ranges {
    let list = told.list(path);
    let mut ranges = Ranges { unknown: list.unknown, origin: list.origin, ..Ranges::default() };
    for mapping in &list.elements {
        match mapping.member("addressSpace") {
            Lookup::Found(value) => read::add_prefixes(&mut ranges, value),
            Lookup::Unknown(unknown) => {
                ranges.unknown.get_or_insert_with(|| unknown.clone());
            }
            Lookup::Absent => {}
        }
    }
    ranges
}

fn gateway_kind(written: &str) -> GatewayKind {
    match written {
        _ if written.eq_ignore_ascii_case("Vpn") => GatewayKind::Vpn,
        _ if written.eq_ignore_ascii_case("ExpressRoute") => GatewayKind::ExpressRoute,
        _ => GatewayKind::Other(written.to_owned()),
    }
}

fn vpn_type(written: &str) -> Option<VpnType> {
    match written {
        _ if written.eq_ignore_ascii_case("RouteBased") => Some(VpnType::RouteBased),
        _ if written.eq_ignore_ascii_case("PolicyBased") => Some(VpnType::PolicyBased),
        _ => None,
    }
}
