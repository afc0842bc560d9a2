//! Networks and what stands in them.

use super::Field::{Block, Blocks, Each, Id, Not, Value};
use super::{Field, Mapping};

const NETWORK: &str = "Microsoft.Network/virtualNetworks";
const SUBNET: &str = "Microsoft.Network/virtualNetworks/subnets";
const NSG: &str = "Microsoft.Network/networkSecurityGroups";
const PUBLIC_IP: &str = "Microsoft.Network/publicIPAddresses";

const ROUTE: &[Field] = &[
    Value("name", "name"),
    Value("address_prefix", "addressPrefix"),
    Value("next_hop_type", "nextHopType"),
    Value("next_hop_in_ip_address", "nextHopIpAddress"),
];

const RULE: &[Field] = &[
    Value("name", "name"),
    Value("priority", "priority"),
    Value("direction", "direction"),
    Value("access", "access"),
    Value("protocol", "protocol"),
    Value("source_address_prefix", "sourceAddressPrefix"),
    Value("source_address_prefixes", "sourceAddressPrefixes"),
    Value("source_port_range", "sourcePortRange"),
    Value("source_port_ranges", "sourcePortRanges"),
    Value("destination_address_prefix", "destinationAddressPrefix"),
    Value("destination_address_prefixes", "destinationAddressPrefixes"),
    Value("destination_port_range", "destinationPortRange"),
    Value("destination_port_ranges", "destinationPortRanges"),
];

