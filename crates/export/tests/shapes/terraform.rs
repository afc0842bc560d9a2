//! Plans and states of Terraform.

use drlint_resource::{NoteKind, Reading, Resource, ResourceId, Value};

use super::{at, exported, list, notes, only, skipped, slice, unreadable};

fn plan(changes: &str, configuration: &str) -> String {
    format!(
        r#"{{"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {{}}, "resource_changes": [{changes}],
        "configuration": {{"provider_config": {{"azurerm": {{"name": "azurerm"}}}}, "root_module": {{"resources": [{configuration}]}}}}}}"#
    )
}

fn change(kind: &str, name: &str, after: &str, unknown: &str) -> String {
    format!(
        r#"{{"address": "{kind}.{name}", "mode": "managed", "type": "{kind}", "name": "{name}", "change": {{"actions": ["create"],
        "before": null, "after": {after}, "after_unknown": {unknown}}}}}"#
    )
}

fn configured(kind: &str, name: &str, expressions: &str) -> String {
    format!(
        r#"{{"address": "{kind}.{name}", "mode": "managed", "type": "{kind}", "name": "{name}", "expressions": {expressions}}}"#
    )
}

fn find<'r>(reading: &'r Reading, name: &str) -> &'r Resource {
    reading.resources.iter().find(|resource| resource.id.name() == name).expect("the resource")
}

fn id_at(resource: &Resource, path: &str) -> ResourceId {
    let (holder, last) = path.rsplit_once('.').unwrap_or(("", path));
    let holder =
        if holder.is_empty() { Some(resource.body.properties()) } else { resource.property(holder).found() };
    let value = holder.and_then(Value::as_object).and_then(|object| object.get(last));
    value.and_then(ResourceId::of).expect("an id")
}

#[test]
fn a_network_of_a_plan_is_a_network() {
    let network = change(
        "azurerm_virtual_network",
        "main",
        r#"{"address_space": ["10.1.0.0/16"], "dns_servers": null, "location": "eastasia", "name": "vnet-source", "resource_group_name": "rg",
        "tags": {"dr-role": "replica"}, "subnet": [{"name": "Subnet1", "address_prefixes": ["10.1.1.0/24"], "security_group": ""}]}"#,
        r#"{"id": true, "guid": true, "address_space": [false]}"#,
    );
    let text = plan(&network, "");
    let (reading, export) = exported(&text);
    assert_eq!(export.shape, "Terraform plan");
    let network = &reading.resources[0];
    assert_eq!(network.id.to_string(), "Microsoft.Network/virtualNetworks/vnet-source");
    assert_eq!(at(network, "addressSpace.addressPrefixes"), "10.1.0.0/16");
    let subnet = &list(network, "subnets")[0];
    assert_eq!(super::of(subnet, "addressPrefixes"), "10.1.1.0/24");
    assert!(subnet.at("networkSecurityGroup").is_absent());
    assert_eq!(network.member("tags.dr-role").text(), Some("replica"));
    assert_eq!(slice(&text, network.place), "\"vnet-source\"");
    let space = &list(network, "addressSpace.addressPrefixes")[0];
    assert_eq!(slice(&text, space.origin.span), "\"10.1.0.0/16\"");
}

