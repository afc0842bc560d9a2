//! What recovers what.

use super::{company_a_with, estate_of, nowhere, pairs};
use crate::testing::company::{VAULT, company_a, interface, list, machine_id, mapping, network};
use crate::testing::{Inputs, network_id};
use crate::{DeclaredRecovery, Estate, EvidenceKind, Intent, Placed, Uncertain};

#[test]
fn two_mappings_and_three_items_are_one_pair_with_a_direction() {
    let estate = company_a_with(&[]);
    assert_eq!(pairs(&estate), [("vnet-source", "vnet-recovery")]);
    let pair = estate.pairs().next().expect("a pair");
    let kinds: Vec<EvidenceKind> = pair.evidence().iter().map(|evidence| evidence.kind).collect();
    assert_eq!(kinds, [EvidenceKind::Mapping, EvidenceKind::Mapping, EvidenceKind::Item]);
    assert!(pair.retain_ip && pair.at_rest());
    assert_eq!(pair.items().count(), 3);
}

#[test]
fn stated_evidence_wins_and_a_weaker_one_that_disagrees_is_told() {
    let mut inputs = Inputs::default();
    let other = network("vnet-other", "Southeast Asia", "10.1.0.0/16", &[]);
    let elsewhere = network("vnet-elsewhere", "westeurope", "10.1.0.0/16", &[]);
    let tag = |network: String, name: &str| {
        network.replace(r#""location""#, &format!(r#""tags": {{"dr-recovers": "{name}"}}, "location""#))
    };
    let all = [company_a(), vec![tag(other, "vnet-source"), tag(elsewhere, "VNET-SOURCE")]].concat();
    inputs.export(&list(&all));
    let stated = |text: &str| Placed::new(text.to_owned(), drlint_resource::Origin::at(nowhere()));
    let intent = Intent {
        recoveries: vec![DeclaredRecovery {
            source: stated("vnet-source"),
            recovery: stated("vnet-recovery"),
            retain_ip: Some(Placed::new(false, drlint_resource::Origin::at(nowhere()))),
            place: nowhere(),
        }],
        ..Intent::default()
    };
    let estate = Estate::build(inputs.resources(), intent);
    assert_eq!(pairs(&estate), [("vnet-source", "vnet-elsewhere"), ("vnet-source", "vnet-recovery")]);
    assert!(estate.pairs().any(|pair| !pair.retain_ip));
    let [contradiction] = estate.contradictions() else { panic!("one contradiction") };
    assert_eq!(contradiction.stronger.kind, EvidenceKind::Declared);
    assert_eq!(contradiction.weaker.kind, EvidenceKind::Tag);
    assert_eq!(estate.network(contradiction.other).name, "vnet-other");
}

#[test]
fn a_reverse_mapping_that_goes_astray_is_no_pair() {
    let networks = ["a", "b", "c"].map(|name| network(name, "eastasia", "10.1.0.0/16", &[]));
    let mut all = networks.to_vec();
    all.extend([mapping("ab", "a", "b"), mapping("bc", "b", "c")]);
    assert_eq!(pairs(&estate_of(&all)), [("a", "b")]);
}

#[test]
fn mappings_both_ways_without_machines_leave_the_direction_open() {
    let mut all = ["a", "b"].map(|name| network(name, "eastasia", "10.1.0.0/16", &[])).to_vec();
    all.extend([mapping("ab", "a", "b"), mapping("ba", "b", "a")]);
    let open = estate_of(&all);
    assert!(pairs(&open).is_empty());
    assert_eq!(open.supposed_pairs().first().map(|pair| pair.why), Some(Uncertain::Direction));
    all.push(interface("nic", "vm", "b/Subnet1", "10.1.1.4"));
    assert_eq!(pairs(&estate_of(&all)), [("b", "a")]);
}

#[test]
fn a_name_alone_never_convicts() {
    let networks = ["x", "X-asr"].map(|name| network(name, "eastasia", "10.1.0.0/16", &[]));
    let estate = estate_of(&networks);
    assert!(pairs(&estate).is_empty());
    let [supposed] = estate.supposed_pairs() else { panic!("one supposed pair") };
    assert_eq!((supposed.why, &*estate.network(supposed.source).name), (Uncertain::NameAlone, "x"));
}

/// What Azure Policy leaves in a vault for a machine it wants protected.
fn intent(machine: &str, recovery: &str) -> String {
    format!(
        r#"{{"id": "{VAULT}/replicationProtectionIntents/{machine}-intent", "properties": {{
            "providerSpecificDetails": {{"instanceType": "A2A", "fabricObjectId": "{}",
                "primaryLocation": "eastasia", "recoveryLocation": "southeastasia",
                "recoveryVirtualNetworkCustomInput": {{"resourceType": "Existing",
                    "recoveryVirtualNetworkId": "{}"}}}}}}}}"#,
        machine_id(machine),
        network_id(&format!("virtualNetworks/{recovery}"))
    )
}

#[test]
fn intents_make_a_pair_that_a_tag_overrules() {
    let mut all: Vec<String> = ["a", "b"].map(|name| network(name, "eastasia", "10.1.0.0/16", &[])).to_vec();
    all.extend(["web", "db"].map(|name| interface(&format!("nic-{name}"), name, "a/s", "10.1.0.4")));
    all.extend([intent("web", "b"), intent("db", "b"), intent("elsewhere", "b")]);
    let estate = estate_of(&all);
    assert_eq!(pairs(&estate), [("a", "b")]);
    let pair = estate.pairs().next().expect("a pair");
    let told: Vec<_> = pair.evidence().iter().map(|evidence| (evidence.kind, &*evidence.text)).collect();
    assert_eq!(told, [(EvidenceKind::Intent, "protection intent of `db` and 1 more")]);
    let tagged = network("c", "eastasia", "10.1.0.0/16", &[])
        .replace(r#""location""#, r#""tags": {"dr-recovers": "a"}, "location""#);
    all.push(tagged);
    let estate = estate_of(&all);
    assert_eq!(pairs(&estate), [("a", "c")]);
    let [contradiction] = estate.contradictions() else { panic!("one contradiction") };
    assert_eq!(contradiction.weaker.kind, EvidenceKind::Intent);
}
