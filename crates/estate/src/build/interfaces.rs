//! Network interfaces and machines, joined from either side.

use drlint_resource::{Origin, ResourceId};

use super::Builder;
use crate::{Estate, Fact, Interface, InterfaceIndex, IpConfiguration, Machine, MachineIndex};

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
            let Some(references) = machine.own.as_mut().map(|own| std::mem::take(&mut own.references)) else {
                continue;
            };
            for reference in &references {
                let reference = self.identities.reference(Fact::Known(reference.clone()));
                let Fact::Known(id) = reference else { continue };
                let interface = self.interface_known_from_outside(&id.value, &id.origin);
                self.join(MachineIndex::at(at), interface);
            }
        }
        // What interfaces say, where the machine does not: it may be outside the input.
        let unjoined = |one: &&Interface| one.machine.is_none() && !one.machine_id.is_absent();
        let unjoined = self.estate.interfaces.iter().filter(unjoined).count();
        let Estate { keys, machines, .. } = &mut self.estate;
        keys.machines.expect(unjoined, |at| machines.get(at).map(|machine| &machine.id));
        machines.reserve(unjoined);
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
        let Estate { keys, interfaces, .. } = &mut self.estate;
        let found = keys.interfaces.find_or_add(id, |at| interfaces.get(at).map(|interface| &interface.id));
        let index = InterfaceIndex::at(found.unwrap_or_else(|next| next));
        if found.is_err() {
            interfaces.push(Interface { index, ..Interface::named(id, place.clone()) });
        }
        index
    }

    /// The machine of this id, made known if it is not yet.
    pub(super) fn machine_known_from_outside(&mut self, id: &ResourceId, place: &Origin) -> MachineIndex {
        let Estate { keys, machines, .. } = &mut self.estate;
        let found = keys.machines.find_or_add(id, |at| machines.get(at).map(|machine| &machine.id));
        let index = MachineIndex::at(found.unwrap_or_else(|next| next));
        if found.is_err() {
            machines.push(Machine { index, ..Machine::named(id, place.clone()) });
        }
        index
    }
}