#[test]
fn unknown_ids_are_joined_by_names_and_references() {
    let changes = [
        change(
            "azurerm_virtual_network",
            "v",
            r#"{"name": "vnet-source", "resource_group_name": "rg", "address_space": ["10.1.0.0/16"]}"#,
            r#"{"id": true}"#,
        ),
        change(
            "azurerm_subnet",
            "s",
            r#"{"name": "Subnet1", "resource_group_name": "rg", "virtual_network_name": "vnet-source", "address_prefix": "10.1.1.0/24"}"#,
            r#"{"id": true, "address_prefixes": true}"#,
        ),
        change(
            "azurerm_network_interface",
            "n",
            r#"{"name": "nic1", "resource_group_name": "rg", "ip_configuration": [{"name": "ipconfig1", "private_ip_address": "10.1.1.10"}]}"#,
            r#"{"id": true, "ip_configuration": [{"subnet_id": true}]}"#,
        ),
        change(
            "azurerm_linux_virtual_machine",
            "m",
            r#"{"name": "vm-web", "resource_group_name": "rg", "network_interface_ids": [null]}"#,
            r#"{"id": true, "network_interface_ids": [true]}"#,
        ),
        change(
            "azurerm_network_security_group",
            "g",
            r#"{"name": "nsg1", "resource_group_name": "rg"}"#,
            r#"{"id": true}"#,
        ),
        change(
            "azurerm_subnet_network_security_group_association",
            "a",
            "{}",
            r#"{"id": true, "subnet_id": true, "network_security_group_id": true}"#,
        ),
    ];
    let configuration = [
        configured(
            "azurerm_subnet",
            "s",
            r#"{"address_prefix": {"constant_value": "10.1.1.0/24"}, "virtual_network_name": {"references": ["azurerm_virtual_network.v.name", "azurerm_virtual_network.v"]}}"#,
        ),
        configured(
            "azurerm_network_interface",
            "n",
            r#"{"ip_configuration": [{"subnet_id": {"references": ["azurerm_subnet.s.id", "azurerm_subnet.s"]}}]}"#,
        ),
        configured(
            "azurerm_linux_virtual_machine",
            "m",
            r#"{"network_interface_ids": {"references": ["azurerm_network_interface.n.id", "azurerm_network_interface.n"]}}"#,
        ),
        configured(
            "azurerm_subnet_network_security_group_association",
            "a",
            r#"{"subnet_id": {"references": ["azurerm_subnet.s.id"]}, "network_security_group_id": {"references": ["azurerm_network_security_group.g.id"]}}"#,
        ),
    ];
    let (reading, _) = exported(&plan(&changes.join(","), &configuration.join(",")));
    assert_eq!(reading.resources.len(), 5);
    let subnet = find(&reading, "Subnet1");
    assert_eq!(subnet.id.parent().as_ref(), Some(&find(&reading, "vnet-source").id));
    assert_eq!(at(subnet, "addressPrefix"), "10.1.1.0/24");
    // Nobody configured it, so it is left to the provider.
    assert!(subnet.property("addressPrefixes").is_absent());
    assert_eq!(id_at(subnet, "networkSecurityGroup.id"), find(&reading, "nsg1").id);
    let address = &list(find(&reading, "nic1"), "ipConfigurations")[0];
    let held = address.as_object().and_then(|object| object.get("subnet")).and_then(Value::as_object);
    assert_eq!(held.and_then(|subnet| subnet.get("id")).and_then(ResourceId::of).as_ref(), Some(&subnet.id));
    let nic = &list(find(&reading, "vm-web"), "networkProfile.networkInterfaces")[0];
    assert_eq!(
        nic.as_object().and_then(|object| object.get("id")).and_then(ResourceId::of).as_ref(),
        Some(&find(&reading, "nic1").id)
    );
}

#[test]
fn planned_values_leave_out_what_the_configuration_refers_to() {
    let network = |label: &str, name: &str| {
        format!(
            r#"{{"address": "azurerm_virtual_network.{label}", "mode": "managed", "type": "azurerm_virtual_network", "name": "{label}",
            "values": {{"name": "{name}", "resource_group_name": "rg"}}}}"#
        )
    };
    let text = format!(
        r#"{{"format_version": "1.2", "planned_values": {{"root_module": {{"resources": [{}, {},
          {{"address": "azurerm_site_recovery_network_mapping.m", "mode": "managed", "type": "azurerm_site_recovery_network_mapping", "name": "m",
           "values": {{"name": "map", "resource_group_name": "rg", "recovery_vault_name": "v", "source_recovery_fabric_name": "f", "target_network_id": null}}}}]}}}},
        "configuration": {{"root_module": {{"resources": [{}]}}}}}}"#,
        network("src", "vnet-source"),
        network("rec", "vnet-recovery"),
        configured(
            "azurerm_site_recovery_network_mapping",
            "m",
            r#"{"source_network_id": {"references": ["azurerm_virtual_network.src.id", "azurerm_virtual_network.src"]},
            "target_network_id": {"references": ["var.none"]}, "target_recovery_fabric_name": {"references": ["var.fabric"]}}"#,
        ),
    );
    let (reading, _) = exported(&text);
    let mapping = find(&reading, "map");
    assert_eq!(id_at(mapping, "primaryNetworkId"), find(&reading, "vnet-source").id);
    // A value that is null was refused by the configuration itself; one that isn't there is not known.
    assert!(mapping.property("recoveryNetworkId").is_absent());
    assert!(mapping.property("recoveryFabricName").unknown().is_some());
}

