//! A fix mends: applied to the template, the finding is gone and nothing else has come.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]

use std::path::Path;

use drlint::run::{Job, check};
use drlint_policy::Finding;

fn template(space: &str, subnets: &str) -> String {
    let network = |name: &str, region: &str, space: &str, subnets: &str| {
        format!(
            r#"{{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "{name}",
            "location": "{region}",
            "properties": {{"addressSpace": {{"addressPrefixes": {space}}}, "subnets": {subnets}}}}}"#
        )
    };
    format!(
        r#"{{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0", "variables": {{"elsewhere": ["10.9.0.0/16"]}},
        "resources": [{}, {}]}}"#,
        network(
            "a",
            "eastasia",
            r#"["10.1.0.0/16", "10.2.0.0/16"]"#,
            &format!("[{}]", subnet("10.1.1.0/24"))
        ),
        network("b", "southeastasia", space, subnets),
    )
}

fn subnet(prefix: &str) -> String {
    format!(r#"{{"name": "web", "properties": {{"addressPrefix": "{prefix}"}}}}"#)
}

fn findings(template: &str) -> Vec<Finding> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("main.json"), template).expect("a file");
    let pair = "[[recovery]]\nsource = \"a\"\nrecovery = \"b\"\n";
    std::fs::write(folder.path().join("drlint.toml"), pair).expect("a file");
    let job = job(folder.path());
    let outcome = check(&job).expect("the job can be done");
    outcome.findings.into_iter().map(|reported| reported.finding).collect()
}

fn job(here: &Path) -> Job<'_> {
    Job {
        here,
        paths: &[],
        config: None,
        baseline: None,
        select: &[],
        ignore: &[],
        rules: drlint_rules::ALL,
        today: "2026-11-23".parse().expect("a day"),
    }
}

/// Applies the fix of the only finding of `rule`, and gives the rules that speak afterwards.
fn after_fix(rule: &str, template: &str) -> Vec<&'static str> {
    let before = findings(template);
    let finding = before.iter().find(|finding| finding.rule == rule).expect("the rule fires");
    let fix = finding.fix.as_ref().expect("it has a fix");
    let mut mended = template.to_owned();
    mended.replace_range(fix.place.start as usize..fix.place.end as usize, &fix.text);
    findings(&mended).into_iter().map(|finding| finding.rule).collect()
}

const WHOLE: &str = r#"["10.1.0.0/16", "10.2.0.0/16"]"#;

#[test]
fn a_missing_prefix_is_added() {
    let template = template(r#"["10.1.0.0/16"]"#, &format!("[{}]", subnet("10.1.1.0/24")));
    assert!(after_fix("recovery-address-space-mismatch", &template).is_empty());
}

#[test]
fn a_missing_subnet_is_added_to_an_empty_list_and_to_others() {
    assert!(after_fix("recovery-subnet-missing", &template(WHOLE, "[]")).is_empty());
    let other = subnet("10.2.1.0/24").replace("web", "other");
    assert!(after_fix("recovery-subnet-missing", &template(WHOLE, &format!("[{other}]"))).is_empty());
}

#[test]
fn a_wrong_prefix_of_a_subnet_is_replaced() {
    let template = template(WHOLE, &format!("[{}]", subnet("10.1.64.0/24")));
    assert!(after_fix("recovery-subnet-mismatch", &template).is_empty());
}

#[test]
fn what_a_variable_carries_may_serve_others_and_is_left_alone() {
    let template = template(r#""[variables('elsewhere')]""#, "[]");
    let found = findings(&template);
    assert!(found.iter().any(|finding| finding.rule == "recovery-address-space-mismatch"));
    assert!(found.iter().all(|finding| finding.fix.is_none()), "{found:?}");
}

#[test]
fn a_subnet_that_would_not_fit_is_not_added() {
    let taken = subnet("10.1.0.0/17").replace("web", "other");
    let found = findings(&template(WHOLE, &format!("[{taken}]")));
    let missing = found.iter().find(|finding| finding.rule == "recovery-subnet-missing");
    assert!(missing.is_some_and(|finding| finding.fix.is_none()), "{found:?}");
}
