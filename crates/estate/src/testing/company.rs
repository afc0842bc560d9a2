//! The companies of the seed, resource by resource, in the form of REST.

use super::network_id;

pub(crate) const VAULT: &str =
    "/Subscriptions/s/resourceGroups/rg-dr/providers/Microsoft.RecoveryServices/vaults/v";

pub(crate) fn network(name: &str, region: &str, space: &str, subnets: &[(&str, &str)]) -> String {
    let subnets: Vec<String> = subnets
        .iter()
        .map(|(name, prefix)| {
            format!(r#"{{"name": "{name}", "properties": {{"addressPrefix": "{prefix}"}}}}"#)
        })
        .collect();
    format!(
        r#"{{"id": "{}", "name": "{name}", "location": "{region}", "properties": {{
            "addressSpace": {{"addressPrefixes": ["{space}"]}},
            "subnets": [{}], "virtualNetworkPeerings": []}}}}"#,
        network_id(&format!("virtualNetworks/{name}")),
        subnets.join(", ")
    )
}

pub(crate) fn interface(name: &str, machine: &str, subnet: &str, address: &str) -> String {
    format!(
        r#"{{"id": "{}", "name": "{name}", "properties": {{
            "virtualMachine": {{"id": "{}"}},
            "ipConfigurations": [{{"name": "ipconfig1", "properties": {{
                "privateIPAddress": "{address}", "privateIPAllocationMethod": "Static",
                "subnet": {{"id": "{}"}}}}}}]}}}}"#,
        network_id(&format!("networkInterfaces/{name}")),
        machine_id(machine),
        network_id(&format!("virtualNetworks/{}", subnet.replace('/', "/subnets/")))
    )
}

pub(crate) fn machine_id(name: &str) -> String {
    format!("/subscriptions/s/resourceGroups/RG/providers/Microsoft.Compute/virtualMachines/{name}")
}

pub(crate) fn machine(name: &str, interface: &str, tags: &str) -> String {
    format!(
        r#"{{"id": "{}", "name": "{name}", "tags": {{{tags}}}, "properties": {{
            "networkProfile": {{"networkInterfaces": [{{"id": "{}"}}]}}}}}}"#,
        machine_id(name),
        network_id(&format!("networkInterfaces/{interface}")).to_uppercase()
    )
}

pub(crate) fn gateway(name: &str, network: &str, public: &str) -> String {
    format!(
        r#"{{"id": "{}", "name": "{name}", "properties": {{"gatewayType": "Vpn", "vpnType": "RouteBased",
            "ipConfigurations": [{{"name": "default", "properties": {{
                "subnet": {{"id": "{}"}}, "publicIPAddress": {{"id": "{}"}}}}}}]}}}}"#,
        network_id(&format!("virtualNetworkGateways/{name}")),
        network_id(&format!("virtualNetworks/{network}/subnets/GatewaySubnet")),
        network_id(&format!("publicIPAddresses/{public}"))
    )
}

pub(crate) fn connection(name: &str, kind: &str, from: &str, member: &str, to: &str) -> String {
    format!(
        r#"{{"id": "{}", "name": "{name}", "properties": {{"connectionType": "{kind}",
            "virtualNetworkGateway1": {{"id": "{}"}}, "{member}": {{"id": "{}"}}}}}}"#,
        network_id(&format!("connections/{name}")),
        network_id(&format!("virtualNetworkGateways/{from}")),
        network_id(to)
    )
}

/// An item as it is read: `subnet` and `address` of the source, `pinned` perhaps empty.
pub(crate) fn item(machine: &str, networks: [&str; 2], subnet: &str, address: &str, pinned: &str) -> String {
    let [source, recovery] =
        networks.map(|name| network_id(&format!("virtualNetworks/{name}")).to_lowercase());
    format!(
        r#"{{"id": "{}", "name": "{machine}", "properties": {{
            "friendlyName": "{machine}", "protectionState": "Protected", "activeLocation": "Primary",
            "providerSpecificDetails": {{"instanceType": "A2A", "fabricObjectId": "{}",
                "primaryFabricLocation": "eastasia", "recoveryFabricLocation": "southeastasia",
                "vmNics": [{{"nicId": "1", "sourceNicArmId": "{}",
                    "vMNetworkName": "{source}", "recoveryVMNetworkId": "{recovery}",
                    "ipConfigs": [{{"name": "ipconfig1", "isPrimary": true, "isSeletedForFailover": true,
                        "subnetName": "{subnet}", "staticIPAddress": "{address}", "ipAddressType": "Static",
                        "recoveryStaticIPAddress": "{pinned}"}}]}}]}}}}}}"#,
        item_id(machine),
        machine_id(machine).to_lowercase(),
        network_id(&format!("networkInterfaces/nic-{machine}"))
    )
}

