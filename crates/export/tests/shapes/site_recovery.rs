//! Site Recovery, which nests what the rest of Azure CLI flattens.

use super::{at, exported, list, of, only};

const ITEM: &str = "/Subscriptions/1/resourceGroups/rg-dr/providers/Microsoft.RecoveryServices/vaults/vault1/replicationFabrics/fabric-ea/replicationProtectionContainers/c/replicationProtectedItems/vm-web";

#[test]
fn a_list_of_items_is_nested() {
    let text = format!(
        r#"[{{"id": "{ITEM}", "name": "vm-web", "type": "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems",
        "properties": {{"protectionState": "Protected", "providerSpecificDetails": {{"instanceType": "A2A", "vmNics": [{{"nicId": "6f",
          "ipConfigs": [{{"name": "ipconfig1", "isSeletedForFailover": true, "recoveryStaticIPAddress": "", "recoverySubnetName": "Subnet1"}}]}}]}}}}}}]"#
    );
    let (reading, export) = exported(&text);
    assert_eq!(export.shape, "Site Recovery list");
    let item = &reading.resources[0];
    assert_eq!(item.id.full_name(), "vault1/fabric-ea/c/vm-web");
    let nics = list(item, "providerSpecificDetails.vmNics");
    assert_eq!(
        of(
            &nics[0]
                .as_object()
                .and_then(|nic| nic.get("ipConfigs"))
                .and_then(|list| list.as_array())
                .expect("a list")[0],
            "recoverySubnetName"
        ),
        "Subnet1"
    );
}

#[test]
fn a_patch_names_its_configurations_otherwise() {
    let text = format!(
        r#"{{"id": "{ITEM}", "properties": {{"vmNics": [{{"ipConfigs": [{{"ipConfigName": "ipconfig1", "recoveryStaticIPAddress": "10.1.1.10"}}]}}]}}}}"#
    );
    let item = only(&text);
    assert!(super::shown(&item.body).contains("{name=ipconfig1 recoveryStaticIPAddress=10.1.1.10}"));
}

#[test]
fn a_plan_of_a_list_keeps_its_empty_groups() {
    let text = r#"{"value": [{"id": "/Subscriptions/1/resourceGroups/rg-dr/providers/Microsoft.RecoveryServices/vaults/vault1/replicationRecoveryPlans/rp",
        "properties": {"friendlyName": "rp", "groups": []}}], "nextLink": null}"#;
    let (reading, export) = exported(text);
    assert_eq!(export.shape, "Site Recovery list");
    assert!(reading.resources[0].property("groups").found().is_some());
    assert_eq!(at(&reading.resources[0], "friendlyName"), "rp");
}
