//! The command line as typed: exit codes, streams, and what bad input is told.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]

mod common;

use std::collections::BTreeSet;
use std::process::{Command, Output};

use serde_json::Value;

use common::{drlint, folder, json};

const PAIR: &str = "[[recovery]]\nsource = \"vnet-source\"\nrecovery = \"vnet-recovery\"\n";

fn network(name: &str, region: &str, space: &str) -> String {
    let id = format!("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/{name}");
    format!(
        "{{\"id\": \"{id}\", \"name\": \"{name}\", \"type\": \"Microsoft.Network/virtualNetworks\", \
         \"location\": \"{region}\",\n \"addressSpace\": {{\"addressPrefixes\": [\"{space}\"]}}, \"subnets\": [], \
         \"virtualNetworkPeerings\": []}}"
    )
}

/// A source and a recovery with this address space, as `az network vnet list` gives them.
fn networks(space: &str) -> String {
    let source = network("vnet-source", "eastasia", "10.1.0.0/16");
    format!("[{source},\n{}]\n", network("vnet-recovery", "southeastasia", space))
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn exit_codes_are_the_same_in_every_format() {
    let faulty =
        folder(&[("vnets.json", networks("10.9.0.0/16").as_bytes()), ("drlint.toml", PAIR.as_bytes())]);
    let clean =
        folder(&[("vnets.json", networks("10.1.0.0/16").as_bytes()), ("drlint.toml", PAIR.as_bytes())]);
    for format in ["human", "json"] {
        assert_eq!(code(&drlint(faulty.path(), &["check", "--format", format])), 1, "{format}");
        assert_eq!(code(&drlint(clean.path(), &["check", "--format", format])), 0, "{format}");
        assert_eq!(
            code(&drlint(faulty.path(), &["check", "--format", format, "--fail-on", "never"])),
            0,
            "{format}"
        );
    }
    assert_eq!(code(&drlint(clean.path(), &["check", "--no-such-option"])), 2);
    assert_eq!(code(&drlint(clean.path(), &["check", "--select", "no-such-rule"])), 2);
}

#[test]
fn a_run_that_read_no_network_is_never_green() {
    let empty = folder(&[]);
    assert_eq!(code(&drlint(empty.path(), &["check"])), 2);
    let other = folder(&[("package.json", b"{\"private\": true}")]);
    let output = drlint(other.path(), &["check"]);
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("nothing to check"), "{}", text(&output.stderr));
    assert_eq!(code(&drlint(other.path(), &["check", "no-such-folder"])), 2);
}

#[test]
fn one_bad_file_hides_no_finding_of_the_others() {
    let networks = networks("10.9.0.0/16");
    let half = &networks.as_bytes()[..networks.len() / 2];
    let here = folder(&[
        ("vnets.json", networks.as_bytes()),
        ("half.json", half),
        ("not-text.json", b"{\"a\": \"\xFF\"}"),
        ("odd.json", b"\xFF\xFE{"),
        ("drlint.toml", PAIR.as_bytes()),
    ]);
    let report = json(here.path(), &[]);
    let findings = report["findings"].as_array().unwrap();
    let files_of = |rule: &str| -> BTreeSet<&str> {
        let named = findings.iter().filter(|finding| finding["rule"] == rule);
        named.map(|finding| finding["location"]["file"].as_str().unwrap()).collect()
    };
    assert_eq!(files_of("recovery-address-space-mismatch"), BTreeSet::from(["vnets.json"]));
    assert_eq!(files_of("input-unreadable"), BTreeSet::from(["half.json", "not-text.json", "odd.json"]));
    assert_eq!(report["summary"]["files"], 5);
    assert_eq!(code(&drlint(here.path(), &["check"])), 1);
}

