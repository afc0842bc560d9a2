//! Many machines with one fault: people are told once, machines get every finding.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]

use std::fmt::Write as _;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

const RULE: &str = "target-ip-changed";
const MANY: &str = "addresses of machines of `vnet-source` would change in `vnet-recovery`";

fn network(name: &str, region: &str) -> Value {
    json!({
        "id": format!("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/{name}"),
        "name": name,
        "type": "Microsoft.Network/virtualNetworks",
        "location": region,
        "addressSpace": {"addressPrefixes": ["10.1.0.0/16"]},
        "subnets": [{"name": "app", "addressPrefix": "10.1.1.0/24"}],
        "virtualNetworkPeerings": []
    })
}

/// A protected machine whose target address is not its own.
fn item(number: usize) -> Value {
    let fabric = "/subscriptions/s/resourceGroups/rg-dr/providers/Microsoft.RecoveryServices/vaults/v/\
                  replicationFabrics/ea";
    let network = |name: &str| {
        format!("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/{name}")
    };
    let name = format!("vm-{number:02}");
    json!({
        "id": format!("{fabric}/replicationProtectionContainers/c/replicationProtectedItems/{name}"),
        "name": name,
        "type": "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems",
        "properties": {
            "friendlyName": name,
            "protectionState": "Protected",
            "activeLocation": "Primary",
            "providerSpecificDetails": {
                "instanceType": "A2A",
                "primaryFabricLocation": "eastasia",
                "recoveryFabricLocation": "southeastasia",
                "vmNics": [{
                    "sourceNicArmId": format!("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkInterfaces/nic-{name}"),
                    "vMNetworkName": network("vnet-source"),
                    "recoveryVMNetworkId": network("vnet-recovery"),
                    "ipConfigs": [{
                        "name": "ipconfig1",
                        "isPrimary": true,
                        "isSeletedForFailover": true,
                        "subnetName": "app",
                        "staticIPAddress": format!("10.1.1.{}", 10 + number),
                        "ipAddressType": "Static",
                        "recoverySubnetName": "app",
                        "recoveryStaticIPAddress": format!("10.1.1.{}", 100 + number)
                    }]
                }]
            }
        }
    })
}

/// The machines of these numbers.
fn items(numbers: impl IntoIterator<Item = usize>) -> Value {
    numbers.into_iter().map(item).collect()
}

struct Project(TempDir);

impl Project {
    fn new(machines: usize) -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        let networks = json!([network("vnet-source", "eastasia"), network("vnet-recovery", "southeastasia")]);
        project.write("networks.json", &networks);
        project.write("items.json", &items(0..machines));
        project
    }

    fn write(&self, path: &str, value: &Value) {
        std::fs::write(self.0.path().join(path), serde_json::to_string_pretty(value).unwrap()).unwrap();
    }

    fn suppress(&self, machines: &[&str]) {
        let mut text = String::new();
        for machine in machines {
            writeln!(text, "[[suppress]]\nrule = \"{RULE}\"\nresource = \"{machine}\"\nreason = \"known\"")
                .unwrap();
        }
        std::fs::write(self.0.path().join("drlint.toml"), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_drlint"));
        command.args(arguments).current_dir(self.0.path()).env_clear().env("DRLINT_TODAY", "2026-11-23");
        command.output().unwrap()
    }

    fn text(&self, arguments: &[&str]) -> String {
        String::from_utf8(self.run(arguments).stdout).unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--format", "json"]).collect();
        serde_json::from_slice(&self.run(&arguments).stdout).unwrap()
    }
}

/// The lines that begin a finding for people.
fn headings(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.contains(&format!("error[{RULE}]: "))).collect()
}

/// The machines that findings of the rule are about.
fn machines(report: &Value) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == RULE);
    findings
        .map(|finding| finding["resource"].as_str().unwrap().rsplit('/').next().unwrap().to_owned())
        .collect()
}

#[test]
fn three_machines_are_three_findings_at_their_tokens() {
    let project = Project::new(3);
    let text = project.text(&["check"]);
    assert_eq!(headings(&text).len(), 3, "{text}");
    assert!(text.contains("`vm-02` would change its address from `10.1.1.12` to `10.1.1.102`"), "{text}");
}

#[test]
fn twenty_machines_are_one_finding_that_shows_ten_and_names_the_rest() {
    let project = Project::new(20);
    let text = project.text(&["check"]);
    assert_eq!(headings(&text), [format!("error[{RULE}]: 20 {MANY}")], "{text}");
    for number in 0..10 {
        assert!(
            text.contains(&format!("`vm-{number:02}` would change its address from")),
            "{number}: {text}"
        );
    }
    assert!(!text.contains("`vm-10` would"), "{text}");
    assert!(text.contains("and 10 more: `vm-10`, `vm-11`, ") && text.contains("`vm-19` ("), "{text}");
    assert!(text.contains("\n20 errors, "), "{text}");
}

