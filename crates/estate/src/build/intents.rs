//! Protection intents.

use super::Builder;
use super::merge::Merged;
use crate::{Fact, MachineIndex, ProtectionIntent};

const INTENT: &str = "Microsoft.RecoveryServices/vaults/replicationProtectionIntents";

impl Builder {
    /// Needs the machines.
    pub(super) fn intents(&mut self) {
        for merged in self.inventory.take(INTENT) {
            self.intent(&merged);
        }
    }

    fn intent(&mut self, merged: &Merged) {
        let told = merged.told();
        let detail = |path: &str| {
            let nested = told.property(&format!("providerSpecificDetails.{path}"));
            if nested.is_absent() { told.property(path) } else { nested }
        };
        let machine = match self.identities.read(detail("fabricObjectId")) {
            Fact::Known(id) => self.estate.keys.machine(&id.value, &self.estate.machines),
            _ => None,
        };
        // A network that is yet to be made has a name here and no id.
        let recovery = detail("recoveryVirtualNetworkCustomInput.recoveryVirtualNetworkId");
        let recovery = self.identities.read(recovery);
        let intent = ProtectionIntent {
            id: merged.id.clone(),
            place: merged.place(),
            machine,
            source_network: machine.and_then(|machine: MachineIndex| self.home_of(machine)),
            recovery_network: self.network_of(&recovery),
            recovery,
        };
        self.estate.protection_intents.push(intent);
    }
}