#[test]
fn the_same_network_in_utf_16_is_the_same_network() {
    let utf16 = |text: &str| -> Vec<u8> {
        [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let text = networks("10.9.0.0/16").replace('\n', "\r\n");
    let plain = folder(&[("vnets.json", text.as_bytes()), ("drlint.toml", PAIR.as_bytes())]);
    let redirected = folder(&[("vnets.json", &utf16(&text)), ("drlint.toml", PAIR.as_bytes())]);
    assert_eq!(json(plain.path(), &[]), json(redirected.path(), &[]));
    assert_eq!(json(plain.path(), &[])["findings"][0]["location"]["start"]["line"], 4);
}

#[test]
fn threads_and_the_order_of_arguments_change_nothing() {
    let here = folder(&[
        ("a/vnets.json", networks("10.9.0.0/16").as_bytes()),
        ("b/bad.json", b"[1"),
        ("c/other.json", b"{}"),
        ("drlint.toml", PAIR.as_bytes()),
    ]);
    let one = drlint(here.path(), &["check", "--format", "json", "--config", "drlint.toml", "a", "b", "c"]);
    let other =
        drlint(here.path(), &["check", "--format", "json", "--config", "drlint.toml", "c", "b", "a", "a"]);
    assert_eq!(text(&one.stdout), text(&other.stdout));
    for threads in ["1", "2", "7"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_drlint"));
        command.args(["check", "--format", "json", "--config", "drlint.toml", "a", "b", "c"]);
        let output = command.current_dir(here.path()).env("RAYON_NUM_THREADS", threads).output().unwrap();
        assert_eq!(text(&one.stdout), text(&output.stdout));
    }
}

#[test]
fn a_megabyte_in_one_line_prints_a_window() {
    let filler = format!("{{\"filler\": \"{}\"}}", "x".repeat(1_000_000));
    let between = format!(
        "}},{filler},{{\"id\": \"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/vnet-r"
    );
    let line = networks("10.9.0.0/16").replace('\n', "").replacen('[', &format!("[{filler},"), 1);
    let line = line.replacen(
        "},{\"id\": \"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/vnet-r",
        &between,
        1,
    );
    let here = folder(&[("vnets.json", line.as_bytes()), ("drlint.toml", PAIR.as_bytes())]);
    let output = text(&drlint(here.path(), &["check"]).stdout);
    assert!(output.contains("recovery-address-space-mismatch"), "{}", &output[..output.len().min(500)]);
    assert!(output.len() < 4000, "{} bytes", output.len());
    let column = json(here.path(), &[])["findings"][0]["location"]["start"]["column"].as_u64().unwrap();
    assert!(output.contains(&format!("vnets.json:1:{column}")), "the true column is {column}:\n{output}");
}

#[test]
fn secrets_are_printed_nowhere() {
    let connection = r#"{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/connections/c", "name": "c",
        "sharedKey": "hunter2-hunter2", "connectionType": "Vnet2Vnet"}"#;
    let here = folder(&[("connections.json", format!("[{}]", connection.replace('\n', "")).as_bytes())]);
    for format in ["human", "json"] {
        let output = drlint(here.path(), &["check", "--format", format, "--verbose"]);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(said.contains("secret-in-export"), "{said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn a_secret_is_said_whatever_resource_carries_it() {
    let template =
        br#"{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "resources": [{"type": "Microsoft.Compute/virtualMachineScaleSets/extensions", "apiVersion": "1",
          "name": "s/e", "properties": {"protectedSettings": "hunter2"}}]}"#;
    let here = folder(&[("main.json", template)]);
    let output = json(here.path(), &[]);
    assert_eq!(output["findings"][0]["rule"], "secret-in-export", "{output}");
    assert_eq!(output["summary"]["resources"], 1);
}

#[test]
fn control_characters_cannot_steer_the_terminal() {
    let name = "vnet\u{1b}[31m-recovery";
    let hostile = networks("10.9.0.0/16").replace("vnet-recovery", name);
    let pair = PAIR.replace("vnet-recovery", "vnet\\u001b[31m-recovery");
    let here = folder(&[("vnets.json", hostile.as_bytes()), ("drlint.toml", pair.as_bytes())]);
    let output = drlint(here.path(), &["check", "--color", "never", "--verbose"]);
    assert!(!output.stdout.contains(&0x1b), "{}", text(&output.stdout));
}

