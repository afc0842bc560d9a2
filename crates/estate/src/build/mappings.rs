//! Fabrics and network mappings, in the form that is written and the form that is read.

use super::merge::Merged;
use super::{Builder, read};
use crate::{Fabric, Mapping, NETWORK_MAPPING};

const FABRIC: &str = "Microsoft.RecoveryServices/vaults/replicationFabrics";

impl Builder {
    pub(super) fn fabrics(&mut self) {
        for merged in self.inventory.take(FABRIC) {
            let told = merged.told();
            let location = ["customDetails.location", "friendlyName"];
            let region = read::region(told.first_property(&location));
            let (name, place) = (merged.name(), merged.place());
            self.estate.keys.fabrics.insert(merged.id.clone(), self.estate.fabrics.len());
            self.estate.fabrics.push(Fabric { id: merged.id.clone(), name, place, region });
        }
    }

    pub(super) fn mappings(&mut self) {
        for merged in self.inventory.take(NETWORK_MAPPING) {
            self.mapping(&merged);
        }
    }

    fn mapping(&mut self, merged: &Merged) {
        let told = merged.told();
        // `fabricSpecificDetails` when written, `fabricSpecificSettings` when read (AZURE.md, section 1.8).
        let primary = ["primaryNetworkId", "fabricSpecificDetails.primaryNetworkId"];
        let primary = self.network_reference(told.first_property(&primary));
        let recovery = self.network_reference(told.property("recoveryNetworkId"));
        let mapping = Mapping {
            id: merged.id.clone(),
            name: merged.name(),
            place: merged.place(),
            primary_network: self.network_of(&primary),
            primary,
            recovery_network: self.network_of(&recovery),
            recovery,
            primary_region: read::region(told.first_property(&[
                "fabricSpecificSettings.primaryFabricLocation",
                "primaryFabricFriendlyName",
            ])),
            recovery_region: read::region(told.first_property(&[
                "fabricSpecificSettings.recoveryFabricLocation",
                "recoveryFabricFriendlyName",
            ])),
        };
        self.learn_region(mapping.primary_network, &mapping.primary_region);
        self.learn_region(mapping.recovery_network, &mapping.recovery_region);
        self.estate.mappings.push(mapping);
    }
}
