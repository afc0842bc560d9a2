//! `drlint hook`, as pre-commit calls it: the whole project is read, the names only filter what is reported.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A template with one network, and a mistake of no other rule's interest.
fn network(name: &str, region: &str, space: &str) -> String {
    format!(
        r#"{{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "resources": [
    {{
      "type": "Microsoft.Network/virtualNetworks",
      "apiVersion": "2024-05-01",
      "name": "{name}",
      "location": "{region}",
      "properties": {{
        "addressSpace": {{ "addressPrefixes": [ "{space}" ] }},
        "subnets": [ {{ "name": "app", "properties": {{ "addressPrefix": "{space}" }} }} ]
      }}
    }}
  ]
}}
"#
    )
}

const CONFIGURATION: &str = "[[recovery]]\nsource = \"vnet-source\"\nrecovery = \"vnet-recovery\"\n";

struct Repository(TempDir);

impl Repository {
    /// A repository with a source and a recovery of one address space, and a third network, all committed.
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        repository.git(&["init", "--quiet"]);
        repository.write("drlint.toml", CONFIGURATION);
        repository.write("infra/source.json", &network("vnet-source", "eastasia", "10.1.0.0/16"));
        repository.write("infra/recovery.json", &network("vnet-recovery", "southeastasia", "10.1.0.0/16"));
        repository.write("other.json", &network("vnet-other", "eastasia", "10.99.0.0/16"));
        repository.git(&["add", "--all"]);
        repository
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn git(&self, arguments: &[&str]) {
        let status = Command::new("git").args(arguments).current_dir(self.0.path()).status().unwrap();
        assert!(status.success(), "git {arguments:?}");
    }

    fn hook(&self, names: &[&str]) -> Output {
        hook_in(self.0.path(), names)
    }

    /// Rule and file of each finding.
    fn said(&self, names: &[&str]) -> Vec<(String, String)> {
        said(&self.hook(names))
    }
}

fn hook_in(folder: &Path, names: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_drlint"))
        .args(["hook", "--format", "json"])
        .args(names)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn said(output: &Output) -> Vec<(String, String)> {
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let findings = report["findings"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    findings.iter().map(|finding| (text(&finding["rule"]), text(&finding["location"]["file"]))).collect()
}

fn mentions(said: &[(String, String)], rule: &str, file: &str) -> bool {
    said.iter().any(|(its_rule, its_file)| its_rule == rule && its_file == file)
}

const MISMATCH: &str = "recovery-address-space-mismatch";

#[test]
fn a_clean_project_passes_whatever_is_named() {
    let repository = Repository::new();
    for names in [&[][..], &["infra/source.json"], &["other.json", "infra/recovery.json"]] {
        let output = repository.hook(names);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn a_change_of_the_source_is_reported_in_the_recovery_file() {
    let repository = Repository::new();
    repository.write("infra/source.json", &network("vnet-source", "eastasia", "10.2.0.0/16"));
    repository.git(&["add", "--all"]);
    let output = repository.hook(&["infra/source.json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(mentions(&said(&output), MISMATCH, "infra/recovery.json"), "{:?}", said(&output));
    assert!(mentions(&repository.said(&[]), MISMATCH, "infra/recovery.json"));
    let unrelated = repository.hook(&["other.json"]);
    assert_eq!((unrelated.status.code(), said(&unrelated)), (Some(0), Vec::new()));
}

#[test]
fn a_template_that_is_deleted_is_missed() {
    let repository = Repository::new();
    repository.write(
        "drlint.toml",
        &format!("{CONFIGURATION}[[deployment]]\ntemplate = \"infra/recovery.json\"\n"),
    );
    std::fs::remove_file(repository.0.path().join("infra/recovery.json")).unwrap();
    repository.git(&["add", "--all"]);
    let output = repository.hook(&[]);
    assert_ne!(output.status.code(), Some(0), "{output:?}");
}

#[test]
fn files_that_git_does_not_track_are_skipped_and_that_is_said() {
    let repository = Repository::new();
    repository.write("infra/notes.json", "{ broken");
    let output = repository.hook(&[]);
    assert_eq!(output.status.code(), Some(0), "{:?}", said(&output));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let inputs = report["inputs"].as_array().unwrap();
    let notes = inputs.iter().find(|input| input["file"] == "infra/notes.json").unwrap();
    assert_eq!(notes["reason"], "not tracked by git");
    repository.git(&["add", "--all"]);
    assert!(mentions(&repository.said(&["infra/notes.json"]), "input-unreadable", "infra/notes.json"));
}

#[test]
fn the_project_is_found_from_a_folder_inside_it() {
    let repository = Repository::new();
    repository.write("infra/source.json", &network("vnet-source", "eastasia", "10.2.0.0/16"));
    let output = hook_in(&repository.0.path().join("infra"), &["source.json"]);
    assert!(mentions(&said(&output), MISMATCH, "recovery.json"), "{:?}", said(&output));
    let unrelated = hook_in(&repository.0.path().join("infra"), &["../other.json"]);
    assert_eq!(said(&unrelated), Vec::new());
}

#[test]
fn without_git_all_files_count() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("drlint.toml"), CONFIGURATION).unwrap();
    std::fs::write(folder.path().join("a.json"), network("vnet-source", "eastasia", "10.2.0.0/16")).unwrap();
    let recovery = network("vnet-recovery", "southeastasia", "10.1.0.0/16");
    std::fs::write(folder.path().join("b.json"), recovery).unwrap();
    assert!(mentions(&said(&hook_in(folder.path(), &["a.json"])), MISMATCH, "b.json"));
}
