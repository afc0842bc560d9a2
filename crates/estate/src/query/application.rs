//! Applications and what belongs to them.

use std::collections::BTreeSet;

use crate::{Application, Estate, Found, MachineIndex, Network, Subnet};

impl Estate {
    /// All applications, sorted by name.
    pub fn applications(&self) -> &[Application] {
        &self.applications
    }

    /// The subnet that an application names: one of a recovery only if no other has the name.
    pub(crate) fn find_application_subnet(&self, text: &str) -> Found<(&Network, &Subnet)> {
        let Found::Several(several) = self.find_subnet(text) else { return self.find_subnet(text) };
        let is_recovery = |network: &Network| self.pairs_of_recovery(network).next().is_some();
        let sources: Vec<_> = several.iter().copied().filter(|(network, _)| !is_recovery(network)).collect();
        match sources.as_slice() {
            [only] => Found::One(*only),
            _ => Found::Several(several),
        }
    }

    /// All machines of an application: its own, and those in subnets and networks that belong to it as a whole.
    pub fn machines_of_application(&self, application: &Application) -> BTreeSet<MachineIndex> {
        let mut found: BTreeSet<MachineIndex> = application.machines.iter().copied().collect();
        for network in &application.networks {
            found.extend(self.machines_in(self.network(*network)).map(|machine| machine.index));
        }
        for (network, subnet) in &application.subnets {
            let network = self.network(*network);
            let inside = self
                .machines_in(network)
                .filter(|machine| self.subnets_of(machine, network).contains(&subnet.to_lowercase()));
            found.extend(inside.map(|machine| machine.index));
        }
        found
    }
}
