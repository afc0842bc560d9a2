//! One resource told by several inputs.

use drlint_resource::{Reason, Unknown};
use drlint_source::{FileId, Span};

use crate::testing::company::{connection, gateway, interface, list, network};
use crate::testing::{Inputs, estate, network_id};
use crate::{AddressSet, Region};

#[test]
fn what_a_template_leaves_out_of_its_subnets_is_drift() {
    let export = network("v", "eastasia", "10.9.0.0/16", &[("a", "10.9.1.0/24"), ("old", "10.9.2.0/24")]);
    let template = network("v", "eastasia", "10.1.0.0/16", &[("A", "10.1.1.0/24")]);
    let estate = Inputs::default().export(&list(&[export])).template(&list(&[template])).estate();
    let [network] = estate.networks() else { panic!("one network") };
    let subnets: Vec<String> = network.subnets.iter().map(|subnet| subnet.prefixes.written()).collect();
    assert_eq!(subnets, ["10.1.1.0/24"]);
    let told: Vec<(String, usize)> = network
        .tellings
        .iter()
        .map(|telling| (telling.address_space.written(), telling.subnets.len()))
        .collect();
    assert_eq!(told, [("10.1.0.0/16".to_owned(), 1), ("10.9.0.0/16".to_owned(), 2)]);
}

#[test]
fn of_two_exports_of_one_shape_the_later_counts() {
    let taken = |day: &str| {
        let day = day.to_owned();
        move |export: &mut drlint_resource::Export| export.taken = Some(day)
    };
    let estate = Inputs::default()
        .export_with(&list(&[network("v", "eastasia", "10.1.0.0/16", &[])]), taken("2026-01-01T00:00:00Z"))
        .export_with(&list(&[network("v", "eastasia", "10.2.0.0/16", &[])]), taken("2026-02-01T00:00:00Z"))
        .estate();
    let [network] = estate.networks() else { panic!("one network") };
    assert_eq!((network.address_space.written().as_str(), network.tellings.len()), ("10.2.0.0/16", 1));
}

#[test]
fn an_inventory_declares_that_a_network_exists_and_nothing_else() {
    let inventory =
        format!(r#"[{{"id": "{}", "name": "v", "location": "eastasia"}}]"#, network_id("virtualNetworks/v"));
    let alone = Inputs::default().export_with(&inventory, |export| export.existence_only = true).estate();
    let [network] = alone.networks() else { panic!("one network") };
    assert!(!network.known_from_outside && network.address_space.complete().is_err());
    assert!(!network.subnets_shown && network.dns_servers.unknown().is_some() && network.tellings.is_empty());
}

#[test]
fn two_templates_of_unknown_scope_with_one_name_are_two_networks() {
    let template = r#"[{"type": "Microsoft.Network/virtualNetworks", "name": "v", "location": "eastasia",
        "properties": {"addressSpace": {"addressPrefixes": ["10.1.0.0/16"]}}}]"#;
    let export = network("v", "eastasia", "10.1.0.0/16", &[]);
    let mut inputs = Inputs::default();
    inputs.template(template).template(template);
    assert_eq!(inputs.estate().networks().len(), 2);
    // Either could be the exported one: nobody knows which.
    assert_eq!(inputs.export(&list(&[export])).estate().networks().len(), 3);
}

#[test]
fn a_reference_that_fits_several_networks_is_unknown() {
    let elsewhere =
        network("v", "eastasia", "10.1.0.0/16", &[]).replace("resourceGroups/rg/", "resourceGroups/other/");
    let here = network("v", "eastasia", "10.1.0.0/16", &[]);
    let template = r#"[{"type": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings", "name": "w/p",
        "properties": {"remoteVirtualNetwork": {"id":
            "?/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/Microsoft.Network/virtualNetworks/v"}}}]"#;
    let several = Inputs::default().export(&list(&[here.clone(), elsewhere])).template(template).estate();
    let peering = several.networks().iter().find_map(|network| network.peerings.first()).expect("a peering");
    assert!(peering.remote.unknown().is_some() && peering.remote_network.is_none());
    assert!(several.links().is_empty());
    let one = Inputs::default().export(&list(&[here])).template(template).estate();
    assert_eq!(one.links().len(), 1);
}