pub(super) const MAPPINGS: &[Mapping] = &[
    Mapping::new(
        "azurerm_virtual_network",
        NETWORK,
        &[
            Value("address_space", "addressSpace.addressPrefixes"),
            Value("dns_servers", "dhcpOptions.dnsServers"),
            Blocks(
                "ip_address_pool",
                "addressSpace.ipamPoolPrefixAllocations",
                &[Value("id", "pool.id"), Value("number_of_ip_addresses", "numberOfIpAddresses")],
            ),
            Blocks(
                "subnet",
                "subnets",
                &[
                    Value("name", "name"),
                    Value("id", "id"),
                    Value("address_prefix", "addressPrefix"),
                    Value("address_prefixes", "addressPrefixes"),
                    Id("security_group", "networkSecurityGroup.id", NSG),
                    Id("route_table_id", "routeTable.id", "Microsoft.Network/routeTables"),
                ],
            ),
        ],
    ),
    Mapping::new(
        "azurerm_subnet",
        SUBNET,
        &[
            Value("address_prefix", "addressPrefix"),
            Value("address_prefixes", "addressPrefixes"),
            Value("private_endpoint_network_policies", "privateEndpointNetworkPolicies"),
            Each("service_endpoints", "serviceEndpoints", "service"),
            Blocks(
                "delegation",
                "delegations",
                &[Value("name", "name"), Block("service_delegation", "", &[Value("name", "serviceName")])],
            ),
            Blocks(
                "ip_address_pool",
                "ipamPoolPrefixAllocations",
                &[Value("id", "pool.id"), Value("number_of_ip_addresses", "numberOfIpAddresses")],
            ),
        ],
    )
    .below(&["virtual_network_name"]),
    Mapping::new(
        "azurerm_virtual_network_peering",
        "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
        &[
            Id("remote_virtual_network_id", "remoteVirtualNetwork.id", NETWORK),
            Value("allow_virtual_network_access", "allowVirtualNetworkAccess"),
            Value("allow_forwarded_traffic", "allowForwardedTraffic"),
            Value("allow_gateway_transit", "allowGatewayTransit"),
            Value("use_remote_gateways", "useRemoteGateways"),
            Value("peer_complete_virtual_networks_enabled", "peerCompleteVnets"),
            Value("local_subnet_names", "localSubnetNames"),
            Value("remote_subnet_names", "remoteSubnetNames"),
            Value("only_ipv6_peering_enabled", "enableOnlyIPv6Peering"),
        ],
    )
    .below(&["virtual_network_name"]),
    Mapping::new(
        "azurerm_network_interface",
        "Microsoft.Network/networkInterfaces",
        &[
            Blocks(
                "ip_configuration",
                "ipConfigurations",
                &[
                    Value("name", "name"),
                    Value("primary", "primary"),
                    Value("private_ip_address", "privateIPAddress"),
                    Value("private_ip_address_allocation", "privateIPAllocationMethod"),
                    Value("private_ip_address_version", "privateIPAddressVersion"),
                    Id("subnet_id", "subnet.id", SUBNET),
                    Id("public_ip_address_id", "publicIPAddress.id", PUBLIC_IP),
                ],
            ),
            Value("dns_servers", "dnsSettings.dnsServers"),
            Value("enable_accelerated_networking", "enableAcceleratedNetworking"),
            Value("accelerated_networking_enabled", "enableAcceleratedNetworking"),
            Value("enable_ip_forwarding", "enableIPForwarding"),
            Value("ip_forwarding_enabled", "enableIPForwarding"),
            Id("virtual_machine_id", "virtualMachine.id", "Microsoft.Compute/virtualMachines"),
        ],
    ),
    Mapping::new(
        "azurerm_route_table",
        "Microsoft.Network/routeTables",
        &[
            Blocks("route", "routes", ROUTE),
            Value("disable_bgp_route_propagation", "disableBgpRoutePropagation"),
            Not("bgp_route_propagation_enabled", "disableBgpRoutePropagation"),
        ],
    ),
    Mapping::new("azurerm_route", "Microsoft.Network/routeTables/routes", ROUTE).below(&["route_table_name"]),
    Mapping::new("azurerm_network_security_group", NSG, &[Blocks("security_rule", "securityRules", RULE)]),
    Mapping::new(
        "azurerm_network_security_rule",
        "Microsoft.Network/networkSecurityGroups/securityRules",
        RULE,
    )
    .below(&["network_security_group_name"]),
    Mapping::new(
        "azurerm_public_ip",
        PUBLIC_IP,
        &[
            Value("ip_address", "ipAddress"),
            Value("allocation_method", "publicIPAllocationMethod"),
            Value("ip_version", "publicIPAddressVersion"),
            Value("sku", "/sku.name"),
            Value("zones", "/zones"),
        ],
    ),
    Mapping::new(
        "azurerm_lb",
        "Microsoft.Network/loadBalancers",
        &[
            Value("sku", "/sku.name"),
            Blocks(
                "frontend_ip_configuration",
                "frontendIPConfigurations",
                &[
                    Value("name", "name"),
                    Value("id", "id"),
                    Value("private_ip_address", "privateIPAddress"),
                    Value("private_ip_address_allocation", "privateIPAllocationMethod"),
                    Id("subnet_id", "subnet.id", SUBNET),
                    Id("public_ip_address_id", "publicIPAddress.id", PUBLIC_IP),
                ],
            ),
        ],
    ),
    Mapping::new(
        "azurerm_lb_backend_address_pool",
        "Microsoft.Network/loadBalancers/backendAddressPools",
        &[],
    )
    .below_id("loadbalancer_id"),
    Mapping::new(
        "azurerm_private_endpoint",
        "Microsoft.Network/privateEndpoints",
        &[
            Id("subnet_id", "subnet.id", SUBNET),
            Blocks(
                "private_service_connection",
                "privateLinkServiceConnections",
                &[Value("name", "name"), Value("private_connection_resource_id", "privateLinkServiceId")],
            ),
            Blocks(
                "ip_configuration",
                "ipConfigurations",
                &[Value("name", "name"), Value("private_ip_address", "privateIPAddress")],
            ),
        ],
    ),
    Mapping::new(
        "azurerm_private_dns_zone_virtual_network_link",
        "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
        &[
            Id("virtual_network_id", "virtualNetwork.id", NETWORK),
            Value("registration_enabled", "registrationEnabled"),
        ],
    )
    .below(&["private_dns_zone_name"]),
    Mapping::new("azurerm_nat_gateway", "Microsoft.Network/natGateways", &[]),
    Mapping::new("azurerm_application_security_group", "Microsoft.Network/applicationSecurityGroups", &[]),
];