#[test]
fn mistakes_in_the_configuration_are_shown_at_their_line() {
    for (toml, shown) in [
        ("[[recovery]]\nsource = \"a\"\nrecovery = \"b\"\nretian-ip = true\n", "drlint.toml:4:1"),
        ("[[recovery]]\nsource = 7\nrecovery = \"b\"\n", "drlint.toml:2:10"),
        ("[severity]\nrecovery-subnet-mising = \"off\"\n", "did you mean `recovery-subnet-missing`"),
        ("[[suppress]]\nrule = \"value-unknown\"\nresource = \"x\"\n", "reason"),
    ] {
        let here =
            folder(&[("vnets.json", networks("10.1.0.0/16").as_bytes()), ("drlint.toml", toml.as_bytes())]);
        let output = drlint(here.path(), &["check"]);
        assert_eq!(code(&output), 2, "{toml}");
        assert!(text(&output.stderr).contains(shown), "{}", text(&output.stderr));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_baseline_hides_what_is_known_and_says_what_is_gone() {
    let here =
        folder(&[("vnets.json", networks("10.9.0.0/16").as_bytes()), ("drlint.toml", PAIR.as_bytes())]);
    assert_eq!(code(&drlint(here.path(), &["baseline", "known.json.txt"])), 0);
    assert_eq!(code(&drlint(here.path(), &["check", "--baseline", "known.json.txt"])), 0);
    std::fs::write(here.path().join("vnets.json"), format!("\n\n{}", networks("10.9.0.0/16"))).unwrap();
    assert_eq!(code(&drlint(here.path(), &["check", "--baseline", "known.json.txt"])), 0, "lines have moved");
    std::fs::write(here.path().join("vnets.json"), networks("10.1.0.0/16")).unwrap();
    let output = drlint(here.path(), &["check", "--baseline", "known.json.txt"]);
    assert!(text(&output.stdout).contains("of the baseline are gone"), "{}", text(&output.stdout));
}

#[test]
fn reports_go_to_files_beside_the_one_on_standard_output() {
    let here =
        folder(&[("vnets.json", networks("10.9.0.0/16").as_bytes()), ("drlint.toml", PAIR.as_bytes())]);
    let output = drlint(here.path(), &["check", "--output", "json=out/report.json"]);
    assert_eq!(code(&output), 2, "the folder does not exist");
    assert!(
        text(&output.stdout).contains("recovery-address-space-mismatch"),
        "what was found is said all the same"
    );
    let output = drlint(here.path(), &["check", "--output", "json=report.json"]);
    assert_eq!(code(&output), 1);
    let written: Value =
        serde_json::from_slice(&std::fs::read(here.path().join("report.json")).unwrap()).unwrap();
    assert_eq!(written["version"], 1);
}

#[test]
fn a_subnet_is_suppressed_by_the_names_of_its_network_and_itself() {
    let without = networks("10.1.0.0/16").replacen(
        "\"subnets\": []",
        "\"subnets\": [{\"name\": \"Legacy\", \"addressPrefix\": \"10.1.1.0/24\"}]",
        1,
    );
    let suppression = "[[suppress]]\nrule = \"recovery-subnet-missing\"\nresource = \"vnet-recovery/Legacy\"\n\
                       reason = \"the subnet is retired\"\n";
    let config = format!("{PAIR}{suppression}");
    let here = folder(&[("nets.json", without.as_bytes()), ("drlint.toml", config.as_bytes())]);
    let report = json(here.path(), &[]);
    assert_eq!(report["findings"], Value::Array(Vec::new()));
    assert_eq!(report["summary"]["suppressed"], 1);
}

#[test]
fn a_rule_is_explained_and_a_near_miss_is_helped() {
    let here = folder(&[]);
    let output = drlint(here.path(), &["explain", "recovery-subnet-missing"]);
    assert!(text(&output.stdout).starts_with("recovery-subnet-missing (error, mirror)\n"));
    assert!(!text(&output.stdout).contains("```"));
    let output = drlint(here.path(), &["explain", "Recovery_Subnet_Missing", "--format", "markdown"]);
    assert!(text(&output.stdout).starts_with("# recovery-subnet-missing\n"));
    for (written, help) in [
        ("recovery-subnet-mising", "did you mean `recovery-subnet-missing`"),
        (
            "mirror",
            "that is a group; its rules are `recovery-address-space-mismatch`, `recovery-subnet-missing`",
        ),
        ("one-sided", "did you mean `peering-one-sided` or `vpn-connection-one-sided`"),
        ("nothing-of-the-kind", "`drlint rules` lists them"),
    ] {
        let output = drlint(here.path(), &["explain", written]);
        assert_eq!(code(&output), 2, "{written}");
        assert!(text(&output.stderr).contains(help), "{written}: {}", text(&output.stderr));
    }
}

#[test]
fn the_answer_of_a_groups_export_is_the_template_inside() {
    let template = r#"{"template": {"$schema": "https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0", "parameters": {"name": {"type": "String", "defaultValue": "vnet-source"}},
        "resources": [{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "[parameters('name')]", "location": "eastasia",
            "properties": {"addressSpace": {"addressPrefixes": ["10.1.0.0/16"]}}}]}}"#;
    let here = folder(&[("group.json", template.as_bytes())]);
    let report = json(here.path(), &[]);
    assert_eq!(report["inputs"][0]["kind"], "template");
    assert_eq!(report["summary"]["resources"], 1);
}
