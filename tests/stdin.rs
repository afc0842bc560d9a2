//! `drlint check --stdin-filename`: an editor's text in place of the file on disk.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn check(folder: &Path, arguments: &[&str], text: &str) -> (Output, Value) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_drlint"))
        .args(["check", "--format", "json"])
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let report = serde_json::from_slice(&output.stdout).unwrap();
    (output, report)
}

fn network(name: &str, space: &str) -> String {
    format!(
        r#"[{{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/{name}",
             "name": "{name}", "type": "Microsoft.Network/virtualNetworks", "location": "{name}-region",
             "addressSpace": {{"addressPrefixes": ["{space}"]}}, "subnets": [], "virtualNetworkPeerings": []}}]"#
    )
}

#[test]
fn the_given_text_is_read_under_the_given_name() {
    let folder = tempfile::tempdir().unwrap();
    let (output, report) = check(folder.path(), &["--stdin-filename", "infra/new.json"], "{\"a\": ");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(report["findings"][0]["rule"], "input-unreadable");
    assert_eq!(report["findings"][0]["location"]["file"], "infra/new.json");
    assert_eq!(report["summary"]["files"], 1);
}

#[test]
fn the_given_text_takes_the_place_of_the_file_among_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("drlint.toml", "[[recovery]]\nsource = \"vnet-a\"\nrecovery = \"vnet-b\"\n");
    write("a.json", &network("vnet-a", "10.1.0.0/16"));
    write("b.json", &network("vnet-b", "10.1.0.0/16"));
    let changed = network("vnet-b", "10.2.0.0/16");
    let (output, report) = check(folder.path(), &[".", "--stdin-filename", "b.json"], &changed);
    assert_eq!(output.status.code(), Some(1));
    let findings = report["findings"].as_array().unwrap();
    let mismatch =
        findings.iter().find(|finding| finding["rule"] == "recovery-address-space-mismatch").unwrap();
    assert_eq!(mismatch["location"]["file"], "b.json");
    let (_, unchanged) =
        check(folder.path(), &[".", "--stdin-filename", "b.json"], &network("vnet-b", "10.1.0.0/16"));
    assert!(!unchanged["findings"].to_string().contains("recovery-address-space-mismatch"), "{unchanged}");
}
