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

const PAIR: &str = "[[recovery]]\nsource = \"a\"\nrecovery = \"b\"\n";

/// A file by its name.
type File<'f> = (&'f str, &'f str);

fn findings(template: &str) -> Vec<Finding> {
    told(&[("main.json", template), ("drlint.toml", PAIR)]).into_iter().map(|(_, finding)| finding).collect()
}

/// The findings of these files, each with the file of its fix.
fn told(files: &[File<'_>]) -> Vec<(Option<String>, Finding)> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    let outcome = check(&job(folder.path())).expect("the job can be done");
    let findings = outcome.findings.into_iter().map(|reported| reported.finding);
    let of_fix =
        |finding: &Finding| finding.fix.as_ref().map(|fix| outcome.files.path(fix.place.file).to_owned());
    findings.map(|finding| (of_fix(&finding), finding)).collect()
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

/// Applies the fix of the first finding of `rule`, and gives the rules that speak afterwards.
fn after_fix(rule: &str, template: &str) -> Vec<&'static str> {
    after_fix_in(rule, &[("main.json", template), ("drlint.toml", PAIR)])
}

fn after_fix_in(rule: &str, files: &[File<'_>]) -> Vec<&'static str> {
    let before = told(files);
    let (file, finding) = before.iter().find(|(_, finding)| finding.rule == rule).expect("the rule fires");
    let fix = finding.fix.as_ref().expect("it has a fix");
    let mended: Vec<(&str, String)> = files
        .iter()
        .map(|(name, text)| {
            let mut text = (*text).to_owned();
            if file.as_deref() == Some(*name) {
                text.replace_range(fix.place.start as usize..fix.place.end as usize, &fix.text);
            }
            (*name, text)
        })
        .collect();
    let mended: Vec<File<'_>> = mended.iter().map(|(name, text)| (*name, text.as_str())).collect();
    told(&mended).into_iter().map(|(_, finding)| finding.rule).collect()
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
fn host_bits_of_a_prefix_are_cleared() {
    let template = template(WHOLE, &format!("[{}]", subnet("10.1.1.7/24")));
    assert!(after_fix("subnet-layout-invalid", &template).is_empty());
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

/// A network with peerings, each with the network it leads to and its settings.
fn peered(name: &str, region: &str, space: &str, peerings: &[(&str, &str)]) -> String {
    let id = |network: &str| format!("[resourceId('Microsoft.Network/virtualNetworks', '{network}')]");
    let peerings: Vec<String> = peerings
        .iter()
        .map(|(to, settings)| {
            format!(
                r#"{{"name": "to-{to}", "properties": {{"remoteVirtualNetwork": {{"id": "{}"}}{settings}}}}}"#,
                id(to)
            )
        })
        .collect();
    format!(
        r#"{{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "{name}",
        "location": "{region}", "properties": {{"addressSpace": {{"addressPrefixes": ["{space}"]}}, "subnets": [],
        "virtualNetworkPeerings": [{}]}}}}"#,
        peerings.join(", ")
    )
}

fn resources(resources: &[String]) -> String {
    format!(
        r#"{{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0", "parameters": {{"forwarded": {{"type": "bool", "defaultValue": false}}}},
        "resources": [{}]}}"#,
        resources.join(", ")
    )
}

/// A source and its recovery, each peered with a hub of its region; the recovery's peering has these settings.
fn hubs(settings: &str) -> String {
    let forwarded = r#", "allowForwardedTraffic": true"#;
    resources(&[
        peered("a", "eastasia", "10.1.0.0/16", &[("hub-a", forwarded)]),
        peered("hub-a", "eastasia", "10.8.0.0/16", &[("a", "")]),
        peered("b", "southeastasia", "10.1.0.0/16", &[("hub-b", settings)]),
        peered("hub-b", "southeastasia", "10.8.0.0/16", &[("b", "")]),
    ])
}

const HUBS: &str = "[[recovery]]\nsource = \"a\"\nrecovery = \"b\"\n
[[recovery]]\nsource = \"hub-a\"\nrecovery = \"hub-b\"\n";

#[test]
fn a_setting_of_a_peering_is_set_to_that_of_the_source() {
    let template = hubs(r#", "allowForwardedTraffic": false"#);
    let files = [("main.json", template.as_str()), ("drlint.toml", HUBS)];
    let after = after_fix_in("peering-flags-mismatch", &files);
    assert!(!after.contains(&"peering-flags-mismatch"), "{after:?}");
    let unsaid = hubs("");
    let found = told(&[("main.json", &unsaid), ("drlint.toml", HUBS)]);
    let (_, finding) = found.iter().find(|(_, finding)| finding.rule == "peering-flags-mismatch").unwrap();
    assert_eq!(finding.fix, None, "there is no literal to replace");
    let carried = hubs(r#", "allowForwardedTraffic": "[parameters('forwarded')]""#);
    let found = told(&[("main.json", &carried), ("drlint.toml", HUBS)]);
    let (_, finding) = found.iter().find(|(_, finding)| finding.rule == "peering-flags-mismatch").unwrap();
    assert_eq!(finding.fix, None, "a parameter may serve others");
}

/// A source that is peered with `other`, and its recovery.
fn peered_source() -> String {
    resources(&[
        peered("a", "eastasia", "10.1.0.0/16", &[("other", "")]),
        peered("b", "southeastasia", "10.1.0.0/16", &[]),
        peered("other", "southeastasia", "10.2.0.0/16", &[("a", "")]),
    ])
}

fn failover(connect: &str) -> String {
    format!(
        "{PAIR}[[failover]]\nname = \"all\"\nsteps = [\n  {{ disconnect = [\"a\", \"other\"] }},\n  \
         {{ fail-over = [\"a\"] }},\n  {connect},\n]\n"
    )
}

#[test]
fn a_step_connects_by_the_kind_of_the_source() {
    let config = failover(r#"{ connect = ["b", "other"], via = "vpn" }"#);
    let template = peered_source();
    let after = after_fix_in("link-type-mismatch", &[("main.json", &template), ("drlint.toml", &config)]);
    assert!(after.is_empty(), "{after:?}");
}

#[test]
fn a_name_with_a_slip_of_the_hand_is_corrected() {
    let config = failover(r#"{ connect = ["b", "ohter"], via = "peering" }"#);
    let template = peered_source();
    let after = after_fix_in("reference-dangling", &[("main.json", &template), ("drlint.toml", &config)]);
    assert!(after.is_empty(), "{after:?}");
}

#[test]
fn a_name_that_may_be_a_siblings_is_left_alone() {
    let of_fix = |written: &str, names: &[&str]| {
        let networks: Vec<String> =
            names.iter().map(|name| peered(name, "eastasia", "10.1.0.0/16", &[])).collect();
        let config = format!("[[application]]\nname = \"x\"\nvnets = [\"{written}\"]\n");
        let found = told(&[("main.json", &resources(&networks)), ("drlint.toml", &config)]);
        let dangling = found.into_iter().find(|(_, finding)| finding.rule == "reference-dangling");
        dangling.expect("the rule fires").1.fix.map(|fix| fix.text)
    };
    assert_eq!(of_fix("vnet-paiment", &["vnet-payment"]), Some("\"vnet-payment\"".to_owned()));
    assert_eq!(of_fix("vnet-payment2", &["vnet-payment1"]), None, "another number is another network");
    assert_eq!(of_fix("vnet-paiment", &["vnet-payment", "vnet-pavment"]), None, "two are near");
    assert_eq!(of_fix("vnet-payment", &["hub"]), None, "none is near");
}

#[test]
fn an_export_is_a_record_and_is_left_alone() {
    let network = |name: &str, region: &str, prefix: &str| {
        format!(
            r#"{{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/{name}",
            "name": "{name}", "type": "Microsoft.Network/virtualNetworks", "location": "{region}",
            "addressSpace": {{"addressPrefixes": ["10.1.0.0/16"]}},
            "subnets": [{{"name": "web", "addressPrefix": "{prefix}"}}], "virtualNetworkPeerings": []}}"#
        )
    };
    let export = format!(
        "[{}, {}]",
        network("a", "eastasia", "10.1.1.0/24"),
        network("b", "southeastasia", "10.1.64.7/24")
    );
    let found = told(&[("nets.json", &export), ("drlint.toml", PAIR)]);
    let rules: Vec<&str> = found.iter().map(|(_, finding)| finding.rule).collect();
    assert!(
        rules.contains(&"recovery-subnet-mismatch") && rules.contains(&"subnet-layout-invalid"),
        "{rules:?}"
    );
    assert!(found.iter().all(|(_, finding)| finding.fix.is_none()), "{found:?}");
}
