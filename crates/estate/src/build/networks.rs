//! Networks with their subnets and peerings, inline, as children, or as resources of their own.

use drlint_resource::{Input, Origin, Part, Resource, ResourceId};
use rustc_hash::FxHashMap;

use super::gateways::GATEWAY;
use super::merge::{Merged, declaration};
use super::read;
use super::told::Told;
use super::{Builder, ancestor, element_name, not_in_input};
use crate::model::without_case;
use crate::{
    Fact, HubConnection, Network, NetworkIndex, NetworkKind, Peering, PeeringState, Placed, Ranges, Subnet,
    SubnetPlace, Tags, Telling,
};

pub(super) const NETWORK: &str = "Microsoft.Network/virtualNetworks";
pub(super) const HUB: &str = "Microsoft.Network/virtualHubs";
const SUBNET: &str = "Microsoft.Network/virtualNetworks/subnets";
const PEERING: &str = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings";

const ADDRESS_SPACE: [&str; 1] = ["addressSpace.addressPrefixes"];
const SUBNET_PREFIXES: [&str; 2] = ["addressPrefixes", "addressPrefix"];

/// Resources below a network, by the key of the network.
type Children = FxHashMap<Box<str>, Vec<Merged>>;

impl Builder {
    pub(super) fn networks(&mut self) {
        let mut subnets = children(self.inventory.take(SUBNET));
        let mut peerings = children(self.inventory.take(PEERING));
        for merged in self.inventory.take(NETWORK) {
            let subnets = subnets.remove(merged.id.key()).unwrap_or_default();
            let peerings = peerings.remove(merged.id.key()).unwrap_or_default();
            self.network(&merged, &subnets, &peerings);
        }
        for merged in self.inventory.take(HUB) {
            self.hub(&merged);
        }
        self.orphans(subnets, peerings);
        self.remotes();
    }

    fn network(&mut self, merged: &Merged, subnets: &[Merged], peerings: &[Merged]) {
        let told = merged.told();
        let index = self.add_network(Network {
            address_space: read_address_space(&told),
            region: read::region(told.member("location")),
            dns_servers: read::addresses(told.property("dhcpOptions.dnsServers")),
            tags: read::tags(&told),
            declarations: merged.declarations(),
            known_from_outside: false,
            tellings: tellings(merged, subnets),
            ..empty_network(&merged.id, merged.place(), NetworkKind::VirtualNetwork)
        });
        self.add_subnets(index, merged, subnets);
        self.add_peerings(index, merged, peerings);
    }

    fn hub(&mut self, merged: &Merged) {
        let told = merged.told();
        let hub = self.add_network(Network {
            address_space: read::ranges(&told, &["addressPrefix", "addressPrefixes"]),
            region: read::region(told.member("location")),
            tags: read::tags(&told),
            declarations: merged.declarations(),
            known_from_outside: false,
            ..empty_network(&merged.id, merged.place(), NetworkKind::Hub)
        });
        // Older versions list the connections inside the hub.
        for element in told.list("virtualNetworkConnections").elements {
            let Some((name, place)) = element_name(&element) else { continue };
            let remote = self.identities.reference(read::id(element.property("remoteVirtualNetwork")));
            let network = self.network_of(&remote);
            let id = merged.id.child("hubVirtualNetworkConnections", name);
            self.hub_connections.push(HubConnection { id, place, hub, network, remote });
        }
    }

    /// Children whose network is not in the input make it known from outside.
    fn orphans(&mut self, subnets: Children, peerings: Children) {
        let mut rest: Vec<(Vec<Merged>, Vec<Merged>)> = Vec::new();
        let mut peerings = peerings;
        let mut keys: Vec<Box<str>> = subnets.keys().chain(peerings.keys()).cloned().collect();
        keys.sort_unstable();
        keys.dedup();
        let mut subnets = subnets;
        for key in keys {
            let subnets = subnets.remove(&key).unwrap_or_default();
            rest.push((subnets, peerings.remove(&key).unwrap_or_default()));
        }
        for (subnets, peerings) in rest {
            let first = subnets.first().or_else(|| peerings.first());
            let Some((id, place)) = first.and_then(|child| Some((child.id.parent()?, child.place()))) else {
                continue;
            };
            let index = self.network_known_from_outside(&id, &place);
            for child in &subnets {
                self.add_subnet(index, &child.told(), child.id.clone(), child.place());
            }
            for child in &peerings {
                self.add_peering(index, &child.told(), child.id.clone(), child.place());
            }
            self.sort_parts(index);
        }
    }

