//! Which addresses linked networks have in common, and which links are planned.

use proptest::prelude::*;

use super::{company_a_with, estate_of, find, nowhere};
use crate::testing::company::{company_a, list, network};
use crate::testing::{Inputs, network_id};
use crate::{DeclaredFailover, DeclaredStep, End, Estate, Intent, LinkKind, Placed, StepAction};

fn peering(owner: &str, remote: &str, more: &str) -> String {
    format!(
        r#"{{"id": "{}", "name": "to-{remote}", "properties": {{"remoteVirtualNetwork": {{"id": "{}"}}{more}}}}}"#,
        network_id(&format!("virtualNetworks/{owner}/virtualNetworkPeerings/to-{remote}")),
        network_id(&format!("virtualNetworks/{remote}"))
    )
}

fn between(estate: &Estate, one: &str, two: &str) -> Result<String, String> {
    let ends = [one, two].map(|name| End::Network(find(estate, name).index));
    let link = estate.links_between(ends[0], ends[1]).next().expect("a link");
    let shared = estate.shared_across(link);
    shared.map(|shared| shared.written()).map_err(|unknown| unknown.reason.to_string())
}

#[test]
fn a_known_prefix_proves_an_overlap_and_an_unknown_one_forbids_to_deny_it() {
    let web = |prefix: &str| network("web", "eastasia", &format!(r#"{prefix}", "?later"#), &[]);
    let clash = company_a_with(&[web("10.1.7.0/24"), peering("web", "vnet-source", "")]);
    assert_eq!(between(&clash, "web", "vnet-source"), Ok("10.1.7.0/24".to_owned()));
    let open = company_a_with(&[web("10.8.0.0/16"), peering("web", "vnet-source", "")]);
    assert_eq!(between(&open, "web", "vnet-source"), Err("later".to_owned()));
}

#[test]
fn a_peering_of_single_subnets_shows_these_alone() {
    let subnets = [("Low", "10.1.1.0/24"), ("High", "10.1.200.0/24")];
    let subnets_of = |local: &str, remote: &str| {
        let names = format!(r#""localSubnetNames": ["{local}"], "remoteSubnetNames": ["{remote}"]"#);
        peering("web", "vnet-source", &format!(r#", "peerCompleteVnets": false, {names}"#))
    };
    let web = network("web", "eastasia", "10.1.0.0/16", &subnets);
    let apart = company_a_with(&[web.clone(), subnets_of("High", "Subnet1")]);
    assert_eq!(between(&apart, "web", "vnet-source"), Ok(String::new()));
    let clash = company_a_with(&[web.clone(), subnets_of("Low", "Subnet1")]);
    assert_eq!(between(&clash, "web", "vnet-source"), Ok("10.1.1.0/24".to_owned()));
    let missing = company_a_with(&[web, subnets_of("Low", "Nowhere")]);
    assert!(between(&missing, "web", "vnet-source").is_err());
}

#[test]
fn a_leftover_peering_makes_a_neighbor_and_a_vpn_that_is_down_does_not() {
    let down = |resource: &str| {
        resource.replace(r#""connectionType""#, r#""connectionStatus": "NotConnected", "connectionType""#)
    };
    let resources: Vec<String> = company_a().iter().map(|resource| down(resource)).collect();
    let leftover = peering("vnet-azure", "vnet-recovery", r#", "peeringState": "Disconnected""#);
    let estate = estate_of(&[resources, vec![leftover]].concat());
    let around = estate.neighborhood(find(&estate, "vnet-azure"));
    let names: Vec<&str> = around.neighbors.keys().map(|index| &*estate.network(*index).name).collect();
    assert_eq!(names, ["vnet-recovery"]);
    assert!(around.overlaps.is_empty());
}

#[test]
fn source_and_recovery_at_one_network_overlap() {
    let estate = company_a_with(&[peering("vnet-recovery", "vnet-azure", "")]);
    let around = estate.neighborhood(find(&estate, "vnet-azure"));
    let [(one, two)] = around.overlaps.as_slice() else { panic!("one overlap") };
    assert_eq!(around.shared(*one, *two).written(), "10.1.0.0/16");
}

#[test]
fn a_step_that_peers_a_hub_connects_it() {
    let hub = format!(
        r#"{{"id": "{}", "name": "hub", "properties": {{"addressPrefix": "10.50.0.0/24"}}}}"#,
        network_id("virtualHubs/hub")
    );
    let name = |text: &str| Placed::new(text.to_owned(), drlint_resource::Origin::at(nowhere()));
    let via = |kind| Placed::new(kind, drlint_resource::Origin::at(nowhere()));
    let step = |action| DeclaredStep { place: nowhere(), action };
    let peered =
        |b: &str| StepAction::Connect { a: name("vnet-recovery"), b: name(b), via: via(LinkKind::Peering) };
    let steps = ["hub", "vnet-azure", "nowhere"].map(peered).map(step).to_vec();
    let failovers =
        vec![DeclaredFailover { name: name("f"), steps, place: nowhere(), steps_place: nowhere() }];
    let resources = Inputs::default().export(&list(&[company_a(), vec![hub]].concat())).resources();
    let estate = Estate::build(resources, Intent { failovers, ..Intent::default() });
    let kinds: Vec<LinkKind> = estate.planned_links().iter().map(|link| link.kind).collect();
    assert_eq!(kinds, [LinkKind::Hub, LinkKind::Peering]);
    assert!(estate.networks_moved_by_failovers().is_empty());
}

#[test]
fn a_recovery_stands_in_for_its_source() {
    let estate = company_a_with(&[]);
    let [source, recovery] =
        ["vnet-source", "vnet-recovery"].map(|name| End::Network(find(&estate, name).index));
    assert_eq!(estate.stand_ins(source), [source, recovery]);
    assert_eq!(estate.stand_ins(recovery), [recovery]);
}

proptest! {
    #[test]
    fn overlaps_between_two_lists_are_those_found_pair_by_pair(
        prefixes in prop::collection::vec((0_u8..4, 0_u8..4, 14_u8..20), 2..14), cut in 0_usize..14,
    ) {
        let resources: Vec<String> = prefixes.iter().enumerate()
            .map(|(at, (second, third, length))| {
                network(&format!("n{at}"), "eastasia", &format!("10.{second}.{}.0/{length}", third * 64), &[])
            })
            .collect();
        let estate = estate_of(&resources);
        let all: Vec<_> = estate.networks().iter().collect();
        let (ones, others) = all.split_at(cut.min(all.len()));
        let mut expected = Vec::new();
        for one in ones {
            for other in others {
                if one.address_space.addresses().overlaps(&other.address_space.addresses()) {
                    expected.push((one.index, other.index));
                }
            }
        }
        expected.sort_unstable();
        prop_assert_eq!(estate.overlaps_between(ones, others).into_iter().collect::<Vec<_>>(), expected);
    }
}