#[test]
fn references_pass_through_modules() {
    let text = r#"{"format_version": "1.2", "planned_values": {}, "resource_changes": [
        {"address": "module.net.azurerm_virtual_network.v", "module_address": "module.net", "mode": "managed", "type": "azurerm_virtual_network", "name": "v",
         "change": {"after": {"name": "vnet-azure", "resource_group_name": "rg"}, "after_unknown": {"id": true}}},
        {"address": "module.peer.azurerm_virtual_network_peering.p", "module_address": "module.peer", "mode": "managed", "type": "azurerm_virtual_network_peering", "name": "p",
         "change": {"after": {"name": "to-azure", "resource_group_name": "rg", "virtual_network_name": "vnet-source"}, "after_unknown": {"id": true, "remote_virtual_network_id": true}}}],
      "configuration": {"root_module": {"module_calls": {
        "net": {"module": {"outputs": {"id": {"expression": {"references": ["azurerm_virtual_network.v.id"]}}}, "resources": []}},
        "peer": {"expressions": {"remote": {"references": ["module.net.id", "module.net"]}},
          "module": {"resources": [{"mode": "managed", "type": "azurerm_virtual_network_peering", "name": "p", "expressions": {"remote_virtual_network_id": {"references": ["var.remote"]}}}]}}}}}}"#;
    let (reading, _) = exported(text);
    assert_eq!(id_at(find(&reading, "to-azure"), "remoteVirtualNetwork.id"), find(&reading, "vnet-azure").id);
}

#[test]
fn a_reference_to_something_else_or_to_several_is_not_known() {
    let peering = r#"{"name": "p", "resource_group_name": "rg", "virtual_network_name": "vnet-source"}"#;
    let changes = [
        change(
            "azurerm_virtual_network",
            "a",
            r#"{"name": "a", "resource_group_name": "rg"}"#,
            r#"{"id": true}"#,
        ),
        change(
            "azurerm_virtual_network",
            "b",
            r#"{"name": "b", "resource_group_name": "rg"}"#,
            r#"{"id": true}"#,
        ),
        change("azurerm_public_ip", "i", r#"{"name": "i", "resource_group_name": "rg"}"#, r#"{"id": true}"#),
        change(
            "azurerm_virtual_network_peering",
            "p",
            peering,
            r#"{"id": true, "remote_virtual_network_id": true}"#,
        ),
    ]
    .join(",");
    for references in [
        r#"["azurerm_virtual_network.a.id", "azurerm_virtual_network.b.id"]"#,
        r#"["azurerm_public_ip.i.id"]"#,
        r#"["local.x"]"#,
    ] {
        let configuration = configured(
            "azurerm_virtual_network_peering",
            "p",
            &format!(r#"{{"remote_virtual_network_id": {{"references": {references}}}}}"#),
        );
        let (reading, _) = exported(&plan(&changes, &configuration));
        assert_eq!(at(find(&reading, "p"), "remoteVirtualNetwork.id"), "?", "{references}");
    }
}

#[test]
fn instances_of_one_resource_find_those_beside_them() {
    let each = |kind: &str, index: &str, after: &str, unknown: &str| {
        format!(
            r#"{{"address": "{kind}.x[{index}]", "mode": "managed", "type": "{kind}", "name": "x", "index": {index}, "change": {{"after": {after}, "after_unknown": {unknown}}}}}"#
        )
    };
    let changes = [
        each(
            "azurerm_virtual_hub",
            "\"ea\"",
            r#"{"name": "hub-ea", "resource_group_name": "rg"}"#,
            r#"{"id": true}"#,
        ),
        each(
            "azurerm_virtual_hub",
            "\"sea\"",
            r#"{"name": "hub-sea", "resource_group_name": "rg"}"#,
            r#"{"id": true}"#,
        ),
        each(
            "azurerm_virtual_hub_connection",
            "\"sea\"",
            r#"{"name": "c", "remote_virtual_network_id": "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v"}"#,
            r#"{"virtual_hub_id": true}"#,
        ),
    ];
    let configuration = configured(
        "azurerm_virtual_hub_connection",
        "x",
        r#"{"virtual_hub_id": {"references": ["azurerm_virtual_hub.x", "each.key"]}}"#,
    );
    let (reading, _) = exported(&plan(&changes.join(","), &configuration));
    assert_eq!(find(&reading, "c").id.parent().as_ref(), Some(&find(&reading, "hub-sea").id));
}

#[test]
fn what_a_plan_deletes_is_left_out() {
    let gone = r#"{"address": "azurerm_public_ip.a", "mode": "managed", "type": "azurerm_public_ip", "name": "a", "change": {"actions": ["delete"], "before": {"name": "a"}, "after": null}}"#;
    let kept = change(
        "azurerm_public_ip",
        "b",
        r#"{"name": "b", "allocation_method": "Static", "sku": "Standard"}"#,
        "{}",
    );
    let address = only(&plan(&format!("{gone},{kept}"), ""));
    assert_eq!(address.member("sku.name").text(), Some("Standard"));
    assert_eq!(at(&address, "publicIPAllocationMethod"), "Static");
}

#[test]
fn site_recovery_is_told_in_the_words_of_the_wire() {
    let network = |name: &str| {
        format!("/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/{name}")
    };
    let changes = [
        change(
            "azurerm_site_recovery_network_mapping",
            "m",
            &format!(
                r#"{{"name": "map", "resource_group_name": "rg", "recovery_vault_name": "vault", "source_recovery_fabric_name": "f",
            "target_recovery_fabric_name": "g", "source_network_id": "{}", "target_network_id": "{}"}}"#,
                network("a"),
                network("b")
            ),
            "{}",
        ),
        change(
            "azurerm_site_recovery_replicated_vm",
            "r",
            r#"{"name": "vm-web", "resource_group_name": "rg", "recovery_vault_name": "vault", "source_recovery_fabric_name": "f",
            "source_recovery_protection_container_name": "c", "source_vm_id": "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm-web",
            "network_interface": [{"source_network_interface_id": "/nic", "target_static_ip": "10.1.1.10", "target_subnet_name": "Subnet1"}]}"#,
            "{}",
        ),
        change(
            "azurerm_site_recovery_replication_recovery_plan",
            "p",
            r#"{"name": "rp", "recovery_vault_id": "/subscriptions/1/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/vault",
            "shutdown_recovery_group": [{}], "boot_recovery_group": [{"replicated_protected_items": ["/item"], "pre_action": [{"name": "cut", "type": "ManualActionDetails", "manual_action_instruction": "x"}]}]}"#,
            "{}",
        ),
    ];
    let (reading, _) = exported(&plan(&changes.join(","), ""));
    let mapping = find(&reading, "map");
    assert_eq!(mapping.id.full_name(), "vault/f/azureNetwork/map");
    assert_eq!(at(mapping, "primaryNetworkId"), network("a"));
    let item = find(&reading, "vm-web");
    let nic = &list(item, "providerSpecificDetails.vmNics")[0];
    assert_eq!(
        super::shown(&nic.at("ipConfigs").found().cloned().expect("a list")),
        "{recoveryStaticIPAddress=10.1.1.10 recoverySubnetName=Subnet1}"
    );
    let groups = list(find(&reading, "rp"), "groups");
    assert_eq!(groups.len(), 2);
    assert!(super::shown(&groups[1]).contains("groupType=Boot replicationProtectedItems={id=/item} startGroupActions={actionName=cut customDetails={instanceType=ManualActionDetails description=x}}"), "{}", super::shown(&groups[1]));
}

