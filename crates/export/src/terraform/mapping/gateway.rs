//! Gateways, connections, circuits, virtual WAN.

use super::Field::{Block, Blocks, Id, Ids, Value};
use super::{Field, Mapping};

const GATEWAY: &str = "Microsoft.Network/virtualNetworkGateways";
const CIRCUIT: &str = "Microsoft.Network/expressRouteCircuits";
const HUB: &str = "Microsoft.Network/virtualHubs";
const WAN: &str = "Microsoft.Network/virtualWans";
const NAT_RULE: &str = "Microsoft.Network/virtualNetworkGateways/natRules";

const BGP: &[Field] = &[
    Value("asn", "asn"),
    Value("peering_address", "bgpPeeringAddress"),
    Value("bgp_peering_address", "bgpPeeringAddress"),
];
const ADDRESSES: &[Field] = &[Value("address_space", "addressSpace")];

pub(super) const MAPPINGS: &[Mapping] = &[
    Mapping::new(
        "azurerm_virtual_network_gateway",
        GATEWAY,
        &[
            Value("type", "gatewayType"),
            Value("vpn_type", "vpnType"),
            Value("sku", "sku.name"),
            Value("active_active", "activeActive"),
            Value("enable_bgp", "enableBgp"),
            Value("bgp_enabled", "enableBgp"),
            Block("bgp_settings", "bgpSettings", BGP),
            Block("custom_route", "customRoutes", &[Value("address_prefixes", "addressPrefixes")]),
            Blocks(
                "ip_configuration",
                "ipConfigurations",
                &[
                    Value("name", "name"),
                    Value("private_ip_address_allocation", "privateIPAllocationMethod"),
                    Id("subnet_id", "subnet.id", "Microsoft.Network/virtualNetworks/subnets"),
                    Id("public_ip_address_id", "publicIPAddress.id", "Microsoft.Network/publicIPAddresses"),
                ],
            ),
        ],
    ),
    Mapping::new(
        "azurerm_virtual_network_gateway_nat_rule",
        NAT_RULE,
        &[
            Value("mode", "mode"),
            Value("type", "type"),
            Blocks("external_mapping", "externalMappings", ADDRESSES),
            Blocks("internal_mapping", "internalMappings", ADDRESSES),
        ],
    )
    .below_id("virtual_network_gateway_id"),
    Mapping::new(
        "azurerm_virtual_network_gateway_connection",
        "Microsoft.Network/connections",
        &[
            Value("type", "connectionType"),
            Id("virtual_network_gateway_id", "virtualNetworkGateway1.id", GATEWAY),
            Id("peer_virtual_network_gateway_id", "virtualNetworkGateway2.id", GATEWAY),
            Id(
                "local_network_gateway_id",
                "localNetworkGateway2.id",
                "Microsoft.Network/localNetworkGateways",
            ),
            Id("express_route_circuit_id", "peer.id", CIRCUIT),
            Value("routing_weight", "routingWeight"),
            Value("enable_bgp", "enableBgp"),
            Value("bgp_enabled", "enableBgp"),
            Value("use_policy_based_traffic_selectors", "usePolicyBasedTrafficSelectors"),
            Ids("egress_nat_rule_ids", "egressNatRules", "id", NAT_RULE),
            Ids("ingress_nat_rule_ids", "ingressNatRules", "id", NAT_RULE),
            Blocks(
                "traffic_selector_policy",
                "trafficSelectorPolicies",
                &[
                    Value("local_address_cidrs", "localAddressRanges"),
                    Value("remote_address_cidrs", "remoteAddressRanges"),
                ],
            ),
        ],
    ),
    Mapping::new(
        "azurerm_local_network_gateway",
        "Microsoft.Network/localNetworkGateways",
        &[
            Value("gateway_address", "gatewayIpAddress"),
            Value("gateway_fqdn", "fqdn"),
            Value("address_space", "localNetworkAddressSpace.addressPrefixes"),
            Block("bgp_settings", "bgpSettings", BGP),
        ],
    ),
    Mapping::new(
        "azurerm_express_route_circuit",
        CIRCUIT,
        &[
            Value("service_provider_name", "serviceProviderProperties.serviceProviderName"),
            Value("peering_location", "serviceProviderProperties.peeringLocation"),
            Block("sku", "/sku", &[Value("tier", "tier"), Value("family", "family")]),
        ],
    ),
    Mapping {
        name: "peering_type",
        ..Mapping::new(
            "azurerm_express_route_circuit_peering",
            "Microsoft.Network/expressRouteCircuits/peerings",
            &[
                Value("peering_type", "peeringType"),
                Value("peer_asn", "peerASN"),
                Value("vlan_id", "vlanId"),
                Value("primary_peer_address_prefix", "primaryPeerAddressPrefix"),
                Value("secondary_peer_address_prefix", "secondaryPeerAddressPrefix"),
            ],
        )
        .below(&["express_route_circuit_name"])
    },
    Mapping::new("azurerm_express_route_port", "Microsoft.Network/expressRoutePorts", &[]),
    Mapping::new(
        "azurerm_express_route_gateway",
        "Microsoft.Network/expressRouteGateways",
        &[Id("virtual_hub_id", "virtualHub.id", HUB)],
    ),
    Mapping::new(
        "azurerm_express_route_connection",
        "Microsoft.Network/expressRouteGateways/expressRouteConnections",
        &[
            Id(
                "express_route_circuit_peering_id",
                "expressRouteCircuitPeering.id",
                "Microsoft.Network/expressRouteCircuits/peerings",
            ),
            Value("routing_weight", "routingWeight"),
        ],
    )
    .below_id("express_route_gateway_id"),
    Mapping::new(
        "azurerm_virtual_wan",
        WAN,
        &[Value("type", "type"), Value("allow_branch_to_branch_traffic", "allowBranchToBranchTraffic")],
    ),
    Mapping::new(
        "azurerm_virtual_hub",
        HUB,
        &[
            Value("address_prefix", "addressPrefix"),
            Value("hub_routing_preference", "hubRoutingPreference"),
            Id("virtual_wan_id", "virtualWan.id", WAN),
        ],
    ),
    Mapping::new(
        "azurerm_virtual_hub_connection",
        "Microsoft.Network/virtualHubs/hubVirtualNetworkConnections",
        &[
            Id("remote_virtual_network_id", "remoteVirtualNetwork.id", "Microsoft.Network/virtualNetworks"),
            Value("internet_security_enabled", "enableInternetSecurity"),
        ],
    )
    .below_id("virtual_hub_id"),
    Mapping::new(
        "azurerm_vpn_gateway",
        "Microsoft.Network/vpnGateways",
        &[Id("virtual_hub_id", "virtualHub.id", HUB)],
    ),
    Mapping::new(
        "azurerm_vpn_gateway_connection",
        "Microsoft.Network/vpnGateways/vpnConnections",
        &[Id("remote_vpn_site_id", "remoteVpnSite.id", "Microsoft.Network/vpnSites")],
    )
    .below_id("vpn_gateway_id"),
    Mapping::new(
        "azurerm_vpn_site",
        "Microsoft.Network/vpnSites",
        &[
            Value("address_cidrs", "addressSpace.addressPrefixes"),
            Id("virtual_wan_id", "virtualWan.id", WAN),
            Blocks(
                "link",
                "vpnSiteLinks",
                &[Value("name", "name"), Value("ip_address", "ipAddress"), Value("fqdn", "fqdn")],
            ),
        ],
    ),
];
