//! What there is, and what belongs to a network.

use drlint_resource::ResourceId;

use crate::{
    Connection, Estate, Fabric, Gateway, Interface, InterfaceIndex, ItemIndex, ItemNic, Link, LinkIndex,
    LoadBalancer, LoadBalancerIndex, Machine, MachineIndex, Mapping, Network, NetworkIndex, Plan, PlanIndex,
    PrivateEndpoint, ProtectedItem, ProtectionIntent, PublicAddress, RouteTable, SecurityGroup, Site,
};

impl Estate {
    /// All networks and hubs, those known only from outside last.
    pub fn networks(&self) -> &[Network] {
        &self.networks
    }

    /// The network of an index of this estate.
    pub fn network(&self, index: NetworkIndex) -> &Network {
        &self.networks[index.position()]
    }

    /// All network interfaces.
    pub fn interfaces(&self) -> &[Interface] {
        &self.interfaces
    }

    /// The network interface of an index of this estate.
    pub fn interface(&self, index: InterfaceIndex) -> &Interface {
        &self.interfaces[index.position()]
    }

    /// All machines.
    pub fn machines(&self) -> &[Machine] {
        &self.machines
    }

    /// The machine of an index of this estate.
    pub fn machine(&self, index: MachineIndex) -> &Machine {
        &self.machines[index.position()]
    }

    /// All protected items of replication between Azure regions.
    pub fn items(&self) -> &[ProtectedItem] {
        &self.items
    }

    /// The item of an index of this estate.
    pub fn item(&self, index: ItemIndex) -> &ProtectedItem {
        &self.items[index.position()]
    }

    /// All network mappings.
    pub fn mappings(&self) -> &[Mapping] {
        &self.mappings
    }

    /// The mappings of which `network` is the primary network.
    pub fn mappings_of<'e>(&'e self, network: &Network) -> impl Iterator<Item = &'e Mapping> + use<'e> {
        self.by_network[network.index.position()].mappings.iter().map(|at| &self.mappings[*at])
    }

    /// All protection intents.
    pub fn protection_intents(&self) -> &[ProtectionIntent] {
        &self.protection_intents
    }

    /// All recovery plans.
    pub fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// The plan of an index of this estate.
    pub fn plan(&self, index: PlanIndex) -> &Plan {
        &self.plans[index.position()]
    }

    /// All links.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The link of an index of this estate.
    pub fn link(&self, index: LinkIndex) -> &Link {
        &self.links[index.position()]
    }

    /// The interfaces with an IP configuration in `network`.
    pub fn interfaces_in<'e>(&'e self, network: &Network) -> impl Iterator<Item = &'e Interface> + use<'e> {
        self.by_network[network.index.position()].interfaces.iter().map(|index| self.interface(*index))
    }

    /// The machines with an interface in `network`.
    pub fn machines_in<'e>(&'e self, network: &Network) -> impl Iterator<Item = &'e Machine> + use<'e> {
        self.by_network[network.index.position()].machines.iter().map(|index| self.machine(*index))
    }

    /// The items whose source is `network`.
    pub fn items_of<'e>(&'e self, network: &Network) -> impl Iterator<Item = &'e ProtectedItem> + use<'e> {
        self.by_network[network.index.position()].items.iter().map(|index| self.item(*index))
    }

    /// The item that protects `machine`.
    pub fn item_of(&self, machine: &Machine) -> Option<&ProtectedItem> {
        self.item_of_machine.get(&machine.index).map(|index| self.item(*index))
    }

    /// What an item says of `interface`, with the item.
    pub fn item_nic_of(&self, interface: &Interface) -> Option<(&ProtectedItem, &ItemNic)> {
        let item = self.item_of(self.machine(interface.machine?))?;
        let nic = item.nics.iter().find(|nic| nic.interface == Some(interface.index))?;
        Some((item, nic))
    }

    /// All gateways.
    pub fn gateways(&self) -> &[Gateway] {
        &self.gateways
    }

    /// All connections of gateways.
    pub fn connections(&self) -> &[Connection] {
        &self.connections
    }

    /// All sites.
    pub fn sites(&self) -> &[Site] {
        &self.sites
    }

    /// All load balancers.
    pub fn load_balancers(&self) -> &[LoadBalancer] {
        &self.load_balancers
    }

    /// The load balancer of an index of this estate.
    pub fn load_balancer(&self, index: LoadBalancerIndex) -> &LoadBalancer {
        &self.load_balancers[index.position()]
    }

    /// The load balancers with a frontend in `network`: the internal ones.
    pub fn load_balancers_in<'e>(
        &'e self,
        network: &Network,
    ) -> impl Iterator<Item = &'e LoadBalancer> + use<'e> {
        self.by_network[network.index.position()]
            .load_balancers
            .iter()
            .map(|index| self.load_balancer(*index))
    }

    /// All private endpoints.
    pub fn private_endpoints(&self) -> &[PrivateEndpoint] {
        &self.private_endpoints
    }

    /// The private endpoints in `network`.
    pub fn private_endpoints_in<'e>(
        &'e self,
        network: &Network,
    ) -> impl Iterator<Item = &'e PrivateEndpoint> + use<'e> {
        self.by_network[network.index.position()]
            .private_endpoints
            .iter()
            .map(|at| &self.private_endpoints[*at])
    }

    /// All route tables.
    pub fn route_tables(&self) -> &[RouteTable] {
        &self.route_tables
    }

    /// The route table of this id.
    pub fn route_table(&self, id: &ResourceId) -> Option<&RouteTable> {
        self.keys.route_tables.get(id).map(|at| &self.route_tables[*at])
    }

    /// All public addresses.
    pub fn public_addresses(&self) -> &[PublicAddress] {
        &self.public_addresses
    }

    /// All network security groups.
    pub fn security_groups(&self) -> &[SecurityGroup] {
        &self.security_groups
    }

    /// All replication fabrics.
    pub fn fabrics(&self) -> &[Fabric] {
        &self.fabrics
    }
}