#[test]
fn states_are_read_with_their_modules() {
    let resource = r#"{"address": "module.n.azurerm_subnet.s", "mode": "managed", "type": "azurerm_subnet", "name": "s",
        "values": {"id": "{s}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s", "name": "s", "address_prefixes": ["10.1.1.0/24"]}}"#;
    let text = format!(
        r#"{{"format_version": "1.0", "terraform_version": "1.9.0", "values": {{"root_module": {{"child_modules": [{{"resources": [{resource}]}}]}}}}}}"#
    );
    let (reading, export) = exported(&text);
    assert_eq!(export.shape, "Terraform state");
    assert!(reading.resources[0].id.is_complete());
    let raw = r#"{"version": 4, "terraform_version": "1.9.0", "resources": [{"mode": "managed", "type": "azurerm_subnet", "name": "s",
        "instances": [{"attributes": {"id": "{s}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s", "name": "s", "address_prefixes": ["10.1.1.0/24"]}}]}]}"#;
    assert_eq!(only(raw).id, reading.resources[0].id);
}

#[test]
fn versions_that_may_mean_anything_are_refused() {
    let text = r#"{"format_version": "2.0", "planned_values": {}}"#;
    assert_eq!(slice(text, unreadable(text).place), "\"2.0\"");
    let raw = r#"{"version": 3, "terraform_version": "0.11.0", "modules": []}"#;
    assert_eq!(unreadable(raw).message, "a Terraform document of `version` 3 is not supported");
}

#[test]
fn secrets_of_a_plan_are_told_and_hidden() {
    let text = plan(
        &change(
            "azurerm_virtual_network_gateway_connection",
            "c",
            r#"{"name": "cn", "type": "IPsec", "shared_key": "hunter2"}"#,
            "{}",
        ),
        "",
    );
    let (reading, _) = exported(&text);
    let told = notes(&reading, NoteKind::Secret);
    assert_eq!((told.len(), slice(&text, told[0].place).as_str()), (1, "\"shared_key\""));
    assert!(!format!("{reading:?}").contains("hunter2"));
}

#[test]
fn other_clouds_are_skipped() {
    assert!(
        skipped(&plan(&change("aws_vpc", "v", r#"{"name": "x"}"#, "{}"), ""))
            .contains("without Azure networks")
    );
}
