//! Where machines are, who moves, and where they come up.

use super::{company_a_with, estate_of, find};
use crate::testing::company::{VAULT, company_a, interface, item, item_id, list, machine, network, plan};
use crate::testing::{Inputs, network_id};
use crate::{ProtectedItem, Region, TargetAddress, TargetSubnet};

#[test]
fn target_subnet_and_address_follow_the_terms() {
    let recovery =
        network("r", "southeastasia", "10.1.0.0/16", &[("b", "10.1.2.0/24"), ("A", "10.1.1.0/24")]);
    let source = network("s", "eastasia", "10.1.0.0/16", &[("b", "10.1.2.0/24"), ("c", "10.1.3.0/24")]);
    let estate = estate_of(&[
        recovery,
        source,
        item("one", ["s", "r"], "B", "10.1.2.4", ""),
        item("two", ["s", "r"], "c", "10.1.3.4", "10.1.3.5"),
    ]);
    let pair = estate.pairs().next().expect("a pair");
    let targets: Vec<_> = pair
        .items()
        .flat_map(ProtectedItem::ip_configurations)
        .map(|(nic, ip)| (pair.target_subnet(nic, ip), pair.target_address(nic, ip)))
        .collect();
    let [(first, kept), (second, pinned)] = targets.as_slice() else { panic!("two") };
    assert!(matches!(first, TargetSubnet::SameName(subnet) if subnet.name == "b"));
    assert!(matches!(kept, TargetAddress::Kept(address) if address.to_string() == "10.1.2.4"));
    assert!(matches!(second, TargetSubnet::Fallback(Some(subnet)) if subnet.name == "A"));
    assert!(matches!(pinned, TargetAddress::Pinned(address) if address.to_string() == "10.1.3.5"));
}

#[test]
fn an_address_is_held_by_interfaces_frontends_and_endpoints() {
    let subnet = network_id("virtualNetworks/vnet-recovery/subnets/Subnet1");
    let balancer = format!(
        r#"{{"id": "{}", "name": "ilb", "sku": {{"name": "Basic"}}, "properties": {{"frontendIPConfigurations": [
            {{"name": "f", "properties": {{"privateIPAddress": "10.1.1.10", "subnet": {{"id": "{subnet}"}}}}}}]}}}}"#,
        network_id("loadBalancers/ilb")
    );
    let endpoint = format!(
        r#"{{"id": "{}", "name": "pe", "properties": {{"subnet": {{"id": "{subnet}"}},
            "customDnsConfigs": [{{"ipAddresses": ["10.1.1.11"]}}]}}}}"#,
        network_id("privateEndpoints/pe")
    );
    let squatter = interface("nic-squatter", "x", "vnet-recovery/Subnet1", "10.1.1.10");
    let estate = company_a_with(&[balancer, endpoint, squatter]);
    let recovery = find(&estate, "vnet-recovery");
    let holders = |text: &str| -> Vec<&str> {
        estate.holders_of(recovery, text.parse().expect("an address")).map(|held| held.name).collect()
    };
    assert_eq!(holders("10.1.1.10"), ["nic-squatter", "ilb"]);
    assert_eq!(holders("10.1.1.11"), ["pe"]);
    assert!(holders("10.1.1.12").is_empty());
    assert_eq!(estate.held_in(recovery).count(), 3);
}

#[test]
fn without_a_plan_the_protected_machines_move() {
    let stays = interface("nic-old", "old", "vnet-source/Subnet4", "10.1.4.4");
    let estate = company_a_with(&[stays]);
    let source = find(&estate, "vnet-source");
    let movement = estate.movement_of(source).expect("known");
    assert_eq!((movement.moving.len(), movement.staying.len()), (3, 1));
    assert!(estate.is_partial(&movement));
}

#[test]
fn tiers_that_move_in_turn_are_one_failover() {
    let both = [plan("p1", &["web"], ""), plan("p2", &["app", "db"], "")];
    let whole = company_a_with(&both);
    let source = find(&whole, "vnet-source");
    let movement = whole.movement_of(source).expect("known");
    assert!(movement.staying.is_empty() && !whole.is_partial(&movement));
    let half = company_a_with(&both[..1]);
    let movement = half.movement_of(find(&half, "vnet-source")).expect("known");
    assert!(half.is_partial(&movement));
}

#[test]
fn a_listed_plan_without_members_leaves_open_who_moves() {
    let listed = format!(
        r#"{{"id": "{VAULT}/replicationRecoveryPlans/p", "name": "p", "properties": {{
            "primaryFabricId": "{VAULT}/replicationFabrics/ea", "groups": []}}}}"#
    );
    let estate = company_a_with(std::slice::from_ref(&listed));
    assert!(estate.movement_of(find(&estate, "vnet-source")).is_err());
    // The answer for the one plan has the members; in whichever order the two come.
    let one = plan("p", &["web", "app", "db"], "");
    for order in [[listed.clone(), one.clone()], [one, listed]] {
        let estate = company_a_with(&order);
        let movement = estate.movement_of(find(&estate, "vnet-source")).expect("known");
        assert_eq!(movement.moving.len(), 3);
    }
}

