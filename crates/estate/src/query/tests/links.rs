//! Who is connected to whom.

use super::{company_a_with, find};
use crate::testing::company::connection;
use crate::testing::network_id;
use crate::{End, LinkKind, Through};

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
fn a_way_to_a_site_is_named_after_the_gateway_that_its_connection_names() {
    let local = |name: &str| {
        format!(
            r#"{{"id": "{}", "name": "{name}", "properties": {{"gatewayIpAddress": "203.0.113.10"}}}}"#,
            network_id(&format!("localNetworkGateways/{name}"))
        )
    };
    let to = |name: &str, gateway: &str, local: &str| {
        connection(name, "IPsec", gateway, "localNetworkGateway2", &format!("localNetworkGateways/{local}"))
    };
    let estate = company_a_with(&[
        local("lng-hq-north"),
        local("lng-hq-west"),
        to("cn-1", "gw-azure", "lng-hq-north"),
        to("cn-2", "gw-source", "lng-hq-west"),
    ]);
    for (network, expected) in [("vnet-azure", "lng-hq-north"), ("vnet-source", "lng-hq-west")] {
        let ways = estate.site_links_of(find(&estate, network));
        let [way] = ways.as_slice() else { panic!("one way") };
        assert_eq!((&*way.site.name, way.site_name(&estate)), ("lng-hq-north", expected));
        assert_eq!(way.site_id(&estate).name(), expected);
    }
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

/// The connection of the network `name` to the hub `hub`.
fn to_hub(hub: &str, name: &str) -> String {
    format!(
        r#"{{"id": "{}/hubVirtualNetworkConnections/to-{name}", "properties": {{
            "remoteVirtualNetwork": {{"id": "{}"}}}}}}"#,
        network_id(&format!("virtualHubs/{hub}")),
        network_id(&format!("virtualNetworks/{name}"))
    )
}

/// A VPN gateway of the hub `hub` that is connected with the site `branch`.
fn gateway_of_hub(hub: &str) -> String {
    format!(
        r#"{{"id": "{}", "name": "vpngw", "properties": {{"virtualHub": {{"id": "{}"}},
            "connections": [{{"name": "c", "properties": {{"remoteVpnSite": {{"id": "{}"}}}}}}]}}}}"#,
        network_id("vpnGateways/vpngw"),
        network_id(&format!("virtualHubs/{hub}")),
        network_id("vpnSites/branch")
    )
}

#[test]
fn two_networks_on_one_hub_share_it() {
    let hub = format!(
        r#"{{"id": "{}", "name": "hub", "location": "eastasia", "properties": {{"addressPrefix": "10.50.0.0/24"}}}}"#,
        network_id("virtualHubs/hub")
    );
    let site = format!(
        r#"{{"id": "{}", "name": "branch", "properties": {{
            "addressSpace": {{"addressPrefixes": ["172.16.0.0/16"]}}, "vpnSiteLinks": []}}}}"#,
        network_id("vpnSites/branch")
    );
    let spokes = ["vnet-source", "vnet-recovery"].map(|name| to_hub("hub", name));
    let all: Vec<String> = [hub, gateway_of_hub("hub"), site].into_iter().chain(spokes).collect();
    let estate = company_a_with(&all);
    let (source, recovery) = (find(&estate, "vnet-source"), find(&estate, "vnet-recovery"));
    let [hub, _] = estate.shared_hub(source, recovery).expect("a hub").hubs;
    assert!(hub.is_hub() && hub.address_space.written() == "10.50.0.0/24");
    let ways = estate.site_links_of(source);
    assert!(
        matches!(ways.as_slice(), [way] if way.site.name == "branch" && matches!(way.through, Through::Hub { .. }))
    );
}

#[test]
fn hubs_of_a_standard_wan_route_among_each_other() {
    let with_wan = |wan: Option<&str>| {
        let hub = |name: &str| {
            format!(
                r#"{{"id": "{}", "name": "{name}", "properties": {{"virtualWan": {{"id": "{}"}}}}}}"#,
                network_id(&format!("virtualHubs/{name}")),
                network_id("virtualWans/wan")
            )
        };
        let wan = wan.map(|kind| {
            format!(
                r#"{{"id": "{}", "name": "wan", "properties": {{"type": "{kind}"}}}}"#,
                network_id("virtualWans/wan")
            )
        });
        let own = [hub("hub-one"), hub("hub-two"), gateway_of_hub("hub-one")];
        let spokes = [to_hub("hub-one", "vnet-source"), to_hub("hub-two", "vnet-recovery")];
        let all: Vec<String> = own.into_iter().chain(spokes).chain(wan).collect();
        let estate = company_a_with(&all);
        let (source, recovery) = (find(&estate, "vnet-source"), find(&estate, "vnet-recovery"));
        let way = estate.shared_hub(recovery, source).map(|way| way.hubs.map(|hub| hub.name.clone()));
        let at_site: Vec<String> =
            estate.networks_at(&estate.sites()[0]).iter().map(|(network, _)| network.name.clone()).collect();
        (way, estate.site_links_of(recovery).len(), at_site)
    };
    let (way, sites, at_site) = with_wan(Some("Standard"));
    assert_eq!(way, Some(["hub-two".to_owned(), "hub-one".to_owned()]));
    assert_eq!((sites, at_site.len()), (1, 3), "{at_site:?}");
    for other in [Some("Basic"), None] {
        let (way, sites, at_site) = with_wan(other);
        assert_eq!((way, sites, at_site.len()), (None, 0, 2));
    }
}
