//! Questions about the seed's Company A, and about what people do to it.

use drlint_resource::ResourceId;
use drlint_source::{FileId, Span};

use crate::testing::company::{
    VAULT, company_a, connection, interface, item, item_id, list, machine, mapping, network, plan,
};
use crate::testing::{Inputs, estate, network_id};
use crate::{
    Absence, DanglingProblem, DeclaredRecovery, End, Estate, EvidenceKind, Found, Intent, LinkKind, Network,
    Placed, TargetAddress, TargetSubnet, Through, Uncertain,
};

fn estate_of(resources: &[String]) -> Estate {
    estate(&list(resources))
}

fn company_a_with(more: &[String]) -> Estate {
    estate_of(&[company_a(), more.to_vec()].concat())
}

fn find<'e>(estate: &'e Estate, name: &str) -> &'e Network {
    estate.find_network(name).one().unwrap_or_else(|| panic!("{name}"))
}

fn pairs(estate: &Estate) -> Vec<(&str, &str)> {
    estate.pairs().map(|pair| (&*pair.source.name, &*pair.recovery.name)).collect()
}

fn nowhere() -> Span {
    Span::new(FileId(0), 0, 0)
}

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
fn both_connections_of_a_vpn_are_one_link() {
    let estate = company_a_with(&[]);
    let [link] = estate.links() else { panic!("one link, not {:?}", estate.links()) };
    assert_eq!((link.kind, link.down, link.connections.len()), (LinkKind::Vpn, false, 2));
    let neighbors: Vec<&str> =
        estate.neighbors(find(&estate, "vnet-source")).map(|(network, _)| &*network.name).collect();
    assert_eq!(neighbors, ["vnet-azure"]);
    let declared = link.declared_by(find(&estate, "vnet-azure").index).expect("a declaration");
    assert_eq!(declared.resource.name(), "cn-azure-source");
}

#[test]
fn a_local_gateway_with_the_address_of_a_known_gateway_is_no_site() {
    let public = format!(
        r#"{{"id": "{}", "name": "pip-azure", "properties": {{"ipAddress": "20.0.0.1"}}}}"#,
        network_id("publicIPAddresses/pip-azure")
    );
    let local = |name: &str, address: &str| {
        format!(
            r#"{{"id": "{}", "name": "{name}", "properties": {{"gatewayIpAddress": "{address}",
                "localNetworkAddressSpace": {{"addressPrefixes": ["192.168.0.0/16"]}}}}}}"#,
            network_id(&format!("localNetworkGateways/{name}"))
        )
    };
    let to = |name: &str, local: &str| {
        let local = format!("localNetworkGateways/{local}");
        connection(name, "IPsec", "gw-source", "localNetworkGateway2", &local)
    };
    let estate = company_a_with(&[
        public,
        local("lng-azure", "20.0.0.1"),
        local("lng-hq", "203.0.113.10"),
        local("lng-hq-again", "203.0.113.10"),
        to("cn-1", "lng-azure"),
        to("cn-2", "lng-hq"),
        to("cn-3", "lng-hq-again"),
    ]);
    let [site] = estate.sites() else { panic!("one site") };
    assert_eq!((&*site.name, site.tellings.len()), ("lng-hq", 2));
    assert_eq!(estate.links().len(), 2);
    let source = find(&estate, "vnet-source");
    let azure = End::Network(find(&estate, "vnet-azure").index);
    let [link] = *estate.links_between(End::Network(source.index), azure).collect::<Vec<_>>() else {
        panic!("one link")
    };
    assert_eq!(link.connections.len(), 3);
    let reached = estate.site_links_of(source);
    assert!(matches!(reached.as_slice(), [way] if matches!(way.through, Through::Own)));
}