#[test]
fn machines_read_every_finding() {
    let project = Project::new(20);
    let report = project.json(&["check"]);
    assert_eq!(machines(&report).len(), 20);
    assert_eq!(report["summary"]["errors"], 20);
    assert_eq!(project.text(&["check", "--format", "concise"]).matches(RULE).count(), 20);
    let issues: Value = serde_json::from_str(&project.text(&["check", "--format", "gitlab"])).unwrap();
    assert_eq!(issues.as_array().unwrap().len(), report["findings"].as_array().unwrap().len());
}

#[test]
fn annotations_and_comments_are_for_people() {
    let project = Project::new(20);
    let annotations = project.text(&["check", "--format", "github"]);
    assert_eq!(annotations.matches(&format!("title={RULE}")).count(), 1, "{annotations}");
    assert!(annotations.contains("%0Aand 10 more: `vm-10`"), "{annotations}");
    let comment = project.text(&["check", "--format", "markdown"]);
    assert_eq!(comment.matches(&format!("| `{RULE}` |")).count(), 1, "{comment}");
    assert!(comment.contains("20 errors"), "{comment}");
}

#[test]
fn a_suppression_of_one_machine_hides_that_machine_alone() {
    let project = Project::new(20);
    project.suppress(&["vm-00"]);
    let text = project.text(&["check"]);
    assert_eq!(headings(&text), [format!("error[{RULE}]: 19 {MANY}")], "{text}");
    assert!(!text.contains("`vm-00` would"), "{text}");
    assert!(text.contains("\n19 errors, ") && text.contains("1 suppressed"), "{text}");
    assert!(!text.contains("suppression-unused"), "{text}");
    let report = project.json(&["check"]);
    assert!(!machines(&report).contains(&"vm-00".to_owned()));
    assert_eq!((&report["summary"]["errors"], &report["summary"]["suppressed"]), (&json!(19), &json!(1)));
}

#[test]
fn many_subnets_that_are_missing_in_one_list_are_one_finding_there() {
    let project = Project::new(0);
    let mut source = network("vnet-source", "eastasia");
    let subnets =
        (0..8).map(|at| json!({"name": format!("s{at}"), "addressPrefix": format!("10.1.{at}.0/24")}));
    source["subnets"] = subnets.collect();
    let mut recovery = network("vnet-recovery", "southeastasia");
    recovery["subnets"] = json!([]);
    project.write("networks.json", &json!([source, recovery]));
    let pair = "[[recovery]]\nsource = \"vnet-source\"\nrecovery = \"vnet-recovery\"\n";
    std::fs::write(project.0.path().join("drlint.toml"), pair).unwrap();
    let text = project.text(&["check"]);
    let heading = "error[recovery-subnet-missing]: 8 subnets of `vnet-source` are missing in recovery network `vnet-recovery`";
    assert_eq!(text.matches("error[").count(), 1, "{text}");
    assert!(text.contains(heading), "{text}");
    assert!(text.contains("and 7 more: `s1`, `s2`, `s3`, `s4`, `s5`, `s6`, `s7` ("), "{text}");
}

#[test]
fn a_name_across_runs_does_not_depend_on_the_other_machines() {
    let fingerprint = |machines: usize| {
        let report = Project::new(machines).json(&["check"]);
        let findings = report["findings"].as_array().unwrap();
        let third = findings.iter().find(|finding| finding["resource"].as_str().unwrap().ends_with("vm-02"));
        third.unwrap()["fingerprint"].as_str().unwrap().to_owned()
    };
    assert_eq!(fingerprint(3), fingerprint(20));
}

#[test]
fn a_baseline_hides_the_machines_it_knows_and_no_other() {
    let project = Project::new(20);
    assert!(project.run(&["baseline", "known.json"]).status.success());
    project.write("items.json", &items((0..21).rev()));
    let report = project.json(&["check", "--baseline", "known.json"]);
    assert_eq!(machines(&report), ["vm-20"]);
    assert_eq!(report["summary"]["suppressed"], 20);
    let text = project.text(&["check", "--baseline", "known.json"]);
    assert!(headings(&text)[0].contains("`vm-20` would change its address"), "{text}");
}

#[test]
fn machines_of_one_pair_in_two_files_are_told_together_and_narrowed_by_file() {
    let project = Project::new(6);
    project.write("more.json", &items(6..9));
    let text = project.text(&["check"]);
    assert_eq!(headings(&text), [format!("error[{RULE}]: 9 {MANY}")], "{text}");
    assert!(text.contains("items.json:") && text.contains("more.json:"), "{text}");
    let narrowed = project.text(&["hook", "more.json"]);
    assert_eq!(headings(&narrowed).len(), 3, "{narrowed}");
    assert!(narrowed.contains("\n3 errors, "), "{narrowed}");
    assert_eq!(machines(&project.json(&["hook", "more.json"])), ["vm-06", "vm-07", "vm-08"]);
}
