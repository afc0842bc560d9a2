//! Networks and hubs.

use std::sync::Arc;

use drlint_resource::{Lookup, Origin, Reason, ResourceId, Unknown};
use rustc_hash::FxHashMap;

use super::merge::Merged;
use super::parts::{Lists, Part, Parts, is_template, parts};
use super::tellings::tellings;
use super::told::Told;
use super::{Builder, ancestor, element_name, not_in_input, not_shown, read};
use crate::model::without_case;
use crate::{Fact, HubConnection, Network, NetworkIndex, NetworkKind, Peering, Ranges, Region, Subnet, Tags};

pub(super) const NETWORK: &str = "Microsoft.Network/virtualNetworks";
pub(super) const HUB: &str = "Microsoft.Network/virtualHubs";
const SUBNET: &str = "Microsoft.Network/virtualNetworks/subnets";
const PEERING: &str = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings";

/// Child resources, by the key of their parent.
pub(super) type Children = FxHashMap<ResourceId, Vec<Merged>>;

impl Builder {
    pub(super) fn networks(&mut self) {
        let mut subnets = children(self.inventory.take(SUBNET));
        let mut peerings = children(self.inventory.take(PEERING));
        for merged in self.inventory.take(NETWORK) {
            let subnets = subnets.remove(&merged.id).unwrap_or_default();
            let peerings = peerings.remove(&merged.id).unwrap_or_default();
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
        let tellings = tellings(merged, subnets);
        let dns_servers = if tellings.is_empty() {
            Fact::Unknown(not_shown("the DNS servers", &merged.name(), &merged.place()))
        } else {
            read::addresses(told.property("dhcpOptions.dnsServers"))
        };
        let index = self.add_network(Network {
            address_space: read_address_space(&told),
            region: read::region(told.member("location")),
            dns_servers,
            tags: read::tags(&told),
            declarations: merged.declarations(),
            known_from_outside: false,
            condition: merged.condition(),
            tellings,
            ..empty_network(&merged.id, merged.place(), NetworkKind::VirtualNetwork)
        });
        let mut subnets = parts(merged, "subnets", subnets, Lists::StrongestIsComplete);
        // A template may add subnets as resources of their own.
        let template = merged.tellings().find(|telling| is_template(telling));
        let lost = template.and_then(|template| self.estate.shown.lost_in(template.file()));
        subnets.unknown = subnets.unknown.or(lost);
        self.add_subnets(index, subnets);
        let peerings = parts(merged, "virtualNetworkPeerings", peerings, Lists::AddUp);
        self.add_peerings(index, &peerings);
    }

    fn add_subnets(&mut self, index: NetworkIndex, parts: Parts<'_>) {
        let mut subnets: Vec<Subnet> = parts.all.iter().map(|part| self.subnet(index, part)).collect();
        subnets.sort_by(|one, two| without_case(&one.name, &two.name));
        let Some(network) = self.estate.networks.get_mut(index.position()) else { return };
        network.subnets = subnets;
        network.subnets_shown = parts.shown;
        network.subnets_unknown = parts.unknown;
        network.subnets_place = parts.place;
    }

    fn add_peerings(&mut self, index: NetworkIndex, parts: &Parts<'_>) {
        let mut peerings: Vec<Peering> = parts.all.iter().map(|part| self.peering(part)).collect();
        peerings.sort_by(|one, two| one.id.cmp(&two.id));
        let Some(network) = self.estate.networks.get_mut(index.position()) else { return };
        network.peerings = peerings;
        network.peerings_shown = parts.shown && parts.unknown.is_none();
    }

    fn hub(&mut self, merged: &Merged) {
        let told = merged.told();
        let hub = self.add_network(Network {
            address_space: read::ranges(&told, &["addressPrefix", "addressPrefixes"]),
            region: read::region(told.member("location")),
            tags: read::tags(&told),
            declarations: merged.declarations(),
            known_from_outside: false,
            condition: merged.condition(),
            ..empty_network(&merged.id, merged.place(), NetworkKind::Hub)
        });
        let wan = self.identities.read(told.property("virtualWan"));
        self.hubs_of_wans.push((hub, wan));
        // Older versions list the connections inside the hub.
        for element in told.list("virtualNetworkConnections").elements {
            let Some((name, place)) = element_name(&element) else { continue };
            let remote = self.identities.read(element.property("remoteVirtualNetwork"));
            let network = self.network_of(&remote);
            let id = merged.id.child("hubVirtualNetworkConnections", name);
            self.hub_connections.push(HubConnection {
                id,
                place,
                hub,
                network,
                remote,
                condition: merged.condition(),
            });
        }
    }

    /// Children whose network is not in the input make it known from outside.
    fn orphans(&mut self, mut subnets: Children, mut peerings: Children) {
        let mut parents: Vec<ResourceId> = subnets.keys().chain(peerings.keys()).cloned().collect();
        parents.sort_unstable();
        parents.dedup();
        for key in parents {
            let subnets = subnets.remove(&key).unwrap_or_default();
            let peerings = peerings.remove(&key).unwrap_or_default();
            let Some(first) = subnets.first().or(peerings.first()) else { continue };
            let Some(id) = first.id.parent() else { continue };
            let index = self.network_known_from_outside(&id, &first.place());
            self.add_subnets(index, only_children(&subnets));
            self.add_peerings(index, &only_children(&peerings));
        }
    }

    fn add_network(&mut self, mut network: Network) -> NetworkIndex {
        let index = NetworkIndex::at(self.estate.networks.len());
        if network.known_from_outside {
            network.address_space.unknown_unless_shown(|| not_in_input(&network.id, &network.place));
        } else {
            network
                .address_space
                .unknown_unless_shown(|| not_shown("the prefixes", &network.name, &network.place));
        }
        self.estate.keys.networks.insert(network.id.clone(), index);
        self.estate.networks.push(Network { index, ..network });
        index
    }

    /// The network of this id, made known if it is not yet.
    pub(super) fn network_known_from_outside(&mut self, id: &ResourceId, place: &Origin) -> NetworkIndex {
        if let Some(index) = self.estate.keys.networks.get(id) {
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

    /// Takes `region` for that of a network known only from outside.
    pub(super) fn learn_region(&mut self, network: Option<NetworkIndex>, region: &Fact<Region>) {
        let network = network.and_then(|at| self.estate.networks.get_mut(at.position()));
        let Some(network) = network.filter(|network| network.known_from_outside) else { return };
        if network.region.known().is_none() && region.known().is_some() {
            network.region = region.clone();
        }
    }

    /// The network that stands there. One whose name is not known, and which the input does not have, may be any.
    pub(super) fn network_reference(&mut self, lookup: Lookup<'_>) -> Fact<ResourceId> {
        let reference = self.identities.read(lookup);
        let Fact::Known(id) = &reference else { return reference };
        let is_named = id.value.names().iter().all(|name| name.known().is_some());
        if is_named || self.estate.keys.networks.contains_key(&id.value) {
            return reference;
        }
        let text = format!("the name of network `{}` is not known", id.value.name());
        Fact::Unknown(Arc::new(Unknown::without_expression(Reason::Other(text.into()), id.origin.span)))
    }

    /// The network that `reference` names, or in which the subnet it names is.
    pub(super) fn network_of(&mut self, reference: &Fact<ResourceId>) -> Option<NetworkIndex> {
        let id = reference.known()?;
        let known = self.estate.keys.networks.get(id).or_else(|| self.networks_of_subnets.get(id));
        if let Some(index) = known {
            return Some(*index);
        }
        let network = ancestor(reference, NETWORK).or_else(|| ancestor(reference, HUB))?;
        let index = self.network_known_from_outside(&network.value, &network.origin);
        self.networks_of_subnets.insert(id.clone(), index);
        Some(index)
    }
}

/// Children by the key of their parent.
pub(super) fn children(list: Vec<Merged>) -> Children {
    let mut found = Children::default();
    for merged in list {
        if let Some(parent) = merged.id.parent() {
            found.entry(parent.clone()).or_default().push(merged);
        }
    }
    found
}

/// What children alone tell: never all there is.
fn only_children(children: &[Merged]) -> Parts<'_> {
    let place = children.first().map(Merged::place);
    Parts { all: children.iter().map(Part::of).collect(), shown: false, unknown: None, place }
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
        condition: None,
        tellings: Vec::new(),
    }
}

pub(super) fn read_address_space(told: &Told<'_>) -> Ranges {
    let mut ranges = read::ranges(told, &["addressSpace.addressPrefixes"]);
    read::add_pools(&mut ranges, told.property("addressSpace.ipamPoolPrefixAllocations"));
    ranges
}

#[cfg(test)]
mod tests {
    use crate::Region;
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
        assert_eq!(network.region.known().map(Region::key), Some("eastasia"));
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
        assert_eq!(network.region.known().map(Region::key), Some("eastasia"));
        assert_eq!(network.tellings.len(), 2);
    }
}