#[test]
fn a_peered_network_reaches_the_sites_of_the_gateway_it_uses() {
    let hub = format!(
        r#"{{"id": "{0}/virtualNetworkPeerings/to-source", "name": "to-source", "properties": {{
            "peeringState": "Connected", "allowGatewayTransit": true,
            "remoteVirtualNetwork": {{"id": "{1}"}}}}}}"#,
        network_id("virtualNetworks/vnet-azure"),
        network_id("virtualNetworks/vnet-recovery")
    );
    let spoke = format!(
        r#"{{"id": "{1}/virtualNetworkPeerings/to-azure", "name": "to-azure", "properties": {{
            "peeringState": "Disconnected", "useRemoteGateways": true,
            "remoteVirtualNetwork": {{"id": "{0}"}}}}}}"#,
        network_id("virtualNetworks/vnet-azure"),
        network_id("virtualNetworks/vnet-recovery")
    );
    let to_circuit = connection("cn-er", "ExpressRoute", "gw-azure", "peer", "expressRouteCircuits/erc");
    let estate = company_a_with(&[hub, spoke, to_circuit]);
    let ways = estate.site_links_of(find(&estate, "vnet-recovery"));
    let [way] = ways.as_slice() else { panic!("one way, not {ways:?}") };
    assert_eq!((&*way.site.name, way.link.kind, way.is_down()), ("erc", LinkKind::ExpressRoute, true));
    assert!(matches!(way.through, Through::Transit { network, .. } if network.name == "vnet-azure"));
    let at_site = estate.networks_at(way.site);
    let names: Vec<&str> = at_site.iter().map(|(network, _)| &*network.name).collect();
    assert_eq!(names, ["vnet-azure", "vnet-recovery"]);
}

#[test]
fn a_network_outside_the_input_is_known_by_what_a_peering_says_of_it() {
    let peering = format!(
        r#"{{"id": "{}/virtualNetworkPeerings/p", "name": "p", "properties": {{
            "remoteVirtualNetwork": {{"id": "/subscriptions/other/resourceGroups/x/providers/Microsoft.Network/virtualNetworks/far"}},
            "remoteAddressSpace": {{"addressPrefixes": ["10.7.0.0/16", "10.7.0.0/16"]}}}}}}"#,
        network_id("virtualNetworks/vnet-source")
    );
    let estate = company_a_with(&[peering]);
    let far = find(&estate, "far");
    assert!(far.known_from_outside && far.region.unknown().is_some());
    assert_eq!(far.address_space.complete().map(<[_]>::len).ok(), Some(1));
}

#[test]
fn two_networks_on_one_hub_share_it() {
    let hub = format!(
        r#"{{"id": "{}", "name": "hub", "location": "eastasia", "properties": {{"addressPrefix": "10.50.0.0/24"}}}}"#,
        network_id("virtualHubs/hub")
    );
    let to = |name: &str| {
        format!(
            r#"{{"id": "{}/hubVirtualNetworkConnections/to-{name}", "properties": {{
                "remoteVirtualNetwork": {{"id": "{}"}}}}}}"#,
            network_id("virtualHubs/hub"),
            network_id(&format!("virtualNetworks/{name}"))
        )
    };
    let gateway = format!(
        r#"{{"id": "{}", "name": "vpngw", "properties": {{"virtualHub": {{"id": "{}"}},
            "connections": [{{"name": "c", "properties": {{"remoteVpnSite": {{"id": "{}"}}}}}}]}}}}"#,
        network_id("vpnGateways/vpngw"),
        network_id("virtualHubs/hub"),
        network_id("vpnSites/branch")
    );
    let site = format!(
        r#"{{"id": "{}", "name": "branch", "properties": {{
            "addressSpace": {{"addressPrefixes": ["172.16.0.0/16"]}}, "vpnSiteLinks": []}}}}"#,
        network_id("vpnSites/branch")
    );
    let estate = company_a_with(&[hub, to("vnet-source"), to("vnet-recovery"), gateway, site]);
    let (source, recovery) = (find(&estate, "vnet-source"), find(&estate, "vnet-recovery"));
    let (hub, _) = estate.shared_hub(source, recovery).expect("a hub");
    assert!(hub.is_hub() && hub.address_space.written() == "10.50.0.0/24");
    let ways = estate.site_links_of(source);
    assert!(
        matches!(ways.as_slice(), [way] if way.site.name == "branch" && matches!(way.through, Through::Hub { .. }))
    );
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
        .flat_map(|item| item.ip_configurations())
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
    let estate = company_a_with(&[listed.clone()]);
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
    let names: Vec<&str> = estate.machines_in(source).map(|machine| &*machine.name).collect();
    assert_eq!(names, ["app", "db", "web"]);
    let alone = estate.find_machine("alone").one().expect("alone");
    assert_eq!(alone.interfaces.len(), 1);
    assert!(estate.interface(alone.interfaces[0]).known_from_outside);
    assert!(estate.find_machine("dc").one().is_some_and(crate::Machine::is_replica));
}