#[test]
fn an_item_in_the_written_form_is_merged_with_the_one_that_is_read() {
    let written = format!(
        r#"{{"id": "{}", "properties": {{"providerSpecificDetails": {{"instanceType": "A2A",
            "recoveryAzureNetworkId": "{}", "recoverySubnetName": "{}/subnets/Subnet1"}}}}}}"#,
        item_id("web"),
        network_id("virtualNetworks/vnet-recovery"),
        network_id("virtualNetworks/vnet-recovery")
    );
    let mut inputs = Inputs::default();
    let estate = inputs.export(&list(&company_a())).template(&list(&[written])).estate();
    assert_eq!(estate.items().len(), 3);
    let web = estate.items().iter().find(|item| item.name == "web").expect("web");
    assert!(web.nics_known);
    assert_eq!(web.recovery_subnet_name.known().map(String::as_str), Some("Subnet1"));
}

#[test]
fn an_interface_of_the_older_form_has_one_address() {
    let older = format!(
        r#"{{"id": "{}", "name": "web", "properties": {{"providerSpecificDetails": {{
            "instanceType": "A2A", "fabricObjectId": "{}", "vmNics": [{{"nicId": "1",
                "vMNetworkName": "{}", "vMSubnetName": "Subnet1", "recoveryVMSubnetName": "Subnet2",
                "primaryNicStaticIPAddress": "10.1.1.10", "replicaNicStaticIPAddress": "10.1.2.10"}}]}}}}}}"#,
        item_id("web"),
        crate::testing::company::machine_id("web"),
        crate::testing::network_id("virtualNetworks/vnet-source")
    );
    let nic = interface("nic-web", "web", "vnet-source/Subnet1", "10.1.1.10");
    let estate = estate_of(&[nic, older]);
    let [item] = estate.items() else { panic!("one item") };
    let (nic, ip) = item.ip_configurations().next().expect("an IP configuration");
    assert!(nic.interface.is_some() && ip.fails_over());
    assert_eq!(ip.recovery_subnet_name.known().map(String::as_str), Some("Subnet2"));
    let source = estate.source_address(nic, ip).expect("known");
    assert_eq!((source.address.to_string().as_str(), source.is_static), ("10.1.1.10", Some(true)));
}

#[test]
fn during_initial_replication_an_item_says_nothing_about_networks() {
    let item = item("web", ["vnet-source", "vnet-recovery"], "Subnet1", "10.1.1.10", "")
        .replace(r#""Protected""#, r#""InitialReplicationInProgress""#);
    let estate = estate_of(&[item]);
    assert!(estate.items().iter().all(|item| !item.nics_known));
}

#[test]
fn a_machine_is_found_from_its_interface_or_from_itself() {
    let estate = company_a_with(&[machine("alone", "nic-nowhere", "")]);
    let source = find(&estate, "vnet-source");
    let names: Vec<&str> = estate.machines_in(source).map(crate::Machine::name).collect();
    assert_eq!(names, ["app", "db", "web"]);
    let alone = estate.find_machine("alone").one().expect("alone");
    assert_eq!(alone.interfaces.len(), 1);
    assert!(estate.interface(alone.interfaces[0]).known_from_outside);
    assert!(estate.find_machine("dc").one().is_some_and(crate::Machine::is_replica));
}

#[test]
fn an_item_without_locations_takes_those_of_its_fabrics() {
    let fabric = |name: &str, region: &str| {
        format!(
            r#"{{"id": "{VAULT}/replicationFabrics/{name}", "name": "{name}", "properties": {{
                "customDetails": {{"instanceType": "Azure", "location": "{region}"}}}}}}"#
        )
    };
    let item = item("web", ["s", "r"], "a", "10.0.0.4", "").replace("FabricLocation", "Elsewhere").replace(
        r#""friendlyName""#,
        &format!(r#""recoveryFabricId": "{VAULT}/replicationFabrics/SEA", "friendlyName""#),
    );
    let estate = estate_of(&[fabric("ea", "East Asia"), fabric("sea", "southeastasia"), item]);
    let regions: Vec<_> = estate
        .items()
        .iter()
        .map(|item| {
            (item.primary_region.known().map(Region::key), item.recovery_region.known().map(Region::key))
        })
        .collect();
    assert_eq!(regions, [(Some("eastasia"), Some("southeastasia"))]);
}
