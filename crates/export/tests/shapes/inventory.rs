//! Exports that say what exists and no more.

use super::{exported, only, shown};

#[test]
fn an_inventory_tells_of_existence_only() {
    let text = r#"[{"changedTime": "2026-01-01T00:00:00Z", "id": "{s}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v",
        "identity": null, "kind": null, "location": "eastasia", "name": "v", "properties": null, "resourceGroup": "rg",
        "sku": null, "tags": {"dr-role": "replica"}, "type": "Microsoft.Network/virtualNetworks"}]"#;
    let (reading, export) = exported(text);
    assert_eq!((export.shape, export.existence_only), ("az resource list", true));
    let network = &reading.resources[0];
    assert_eq!(network.member("tags.dr-role").text(), Some("replica"));
    assert_eq!(reading.notes, []);
}

#[test]
fn rows_with_an_id_alone_exist() {
    let text = r#"{"count": 2, "total_records": 2, "data": [
        {"id": "{s}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/a"},
        {"id": "{s}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/b", "properties": {"subnets": []}}]}"#;
    let (reading, export) = exported(text);
    assert!(!export.existence_only);
    let only_exists = |at: usize| match &reading.resources[at].input {
        drlint_resource::Input::Export(export) => export.existence_only,
        drlint_resource::Input::Template(_) => false,
    };
    assert!(only_exists(0) && !only_exists(1));
}

#[test]
fn a_topology_names_its_moment_and_its_members() {
    let text = r#"{"createdDateTime": "2026-03-01T10:00:00Z", "id": "0", "lastModified": "2026-02-01T10:00:00Z", "resources": [
        {"name": "v", "id": "{s}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v", "location": "eastasia",
         "associations": [{"name": "Subnet1", "associationType": "Contains",
            "resourceId": "{s}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/Subnet1"}], "properties": {}},
        {"name": "Subnet1", "id": "{s}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/Subnet1",
         "location": "eastasia", "associations": []}]}"#;
    let (reading, export) = exported(text);
    assert_eq!((export.shape, export.existence_only), ("Network Watcher topology", true));
    assert_eq!(export.taken.as_deref(), Some("2026-03-01T10:00:00Z"));
    assert!(reading.resources[1].is("Microsoft.Network/virtualNetworks/subnets"));
    assert!(shown(&reading.resources[0].body).contains("associationType=Contains"));
}

#[test]
fn a_resource_group_is_a_resource() {
    let text = r#"[{"id": "{s}/resourceGroups/rg-app-ea", "name": "rg-app-ea", "type": "Microsoft.Resources/resourceGroups"}]"#;
    assert!(only(text).is("Microsoft.Resources/resourceGroups"));
}
