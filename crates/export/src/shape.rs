//! The shapes of exports (`AZURE.md`, section 2).

/// The shape of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One resource as REST has it, with nested `properties`.
    RestResource,
    /// A list as REST has it: `{"value": [...]}`, or its elements alone.
    RestList,
    /// One flattened resource of Azure CLI.
    CliShow,
    /// A list of flattened resources of Azure CLI.
    CliList,
    /// One resource of Site Recovery, nested.
    SiteRecoveryShow,
    /// A list of resources of Site Recovery, nested.
    SiteRecoveryList,
    /// `az resource list` or its REST answer: an inventory without properties.
    ResourceList,
    /// An answer of Resource Graph, or its rows alone.
    ResourceGraph,
    /// Objects of PowerShell through `ConvertTo-Json`.
    PowerShell,
    /// A topology of Network Watcher.
    Topology,
    /// The result of a what-if.
    WhatIf,
    /// `terraform show -json` of a plan.
    TerraformPlan,
    /// `terraform show -json` of a state, or a raw state.
    TerraformState,
}

/// What lists and shows the resources of a type: Azure CLI twice, and PowerShell.
type Commands = (&'static str, &'static str, &'static str, &'static str);

/// The commands of the types people export most.
const COMMANDS: [Commands; 16] = [
    ("virtualNetworks", "az network vnet list", "az network vnet show", "Get-AzVirtualNetwork"),
    (
        "virtualNetworks/subnets",
        "az network vnet subnet list",
        "az network vnet subnet show",
        "Get-AzVirtualNetworkSubnetConfig",
    ),
    (
        "virtualNetworks/virtualNetworkPeerings",
        "az network vnet peering list",
        "az network vnet peering show",
        "Get-AzVirtualNetworkPeering",
    ),
    ("networkInterfaces", "az network nic list", "az network nic show", "Get-AzNetworkInterface"),
    ("networkSecurityGroups", "az network nsg list", "az network nsg show", "Get-AzNetworkSecurityGroup"),
    ("routeTables", "az network route-table list", "az network route-table show", "Get-AzRouteTable"),
    ("publicIPAddresses", "az network public-ip list", "az network public-ip show", "Get-AzPublicIpAddress"),
    ("loadBalancers", "az network lb list", "az network lb show", "Get-AzLoadBalancer"),
    (
        "virtualNetworkGateways",
        "az network vnet-gateway list",
        "az network vnet-gateway show",
        "Get-AzVirtualNetworkGateway",
    ),
    (
        "localNetworkGateways",
        "az network local-gateway list",
        "az network local-gateway show",
        "Get-AzLocalNetworkGateway",
    ),
    (
        "connections",
        "az network vpn-connection list",
        "az network vpn-connection show",
        "Get-AzVirtualNetworkGatewayConnection",
    ),
    (
        "expressRouteCircuits",
        "az network express-route list",
        "az network express-route show",
        "Get-AzExpressRouteCircuit",
    ),
    (
        "privateEndpoints",
        "az network private-endpoint list",
        "az network private-endpoint show",
        "Get-AzPrivateEndpoint",
    ),
    ("virtualHubs", "az network vhub list", "az network vhub show", "Get-AzVirtualHub"),
    ("vpnSites", "az network vpn-site list", "az network vpn-site show", "Get-AzVpnSite"),
    ("virtualMachines", "az vm list", "az vm show", "Get-AzVM"),
];

impl Shape {
    /// Whether it tells what the next deployment makes true.
    pub(crate) fn is_planned(self) -> bool {
        matches!(self, Self::WhatIf | Self::TerraformPlan)
    }

    /// What it is called, mostly after the command that writes it; `kind` is the type of its first resource.
    pub(crate) fn name(self, kind: Option<&str>) -> &'static str {
        let without_provider = kind.and_then(|kind| kind.split_once('/')).map(|(_, rest)| rest);
        let commands = without_provider
            .and_then(|kind| COMMANDS.iter().find(|(name, ..)| name.eq_ignore_ascii_case(kind)));
        match (self, commands) {
            (Self::CliList, Some((_, list, ..))) => list,
            (Self::CliShow, Some((_, _, show, _))) => show,
            (Self::PowerShell, Some((.., cmdlet))) => cmdlet,
            (Self::RestResource, _) => "REST resource",
            (Self::RestList, _) => "REST list",
            (Self::CliShow, None) => "az show",
            (Self::CliList, None) => "az list",
            (Self::SiteRecoveryShow, _) => "Site Recovery resource",
            (Self::SiteRecoveryList, _) => "Site Recovery list",
            (Self::ResourceList, _) => "az resource list",
            (Self::ResourceGraph, _) => "Resource Graph",
            (Self::PowerShell, None) => "PowerShell",
            (Self::Topology, _) => "Network Watcher topology",
            (Self::WhatIf, _) => "what-if",
            (Self::TerraformPlan, _) => "Terraform plan",
            (Self::TerraformState, _) => "Terraform state",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn a_shape_is_called_after_its_command() {
        let network = Some("microsoft.network/virtualnetworks");
        assert_eq!(Shape::CliList.name(network), "az network vnet list");
        assert_eq!(Shape::CliShow.name(Some("Microsoft.Network/bastionHosts")), "az show");
        assert_eq!(Shape::PowerShell.name(network), "Get-AzVirtualNetwork");
        assert_eq!(Shape::RestList.name(network), "REST list");
    }
}
