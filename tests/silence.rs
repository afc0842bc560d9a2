//! Nothing that was met passes in silence, and nothing that was not seen to its end convicts.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop")]

mod common;

use std::process::Command;

use serde_json::Value;

use common::{drlint, folder, json};

const NETWORK: &str = r#"{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/vnet-source",
 "name": "vnet-source", "type": "Microsoft.Network/virtualNetworks", "location": "eastasia",
 "addressSpace": {"addressPrefixes": ["10.1.0.0/16"]}, "subnets": [{"name": "one", "addressPrefix": "10.1.1.0/24"}]}"#;

const SCHEMA: &str = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

fn said(report: &Value) -> Vec<(String, String)> {
    let findings = report["findings"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    findings.map(|finding| (text(&finding["rule"]), text(&finding["message"]))).collect()
}

fn rules(report: &Value) -> Vec<String> {
    said(report).into_iter().map(|(rule, _)| rule).collect()
}

#[test]
fn who_selects_rules_hears_all_the_same_what_was_not_read() {
    let here = folder(&[("good.json", NETWORK.as_bytes()), ("bad.json", b"[1, }")]);
    let report = json(here.path(), &["--select", "mirror"]);
    assert!(rules(&report).iter().all(|rule| rule == "input-unreadable"));
    assert!(!rules(&report).is_empty());
    assert!(rules(&json(here.path(), &["--select", "mirror", "--ignore", "input-unreadable"])).is_empty());
}

#[test]
fn every_command_says_what_it_could_not_read() {
    let here = folder(&[("good.json", NETWORK.as_bytes()), ("bad.json", b"[1, }")]);
    for command in ["estate", "init"] {
        let output = drlint(here.path(), &[command]);
        assert!(String::from_utf8_lossy(&output.stderr).contains("bad.json"), "{command}");
        assert_eq!(output.status.code(), Some(1), "{command}");
    }
}

#[test]
fn what_is_cut_is_said_once_and_is_not_known() {
    let cut = NETWORK.find("10.1.0.0/16").unwrap() + "10.1.0.0/1".len();
    let here = folder(&[("cut.json", format!("[{}", &NETWORK[..cut]).as_bytes())]);
    let report = json(here.path(), &[]);
    assert_eq!(rules(&report), ["input-unreadable"], "{report}");
    assert!(said(&report)[0].1.contains("inside a string"));
}

#[test]
fn bytes_that_are_no_text_are_shown_where_they_stand() {
    let bytes = [b"[\n", NETWORK.replacen("vnet-source\",\n", "vnet-k\u{1},\n", 1).as_bytes(), b"]"].concat();
    let bytes: Vec<u8> = bytes.into_iter().map(|byte| if byte == 1 { 0xF6 } else { byte }).collect();
    let here = folder(&[("latin.json", &bytes)]);
    let report = json(here.path(), &[]);
    let start = &report["findings"][0]["location"]["start"];
    assert_eq!(start["line"], 2, "{report}");
    assert!(start["column"].as_u64().unwrap() > 90);
}

#[cfg(unix)]
#[test]
fn pipes_and_linked_folders_are_accounted_for() {
    let here = folder(&[("net/good.json", NETWORK.as_bytes()), ("other/more.json", NETWORK.as_bytes())]);
    let at = |name: &str| here.path().join(name);
    assert!(Command::new("mkfifo").arg(at("net/pipe.json")).status().unwrap().success());
    std::os::unix::fs::symlink(at("other"), at("net/linked")).unwrap();
    let report = json(here.path(), &["net"]);
    let kind = |name: &str| {
        let mut inputs = report["inputs"].as_array().unwrap().iter();
        inputs.find(|input| input["file"] == name).map(|input| input["kind"].as_str().unwrap())
    };
    assert_eq!(kind("net/pipe.json"), Some("skipped"));
    assert_eq!(kind("net/linked"), Some("skipped"));
}

#[test]
fn a_configuration_that_does_not_count_is_told() {
    let here = folder(&[("infra/net.json", NETWORK.as_bytes()), ("infra/drlint.toml", b"")]);
    let report = json(here.path(), &["."]);
    let inputs = report["inputs"].as_array().unwrap();
    assert!(inputs.iter().any(|input| input["file"] == "infra/drlint.toml" && input["kind"] == "skipped"));
    let report = json(here.path(), &["infra"]);
    let inputs = report["inputs"].as_array().unwrap();
    assert!(inputs.iter().any(|input| input["file"] == "infra/drlint.toml" && input["kind"] == "config"));
}

#[test]
fn templates_that_link_in_a_circle_do_not_vanish() {
    let template = |link: &str| {
        format!(
            r#"{{"$schema": "{SCHEMA}", "contentVersion": "1.0.0.0", "resources": [
              {{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "vnet-{link}",
                "location": "eastasia", "properties": {{"addressSpace": {{"addressPrefixes": ["10.1.0.0/16"]}},
                "subnets": [{{"name": "one", "properties": {{"addressPrefix": "10.9.1.0/24"}}}}]}}}},
              {{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "d",
                "properties": {{"mode": "Incremental", "templateLink": {{"relativePath": "{link}"}}}}}}]}}"#
        )
    };
    for (one, two) in [("a.json", "a.json"), ("b.json", "a.json")] {
        let here = folder(&[("a.json", template(one).as_bytes()), ("b.json", template(two).as_bytes())]);
        let report = json(here.path(), &[]);
        assert!(rules(&report).contains(&"subnet-layout-invalid".to_owned()), "{report}");
        assert!(rules(&report).contains(&"input-unreadable".to_owned()), "the circle itself: {report}");
    }
}

