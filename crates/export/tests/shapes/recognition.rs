//! What is no export, and what only looks like one.

use super::{exported, skipped, slice, unreadable};

#[test]
fn other_json_is_skipped_with_a_reason() {
    for (text, reason) in [
        (r#"{"name": "drlint", "version": "1.0.0"}"#, "no network configuration"),
        (r#"{"error": {"code": "NotFound", "message": "m"}}"#, "an error answer, no network configuration"),
        (r#"{"status": "InProgress"}"#, "the state of an operation, no network configuration"),
        (
            r#"{"value": [{"addressPrefix": ["10.0.0.0/16"], "nextHopType": "VnetLocal"}]}"#,
            "a list whose elements have neither an id nor a type of Azure",
        ),
        (r#"[{"id": 7, "type": "module"}]"#, "a list whose elements have neither an id nor a type of Azure"),
        (r#"{"count": 1, "data": [{"count_": 5}]}"#, "no network configuration"),
        ("[]", "an empty list, which doesn't say of what"),
        ("\"text\"", "neither a JSON object nor a list"),
        ("", "neither a JSON object nor a list"),
        (
            r#"{"value": [{"id": "{s}/providers/Microsoft.Network/locations/westus/usages/VirtualNetworks", "limit": 50}]}"#,
            "usages and limits, no network configuration",
        ),
        (
            r#"{"id": "{s}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v", "name": null}"#,
            "references to resources, nothing of the resources",
        ),
    ] {
        assert_eq!(skipped(text), reason, "{text}");
    }
}

#[test]
fn a_network_without_id_and_type_is_said() {
    let text = r#"[{"name": "vnet-source", "addressSpace": {"addressPrefixes": ["10.1.0.0/16"]}}]"#;
    let note = unreadable(text);
    assert_eq!(slice(text, note.place), "\"addressSpace\"");
    assert!(note.message.contains("neither an id nor a type"));
}

#[test]
fn a_stranger_among_resources_is_said() {
    let text = r#"[{"id": "{s}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v"}, {"x": 1}, "y", null]"#;
    let (reading, _) = exported(text);
    assert_eq!((reading.resources.len(), reading.notes.len()), (1, 1));
    assert_eq!(slice(text, reading.notes[0].place), r#"{"x": 1}"#);
    assert!(reading.notes[0].message.starts_with("2 elements"));
}

#[test]
fn the_template_in_an_export_is_handed_back() {
    let document = super::document(
        r#"{"template": {"$schema": "https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#", "resources": []}, "error": null}"#,
    );
    let template = drlint_export::wrapped_template(&document).expect("a template");
    assert!(template.get("resources").is_some());
    assert!(drlint_export::wrapped_template(&super::document(r#"{"template": "x"}"#)).is_none());
}
