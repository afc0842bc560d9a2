//! Objects of PowerShell.

use drlint_source::decode;

use super::{at, exported, list, of, only};

const ITEM: &str = "/Subscriptions/1/resourceGroups/rg-dr/providers/Microsoft.RecoveryServices/vaults/vault1/replicationFabrics/f/replicationProtectionContainers/c/replicationProtectedItems/vm-web";

#[test]
fn an_item_has_the_names_of_the_wire() {
    let text = format!(
        r#"{{"FriendlyName": "vm-web", "ID": "{ITEM}", "Name": "vm-web", "ProtectionState": "Protected", "ReplicationProvider": "A2A",
        "SelectedRecoveryAzureNetworkId": "/vnet-recovery", "ProviderSpecificDetails": {{"FabricObjectId": "/vm", "PrimaryFabricLocation": "eastasia"}},
        "NicDetailsList": [{{"NicId": "6f", "VMNetworkName": "vnet-source", "RecoveryVMNetworkId": "/vnet-recovery", "IpConfigs":
          [{{"Name": "ipconfig1", "RecoverySubnetName": "Subnet1", "RecoveryIPAddressType": "Static", "RecoveryStaticIPAddress": "10.1.1.10"}}]}}]}}"#
    );
    let item = only(&text);
    assert_eq!(at(&item, "providerSpecificDetails.instanceType"), "A2A");
    assert_eq!(at(&item, "providerSpecificDetails.fabricObjectId"), "/vm");
    assert_eq!(at(&item, "providerSpecificDetails.selectedRecoveryAzureNetworkId"), "/vnet-recovery");
    let nic = &list(&item, "providerSpecificDetails.vmNics")[0];
    assert!(super::shown(nic).contains("RecoveryStaticIPAddress=10.1.1.10"));
}

#[test]
fn an_older_item_has_one_address_for_each_nic() {
    let text = format!(
        r#"{{"FriendlyName": "vm-web", "ID": "{ITEM}", "Name": "vm-web", "ProviderSpecificDetails": "Microsoft.Azure.Commands.RecoveryServices.SiteRecovery.ASRAzureToAzureSpecificRPIDetails",
        "NicDetailsList": [{{"NicId": "6f", "VMSubnetName": "Subnet1", "RecoveryVMSubnetName": "Subnet2", "ReplicaNicStaticIPAddress": "10.1.2.10"}}]}}"#
    );
    let (reading, export) = exported(&text);
    assert!(export.truncated);
    let item = &reading.resources[0];
    assert_eq!(at(item, "providerSpecificDetails.fabricObjectId"), "?");
    let nic = &list(item, "providerSpecificDetails.vmNics")[0];
    let address = &nic.at("ipConfigs").found().and_then(|list| list.as_array()).expect("a list")[0];
    assert_eq!(of(address, "recoveryStaticIPAddress"), "10.1.2.10");
    assert_eq!(of(address, "subnetName"), "Subnet1");
}

#[test]
fn tags_and_text_members() {
    let text = r#"{"Name": "v", "Id": "{s}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v", "Tag": {"dr-role": "replica"},
        "Subnets": [], "SubnetsText": "[]", "AddressSpace": null}"#;
    let network = only(text);
    assert_eq!(network.member("tags.dr-role").text(), Some("replica"));
    assert!(network.member("SubnetsText").is_absent());
}

#[test]
fn utf_16_reads_like_any_other() {
    let text = r#"{"Name": "v", "Id": "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v", "Subnets": []}"#;
    let bytes: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let decoded = decode(bytes).expect("UTF-16");
    assert_eq!(only(&decoded.text).id, only(text).id);
}