#[test]
fn two_reports_do_not_go_to_one_file() {
    let here = folder(&[("net.json", NETWORK.as_bytes())]);
    let output = drlint(here.path(), &["check", "--output", "json=a", "--output", "sarif=./a"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!here.path().join("a").exists());
}

#[test]
fn expand_hides_secrets_of_every_shape_and_knows_its_parameters() {
    let template = format!(
        r#"{{"$schema": "{SCHEMA}", "contentVersion": "1.0.0.0", "parameters": {{"location": {{"type": "string"}}}},
          "resources": [{{"type": "Microsoft.Compute/virtualMachines/extensions", "apiVersion": "2022-07-01",
            "name": "vm1/ext", "location": "[parameters('location')]",
            "properties": {{"protectedSettings": {{"script": "LEAK", "nested": ["LEAK"]}}}}}}]}}"#
    );
    let here = folder(&[("t.json", template.as_bytes())]);
    let output = drlint(here.path(), &["expand", "t.json"]);
    assert!(!String::from_utf8_lossy(&output.stdout).contains("LEAK"));
    let output = drlint(here.path(), &["expand", "t.json", "--set", "locaton=\"x\""]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean `location`"));
}

#[test]
fn what_ignore_files_leave_out_is_told_and_read_when_named() {
    let here = folder(&[
        (".gitignore", b"exports/\nlib/\n*.old.json\n".as_slice()),
        ("net.json", NETWORK.as_bytes()),
        ("net.old.json", NETWORK.as_bytes()),
        ("exports/net.json", NETWORK.as_bytes()),
        ("exports/deep/net.json", NETWORK.as_bytes()),
        ("lib/inner/package.json", b"{}"),
        ("lib/readme.txt", b"nothing to read"),
    ]);
    let told = |arguments: &[&str]| {
        let report = json(here.path(), arguments);
        let inputs = report["inputs"].as_array().unwrap().iter();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        inputs.map(|input| (text(&input["file"]), text(&input["kind"]))).collect::<Vec<_>>()
    };
    let pairs = |all: &[(&str, &str)]| {
        all.iter().map(|(file, kind)| ((*file).to_owned(), (*kind).to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(
        told(&["."]),
        pairs(&[("exports", "skipped"), ("net.json", "export"), ("net.old.json", "skipped")])
    );
    let named = told(&[".", "exports", "net.old.json"]);
    assert_eq!(
        named,
        pairs(&[
            ("exports/deep/net.json", "export"),
            ("exports/net.json", "export"),
            ("net.json", "export"),
            ("net.old.json", "export"),
        ])
    );
}
