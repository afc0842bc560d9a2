//! What is absent, and what dangles.

use drlint_resource::{Export, Missing, Origin, ResourceId};
use drlint_source::FileId;

use super::{company_a_with, estate_of, find, nowhere};
use crate::testing::Inputs;
use crate::testing::company::{company_a, interface, list, network, plan};
use crate::{
    Absence, DanglingProblem, DeclaredFailover, DeclaredStep, Estate, Found, Intake, Intent, Placed,
    StepAction,
};

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
fn a_page_cut_before_its_first_resource_leaves_open_what_it_would_hold() {
    let of = |missing: Missing| {
        let mut inputs = Inputs::default();
        let mut intake = Intake::default();
        intake.extend(inputs.export(&list(&company_a())).resources());
        intake.add_missing(&Export {
            file: FileId(1),
            shape: "test",
            truncated: true,
            taken: None,
            existence_only: false,
            planned: false,
            missing: vec![missing],
        });
        Estate::join(vec![intake], Intent::default())
    };
    let certain = |estate: &Estate, kind: &str| {
        estate.absence(kind, &find(estate, "vnet-source").id, nowhere()).is_certain()
    };
    let gateways = of(Missing::OfType("microsoft.network/VirtualNetworkGateways".to_owned()));
    assert!(!certain(&gateways, "Microsoft.Network/virtualNetworkGateways"));
    assert!(certain(&gateways, "Microsoft.Network/virtualNetworks"));
    assert!(!certain(&of(Missing::OfAnyType), "Microsoft.Network/virtualNetworks"));
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

#[test]
fn names_in_the_intent_dangle_or_fit_several() {
    let twin = network("vnet-azure", "westeurope", "10.4.0.0/16", &[])
        .replace("resourceGroups/rg/", "resourceGroups/rg2/");
    let mut inputs = Inputs::default();
    inputs.export(&list(&[company_a(), vec![twin]].concat()));
    let stated = |text: &str| Placed::new(text.to_owned(), Origin::at(nowhere()));
    let step = |action| DeclaredStep { place: nowhere(), action };
    let failover = DeclaredFailover {
        name: stated("full"),
        steps: vec![
            step(StepAction::Disconnect(stated("vnet-source"), stated("VNET-AZURE"))),
            step(StepAction::FailOver(vec![stated("vnet-sourse")])),
            step(StepAction::FailOverMachines(vec![stated("web"), stated("wbe")])),
            step(StepAction::Reroute { site: stated("lng-hq"), to: stated("vnet-recovery") }),
        ],
        place: nowhere(),
        steps_place: nowhere(),
    };
    let estate = Estate::build(inputs.resources(), Intent { failovers: vec![failover], ..Intent::default() });
    let found: Vec<(String, bool)> = estate
        .dangling()
        .into_iter()
        .map(|dangling| {
            (dangling.target, matches!(dangling.problem, DanglingProblem::Several(ids) if ids.len() == 2))
        })
        .collect();
    let expected = [
        ("network or site `VNET-AZURE`", true),
        ("network `vnet-sourse`", false),
        ("machine `wbe`", false),
        ("site `lng-hq`", false),
    ];
    assert_eq!(found, expected.map(|(target, several)| (target.to_owned(), several)));
}

#[test]
fn a_tag_dangles_unless_it_leads_outside_the_input() {
    let tagged = |name: &str, source: &str| {
        network(name, "westeurope", "10.4.0.0/16", &[])
            .replace(r#""location""#, &format!(r#""tags": {{"dr-recovers": "{source}"}}, "location""#))
    };
    let far = "/subscriptions/t/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/far";
    let estate = estate_of(&[tagged("one", "nothing"), tagged("two", far)]);
    let targets: Vec<String> = estate.dangling().into_iter().map(|dangling| dangling.target).collect();
    assert_eq!(targets, ["network `nothing`"]);
}