#[test]
fn a_name_resolves_inside_its_own_deployment_first() {
    let export = network("v", "eastasia", "10.1.0.0/16", &[]);
    let deployment = |remote: &str| {
        format!(
            r#"[{{"type": "Microsoft.Network/virtualNetworks", "name": "v", "properties": {{"virtualNetworkPeerings":
                [{{"name": "p", "properties": {{"remoteVirtualNetwork": {{"id": "{remote}"}}}}}}]}}}},
                {{"type": "Microsoft.Network/virtualNetworks", "name": "w", "properties": {{}}}}]"#
        )
    };
    let own = "?/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/Microsoft.Network/virtualNetworks/w";
    let mut inputs = Inputs::default();
    inputs.export(&list(&[export])).template(&deployment(own)).template(&deployment(own));
    let estate = inputs.estate();
    assert_eq!((estate.networks().len(), estate.links().len()), (5, 2));
    for link in estate.links() {
        let ends = link.ends.map(|end| end.network().map(|network| estate.network(network)));
        let files =
            ends.map(|network| network.and_then(|network| Some(network.declarations.first()?.span.file)));
        assert_eq!(files[0], files[1]);
    }
}

#[test]
fn a_subnet_of_unknown_name_is_the_one_that_refers_to_it_by_the_same_expression() {
    let template = r#"[
        {"type": "Microsoft.Network/virtualNetworks", "name": "v", "properties": {"subnets": [
            {"name": "?{prefix}-app", "properties": {"addressPrefix": "10.1.1.0/24"}}]}},
        {"type": "Microsoft.Network/virtualNetworks/subnets", "name": "v/db", "properties": {}},
        {"type": "Microsoft.Network/networkInterfaces", "name": "nic", "properties": {"ipConfigurations": [
            {"name": "a", "properties": {"subnet": {"id":
                "?/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/Microsoft.Network/virtualNetworks/v/subnets/{prefix}-app"}}},
            {"name": "b", "properties": {"subnet": {"id":
                "?/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/Microsoft.Network/virtualNetworks/v/subnets/{other}"}}}]}}]"#;
    let estate = Inputs::default().template(template).estate();
    let [nic] = estate.interfaces() else { panic!("one interface") };
    let subnets: Vec<Option<String>> = nic
        .ip_configurations
        .iter()
        .map(|ip| Some(estate.subnet_by_id(ip.subnet.known()?)?.1.prefixes.written()))
        .collect();
    assert_eq!(subnets, [Some("10.1.1.0/24".to_owned()), None]);
    assert!(estate.dangling().is_empty());
}

#[test]
fn a_link_whose_every_declaration_is_conditional_may_not_exist() {
    let mut inputs = Inputs::default();
    inputs.export(&list(&[
        gateway("g1", "a", "p1"),
        gateway("g2", "b", "p2"),
        connection("c", "Vnet2Vnet", "g1", "virtualNetworkGateway2", "virtualNetworkGateways/g2"),
    ]));
    let mut resources = inputs.resources();
    for resource in &mut resources {
        let place = Span::new(FileId(0), 0, 1);
        let why = Unknown::without_expression(Reason::ScopeNotGiven("resourceGroup()".into()), place);
        resource.condition = Some(why.into());
    }
    let estate = crate::Estate::build(resources, crate::Intent::default());
    assert!(estate.links().iter().all(|link| link.condition().is_some()));
    assert!(inputs.estate().links().iter().all(|link| link.condition().is_none()));
}

#[test]
fn regions_of_networks_outside_the_input_are_learned_from_site_recovery() {
    let estate = estate(&list(&[crate::testing::company::item("m", ["s", "r"], "a", "10.0.0.4", "")]));
    let region = |name: &str| {
        let network = estate.find_network(name).one().expect("a network");
        network.region.known().map(Region::key)
    };
    assert_eq!((region("s"), region("r")), (Some("eastasia"), Some("southeastasia")));
}

