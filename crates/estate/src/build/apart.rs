//! Networks of one name are shown with what tells them apart: their resource group, else their subscription too.

use drlint_resource::{ResourceId, Scope};
use rustc_hash::FxHashMap;

use super::Builder;

/// A way to write the name of a network, if what it needs is known.
type Form = fn(&ResourceId) -> Option<String>;

impl Builder {
    /// A network whose name is alone keeps it, and so does one of which the scope is not known.
    pub(super) fn tell_networks_apart(&mut self) {
        let networks = &mut self.estate.networks;
        let mut same: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, network) in networks.iter().enumerate() {
            same.entry(network.id.name().to_lowercase()).or_default().push(at);
        }
        for all in same.into_values().filter(|all| all.len() > 1) {
            let ids: Vec<ResourceId> =
                all.iter().filter_map(|at| Some(networks.get(*at)?.id.clone())).collect();
            let forms: [Form; 2] = [in_group, in_subscription];
            let forms = forms.map(|form| (form, counts(&ids, form)));
            for (at, id) in all.iter().zip(&ids) {
                let mut names = forms.iter().filter_map(|(form, counts)| {
                    form(id).filter(|name| counts.get(&name.to_lowercase()) == Some(&1))
                });
                if let Some((network, name)) = networks.get_mut(*at).zip(names.next()) {
                    network.name = name;
                }
            }
        }
    }
}

/// How often each name in `form` occurs, without case.
fn counts(ids: &[ResourceId], form: Form) -> FxHashMap<String, usize> {
    let mut found = FxHashMap::default();
    for name in ids.iter().filter_map(form) {
        *found.entry(name.to_lowercase()).or_default() += 1;
    }
    found
}

fn in_group(id: &ResourceId) -> Option<String> {
    let Scope::Group { group, .. } = id.scope() else { return None };
    Some(format!("{}/{}", group.known()?, id.name()))
}

fn in_subscription(id: &ResourceId) -> Option<String> {
    let Scope::Group { subscription, .. } = id.scope() else { return None };
    Some(format!("{}/{}", subscription.known()?, in_group(id)?))
}

#[cfg(test)]
mod tests {
    use crate::testing::estate;

    fn network(scope: &str, name: &str) -> String {
        format!(
            r#"{{"id": "/subscriptions/{scope}/providers/Microsoft.Network/virtualNetworks/{name}", "name": "{name}"}}"#
        )
    }

    fn shown(networks: &[String]) -> Vec<String> {
        let estate = estate(&format!("[{}]", networks.join(",")));
        for network in estate.networks() {
            let found = estate.find_network(&network.name.to_uppercase()).one();
            assert_eq!(found.map(|one| one.index), Some(network.index));
        }
        estate.networks().iter().map(|network| network.name.clone()).collect()
    }

    #[test]
    fn networks_of_one_name_are_shown_with_their_groups() {
        let networks = [
            network("s/resourceGroups/rg-a", "vnet"),
            network("s/resourceGroups/rg-b", "VNet"),
            network("s/resourceGroups/rg-b", "vnet-alone"),
        ];
        assert_eq!(shown(&networks), ["rg-a/vnet", "rg-b/VNet", "vnet-alone"]);
    }

    #[test]
    fn networks_of_one_name_and_group_are_shown_with_their_subscriptions() {
        let networks = [
            network("s1/resourceGroups/rg", "vnet"),
            network("s2/resourceGroups/RG", "vnet"),
            network("s2/resourceGroups/rg-other", "vnet"),
        ];
        assert_eq!(shown(&networks), ["s1/rg/vnet", "rg-other/vnet", "s2/RG/vnet"]);
    }

    #[test]
    fn a_network_that_only_a_mapping_knows_is_told_apart_as_well() {
        let mapping = r#"{"id": "/subscriptions/s/resourceGroups/rg-dr/providers/Microsoft.RecoveryServices/vaults/v/replicationFabrics/f/replicationNetworks/azureNetwork/replicationNetworkMappings/m",
            "properties": {"primaryNetworkId": "/subscriptions/s/resourceGroups/rg-a/providers/Microsoft.Network/virtualNetworks/vnet",
            "recoveryNetworkId": "/subscriptions/s/resourceGroups/rg-b/providers/Microsoft.Network/virtualNetworks/vnet"}}"#;
        let estate = estate(&format!("[{},{mapping}]", network("s/resourceGroups/rg-a", "vnet")));
        let names: Vec<&str> = estate.networks().iter().map(|network| &*network.name).collect();
        assert_eq!(names, ["rg-a/vnet", "rg-b/vnet"]);
        assert_eq!(estate.find_network("vnet").one().map(|one| &*one.name), Some("rg-a/vnet"));
    }
}
