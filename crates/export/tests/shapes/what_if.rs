//! Results of a what-if.

use drlint_resource::{NoteKind, ResourceId};

use super::{at, exported, list, notes, only, unreadable};

const V: &str = "{s}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v";

#[test]
fn what_is_deleted_is_left_out() {
    let change = |id: &str, kind: &str| {
        format!(
            r#"{{"resourceId": "{id}", "changeType": "{kind}", "before": {{"id": "{id}"}}, "after": {{"id": "{id}", "name": "v", "properties": {{"subnets": []}}}}}}"#
        )
    };
    let text =
        format!(r#"{{"changes": [{}, {}]}}"#, change(V, "Delete"), change(&V.replace("/v", "/w"), "Modify"));
    assert_eq!(exported(&text).0.resources.len(), 1);
    let all = format!(r#"{{"status": "Succeeded", "changes": [{}]}}"#, change(V, "Delete"));
    assert_eq!(exported(&all).0.resources.len(), 0);
}

#[test]
fn expressions_are_not_known_and_make_the_result_incomplete() {
    let text = format!(
        r#"{{"changes": [{{"resourceId": "{V}", "changeType": "Create", "after": {{"id": "{V}", "name": "v", "properties": {{
        "addressSpace": {{"addressPrefixes": ["[parameters('space')]"]}}, "virtualNetworkPeerings": [{{"name": "p", "properties": {{"remoteVirtualNetwork":
        {{"id": "[format('/subscriptions/{{0}}/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/{{1}}', parameters('hub'), 'vnet-hub')]"}}}}}}]}}}}}}]}}"#
    );
    let (reading, export) = exported(&text);
    assert!(export.truncated);
    assert_eq!(notes(&reading, NoteKind::Truncated).len(), 1);
    let network = &reading.resources[0];
    let unknown = list(network, "addressSpace.addressPrefixes")[0].as_unknown().cloned().expect("unknown");
    assert_eq!(unknown.reason.to_string(), "the what-if did not evaluate `parameters('space')`");
    let peering = &list(network, "virtualNetworkPeerings")[0];
    let remote = peering
        .properties()
        .as_object()
        .and_then(|object| object.get("remoteVirtualNetwork"))
        .expect("remote");
    let id = ResourceId::of(remote.as_object().and_then(|object| object.get("id")).expect("an id"))
        .expect("an id");
    assert_eq!(id.full_name(), "vnet-hub");
}

#[test]
fn the_evaluated_telling_wins() {
    let change = |space: &str| {
        format!(
            r#"{{"resourceId": "{V}", "changeType": "Create", "after": {{"id": "{V}", "name": "v", "properties": {{"addressSpace": {{"addressPrefixes": "{space}"}}}}}}}}"#
        )
    };
    for order in [["[parameters('space')]", "10.1.0.0/16"], ["10.1.0.0/16", "[parameters('space')]"]] {
        let text = format!(r#"{{"changes": [{}, {}]}}"#, change(order[0]), change(order[1]));
        assert_eq!(at(&only(&text), "addressSpace.addressPrefixes"), "10.1.0.0/16");
    }
}

#[test]
fn a_name_cut_out_of_an_expression_is_not_taken() {
    let id = "[format('{0}/providers/Microsoft.Network/virtualNetworks/v/subnets/a', parameters('scope'))]";
    let text = format!(
        r#"{{"changes": [{{"resourceId": "{id}", "changeType": "Unsupported", "after": {{"id": "{id}", "name": "a', parameters('scope'))]",
        "type": "Microsoft.Network/virtualNetworks/subnets", "resourceGroup": "{{1}}", "properties": {{}}}}}}]}}"#
    );
    let subnet = only(&text);
    assert_eq!(subnet.id.full_name(), "v/a");
    assert!(!subnet.id.scope_is_known());
    let nameless = text.replace(id, "[variables('id')]");
    assert!(only(&nameless).id.names().iter().all(|name| name.known().is_none()));
}

#[test]
fn a_change_without_anything_after_it_exists() {
    let text = format!(r#"{{"changes": [{{"resourceId": "{V}", "changeType": "Ignore", "after": null}}]}}"#);
    assert!(exported(&text).1.existence_only);
}

#[test]
fn a_change_of_nothing_is_said() {
    let note = unreadable(r#"{"changes": [{"resourceId": "/invalid", "changeType": "Create"}]}"#);
    assert!(note.message.contains("which resource"));
}
