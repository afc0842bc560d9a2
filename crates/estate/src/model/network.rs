//! Networks with their subnets and peerings.

use std::cmp::Ordering;
use std::net::IpAddr;
use std::sync::Arc;

use drlint_resource::{Input, Origin, ResourceId, Unknown};
use drlint_source::Span;

use super::{GatewayIndex, NetworkIndex, Region};
use crate::{Fact, Placed, Ranges};

/// A virtual network, or a virtual hub, which counts as a network where links are concerned.
#[derive(Clone, Debug)]
pub struct Network {
    /// Its number in the estate.
    pub index: NetworkIndex,
    /// Its id.
    pub id: ResourceId,
    /// Its name as it is shown: `group/name` where another network has the same name.
    pub name: String,
    /// Where its name was written; for a network known only from outside, where it was referred to.
    pub place: Origin,
    /// Virtual network or hub.
    pub kind: NetworkKind,
    /// Its `location`.
    pub region: Fact<Region>,
    /// Its address space.
    pub address_space: Ranges,
    /// Its DNS servers. Absent and empty mean Azure's own.
    pub dns_servers: Fact<Vec<Placed<IpAddr>>>,
    /// Its subnets, sorted by name without case.
    pub subnets: Vec<Subnet>,
    /// Whether some input shows its subnets, be it as an empty list.
    pub subnets_shown: bool,
    /// Why the list of subnets, or an element of it, is not known.
    pub subnets_unknown: Option<Arc<Unknown>>,
    /// Where the list of subnets stands.
    pub subnets_place: Option<Origin>,
    /// Its own halves of peerings, sorted by name.
    pub peerings: Vec<Peering>,
    /// Whether some input shows its peerings, be it as an empty list.
    pub peerings_shown: bool,
    /// What its tags say to drlint.
    pub tags: Tags,
    /// Its virtual network gateways; for a hub, the gateways in it.
    pub gateways: Vec<GatewayIndex>,
    /// Each input that declares it, strongest first; none if it is known only from outside.
    pub declarations: Vec<Declaration>,
    /// Whether no input declares it: it is known because others refer to it.
    pub known_from_outside: bool,
    /// Why nobody knows whether it exists, if its `condition` is not known.
    pub condition: Option<Arc<Unknown>>,
    /// The facts about it as each input with properties tells them, strongest first.
    pub tellings: Vec<Telling>,
}

/// The kinds of [`Network`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkKind {
    /// `Microsoft.Network/virtualNetworks`
    VirtualNetwork,
    /// `Microsoft.Network/virtualHubs`
    Hub,
}

/// One place where a resource is declared.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// The input.
    pub input: Input,
    /// Its name there.
    pub span: Span,
}

/// What one input tells of a network.
#[derive(Clone, Debug)]
pub struct Telling {
    /// The input and the place of the name in it.
    pub declaration: Declaration,
    /// The address space as told there.
    pub address_space: Ranges,
    /// The region as told there.
    pub region: Fact<Region>,
    /// The DNS servers as told there.
    pub dns_servers: Fact<Vec<Placed<IpAddr>>>,
    /// The subnets as told there, whether inline or as resources of their own.
    pub subnets: Vec<SubnetPlace>,
    /// Whether it shows subnets.
    pub subnets_shown: bool,
    /// Why nobody knows which subnets it tells of, if an element or a name is not known.
    pub subnets_unknown: Option<Arc<Unknown>>,
}

/// A subnet as one input tells it.
#[derive(Clone, Debug)]
pub struct SubnetPlace {
    /// Its name.
    pub name: String,
    /// Where the name was written.
    pub place: Origin,
    /// Its prefixes.
    pub prefixes: Ranges,
}

/// What the tags of a network or machine say to drlint.
#[derive(Clone, Debug, Default)]
pub struct Tags {
    /// `dr-recovers`: name or id of the source this network recovers.
    pub recovers: Fact<String>,
    /// `dr-application`: the application it belongs to.
    pub application: Fact<String>,
    /// `dr-role`, as written.
    pub role: Fact<String>,
}

impl Tags {
    /// Whether it is tagged `dr-role = replica`.
    pub fn is_replica(&self) -> bool {
        self.role.known().is_some_and(|role| role.trim().eq_ignore_ascii_case("replica"))
    }
}

/// A subnet.
#[derive(Clone, Debug)]
pub struct Subnet {
    /// Its name as it is shown.
    pub name: String,
    /// Its id.
    pub id: ResourceId,
    /// Where its name was written.
    pub place: Origin,
    /// Its prefixes, from `addressPrefix` and `addressPrefixes`.
    pub prefixes: Ranges,
    /// Its network security group.
    pub security_group: Fact<ResourceId>,
    /// Its route table.
    pub route_table: Fact<ResourceId>,
    /// Its NAT gateway.
    pub nat_gateway: Fact<ResourceId>,
    /// The services it has endpoints for, as written.
    pub service_endpoints: Vec<Placed<String>>,
    /// The services it is delegated to, as written.
    pub delegations: Vec<Placed<String>>,
    /// Whether its own `ipConfigurations` show that something lives in it.
    pub occupied: bool,
    /// Why nobody knows whether it exists, if its `condition` is not known.
    pub condition: Option<Arc<Unknown>>,
}

