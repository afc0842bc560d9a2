//! Network interfaces and machines, joined from either side.

use drlint_resource::{Origin, ResourceId};

use super::Builder;
use crate::{Fact, Interface, InterfaceIndex, IpConfiguration, Machine, MachineIndex};

impl Builder {
    /// What interfaces refer to becomes known, each in its place.
    pub(super) fn interfaces(&mut self) {
        let mut interfaces = std::mem::take(&mut self.inventory.interfaces);
        for (at, interface) in interfaces.iter_mut().enumerate() {
            interface.index = InterfaceIndex::at(at);
            for ip in interface.ip_configurations.iter_mut() {
                self.ip_configuration(ip);
            }
            interface.machine_id = self.identities.reference(std::mem::take(&mut interface.machine_id));
        }
        self.estate.keys.interfaces.fill(interfaces.iter().map(|interface| &interface.id));
        self.estate.interfaces = interfaces;
    }

    fn ip_configuration(&mut self, ip: &mut IpConfiguration) {
        ip.subnet = self.identities.reference(std::mem::take(&mut ip.subnet));
        ip.network = self.network_of(&ip.subnet);
        let Some(published) = &mut ip.published else { return };
        published.public_address = self.identities.reference(std::mem::take(&mut published.public_address));
        published.backend_pools = self.identities.references(std::mem::take(&mut published.backend_pools));
    }

    pub(super) fn machines(&mut self) {
        let mut machines = std::mem::take(&mut self.inventory.machines);
        for (at, machine) in machines.iter_mut().enumerate() {
            machine.index = MachineIndex::at(at);
        }
        self.estate.keys.machines.fill(machines.iter().map(|machine| &machine.id));
        self.estate.machines = machines;
        for at in 0..self.estate.machines.len() {
            let Some(machine) = self.estate.machines.get_mut(at) else { continue };
            for reference in &std::mem::take(&mut machine.references) {
                let reference = self.identities.reference(Fact::Known(reference.clone()));
                let Fact::Known(id) = reference else { continue };
                let interface = self.interface_known_from_outside(&id.value, &id.origin);
                self.join(MachineIndex::at(at), interface);
            }
        }
        // What interfaces say, where the machine does not: it may be outside the input.
        for at in 0..self.estate.interfaces.len() {
            let Some(interface) = self.estate.interfaces.get(at) else { continue };
            let (None, Fact::Known(id)) = (interface.machine, interface.machine_id.clone()) else { continue };
            let machine = self.machine_known_from_outside(&id.value, &id.origin);
            self.join(machine, InterfaceIndex::at(at));
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

    /// The interface of this id, made known if it is not yet.
    pub(super) fn interface_known_from_outside(&mut self, id: &ResourceId, place: &Origin) -> InterfaceIndex {
        let estate = &mut self.estate;
        if let Some(index) = estate.keys.interface(id, &estate.interfaces) {
            return index;
        }
        let index = InterfaceIndex::at(estate.interfaces.len());
        estate.interfaces.push(Interface { index, ..Interface::named(id, place.clone()) });
        estate.keys.interfaces.add(id, |at| estate.interfaces.get(at).map(|interface| &interface.id));
        index
    }

    /// The machine of this id, made known if it is not yet.
    pub(super) fn machine_known_from_outside(&mut self, id: &ResourceId, place: &Origin) -> MachineIndex {
        let estate = &mut self.estate;
        if let Some(index) = estate.keys.machine(id, &estate.machines) {
            return index;
        }
        let index = MachineIndex::at(estate.machines.len());
        estate.machines.push(Machine { index, ..Machine::named(id, place.clone()) });
        estate.keys.machines.add(id, |at| estate.machines.get(at).map(|machine| &machine.id));
        index
    }
}
