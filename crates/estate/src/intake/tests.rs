//! Several tellings of one interface or machine, made one.

use std::net::IpAddr;

use crate::testing::company::{interface, machine};
use crate::testing::{Inputs, network_id};
use crate::{Allocation, Estate, Interface, IpVersion};

/// A template's word for the interface `nic-web`, of whatever scope.
fn declared(properties: &str) -> String {
    format!(
        r#"[{{"type": "Microsoft.Network/networkInterfaces", "name": "nic-web", "properties": {{{properties}}}}}]"#
    )
}

fn exported() -> String {
    format!("[{}]", interface("nic-web", "web", "vnet/a", "10.1.1.10"))
}

fn only(estate: &Estate) -> &Interface {
    let [interface] = estate.interfaces() else { panic!("{:?}", estate.interfaces()) };
    interface
}

fn joined(template: &str) -> Estate {
    Inputs::default().export(&exported()).template(&declared(template)).estate()
}

#[test]
fn an_export_fills_what_the_template_leaves_open() {
    let estate = joined(
        r#""enableAcceleratedNetworking": true, "ipConfigurations": [
            {"name": "IPCONFIG1", "properties": {"privateIPAddress": "?address", "privateIPAddressVersion": "IPv4",
                "privateIPAllocationMethod": "Dynamic"}},
            {"name": "other", "properties": {"privateIPAddress": "?other"}}]"#,
    );
    let nic = only(&estate);
    assert_eq!(nic.accelerated_networking.known(), Some(&true));
    assert_eq!(nic.machine.map(|machine| estate.machine(machine).name()), Some("web"));
    let [first, second] = &*nic.ip_configurations else { panic!("{:?}", nic.ip_configurations) };
    assert_eq!(first.address.known().map(IpAddr::to_string).as_deref(), Some("10.1.1.10"));
    assert_eq!((first.method.known(), first.version), (Some(&Allocation::Dynamic), Some(IpVersion::V4)));
    assert_eq!((&*first.name, first.subnet_name()), ("IPCONFIG1", Some("a")));
    assert!(second.address.unknown().is_some() && second.subnet.is_absent());
}

#[test]
fn a_value_that_cannot_be_read_is_not_replaced() {
    let estate = joined(
        r#""ipConfigurations": [{"name": "ipconfig1", "properties": {"privateIPAddress": "ten",
            "privateIPAllocationMethod": "Perhaps"}}]"#,
    );
    let [ip] = &*only(&estate).ip_configurations else { panic!("one IP configuration") };
    assert!(ip.address.unknown().is_some() && ip.method.is_absent());
}

#[test]
fn a_list_that_nobody_shows_is_taken_from_who_does() {
    for template in ["", r#""ipConfigurations": "?all""#] {
        assert_eq!(only(&joined(template)).ip_configurations.len(), 1, "{template}");
    }
    assert!(only(&joined(r#""ipConfigurations": []"#)).ip_configurations.is_empty());
}

#[test]
fn the_newer_of_two_exports_of_a_shape_counts_alone() {
    let mut inputs = Inputs::default();
    let at = |day: &str| Some(format!("2026-01-{day}T00:00:00Z"));
    let newer = exported().replace("10.1.1.10", "10.1.1.11").replace(r#""virtualMachine""#, r#""other""#);
    inputs.export_with(&exported(), |export| export.taken = at("01"));
    inputs.export_with(&newer, |export| export.taken = at("02"));
    let estate = inputs.estate();
    let nic = only(&estate);
    assert_eq!(nic.machine, None);
    let address = nic.ip_configurations.first().and_then(|ip| ip.address.known());
    assert_eq!(address.map(IpAddr::to_string).as_deref(), Some("10.1.1.11"));
}

#[test]
fn a_machine_takes_tags_and_interfaces_from_several_inputs() {
    let mut inputs = Inputs::default();
    let bare = format!(
        r#"{{"id": "{}", "name": "web"}}"#,
        network_id("x").replace("Microsoft.Network/x", "Microsoft.Compute/virtualMachines/web")
    );
    inputs.export(&format!("[{bare}]"));
    inputs.export(&format!("[{}]", machine("web", "nic-web", r#""dr-role": "?role""#)));
    inputs.export(&format!(
        "[{}]",
        machine("web", "nic-other", r#""dr-role": "replica", "dr-application": "pay""#)
    ));
    let estate = inputs.estate();
    let [machine] = estate.machines() else { panic!("one machine") };
    assert!(machine.is_replica());
    assert_eq!(machine.tags().application.known().map(String::as_str), Some("pay"));
    let names: Vec<&str> = machine.interfaces.iter().map(|at| estate.interface(*at).name()).collect();
    assert_eq!(names, ["NIC-WEB"]);
}
