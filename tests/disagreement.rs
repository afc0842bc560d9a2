//! Two exports of one thing that say different things: what depends on which of them is right is undecided and shows
//! both places, whatever the order of files.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop")]

mod common;
mod fixture;

use std::path::Path;

use common::{drlint, folder, json};
use tempfile::TempDir;

/// Company A as Azure CLI tells it, with one of its files told once more and otherwise.
fn twice(file: &str, written: &str, otherwise: &str) -> TempDir {
    twice_in("later", file, written, otherwise)
}

/// The same, the second telling in this folder.
fn twice_in(second: &str, file: &str, written: &str, otherwise: &str) -> TempDir {
    let mut files = fixture::read("company-a/azure-cli");
    let (_, bytes) = files.iter().find(|(name, _)| name == file).unwrap();
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.contains(written), "{file} has no {written}");
    let other = text.replacen(written, otherwise, 1).into_bytes();
    files.push((format!("{second}/{file}"), other));
    folder(&fixture::borrowed(&files))
}

#[test]
fn both_places_are_shown_in_every_format() {
    let file = "fabric-ea.protected-items.json";
    let folder =
        twice(file, r#""recoveryStaticIPAddress": "10.1.1.10""#, r#""recoveryStaticIPAddress": "10.1.1.77""#);
    let report = json(folder.path(), &[]);
    assert_eq!(report["findings"].as_array().unwrap().len(), 0, "{:#}", report["findings"]);
    let undecided = report["undecided"].as_array().unwrap();
    let entry = undecided.iter().find(|entry| entry["rule"] == "target-ip-changed").unwrap();
    assert_eq!(entry["reason"], "two exports disagree: `10.1.1.10` here, `10.1.1.77` in another");
    assert_eq!(entry["location"]["file"], file);
    assert_eq!(entry["related"][0]["location"]["file"], format!("later/{file}"));
    assert_eq!(entry["related"][0]["location"]["start"], entry["location"]["start"]);
    for (format, shown) in [
        ("human", format!("({file}:56:44, otherwise in later/{file}:56:44)")),
        ("concise", format!("in {file} and later/{file}")),
    ] {
        let output = drlint(folder.path(), &["check", "--format", format]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains(&shown), "{text}");
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn whichever_file_comes_first_nothing_is_convicted() {
    let fabric = "/replicationFabrics/fabric-ea\"";
    for (file, written, otherwise, rule) in [
        (
            "nics.json",
            r#""privateIPAddress": "10.1.1.10""#,
            r#""privateIPAddress": "10.1.1.99""#,
            "target-ip-changed",
        ),
        ("vms.json", "networkInterfaces/nic-vm-web-1", "networkInterfaces/nic-old", "protected-nic-missing"),
        ("vnets.json", r#""10.1.0.0/16""#, r#""10.2.0.0/16""#, "recovery-address-space-mismatch"),
        ("vnets.json", r#""name": "Subnet2""#, r#""name": "Subnet9""#, "recovery-subnet-missing"),
        (
            "fabric-ea.protected-items.json",
            r#""recoveryStaticIPAddress": "10.1.1.10""#,
            r#""recoveryStaticIPAddress": "10.1.1.77""#,
            "target-ip-changed",
        ),
        (
            "fabric-ea.protected-items.json",
            "virtualmachines/vm-web-1",
            "virtualmachines/old",
            "machine-not-protected",
        ),
        ("recovery-plan.rp-company-a.json", fabric, "/replicationFabrics/other\"", "plan-invalid"),
        (
            "rg-app-sea.vnet-gateways.json",
            r#""gatewayType": "Vpn""#,
            r#""gatewayType": "ExpressRoute""#,
            "recovery-gateway-missing",
        ),
        ("rg-app-ea.vnet-gateways.json", "RouteBased", "PolicyBased", "vpn-connection-one-sided"),
        (
            "rg-app-ea.vpn-connections.json",
            "virtualNetworkGateways/gw-source",
            "virtualNetworkGateways/gw-old",
            "vpn-connection-one-sided",
        ),
    ] {
        for second in ["0-earlier", "later"] {
            let report = json(twice_in(second, file, written, otherwise).path(), &[]);
            let drift = "deployed-network-drifted";
            let convicted: Vec<_> = report["findings"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|found| found["rule"] != drift)
                .collect();
            assert!(convicted.is_empty(), "{file}: {convicted:#?}");
            let undecided = report["undecided"].as_array().unwrap();
            let entry = undecided.iter().find(|entry| entry["rule"] == rule);
            let entry = entry.unwrap_or_else(|| panic!("{file}: {rule} in {undecided:#?}"));
            let reason = entry["reason"].as_str().unwrap();
            assert!(reason.starts_with("two exports disagree"), "{file}: {reason}");
            let files = [&entry["location"]["file"], &entry["related"][0]["location"]["file"]];
            let mut files = files.map(|file| file.as_str().unwrap());
            files.sort_unstable();
            let mut both = [file.to_owned(), format!("{second}/{file}")];
            both.sort_unstable();
            assert_eq!(files, both);
        }
    }
}

#[test]
fn a_fault_in_both_exports_is_convicted() {
    let file = "nics.json";
    let both = [r#""privateIPAddress": "10.1.1.98""#, r#""privateIPAddress": "10.1.1.99""#];
    let folder = twice(file, r#""privateIPAddress": "10.1.1.10""#, both[1]);
    let path = folder.path().join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen(r#""privateIPAddress": "10.1.1.10""#, both[0], 1)).unwrap();
    let report = json(folder.path(), &[]);
    let rules: Vec<&str> =
        report["findings"].as_array().unwrap().iter().map(|found| found["rule"].as_str().unwrap()).collect();
    assert_eq!(rules, ["target-ip-changed"]);
}

#[test]
fn the_same_told_twice_says_nothing_more() {
    let file = "nics.json";
    let once = json(twice(file, "\n", "\n\n").path(), &[]);
    assert_eq!(once["findings"].as_array().unwrap().len(), 0);
    let reasons = once["undecided"].as_array().unwrap().iter();
    assert!(reasons.filter(|entry| entry["reason"].as_str().unwrap().contains("disagree")).count() == 0);
}

#[test]
fn shapes_that_tell_one_estate_do_not_disagree() {
    for company in ["company-a", "company-a-faulty", "company-b", "company-b-faulty", "isolated-application"]
    {
        let told = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(company);
        let shapes = ["azure-cli", "group-export", "powershell", "resource-graph", "rest"];
        let shapes = shapes.map(|shape| told.join(shape)).into_iter().filter(|shape| shape.is_dir());
        let shapes: Vec<String> = shapes.map(|shape| shape.to_str().unwrap().to_owned()).collect();
        let arguments = ["estate", "--format", "json"].into_iter().chain(shapes.iter().map(String::as_str));
        let output = drlint(&told, &arguments.collect::<Vec<_>>());
        let estate: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(estate["toldDifferently"], serde_json::json!([]), "{company}");
    }
}

#[test]
fn the_estate_lists_what_is_told_differently_and_a_drill_leaves_it_open() {
    let file = "rg-app-ea.vpn-connections.json";
    let folder = twice(file, r#""connectionStatus": "Connected""#, r#""connectionStatus": "NotConnected""#);
    let output = drlint(folder.path(), &["estate"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let line = format!("cn-source-azure  `NotConnected` (later/{file}:5:25), or `Connected` ({file}:5:25)");
    assert!(text.contains(&line), "{text}");
    let output = drlint(folder.path(), &["drill", "--format", "json"]);
    let drills: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let drill = &drills["scenarios"][0];
    assert_eq!(drill["verdict"], "holds", "{drill:#}");
    assert_eq!(output.status.code(), Some(0));

    let file = "vnets.json";
    let folder = twice(file, r#""10.1.255.0/27""#, r#""10.1.254.0/27""#);
    let target = folder.path().join("later").join(file);
    let text = std::fs::read_to_string(&target).unwrap();
    let overlapping = text.replace("10.2.0.0/16", "10.1.0.0/16");
    assert_ne!(text, overlapping);
    std::fs::write(&target, overlapping).unwrap();
    let output = drlint(folder.path(), &["drill", "--format", "json", "--scenario", "full-region"]);
    let drills: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let drill = &drills["scenarios"][0];
    assert_eq!(drill["verdict"], "undecided", "{drill:#}");
    let reason = drill["open"][0]["reason"].as_str().unwrap();
    assert!(reason.starts_with("two exports disagree, and by one of them: "), "{reason}");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn what_a_plan_makes_true_counts_before_what_is() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let told = fixtures.join("company-a/azure-cli");
    let planned = fixtures.join("company-a/what-if");
    let what_if = std::fs::read_dir(&planned).unwrap().map(|entry| entry.unwrap().path());
    let changes = |path: &Path| {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        (text.contains("changeType") && text.contains("10.1.2.10")).then_some(text)
    };
    let text = what_if.into_iter().find_map(|path| changes(&path)).unwrap();
    let folder = folder(&[("what-if.json", text.replace("10.1.2.10", "10.1.2.99").as_bytes())]);
    let live = told.to_str().unwrap();
    let report = json(folder.path(), &["what-if.json", live]);
    let rules: Vec<&str> =
        report["findings"].as_array().unwrap().iter().map(|found| found["rule"].as_str().unwrap()).collect();
    assert!(rules.contains(&"target-ip-changed"), "{rules:?}");
}