/// Subnets that hold no protected machine (`RULES.md`, *Platform subnets*).
const PLATFORM_SUBNETS: [&str; 5] = [
    "GatewaySubnet",
    "AzureBastionSubnet",
    "AzureFirewallSubnet",
    "AzureFirewallManagementSubnet",
    "RouteServerSubnet",
];

impl Subnet {
    /// Whether its name reserves it for the platform.
    pub fn is_platform(&self) -> bool {
        PLATFORM_SUBNETS.iter().any(|name| name.eq_ignore_ascii_case(&self.name))
    }

    /// Whether it is the subnet that holds gateways.
    pub fn is_gateway_subnet(&self) -> bool {
        self.name.eq_ignore_ascii_case("GatewaySubnet")
    }
}

/// The order of names without case, in which subnets are sorted.
pub(crate) fn without_case(one: &str, two: &str) -> Ordering {
    one.chars().flat_map(char::to_lowercase).cmp(two.chars().flat_map(char::to_lowercase))
}

impl Network {
    /// The subnet of this name, compared without case.
    pub fn subnet(&self, name: &str) -> Option<&Subnet> {
        let at = self.subnets.binary_search_by(|subnet| without_case(&subnet.name, name)).ok()?;
        self.subnets.get(at)
    }

    /// The subnet one of whose prefixes holds `address`.
    pub fn subnet_holding(&self, address: IpAddr) -> Option<&Subnet> {
        self.subnets.iter().find(|subnet| subnet.prefixes.holding(address).is_some())
    }

    /// The first subnet in alphabetical order, where Site Recovery puts a machine whose subnet it does not find
    /// (network mapping page, 2026-02-12; that the order is by code point without case is our reading). Platform
    /// subnets are left out, since no machine can be in them.
    pub fn fallback_subnet(&self) -> Option<&Subnet> {
        self.subnets.iter().find(|subnet| !subnet.is_platform())
    }

    /// Whether it is a virtual hub.
    pub fn is_hub(&self) -> bool {
        self.kind == NetworkKind::Hub
    }

    /// Whether it stands for a gateway whose network nobody knows, and is named after it.
    pub fn is_gateway_alone(&self) -> bool {
        self.known_from_outside && self.id.kind().to_ascii_lowercase().ends_with("gateways")
    }

    /// Whether it is tagged `dr-role = replica`.
    pub fn is_replica(&self) -> bool {
        self.tags.is_replica()
    }
}

/// One half of a peering, as the network that owns it declares it.
#[derive(Clone, Debug)]
pub struct Peering {
    /// Its name.
    pub name: String,
    /// Its id.
    pub id: ResourceId,
    /// Where its name was written.
    pub place: Origin,
    /// The other network.
    pub remote: Fact<ResourceId>,
    /// The other network in the estate.
    pub remote_network: Option<NetworkIndex>,
    /// `allowVirtualNetworkAccess`
    pub allow_virtual_network_access: Fact<bool>,
    /// `allowForwardedTraffic`
    pub allow_forwarded_traffic: Fact<bool>,
    /// `allowGatewayTransit`
    pub allow_gateway_transit: Fact<bool>,
    /// `useRemoteGateways`
    pub use_remote_gateways: Fact<bool>,
    /// `peeringState`
    pub state: Fact<PeeringState>,
    /// `peeringSyncLevel`, as written.
    pub sync_level: Fact<String>,
    /// The prefixes of the other network as this half has them.
    pub remote_address_space: Ranges,
    /// `peerCompleteVnets`; `false` is a peering of single subnets.
    pub complete_networks: Fact<bool>,
    /// `localSubnetNames`
    pub local_subnets: Vec<Placed<String>>,
    /// `remoteSubnetNames`
    pub remote_subnets: Vec<Placed<String>>,
    /// `enableOnlyIPv6Peering`
    pub only_ipv6: Fact<bool>,
    /// Why nobody knows whether it exists, if its `condition` is not known.
    pub condition: Option<Arc<Unknown>>,
    /// `remoteGateways`: gateways of the other network, seen where `useRemoteGateways` is true.
    pub remote_gateways: Vec<Placed<ResourceId>>,
}

impl Peering {
    /// Whether an export says that it does not carry traffic: `Disconnected` or `Initiated`.
    pub fn is_down(&self) -> bool {
        matches!(self.state.known(), Some(PeeringState::Disconnected | PeeringState::Initiated))
    }
}

/// `peeringState`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeeringState {
    /// Only one half exists so far.
    Initiated,
    /// Both halves exist and fit.
    Connected,
    /// The other half was deleted.
    Disconnected,
    /// A state that is not documented, as written.
    Other(String),
}
