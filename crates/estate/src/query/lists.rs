//! What there is, and what belongs to a network.

use crate::{
    Estate, Interface, InterfaceIndex, ItemIndex, Link, LinkIndex, Machine, MachineIndex, Mapping, Network,
    NetworkIndex, Plan, PlanIndex, ProtectedItem,
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
}
