//! What belongs together.

use drlint_resource::Origin;

use super::nowhere;
use crate::testing::Inputs;
use crate::testing::company::{company_a, interface, list, machine, network};
use crate::{DeclaredApplication, Estate, Intent, Placed};

fn stated(text: &str) -> Placed<String> {
    Placed::new(text.to_owned(), Origin::at(nowhere()))
}

fn declared(name: &str) -> DeclaredApplication {
    DeclaredApplication {
        name: stated(name),
        isolated: None,
        vms: Vec::new(),
        subnets: Vec::new(),
        vnets: Vec::new(),
        place: nowhere(),
    }
}

#[test]
fn entries_and_tags_of_one_name_are_one_application() {
    let tagged = [
        machine("pay", "nic-pay", r#""dr-application": "Payroll""#),
        interface("nic-pay", "pay", "vnet-source/Subnet1", "10.1.1.20"),
    ];
    let mut inputs = Inputs::default();
    inputs.export(&list(&[company_a(), tagged.to_vec()].concat()));
    let isolated = Some(Placed::new(true, Origin::at(nowhere())));
    let entry = DeclaredApplication { vms: vec![stated("web")], isolated, ..declared("payroll") };
    let intent = Intent { applications: vec![entry], ..Intent::default() };
    let estate = Estate::build(inputs.resources(), intent);
    let [application] = estate.applications() else { panic!("one application") };
    assert!(application.isolated);
    let machines = estate.machines_of_application(application);
    let names: Vec<&str> = machines.iter().map(|at| estate.machine(*at).name()).collect();
    assert_eq!(names, ["pay", "web"]);
}

#[test]
fn a_network_with_the_tag_is_the_applications_own() {
    let own = network("vnet-source", "eastasia", "10.1.0.0/16", &[])
        .replace(r#""location""#, r#""tags": {"dr-application": "shop"}, "location""#);
    let mut all = company_a();
    all[0] = own;
    let estate = Inputs::default().export(&list(&all)).estate();
    let [application] = estate.applications() else { panic!("one application") };
    assert!(application.isolated && application.declared.is_none());
    assert_eq!(estate.machines_of_application(application).len(), 3);
}

#[test]
fn a_subnet_by_its_bare_name_is_that_of_the_source() {
    let mut inputs = Inputs::default();
    inputs.export(&list(&company_a()));
    let entry = DeclaredApplication { subnets: vec![stated("subnet2")], ..declared("tier") };
    let intent = Intent { applications: vec![entry], ..Intent::default() };
    let estate = Estate::build(inputs.resources(), intent);
    let application = estate.applications().first().expect("one");
    assert_eq!(application.subnets.len(), 1);
    let machines = estate.machines_of_application(application);
    let names: Vec<&str> = machines.iter().map(|at| estate.machine(*at).name()).collect();
    assert_eq!(names, ["app"]);
    assert!(estate.dangling().is_empty());
}
