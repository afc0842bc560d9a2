//! What an export says of what is missing from it.

use drlint_resource::{Missing, NoteKind};

use super::{exported, notes, slice};

const NETWORK: &str = r#"{"id": "{s}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v", "properties": {"subnets": []}}"#;

/// The token that says that `text` is cut, if there is one.
fn cut(text: &str) -> Option<String> {
    let text = text.replace("NETWORK", NETWORK);
    let (reading, export) = exported(&text);
    let notes = notes(&reading, NoteKind::Truncated);
    assert_eq!(export.truncated, !notes.is_empty());
    assert!(notes.len() < 2);
    notes.first().map(|note| slice(&text, note.place))
}

#[test]
fn a_next_link_with_text_in_it_means_more_pages() {
    assert_eq!(
        cut(r#"{"value": [NETWORK], "nextLink": "https://x/?p=2"}"#).as_deref(),
        Some("\"https://x/?p=2\"")
    );
    assert_eq!(cut(r#"{"value": [], "nextLink": "https://x"}"#).as_deref(), Some("\"https://x\""));
    for complete in [r#""nextLink": null"#, r#""nextLink": """#, r#""other": 1"#] {
        assert_eq!(cut(&format!(r#"{{"value": [NETWORK], {complete}}}"#)), None);
    }
}

#[test]
fn a_page_without_a_resource_tells_what_it_would_go_on_with() {
    let missing = |text: &str| exported(text).1.missing.clone();
    let list = "https://management.azure.com/subscriptions/s/providers/Microsoft.Network/networkInterfaces";
    let page = |link: &str| missing(&format!(r#"{{"value": [], "nextLink": "{link}"}}"#));
    let interfaces = [Missing::OfType("Microsoft.Network/networkInterfaces".to_owned())];
    assert_eq!(page(&format!("{list}?api-version=2024-05-01&$skiptoken=abc")), interfaces);
    let vault = "/providers/Microsoft.RecoveryServices/vaults";
    let plans = Missing::OfType("Microsoft.RecoveryServices/vaults/replicationRecoveryPlans".to_owned());
    assert_eq!(page(&format!("https://x{vault}/v/replicationRecoveryPlans")), [plans]);
    for link in
        ["https://x", "https://x/subscriptions/s/resources?$skiptoken=a", &format!("https://x{vault}/v")]
    {
        assert_eq!(page(link), [Missing::OfAnyType], "{link}");
    }
    let answer = r#"{"count": 0, "data": [], "$skipToken": "abc"}"#;
    assert_eq!(missing(answer), [Missing::OfAnyType]);
    let table = r#"{"totalRecords": 5, "data": {"columns": [{"name": "id"}], "rows": []}}"#;
    assert_eq!(missing(table), [Missing::OfAnyType]);
    let network = NETWORK.replace("{s}", "/subscriptions/s");
    for complete in [
        r#"{"value": []}"#.to_owned(),
        format!(r#"{{"value": [{network}], "nextLink": "{list}"}}"#),
        format!(r#"[{{"value": [{network}], "nextLink": null}}, {{"value": []}}]"#),
    ] {
        assert_eq!(missing(&complete), []);
    }
    let pages = format!(r#"[{{"value": [{network}]}}, {{"value": [], "nextLink": "{list}"}}]"#);
    assert_eq!(missing(&pages), interfaces);
}

#[test]
fn a_graph_answer_is_cut_by_token_flag_or_count() {
    let answer = |rest: &str| cut(&format!(r#"{{"count": 1, "data": [NETWORK], {rest}}}"#));
    assert_eq!(answer(r#""skip_token": "abc", "total_records": 1"#).as_deref(), Some("\"abc\""));
    assert_eq!(answer(r#""$skipToken": "abc""#).as_deref(), Some("\"abc\""));
    assert_eq!(answer(r#""resultTruncated": "true""#).as_deref(), Some("\"true\""));
    assert_eq!(answer(r#""resultTruncated": true"#).as_deref(), Some("true"));
    assert_eq!(answer(r#""resultTruncated": "false", "totalRecords": 2995"#).as_deref(), Some("2995"));
    assert_eq!(answer(r#""resultTruncated": "false", "totalRecords": 1, "skip_token": null"#), None);
}

#[test]
fn names_of_types_where_objects_belong_are_told_once() {
    let text = r#"{"Name": "v", "Id": "{s}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v", "ResourceGroupName": "rg",
        "AddressSpace": {"AddressPrefixes": ["10.1.0.0/16"]},
        "Subnets": [{"Name": "a", "AddressPrefix": "10.1.1.0/24 10.1.2.0/24", "NetworkSecurityGroup": "Microsoft.Azure.Commands.Network.Models.PSNetworkSecurityGroup",
          "Delegations": "System.Collections.Generic.List`1[Microsoft.Azure.Commands.Network.Models.PSDelegation]"}]}"#;
    let (reading, export) = exported(text);
    assert!(export.truncated);
    let notes = notes(&reading, NoteKind::Truncated);
    assert_eq!(notes.len(), 1);
    assert!(slice(text, notes[0].place).contains("PSNetworkSecurityGroup"));
    assert!(
        notes[0].message.contains("2 in all")
            && notes[0].help.as_deref().is_some_and(|help| help.contains("-Depth 20"))
    );
    let network = &reading.resources[0];
    let subnet = &super::list(network, "subnets")[0];
    assert!(subnet.at("networkSecurityGroup.id").unknown().is_some());
    assert_eq!(super::of(subnet, "addressPrefix"), "10.1.1.0/24,10.1.2.0/24");
}

#[test]
fn a_name_like_a_type_is_a_name_elsewhere() {
    let text = NETWORK.replace("\"subnets\": []", "\"subnets\": [{\"name\": \"System.Object\"}]");
    let (reading, export) = exported(&text);
    assert!(!export.truncated && reading.notes.is_empty());
}