#[test]
fn a_gateway_subnet_tells_where_a_gateway_outside_the_input_stands() {
    let network = format!(
        r#"{{"id": "{}", "name": "v", "properties": {{"subnets": [{{"name": "GatewaySubnet", "properties": {{
            "addressPrefix": "10.1.255.0/27", "ipConfigurations": [{{"id": "{}/ipConfigurations/default"}}]}}}}]}}}}"#,
        network_id("virtualNetworks/v"),
        network_id("virtualNetworkGateways/GW").to_lowercase()
    );
    let to_site = connection("c", "IPsec", "GW", "localNetworkGateway2", "localNetworkGateways/hq");
    let estate = estate(&list(&[network, to_site]));
    let network = estate.find_network("v").one().expect("a network");
    assert_eq!(estate.site_links_of(network).len(), 1);
    assert!(network.subnet("gatewaysubnet").is_some_and(|subnet| subnet.occupied));
}

#[test]
fn a_gateway_nobody_can_place_stands_for_its_network() {
    let known = gateway("g1", "a", "p1");
    let far = connection("c", "Vnet2Vnet", "g1", "virtualNetworkGateway2", "virtualNetworkGateways/far");
    let estate = estate(&list(&[network("a", "eastasia", "10.1.0.0/16", &[]), known, far]));
    let network = estate.find_network("a").one().expect("a network");
    let neighbors: Vec<_> = estate.neighbors(network).map(|(other, _)| other).collect();
    assert!(
        matches!(neighbors.as_slice(), [far] if far.name == "far" && far.address_space.complete().is_err())
    );
}

#[test]
fn nat_translates_what_it_can_compute() {
    let rule = |mode: &str, internal: &str, external: &str| {
        format!(
            r#"{{"name": "{mode}", "properties": {{"mode": "{mode}", "internalMappings": [{{"addressSpace": "{internal}"}}],
                "externalMappings": [{{"addressSpace": "{external}"}}]}}}}"#
        )
    };
    let rules = [rule("EgressSnat", "10.1.0.0/24", "100.64.0.0/24"), rule("IngressSnat", "?", "10.8.0.0/24")];
    let gateway = gateway("g", "a", "p")
        .replace(r#""gatewayType""#, &format!(r#""natRules": [{}], "gatewayType""#, rules.join(", ")));
    let estate = estate(&list(&[gateway]));
    let [(_, egress), (_, ingress)] = estate.gateways()[0].nat_rules.as_slice() else { panic!("two rules") };
    let set = |text: &str| AddressSet::from(text.parse::<ipnet::IpNet>().expect("a prefix"));
    let translated = egress.translate(&set("10.1.0.0/23")).expect("known");
    assert_eq!(translated.written(), "10.1.1.0/24, 100.64.0.0/24");
    assert!(ingress.translate(&set("10.1.0.0/23")).is_none());
}

#[test]
fn an_interface_takes_its_present_address_from_the_export() {
    let exported = interface("nic", "vm", "v/a", "10.1.1.4").replace("Static", "Dynamic");
    let template = format!(
        r#"[{{"id": "{}", "name": "nic", "properties": {{"ipConfigurations": [{{"name": "IPCONFIG1",
            "properties": {{"privateIPAllocationMethod": "Dynamic"}}}}]}}}}]"#,
        network_id("networkInterfaces/nic")
    );
    let estate = Inputs::default().export(&list(&[exported])).template(&template).estate();
    let [nic] = estate.interfaces() else { panic!("one interface") };
    let primary = nic.primary().expect("an IP configuration");
    assert_eq!((nic.ip_configurations.len(), primary.is_static()), (1, false));
    assert_eq!(primary.address.known().map(ToString::to_string).as_deref(), Some("10.1.1.4"));
}
