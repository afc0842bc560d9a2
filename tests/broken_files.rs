//! A file of a sound estate that ends somewhere before its end: it is said, and what it has lost convicts nobody.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop")]

mod common;
mod fixture;

use common::{folder, json};
use fixture::borrowed;
use proptest::prelude::*;

const TELLINGS: [&str; 8] = [
    "company-a/azure-cli",
    "company-a/resource-graph",
    "company-a/templates",
    "company-b/powershell",
    "company-b/rest",
    "company-b/templates",
    "isolated-application/templates",
    "isolated-application/what-if",
];

/// What the report says of a telling of Company A after a change to one of its files.
fn with_changed(telling: &str, file: &str, change: impl Fn(&str) -> String) -> serde_json::Value {
    let mut files = fixture::read(telling);
    let (_, bytes) = files.iter_mut().find(|(name, _)| name == file).unwrap();
    let changed = change(std::str::from_utf8(bytes).unwrap());
    assert_ne!(changed.as_bytes(), bytes);
    *bytes = changed.into_bytes();
    json(folder(&borrowed(&files)).path(), &[])
}

fn until(text: &str, end: &str) -> String {
    text[..text.find(end).unwrap()].to_owned()
}

fn rules<'r>(report: &'r serde_json::Value, list: &str) -> Vec<&'r str> {
    report[list].as_array().unwrap().iter().map(|entry| entry["rule"].as_str().unwrap()).collect()
}

#[test]
fn items_that_are_lost_leave_open_who_is_protected_and_who_stays() {
    let file = "fabric-ea.protected-items.json";
    let report = with_changed("company-a/azure-cli", file, |text| until(text, r#""name": "vm-sql-1""#));
    assert_eq!(rules(&report, "findings"), ["input-unreadable"]);
    let undecided = rules(&report, "undecided");
    for rule in ["machine-not-protected", "drill-link-lost"] {
        assert!(undecided.contains(&rule), "{undecided:?}");
    }
}

#[test]
fn a_page_that_is_not_the_last_leaves_open_who_stays() {
    let report = with_changed("company-a/rest", "replicationProtectedItems.json", |text| {
        let mut page: serde_json::Value = serde_json::from_str(text).unwrap();
        page["value"].as_array_mut().unwrap().truncate(2);
        page["nextLink"] = "https://management.azure.com/next".into();
        page.to_string()
    });
    assert_eq!(rules(&report, "findings"), ["export-truncated"]);
}

#[test]
fn a_linked_template_that_is_broken_is_said() {
    let file = "modules/connection.json";
    let report = with_changed("company-a/templates", file, |text| until(text, r#""resources""#));
    assert_eq!(rules(&report, "findings"), ["input-unreadable"]);
    assert_eq!(report["findings"][0]["location"]["file"], file);
}

#[test]
fn a_parameter_file_that_is_broken_gives_no_defaults() {
    let template = r#"{
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "parameters": {"space": {"type": "string", "defaultValue": "10.1.0.0/16"}},
        "resources": [
            {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "one",
                "properties": {"addressSpace": {"addressPrefixes": ["[parameters('space')]"]}}},
            {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "two",
                "tags": {"dr-recovers": "one"}, "location": "westeurope",
                "properties": {"addressSpace": {"addressPrefixes": ["10.2.0.0/16"]}}}
        ]
    }"#;
    let check = |parameters: &str| {
        let files: [(&str, &[u8]); 2] =
            [("main.json", template.as_bytes()), ("main.parameters.json", parameters.as_bytes())];
        json(folder(&files).path(), &[])
    };
    let rule = "recovery-address-space-mismatch";
    assert!(rules(&check(r#"{"parameters": {}}"#), "findings").contains(&rule));
    let broken = check(r#"{"parameters": {"#);
    assert_eq!(rules(&broken, "findings"), ["input-unreadable"]);
    assert!(rules(&broken, "undecided").contains(&rule), "{:#}", broken["undecided"]);
}

#[test]
fn a_gateway_whose_network_is_lost_leaves_open_what_the_drill_links() {
    let report = with_changed("company-a/templates", "network.parameters.azure.json", |text| {
        until(text, r#""parameters""#)
    });
    assert_eq!(rules(&report, "findings"), ["input-unreadable"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn what_is_lost_convicts_nobody(
        telling in prop::sample::select(&TELLINGS[..]),
        file in any::<prop::sample::Index>(),
        end in any::<prop::sample::Index>(),
    ) {
        let mut files = fixture::read(telling);
        let inputs: Vec<usize> = (0..files.len()).filter(|at| files[*at].0 != "drlint.toml").collect();
        let at = inputs[file.index(inputs.len())];
        // What follows the last bracket is blank.
        let last = files[at].1.iter().rposition(|byte| matches!(byte, b'}' | b']')).unwrap();
        let end = end.index(last);
        files[at].1.truncate(end);
        let report = json(folder(&borrowed(&files)).path(), &[]);
        let findings = report["findings"].as_array().unwrap();
        let of_engine = |finding: &&serde_json::Value| finding["group"] == "input";
        let others: Vec<_> = findings.iter().filter(|finding| !of_engine(finding)).collect();
        prop_assert!(others.is_empty(), "{telling}/{} cut at {end}: {others:#?}", files[at].0);
        let is_said = findings.iter().any(|finding| finding["rule"] == "input-unreadable");
        prop_assert!(is_said, "{telling}/{} cut at {end} is not said", files[at].0);
    }
}

#[test]
fn what_is_of_another_type_is_said_and_convicts_nobody() {
    let machine = r#""fabricObjectId": "/subscriptions/5a5a5a5a-0000-4000-8000-00000000000a/resourcegroups/rg-app-ea/providers/microsoft.compute/virtualmachines/vm-web-1""#;
    for (file, written, otherwise) in [
        ("fabric-ea.protected-items.json", machine, r#""fabricObjectId": 5"#),
        (
            "fabric-ea.protected-items.json",
            r#""providerSpecificDetails": {"#,
            r#""providerSpecificDetails": 5, "x": {"#,
        ),
        ("fabric-ea.protected-items.json", "[\n", "[5,\n"),
        ("fabric-sea.network-mappings.json", r#""primaryNetworkId": "#, r#""primaryNetworkId": 5, "x": "#),
        (
            "recovery-plan.rp-company-a.json",
            r#""replicationProtectedItems": ["#,
            r#""replicationProtectedItems": 5, "x": ["#,
        ),
        (
            "rg-app-ea.vpn-connections.json",
            r#""virtualNetworkGateway2": {"#,
            r#""virtualNetworkGateway2": 5, "x": {"#,
        ),
    ] {
        let report = with_changed("company-a/azure-cli", file, |text| text.replacen(written, otherwise, 1));
        let found = rules(&report, "findings");
        assert_eq!(found, ["input-unreadable"], "{file} with {otherwise}: {:#}", report["findings"]);
        assert_eq!(report["findings"][0]["location"]["file"], file);
    }
}
