//! Strangers' bytes.

use drlint_source::{Document, FileId};

use super::{exported, outcome, unreadable};

#[test]
fn depth_is_bounded_and_said() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    assert!(unreadable(&deep).message.starts_with("nests 200000 deep"));
    let inside = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let text = format!(
        r#"[{{"id": "{{s}}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v", "properties": "{{\"a\": {inside}}}"}}]"#
    );
    let (reading, _) = exported(&text);
    assert!(reading.resources[0].property("a").unknown().is_some());
}

#[test]
fn a_column_is_no_way_into_the_depth() {
    let id = "{s}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v";
    let column = format!("properties{}", "_a".repeat(200_000));
    let text = format!(r#"[{{"id": "{id}", "{column}": 1, "properties__": 2, "properties_": 3}}]"#);
    assert_eq!(exported(&text).0.resources.len(), 1);
}

#[test]
fn a_cut_file_gives_what_stands_before_the_cut() {
    let text = r#"{"value": [{"id": "{s}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v", "properties": {"subnets": [{"name": "a", "pro"#;
    let (reading, _) = exported(text);
    assert_eq!(reading.resources[0].id.name(), "v");
    let (reading, _) = exported(&text.replace("\"properties\"", "...\"properties\""));
    assert_eq!(reading.resources.len(), 1);
}

#[test]
fn every_cut_of_every_shape_is_read_without_panic() {
    let shapes = [
        r#"{"format_version": "1.2", "planned_values": {}, "resource_changes": [{"address": "azurerm_subnet.a", "mode": "managed", "type": "azurerm_subnet", "name": "a", "change": {"after": {"name": "s"}, "after_unknown": {"id": true, "virtual_network_name": true}}}], "configuration": {"root_module": {"resources": [{"type": "azurerm_subnet", "name": "a", "expressions": {"virtual_network_name": {"references": ["azurerm_subnet.a.name", "module.x.y", "var.z"]}}}]}}}"#,
        r#"{"count": 1, "data": {"columns": [{"name": "id"}], "rows": [["/subscriptions/1/resourceGroups/r/providers/A.B/c/d"]]}}"#,
        r#"{"changes": [{"resourceId": "[format('{0}/{1', x)]", "changeType": "Create", "after": {"name": "[", "type": "A.B/c"}}]}"#,
        r#"{"ID": "/subscriptions/1/resourceGroups/r/providers/A.B/replicationProtectedItems/d", "Name": "x", "NicDetailsList": [1, {"VMSubnetName": []}], "ProviderSpecificDetails": 7}"#,
        r#"{"version": 4, "terraform_version": "1", "resources": [{"type": "azurerm_subnet", "name": 3, "instances": [{"attributes": []}]}]}"#,
    ];
    for shape in shapes {
        for end in 0..=shape.len() {
            outcome(&shape[..end]);
        }
        for character in ["null", "[]", "{}", "\"\"", "0"] {
            for at in 0..shape.len() {
                let text = format!("{}{character}{}", &shape[..at], &shape[at + 1..]);
                let document = Document::parse(FileId(0), text);
                drop(drlint_export::read(&document));
            }
        }
    }
}
