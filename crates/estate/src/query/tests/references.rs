//! What is absent, and what dangles.

use drlint_resource::ResourceId;

use super::{company_a_with, find, nowhere};
use crate::testing::Inputs;
use crate::testing::company::{company_a, interface, list, plan};
use crate::{Absence, DanglingProblem, Found};

#[test]
fn what_the_input_cannot_show_is_not_absent() {
    let estate = company_a_with(&[]);
    let source = find(&estate, "vnet-source");
    let absence = |kind: &str| estate.absence(kind, &source.id, nowhere());
    assert!(absence("microsoft.network/virtualNetworkGateways").is_certain());
    assert!(matches!(absence("Microsoft.Network/routeTables"), Absence::Undecided(_)));
    let elsewhere = ResourceId::parse("/subscriptions/t/resourceGroups/rg/providers/A.B/c/d").expect("an id");
    let kind = "Microsoft.Network/virtualNetworkGateways";
    assert!(!estate.absence(kind, &elsewhere, nowhere()).is_certain());
    let mut cut = Inputs::default();
    let cut = cut.export_with(&list(&company_a()), |export| export.truncated = true).estate();
    assert!(!cut.absence(kind, &source.id, nowhere()).is_certain());
}

#[test]
fn references_into_known_containers_dangle() {
    let lost = interface("nic-lost", "lost", "vnet-source/Subnt2", "10.1.2.20");
    let outside = interface("nic-far", "far", "vnet-far/Subnet2", "10.8.2.20");
    let plan = plan("p", &["web", "wep"], "");
    let estate = company_a_with(&[lost, outside, plan]);
    let found = estate.dangling();
    let targets: Vec<&str> = found.iter().map(|dangling| &*dangling.target).collect();
    assert_eq!(targets, ["subnet `Subnt2` of `vnet-source`", "protected item `wep`"]);
    let near = &found.first().expect("one").problem;
    assert!(
        matches!(near, DanglingProblem::Nothing(near) if near.first().is_some_and(|name| name == "Subnet2"))
    );
    assert!(matches!(estate.find_network("vnet-sorce"), Found::None(near) if near == ["vnet-source"]));
}
