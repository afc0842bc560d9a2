//! How subnets lie, what a site learns of a network, and failovers that move part of one.

use drlint_resource::Origin;

use super::{company_a_with, estate_of, find, nowhere};
use crate::testing::Inputs;
use crate::testing::company::{connection, gateway, interface, item, list, network, plan};
use crate::testing::network_id;
use crate::{DeclaredFailover, DeclaredStep, Estate, Intent, Network, Placed, StepAction};

fn names(subnets: &[&crate::Subnet]) -> Vec<String> {
    subnets.iter().map(|subnet| subnet.name.clone()).collect()
}

fn overlaps(network: &Network) -> Vec<(&str, &str)> {
    let found = network.overlapping_subnets();
    found.iter().map(|overlap| (&*overlap.earlier.0.name, &*overlap.later.0.name)).collect()
}

#[test]
fn a_subnet_is_told_with_the_narrowest_one_around_it() {
    let subnets = [
        ("a", "10.1.1.0/24"),
        ("b", "10.1.0.0/20"),
        ("c", "10.1.1.128/25"),
        ("d", "10.1.32.0/24"),
        ("e", "10.1.32.0/24"),
    ];
    let estate = estate_of(&[network("v", "eastasia", "10.1.0.0/16", &subnets)]);
    assert_eq!(overlaps(find(&estate, "v")), [("a", "b"), ("a", "c"), ("d", "e")]);
}

#[test]
fn subnets_side_by_side_do_not_overlap() {
    let estate = company_a_with(&[]);
    assert!(overlaps(find(&estate, "vnet-source")).is_empty());
}

#[test]
fn ranges_that_no_network_may_use_are_told() {
    let estate = estate_of(&[network("v", "eastasia", "168.63.0.0/16", &[])]);
    let found: Vec<String> =
        find(&estate, "v").unusable_prefixes().map(|(_, range)| range.to_string()).collect();
    assert_eq!(found, ["168.63.129.16/32"]);
}

/// A source with two subnets and its recovery.
fn two_subnets(more: &[String]) -> Vec<String> {
    let subnets = [("Subnet1", "10.1.1.0/24"), ("Subnet2", "10.1.2.0/24")];
    let networks = [
        network("s", "eastasia", "10.1.0.0/16", &subnets),
        network("r", "southeastasia", "10.1.0.0/16", &subnets),
    ];
    [networks.to_vec(), more.to_vec()].concat()
}

fn machines() -> Vec<String> {
    vec![
        interface("nic-vm-1", "vm-1", "s/Subnet1", "10.1.1.4"),
        interface("nic-vm-2", "vm-2", "s/Subnet2", "10.1.2.4"),
    ]
}

/// The same with a machine in each subnet, of which the first is protected.
fn half_protected(pinned: &str, more: &[String]) -> Estate {
    let item = item("vm-1", ["s", "r"], "Subnet1", "10.1.1.4", pinned);
    estate_of(&two_subnets(&[machines(), vec![item], more.to_vec()].concat()))
}

#[test]
fn without_a_plan_what_is_protected_moves_and_the_rest_stays() {
    let estate = half_protected("", &[]);
    let partial = estate.partial_failover(find(&estate, "s")).expect("known").expect("partial");
    assert_eq!(
        (names(&partial.left), names(&partial.kept)),
        (vec!["Subnet1".into()], vec!["Subnet2".into()])
    );
    assert!(partial.failover.is_none());
}

#[test]
fn plans_that_move_all_together_leave_nothing_behind() {
    let estate = half_protected(
        "",
        &[
            item("vm-2", ["s", "r"], "Subnet2", "10.1.2.4", ""),
            plan("rp-1", &["vm-1"], ""),
            plan("rp-2", &["vm-2"], ""),
        ],
    );
    assert!(estate.partial_failover(find(&estate, "s")).expect("known").is_none());
}

#[test]
fn nobody_knows_who_stays_where_only_items_are_shown() {
    let estate = estate_of(&two_subnets(&[item("vm-1", ["s", "r"], "Subnet1", "10.1.1.4", "")]));
    assert!(estate.partial_failover(find(&estate, "s")).is_err());
}

#[test]
fn a_failover_that_names_machines_moves_only_them() {
    let placed = |text: &str| Placed::new(text.to_owned(), Origin::at(nowhere()));
    let failover = |action| DeclaredFailover {
        name: placed("payroll"),
        steps: vec![DeclaredStep { place: nowhere(), action }],
        place: nowhere(),
        steps_place: nowhere(),
    };
    let resources = Inputs::default().export(&list(&two_subnets(&machines()))).resources();
    let kept = |action| {
        let intent = Intent { failovers: vec![failover(action)], ..Intent::default() };
        let estate = Estate::build(resources.clone(), intent);
        let partial = estate.partial_failover(find(&estate, "s")).expect("known");
        partial.map(|partial| names(&partial.kept))
    };
    assert_eq!(kept(StepAction::FailOverMachines(vec![placed("vm-1")])), Some(vec!["Subnet2".into()]));
    assert_eq!(kept(StepAction::FailOver(vec![placed("s")])), None);
}

#[test]
fn machines_pinned_to_other_addresses_change_them() {
    for (pinned, changes) in [("", false), ("10.1.1.4", false), ("10.1.1.5", true)] {
        let estate = half_protected(pinned, &[]);
        let pair = estate.pairs().next().expect("a pair");
        let partial = estate.partial_failover(pair.source).expect("known").expect("partial");
        assert_eq!(pair.changes_addresses(&partial.movement).ok(), Some(changes), "{pinned}");
    }
}

/// A network joined with a site through a gateway with one egress rule; the connection names `rule`.
fn translated(rule: &str) -> Estate {
    let rules = |name: &str| network_id(&format!("virtualNetworkGateways/gw/natRules/{name}"));
    let gateway = gateway("gw", "v", "pip").replacen(
        r#""properties": {"#,
        &format!(
            r#""properties": {{"natRules": [{{"id": "{}", "name": "as-8", "properties": {{"mode": "EgressSnat",
                "internalMappings": [{{"addressSpace": "10.1.0.0/16"}}],
                "externalMappings": [{{"addressSpace": "10.8.0.0/16"}}]}}}}], "#,
            rules("as-8")
        ),
        1,
    );
    let connection = connection("cn", "IPsec", "gw", "localNetworkGateway2", "localNetworkGateways/hq")
        .replacen(
            r#""properties": {"#,
            &format!(r#""properties": {{"egressNatRules": [{{"id": "{}"}}], "#, rules(rule)),
            1,
        );
    let site =
        format!(r#"{{"id": "{}", "name": "hq", "properties": {{}}}}"#, network_id("localNetworkGateways/hq"));
    estate_of(&[network("v", "eastasia", "10.1.0.0/16", &[]), gateway, connection, site])
}

#[test]
fn a_site_learns_what_egress_rules_make_of_a_network() {
    let announced = |estate: &Estate| {
        let network = find(estate, "v");
        let [way] = *estate.site_links_of(network) else { panic!("one way") };
        estate.announced(network, &way).map(|addresses| addresses.written())
    };
    assert_eq!(announced(&translated("as-8")).ok().as_deref(), Some("10.8.0.0/16"));
    assert!(announced(&translated("another")).is_err(), "a rule that nobody shows cannot be computed");
}
