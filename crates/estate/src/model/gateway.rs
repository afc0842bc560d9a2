//! Virtual network gateways, connections and hub connections.

use std::sync::Arc;

use drlint_resource::{Origin, ResourceId, Unknown};

use super::{ConnectionIndex, GatewayIndex, NetworkIndex, SiteIndex};
use crate::{AddressSet, Fact, Placed, Ranges};

/// A virtual network gateway, or a VPN or ExpressRoute gateway of a hub.
#[derive(Clone, Debug)]
pub struct Gateway {
    /// Its number in the estate.
    pub index: GatewayIndex,
    /// Its id.
    pub id: ResourceId,
    /// Its name as it is shown.
    pub name: String,
    /// Where its name was written; for a gateway known only from outside, where it was referred to.
    pub place: Origin,
    /// `gatewayType`
    pub kind: Fact<GatewayKind>,
    /// `vpnType`
    pub vpn_type: Fact<VpnType>,
    /// `sku.name`
    pub sku: Fact<String>,
    /// Whether BGP is on.
    pub bgp: Fact<bool>,
    /// The subnets its IP configurations are in.
    pub subnets: Vec<Placed<ResourceId>>,
    /// The network it stands in.
    pub network: Option<NetworkIndex>,
    /// Its public addresses.
    pub public_addresses: Vec<Placed<ResourceId>>,
    /// Its NAT rules, by id.
    pub nat_rules: Vec<(ResourceId, NatRule)>,
    /// Why nobody knows whether it exists, if its `condition` is not known.
    pub condition: Option<Arc<Unknown>>,
    /// Whether no input declares it: connections refer to it.
    pub known_from_outside: bool,
}

impl Gateway {
    /// Its NAT rule of this id.
    pub fn nat_rule(&self, id: &ResourceId) -> Option<&NatRule> {
        self.nat_rules.iter().find(|(rule, _)| rule == id).map(|(_, rule)| rule)
    }
}

/// `gatewayType`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatewayKind {
    /// `Vpn`
    Vpn,
    /// `ExpressRoute`
    ExpressRoute,
    /// Another one, as written.
    Other(String),
}

/// `vpnType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VpnType {
    /// `RouteBased`
    RouteBased,
    /// `PolicyBased`
    PolicyBased,
}

/// Which way a NAT rule translates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NatMode {
    /// The network's own ranges, as the site sees them.
    Egress,
    /// The site's ranges, as the network sees them.
    Ingress,
}

/// A NAT rule of a gateway: for cross-premises `IPsec` connections only (NAT overview, 2021-12-02).
#[derive(Clone, Debug)]
pub struct NatRule {
    /// `mode`
    pub mode: Fact<NatMode>,
    /// The ranges that are translated.
    pub internal: Ranges,
    /// The ranges they are translated to.
    pub external: Ranges,
}

/// What the NAT rules of one connection do.
#[derive(Clone, Debug, Default)]
pub struct NatRules {
    /// The egress rules.
    pub egress: Vec<Placed<ResourceId>>,
    /// The ingress rules.
    pub ingress: Vec<Placed<ResourceId>>,
}

impl NatRules {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.egress.is_empty() && self.ingress.is_empty()
    }
}

impl NatRule {
    /// `addresses` after this rule, or `None` if it cannot be computed.
    pub fn translate(&self, addresses: &AddressSet) -> Option<AddressSet> {
        let (Ok(_), Ok(_)) = (self.internal.complete(), self.external.complete()) else { return None };
        let internal = self.internal.addresses();
        if !internal.overlaps(addresses) {
            return Some(addresses.clone());
        }
        Some(addresses.without(&internal).joined(&self.external.addresses()))
    }
}

/// A connection of a virtual network gateway.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Its number in the estate.
    pub index: ConnectionIndex,
    /// Its id.
    pub id: ResourceId,
    /// Its name as it is shown.
    pub name: String,
    /// Where its name was written.
    pub place: Origin,
    /// `connectionType`
    pub kind: Fact<ConnectionKind>,
    /// `virtualNetworkGateway1`: the gateway that owns it.
    pub gateway: Fact<ResourceId>,
    /// The same in the estate.
    pub gateway_index: Option<GatewayIndex>,
    /// `virtualNetworkGateway2`, `localNetworkGateway2` or `peer`.
    pub other: Fact<ResourceId>,
    /// The other gateway in the estate, also where a local network gateway stands for it.
    pub other_gateway: Option<GatewayIndex>,
    /// The site it leads to.
    pub site: Option<SiteIndex>,
    /// `connectionStatus`, as written.
    pub status: Fact<String>,
    /// `routingWeight`
    pub weight: Fact<i64>,
    /// `enableBgp`
    pub bgp: Fact<bool>,
    /// Its NAT rules.
    pub nat: NatRules,
    /// Why nobody knows whether it exists, if its `condition` is not known.
    pub condition: Option<Arc<Unknown>>,
}

impl Connection {
    /// Whether an export says that it is not connected.
    pub fn is_down(&self) -> bool {
        self.status.known().is_some_and(|status| status.eq_ignore_ascii_case("NotConnected"))
    }
}

/// `connectionType`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConnectionKind {
    /// `IPsec`
    Ipsec,
    /// `Vnet2Vnet`
    NetworkToNetwork,
    /// `ExpressRoute`
    ExpressRoute,
    /// Another one, such as `VPNClient`, as written.
    Other(String),
}

/// A network's connection to a virtual hub.
#[derive(Clone, Debug)]
pub struct HubConnection {
    /// Its id.
    pub id: ResourceId,
    /// Where its name was written.
    pub place: Origin,
    /// The hub.
    pub hub: NetworkIndex,
    /// The network.
    pub network: Option<NetworkIndex>,
    /// `remoteVirtualNetwork`
    pub remote: Fact<ResourceId>,
    /// Why nobody knows whether it exists, if its `condition` is not known.
    pub condition: Option<Arc<Unknown>>,
}