    /// Finds the other network of each peering, and what peerings tell of networks outside the input.
    fn remotes(&mut self) {
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
                if network.known_from_outside && !network.address_space.is_shown() {
                    network.address_space = peering.remote_address_space.clone();
                }
            }
            if let Some(network) = self.estate.networks.get_mut(at) {
                network.peerings = peerings;
            }
        }
    }

    fn add_subnets(&mut self, index: NetworkIndex, merged: &Merged, children: &[Merged]) {
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

    fn add_subnet(&mut self, network: NetworkIndex, told: &Told<'_>, id: ResourceId, place: Origin) {
        let occupants = told.list("ipConfigurations").elements;
        for occupant in &occupants {
            if let Some(gateway) = ancestor(&read::id(occupant.member("id")), GATEWAY) {
                self.gateways_seen.insert(gateway.value.key().into(), network);
            }
        }
        let mut reference = |path: &str| self.identities.reference(read::id(told.property(path)));
        let subnet = Subnet {
            name: id.name().to_owned(),
            prefixes: read_subnet_prefixes(told),
            security_group: reference("networkSecurityGroup"),
            route_table: reference("routeTable"),
            nat_gateway: reference("natGateway"),
            service_endpoints: named(told, "serviceEndpoints", "service"),
            delegations: named(told, "delegations", "serviceName"),
            occupied: !occupants.is_empty(),
            known_from_outside: false,
            id,
            place,
        };
        if let Some(network) = self.estate.networks.get_mut(network.position()) {
            network.subnets.push(subnet);
        }
    }

    fn add_peerings(&mut self, index: NetworkIndex, merged: &Merged, children: &[Merged]) {
        let told = merged.told();
        let lists: Vec<_> = merged.tellings().map(|telling| Told::one(&telling.body)).collect();
        let mut rest: FxHashMap<Box<str>, &Merged> =
            children.iter().map(|child| (child.id.key().into(), child)).collect();
        let mut seen: FxHashMap<Box<str>, ()> = FxHashMap::default();
        let main = told.list("virtualNetworkPeerings");
        let others = lists.iter().map(|told| told.list("virtualNetworkPeerings"));
        for list in std::iter::once(main).chain(others) {
            for element in &list.elements {
                let Some((name, place)) = element_name(element) else { continue };
                let id = merged.id.child("virtualNetworkPeerings", name);
                if seen.insert(id.key().into(), ()).is_some() {
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

    fn add_peering(&mut self, network: NetworkIndex, told: &Told<'_>, id: ResourceId, place: Origin) {
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

    fn sort_parts(&mut self, index: NetworkIndex) {
        if let Some(network) = self.estate.networks.get_mut(index.position()) {
            network.subnets.sort_by(|one, two| without_case(&one.name, &two.name));
            network.peerings.sort_by(|one, two| one.id.cmp(&two.id));
        }
    }

    fn add_network(&mut self, network: Network) -> NetworkIndex {
        let index = NetworkIndex::at(self.estate.networks.len());
        self.estate.keys.networks.insert(network.id.key().into(), index);
        self.estate.networks.push(Network { index, ..network });
        index
    }

    /// The network of this id, made known if it is not yet.
    pub(super) fn network_known_from_outside(&mut self, id: &ResourceId, place: &Origin) -> NetworkIndex {
        if let Some(index) = self.estate.keys.networks.get(id.key()) {
            return *index;
        }
        let kind = if id.is(HUB) { NetworkKind::Hub } else { NetworkKind::VirtualNetwork };
        let unknown = not_in_input(id, place);
        self.add_network(Network {
            region: Fact::Unknown(unknown.clone()),
            dns_servers: Fact::Unknown(unknown),
            ..empty_network(id, place.clone(), kind)
        })
    }

    /// The network that `reference` names, or in which the subnet it names is.
    pub(super) fn network_of(&mut self, reference: &Fact<ResourceId>) -> Option<NetworkIndex> {
        let network = ancestor(reference, NETWORK).or_else(|| ancestor(reference, HUB))?;
        Some(self.network_known_from_outside(&network.value, &network.origin))
    }
}

fn children(list: Vec<Merged>) -> Children {
    let mut found = Children::default();
    for merged in list {
        if let Some(parent) = merged.id.parent() {
            found.entry(parent.key().into()).or_default().push(merged);
        }
    }
    found
}

fn empty_network(id: &ResourceId, place: Origin, kind: NetworkKind) -> Network {
    Network {
        index: NetworkIndex::at(0),
        id: id.clone(),
        name: id.name().to_owned(),
        place,
        kind,
        region: Fact::Absent,
        address_space: Ranges::default(),
        dns_servers: Fact::Absent,
        subnets: Vec::new(),
        subnets_shown: false,
        subnets_unknown: None,
        subnets_place: None,
        peerings: Vec::new(),
        peerings_shown: false,
        tags: Tags::default(),
        gateways: Vec::new(),
        declarations: Vec::new(),
        known_from_outside: true,
        tellings: Vec::new(),
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

fn read_address_space(told: &Told<'_>) -> Ranges {
    let mut ranges = read::ranges(told, &ADDRESS_SPACE);
    read::add_pools(&mut ranges, told.property("addressSpace.ipamPoolPrefixAllocations"));
    ranges
}

fn read_subnet_prefixes(told: &Told<'_>) -> Ranges {
    let mut ranges = read::ranges(told, &SUBNET_PREFIXES);
    read::add_pools(&mut ranges, told.property("ipamPoolPrefixAllocations"));
    ranges
}

fn read_remote_space(told: &Told<'_>) -> Ranges {
    let ranges = read::ranges(told, &["remoteAddressSpace.addressPrefixes"]);
    if ranges.is_shown() {
        return ranges;
    }
    read::ranges(told, &["remoteVirtualNetworkAddressSpace.addressPrefixes"])
}

/// What each input that has properties tells of a network.
fn tellings(merged: &Merged, children: &[Merged]) -> Vec<Telling> {
    let shows = |telling: &&Resource| match &telling.input {
        Input::Export(export) => !export.existence_only,
        Input::Template(_) => true,
    };
    let tell = |telling: &Resource| {
        let told = Told::one(&telling.body);
        let list = told.list("subnets");
        let own = children.iter().flat_map(|child| {
            let same = child.tellings().filter(|other| same_input(&other.input, &telling.input));
            same.map(move |other| (child, other))
        });
        let mut subnets: Vec<SubnetPlace> = list.elements.iter().filter_map(subnet_place).collect();
        for (child, other) in own {
            if subnets.iter().all(|subnet| !subnet.name.eq_ignore_ascii_case(child.id.name())) {
                let prefixes = read_subnet_prefixes(&Told::one(&other.body));
                let place = Origin::at(other.place);
                subnets.push(SubnetPlace { name: child.id.name().to_owned(), place, prefixes });
            }
        }
        Telling {
            declaration: declaration(telling),
            address_space: read_address_space(&told),
            region: read::region(told.member("location")),
            dns_servers: read::addresses(told.property("dhcpOptions.dnsServers")),
            subnets_shown: list.is_shown() || !subnets.is_empty(),
            subnets,
        }
    };
    merged.tellings().filter(shows).map(tell).collect()
}

fn same_input(one: &Input, two: &Input) -> bool {
    match (one, two) {
        (Input::Template(one), Input::Template(two)) => one == two,
        (Input::Export(one), Input::Export(two)) => one == two,
        _ => false,
    }
}

fn subnet_place(element: &Told<'_>) -> Option<SubnetPlace> {
    let (name, place) = element_name(element)?;
    let name = match name {
        Part::Known(name) => name,
        Part::Unknown { shown, .. } => shown,
    };
    Some(SubnetPlace { name: name.to_string(), place, prefixes: read_subnet_prefixes(element) })
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

fn peering_state(written: &str) -> PeeringState {
    match written {
        _ if written.eq_ignore_ascii_case("Initiated") => PeeringState::Initiated,
        _ if written.eq_ignore_ascii_case("Connected") => PeeringState::Connected,
        _ if written.eq_ignore_ascii_case("Disconnected") => PeeringState::Disconnected,
        _ => PeeringState::Other(written.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Inputs, estate, network_id};

    #[test]
    fn subnets_come_inline_and_as_children_and_count_once() {
        let vnet = network_id("virtualNetworks/vnet-a");
        let estate = estate(&format!(
            r#"[{{"id": "{vnet}", "name": "vnet-a", "location": "East Asia", "properties": {{
                    "addressSpace": {{"addressPrefixes": ["10.1.0.0/16"]}},
                    "subnets": [{{"name": "Subnet1", "properties": {{"addressPrefix": "10.1.1.0/24"}}}}]}}}},
                {{"id": "{vnet}/subnets/SUBNET1", "properties": {{"addressPrefix": "10.1.1.0/24"}}}},
                {{"id": "{vnet}/subnets/Subnet2", "properties": {{"addressPrefixes": ["10.1.2.0/24"]}}}}]"#
        ));
        let [network] = estate.networks() else { panic!("one network") };
        let names: Vec<&str> = network.subnets.iter().map(|subnet| &*subnet.name).collect();
        assert_eq!(names, ["Subnet1", "Subnet2"]);
        assert_eq!(network.region.known().map(|region| region.key()), Some("eastasia"));
        assert_eq!(
            network.subnet("subnet2").map(|subnet| subnet.prefixes.written()).as_deref(),
            Some("10.1.2.0/24")
        );
    }

    #[test]
    fn a_template_of_unknown_scope_joins_the_only_export_of_that_name() {
        let vnet = network_id("virtualNetworks/vnet-a");
        let estate = Inputs::default()
            .export(&format!(
                r#"[{{"id": "{vnet}", "name": "vnet-a", "location": "eastasia", "properties": {{
                    "addressSpace": {{"addressPrefixes": ["10.9.0.0/16"]}}}}}}]"#
            ))
            .template(
                r#"[{"type": "Microsoft.Network/virtualNetworks", "name": "VNET-A", "location": "?region",
                    "properties": {"addressSpace": {"addressPrefixes": ["10.1.0.0/16"]}}}]"#,
            )
            .estate();
        let [network] = estate.networks() else { panic!("one network") };
        assert_eq!(network.address_space.written(), "10.1.0.0/16");
        assert_eq!(network.region.known().map(|region| region.key()), Some("eastasia"));
        assert_eq!(network.tellings.len(), 2);
    }
}