pub(crate) fn item_id(machine: &str) -> String {
    format!(
        "{VAULT}/replicationFabrics/ea/replicationProtectionContainers/c/replicationProtectedItems/{machine}"
    )
}

pub(crate) fn mapping(name: &str, primary: &str, recovery: &str) -> String {
    let id = |name: &str| network_id(&format!("virtualNetworks/{name}")).to_lowercase();
    format!(
        r#"{{"id": "{VAULT}/replicationFabrics/f/replicationNetworks/azureNetwork/replicationNetworkMappings/{name}",
            "name": "{name}", "properties": {{"primaryNetworkId": "{}", "recoveryNetworkId": "{}"}}}}"#,
        id(primary),
        id(recovery)
    )
}

/// A plan with one boot group; `actions` are its start actions.
pub(crate) fn plan(name: &str, machines: &[&str], actions: &str) -> String {
    let members: Vec<String> =
        machines.iter().map(|machine| format!(r#"{{"id": "{}"}}"#, item_id(machine))).collect();
    format!(
        r#"{{"id": "{VAULT}/replicationRecoveryPlans/{name}", "name": "{name}", "properties": {{
            "primaryFabricId": "{VAULT}/replicationFabrics/ea",
            "groups": [{{"groupType": "Boot", "replicationProtectedItems": [{}],
                "startGroupActions": [{actions}], "endGroupActions": []}}]}}}}"#,
        members.join(", ")
    )
}

/// Company A of the seed: source with three subnets, its mirror, and the replica network, joined with the source.
pub(crate) fn company_a() -> Vec<String> {
    let subnets = [
        ("Subnet1", "10.1.1.0/24"),
        ("Subnet2", "10.1.2.0/24"),
        ("Subnet3", "10.1.3.0/24"),
        ("GatewaySubnet", "10.1.255.0/27"),
    ];
    let azure = [("Subnet4", "10.2.4.0/24"), ("GatewaySubnet", "10.2.255.0/27")];
    let mut all = vec![
        network("vnet-source", "East Asia", "10.1.0.0/16", &subnets),
        network("vnet-recovery", "southeastasia", "10.1.0.0/16", &subnets),
        network("vnet-azure", "southeastasia", "10.2.0.0/16", &azure),
        gateway("gw-source", "vnet-source", "pip-source"),
        gateway("gw-azure", "vnet-azure", "pip-azure"),
        connection(
            "cn-source-azure",
            "Vnet2Vnet",
            "gw-source",
            "virtualNetworkGateway2",
            "virtualNetworkGateways/gw-azure",
        ),
        connection(
            "cn-azure-source",
            "Vnet2Vnet",
            "gw-azure",
            "virtualNetworkGateway2",
            "virtualNetworkGateways/gw-source",
        ),
        mapping("map-source", "vnet-source", "vnet-recovery"),
        mapping("map-recovery", "vnet-recovery", "vnet-source"),
        interface("nic-dc", "dc", "vnet-azure/Subnet4", "10.2.4.4"),
        machine("dc", "nic-dc", r#""dr-role": "replica""#),
    ];
    for (machine_name, subnet, address) in
        [("web", "Subnet1", "10.1.1.10"), ("app", "Subnet2", "10.1.2.10"), ("db", "Subnet3", "10.1.3.10")]
    {
        let nic = format!("nic-{machine_name}");
        all.push(interface(&nic, machine_name, &format!("vnet-source/{subnet}"), address));
        all.push(machine(machine_name, &nic, ""));
        all.push(item(machine_name, ["vnet-source", "vnet-recovery"], subnet, address, address));
    }
    all
}

pub(crate) fn list(resources: &[String]) -> String {
    format!("[{}]", resources.join(", "))
}
