//! Virtual WANs: which hubs route among each other by themselves.

use std::collections::BTreeMap;
use std::sync::Arc;

use drlint_resource::ResourceId;

use super::{Builder, read};
use crate::{Fact, NetworkIndex};

const WAN: &str = "Microsoft.Network/virtualWans";

impl Builder {
    /// Only a WAN of the type `Standard` connects its hubs. Of one that is not in the input nobody knows the type.
    pub(super) fn virtual_wans(&mut self) {
        let mut hubs: BTreeMap<ResourceId, Vec<NetworkIndex>> = BTreeMap::new();
        for (hub, wan) in std::mem::take(&mut self.hubs_of_wans) {
            if let Fact::Known(wan) = wan {
                hubs.entry(wan.value.clone()).or_default().push(hub);
            }
        }
        for merged in self.inventory.take(WAN) {
            let told = merged.told();
            // The command line calls the property differently, since resources have a `type` as well.
            let kind = read::text(told.first_property(&["typePropertiesType", "virtualWANType", "type"]));
            let is_standard = kind.known().is_some_and(|kind| kind.eq_ignore_ascii_case("Standard"));
            let hubs: Arc<[NetworkIndex]> = hubs.remove(&merged.id).unwrap_or_default().into();
            if is_standard && merged.condition().is_none() && hubs.len() > 1 {
                for hub in hubs.iter() {
                    self.estate.hubs_beside.insert(*hub, Arc::clone(&hubs));
                }
            }
        }
    }
}
