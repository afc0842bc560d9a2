//! Network interfaces and machines, joined from either side.

use drlint_resource::{Origin, ResourceId, Value};

use super::merge::Merged;
use super::told::Told;
use super::{Builder, read};
use crate::{Fact, Interface, InterfaceIndex, IpConfiguration, Machine, MachineIndex, Tags};

const INTERFACE: &str = "Microsoft.Network/networkInterfaces";
const MACHINE: &str = "Microsoft.Compute/virtualMachines";

impl Builder {
    pub(super) fn interfaces(&mut self) {
        for merged in self.inventory.take(INTERFACE) {
            self.interface(&merged);
        }
    }

    pub(super) fn machines(&mut self) {
        for merged in self.inventory.take(MACHINE) {
            self.machine(&merged);
        }
        // What interfaces say, where the machine does not: it may be outside the input.
        for at in 0..self.estate.interfaces.len() {
            let Some(interface) = self.estate.interfaces.get(at) else { continue };
            let (None, Fact::Known(id)) = (interface.machine, interface.machine_id.clone()) else { continue };
            let machine = self.machine_known_from_outside(&id.value, &id.origin);
            self.join(machine, InterfaceIndex::at(at));
        }
    }

    fn interface(&mut self, merged: &Merged) {
        let told = merged.told();
        let list = told.list("ipConfigurations");
        let ip_configurations = list.elements.iter().map(|element| self.ip_configuration(element)).collect();
        let interface = Interface {
            ip_configurations,
            ip_configurations_place: list.origin,
            accelerated_networking: read::boolean(told.property("enableAcceleratedNetworking")),
            ip_forwarding: read::boolean(told.property("enableIPForwarding")),
            security_group: self.identities.read(told.property("networkSecurityGroup")),
            machine_id: self.identities.read(told.property("virtualMachine")),
            private_endpoint: self.identities.read(told.property("privateEndpoint")),
            region: read::region(told.member("location")),
            known_from_outside: false,
            ..empty_interface(&merged.id, merged.place())
        };
        self.add_interface(interface);
    }

    fn ip_configuration(&mut self, told: &Told<'_>) -> IpConfiguration {
        let subnet = self.identities.read(told.property("subnet"));
        let name = told.name();
        let place = name.map_or(told.origin(), |(_, origin)| origin);
        IpConfiguration {
            name: name.map(|(name, _)| name.to_owned()).unwrap_or_default(),
            place: place.clone(),
            address: read::address(told.property("privateIPAddress")),
            method: read::allocation(told.property("privateIPAllocationMethod")),
            version: read::ip_version(told.property("privateIPAddressVersion")),
            primary: read::boolean(told.property("primary")),
            network: self.network_of(&subnet),
            subnet,
            public_address: self.identities.read(told.property("publicIPAddress")),
            backend_pools: self
                .identities
                .references(read::ids(told.property("loadBalancerBackendAddressPools"))),
        }
    }

    fn machine(&mut self, merged: &Merged) {
        let told = merged.told();
        let index = self.add_machine(Machine {
            tags: read::tags(&told),
            region: read::region(told.member("location")),
            zone: read::texts(told.member("zones")).into_iter().next().map_or(Fact::Absent, Fact::Known),
            known_from_outside: false,
            ..empty_machine(&merged.id, merged.place())
        });
        let mut references = told.list("networkProfile.networkInterfaces").elements;
        references.sort_by_key(|element| {
            element.property("primary").found().and_then(Value::as_bool) != Some(true)
        });
        for element in references {
            let reference = self.identities.read(element.member("id"));
            let Fact::Known(id) = reference else { continue };
            let interface = self.interface_known_from_outside(&id.value, &id.origin);
            self.join(index, interface);
        }
    }

    fn join(&mut self, machine: MachineIndex, interface: InterfaceIndex) {
        let own = self.estate.machines.get_mut(machine.position());
        if let Some(own) = own.filter(|own| !own.interfaces.contains(&interface)) {
            own.interfaces.push(interface);
        }
        if let Some(interface) = self.estate.interfaces.get_mut(interface.position()) {
            interface.machine.get_or_insert(machine);
        }
    }

    fn add_interface(&mut self, interface: Interface) -> InterfaceIndex {
        let index = InterfaceIndex::at(self.estate.interfaces.len());
        self.estate.keys.interfaces.insert(interface.id.clone(), index);
        self.estate.interfaces.push(Interface { index, ..interface });
        index
    }

    fn add_machine(&mut self, machine: Machine) -> MachineIndex {
        let index = MachineIndex::at(self.estate.machines.len());
        self.estate.keys.machines.insert(machine.id.clone(), index);
        self.estate.machines.push(Machine { index, ..machine });
        index
    }

    /// The interface of this id, made known if it is not yet.
    pub(super) fn interface_known_from_outside(&mut self, id: &ResourceId, place: &Origin) -> InterfaceIndex {
        match self.estate.keys.interfaces.get(&id) {
            Some(index) => *index,
            None => self.add_interface(empty_interface(id, place.clone())),
        }
    }

    /// The machine of this id, made known if it is not yet.
    pub(super) fn machine_known_from_outside(&mut self, id: &ResourceId, place: &Origin) -> MachineIndex {
        match self.estate.keys.machines.get(&id) {
            Some(index) => *index,
            None => self.add_machine(empty_machine(id, place.clone())),
        }
    }
}

fn empty_interface(id: &ResourceId, place: Origin) -> Interface {
    Interface {
        index: InterfaceIndex::at(0),
        id: id.clone(),
        name: id.name().to_owned(),
        place,
        ip_configurations: Vec::new(),
        ip_configurations_place: None,
        accelerated_networking: Fact::Absent,
        ip_forwarding: Fact::Absent,
        security_group: Fact::Absent,
        machine_id: Fact::Absent,
        machine: None,
        private_endpoint: Fact::Absent,
        region: Fact::Absent,
        known_from_outside: true,
    }
}

fn empty_machine(id: &ResourceId, place: Origin) -> Machine {
    Machine {
        index: MachineIndex::at(0),
        id: id.clone(),
        name: id.name().to_owned(),
        place,
        interfaces: Vec::new(),
        tags: Tags::default(),
        region: Fact::Absent,
        zone: Fact::Absent,
        known_from_outside: true,
    }
}
