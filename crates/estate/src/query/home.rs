//! Where machines are at home.

use crate::{Estate, Machine, NetworkIndex};

impl Estate {
    /// The network a machine is at home in: of its first interface with one, else of its item.
    pub fn home_of(&self, machine: &Machine) -> Option<NetworkIndex> {
        let interfaces = machine.interfaces.iter().map(|index| self.interface(*index));
        let by_interface =
            interfaces.flat_map(|interface| &interface.ip_configurations).find_map(|ip| ip.network);
        by_interface.or_else(|| self.item_of(machine).and_then(|item| item.source_network))
    }
}
