//! One network, told in every shape that can tell it.

use drlint_resource::{Resource, Value};

use super::{at, exported, list, of, only, shown, slice};

const ID: &str = "{s}/resourceGroups/rg-app-ea/providers/Microsoft.Network/virtualNetworks/vnet-source";

/// All that the rules ask of the network of these tests.
fn facts(network: &Resource) -> String {
    let prefix = |subnet: &Value| format!("{}{}", of(subnet, "addressPrefix"), of(subnet, "addressPrefixes"));
    let subnets: Vec<String> = list(network, "subnets")
        .iter()
        .map(|subnet| {
            format!("{} {} nsg {}", of(subnet, "name"), prefix(subnet), of(subnet, "networkSecurityGroup.id"))
        })
        .collect();
    let peerings: Vec<String> = list(network, "virtualNetworkPeerings")
        .iter()
        .map(|peering| {
            let remote = of(peering, "remoteVirtualNetwork.id");
            format!("{} to {remote} {}", of(peering, "name"), of(peering, "allowForwardedTraffic"))
        })
        .collect();
    let spaces = at(network, "addressSpace.addressPrefixes");
    let location = network.member("location").found().map(shown).unwrap_or_default();
    let dns = at(network, "dhcpOptions.dnsServers");
    format!("{} {location} [{spaces}] dns [{dns}] {subnets:?} {peerings:?}", network.id.key())
}

const REST: &str = r#"{"id": "ID", "name": "vnet-source", "type": "Microsoft.Network/virtualNetworks", "location": "eastasia",
  "etag": "W/\"1\"", "properties": {"provisioningState": "Succeeded", "resourceGuid": "77",
    "addressSpace": {"addressPrefixes": ["10.1.0.0/16", "fd00:1::/48"]}, "dhcpOptions": {"dnsServers": ["10.1.0.4"]},
    "subnets": [{"id": "ID/subnets/Subnet1", "name": "Subnet1", "properties": {"addressPrefix": "10.1.1.0/24",
      "networkSecurityGroup": {"id": "{s}/resourceGroups/rg-app-ea/providers/Microsoft.Network/networkSecurityGroups/nsg1"}}}],
    "virtualNetworkPeerings": [{"name": "to-azure", "properties": {"allowForwardedTraffic": true,
      "remoteVirtualNetwork": {"id": "{s}/resourceGroups/rg-az/providers/Microsoft.Network/virtualNetworks/vnet-azure"}}}]}}"#;

const FLAT: &str = r#"{"id": "ID", "name": "vnet-source", "type": "Microsoft.Network/virtualNetworks", "location": "eastasia",
  "resourceGroup": "rg-app-ea", "bgpCommunities": null, "tags": null,
  "addressSpace": {"addressPrefixes": ["10.1.0.0/16", "fd00:1::/48"]}, "dhcpOptions": {"dnsServers": ["10.1.0.4"]},
  "subnets": [{"id": "ID/subnets/Subnet1", "name": "Subnet1", "addressPrefix": "10.1.1.0/24", "addressPrefixes": null,
    "networkSecurityGroup": {"id": "{s}/resourceGroups/rg-app-ea/providers/Microsoft.Network/networkSecurityGroups/nsg1",
      "location": null, "name": null, "resourceGroup": "rg-app-ea", "securityRules": null}}],
  "virtualNetworkPeerings": [{"name": "to-azure", "allowForwardedTraffic": true,
    "remoteVirtualNetwork": {"id": "{s}/resourceGroups/rg-az/providers/Microsoft.Network/virtualNetworks/vnet-azure",
      "resourceGroup": "rg-az"}}]}"#;

const PASCAL: &str = r#"{"AddressSpace": {"AddressPrefixes": ["10.1.0.0/16", "fd00:1::/48"]}, "DhcpOptions": {"DnsServers": ["10.1.0.4"]},
  "Subnets": [{"AddressPrefix": ["10.1.1.0/24"], "RouteTable": null, "Name": "Subnet1", "Id": "ID/subnets/Subnet1",
    "NetworkSecurityGroup": {"SecurityRules": [], "Name": null, "Id": "{s}/resourceGroups/rg-app-ea/providers/Microsoft.Network/networkSecurityGroups/nsg1"}}],
  "VirtualNetworkPeerings": [{"Name": "to-azure", "AllowForwardedTraffic": true,
    "RemoteVirtualNetwork": {"Id": "{s}/resourceGroups/rg-az/providers/Microsoft.Network/virtualNetworks/vnet-azure"}}],
  "ResourceGroupName": "rg-app-ea", "Location": "eastasia", "Type": "Microsoft.Network/virtualNetworks", "Tag": {"team": "net"},
  "Name": "vnet-source", "Id": "ID", "AddressSpaceText": "{\r\n  \"AddressPrefixes\": []\r\n}", "SubnetsText": "[]"}"#;

/// Each telling, with the shape it is.
fn tellings() -> Vec<(String, &'static str)> {
    let rest = REST.replace("ID", ID);
    let flat = FLAT.replace("ID", ID);
    let pascal = PASCAL.replace("ID", ID);
    let properties =
        rest.split_once("\"properties\": ").map(|(_, rest)| &rest[..rest.len() - 1]).unwrap_or_default();
    let row =
        format!(r#"["{ID}", "vnet-source", "microsoft.network/virtualnetworks", "eastasia", {properties}]"#);
    let columns = r#"[{"name": "id"}, {"name": "name"}, {"name": "type"}, {"name": "location"}, {"name": "properties"}]"#;
    let text = properties.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " ");
    let text = rest.replace(properties, &format!("\"{text}\""));
    vec![
        (rest.clone(), "REST resource"),
        (format!(r#"{{"value": [{rest}], "nextLink": ""}}"#), "REST list"),
        (format!("[{rest}]"), "REST list"),
        (flat.clone(), "az network vnet show"),
        (format!("[{flat}]"), "az network vnet list"),
        (format!(r#"{{"newVNet": {flat}}}"#), "az network vnet show"),
        (pascal.clone(), "Get-AzVirtualNetwork"),
        (format!("[{pascal}]"), "Get-AzVirtualNetwork"),
        (
            format!(r#"{{"count": 1, "data": [{rest}], "skip_token": null, "total_records": 1}}"#),
            "Resource Graph",
        ),
        (
            format!(
                r#"{{"totalRecords": 1, "count": 1, "data": {{"columns": {columns}, "rows": [{row}]}}, "resultTruncated": "false"}}"#
            ),
            "Resource Graph",
        ),
        (format!(r#"{{"count": 1, "data": [{text}], "total_records": 1}}"#), "Resource Graph"),
        (
            format!(
                r#"{{"status": "Succeeded", "changes": [{{"resourceId": "{ID}", "changeType": "Create", "before": null, "after": {rest}}}], "error": null}}"#
            ),
            "what-if",
        ),
        (
            format!(
                r#"{{"status": "Succeeded", "properties": {{"changes": [{{"resourceId": "{ID}", "changeType": "NoChange", "after": {rest}}}]}}}}"#
            ),
            "what-if",
        ),
    ]
}

#[test]
fn every_shape_tells_the_same_network() {
    let first = facts(&only(&tellings()[0].0));
    assert!(first.contains("eastasia [10.1.0.0/16,fd00:1::/48] dns [10.1.0.4]"), "{first}");
    assert!(first.contains("Subnet1 10.1.1.0/24 nsg /subscriptions/"), "{first}");
    assert!(first.contains("to-azure to /subscriptions/"), "{first}");
    for (text, shape) in tellings() {
        let (reading, export) = exported(&text);
        assert_eq!((reading.resources.len(), export.shape), (1, shape), "{text}");
        assert_eq!(facts(&reading.resources[0]), first, "{shape}: {text}");
        assert_eq!(reading.notes, [], "{shape}");
        assert!(!export.existence_only && !export.truncated);
    }
}

#[test]
fn values_point_at_their_tokens() {
    for (text, shape) in tellings() {
        let network = only(&text);
        let spaces = list(&network, "addressSpace.addressPrefixes");
        let token = slice(&text, spaces[0].origin.span);
        // Of JSON inside a string there is only the string.
        let inside = token.starts_with("\"{");
        assert!(inside || token == "\"10.1.0.0/16\"", "{shape}: {token}");
        assert_eq!(slice(&text, network.place), "\"vnet-source\"", "{shape}");
    }
}

#[test]
fn what_changes_with_every_export_is_left_out() {
    for (text, shape) in tellings() {
        let body = shown(&only(&text).body);
        for noise in ["etag", "resourceGuid", "provisioningState", "Text=", "null"] {
            assert!(!body.contains(noise), "{shape}: {body}");
        }
    }
}

#[test]
fn an_id_with_escaped_slashes_is_an_id() {
    let text = format!(
        r#"{{"id": "{}", "name": "vnet-source", "properties": {{"subnets": []}}}}"#,
        ID.replace('/', r"\/")
    );
    assert_eq!(only(&text).id, only(REST.replace("ID", ID).as_str()).id);
}

#[test]
fn an_id_is_made_of_columns_where_the_query_dropped_it() {
    let text = r#"[{"name": "vnet-source", "type": "microsoft.network/virtualnetworks", "resourceGroup": "rg-app-ea",
        "subscriptionId": "11111111-2222-3333-4444-555555555555", "properties": {"subnets": []}}]"#;
    assert_eq!(only(text).id, only(REST.replace("ID", ID).as_str()).id);
}

#[test]
fn what_a_query_dropped_is_not_known() {
    let text = r#"[{"name": "vnet-source", "type": "microsoft.network/virtualnetworks", "resourceGroup": "rg-app-ea", "properties": {"subnets": []}}]"#;
    let id = only(text).id;
    assert!(!id.scope_is_known() && id.may_be(&only(REST.replace("ID", ID).as_str()).id));
    assert_eq!(id, only(text).id);
}

#[test]
fn the_first_create_named_only_its_children() {
    let text = r#"{"newVNet": {"addressSpace": {"addressPrefixes": ["10.1.0.0/16"]}, "subnets": [{"name": "Subnet1",
        "id": "{s}/resourceGroups/rg-app-ea/providers/Microsoft.Network/virtualNetworks/vnet-source/subnets/Subnet1",
        "properties": {"addressPrefix": "10.1.1.0/24"}}]}}"#;
    let network = only(text);
    assert_eq!(network.id, only(REST.replace("ID", ID).as_str()).id);
    assert_eq!(of(&list(&network, "subnets")[0], "addressPrefix"), "10.1.1.0/24");
}

#[test]
fn wrappers_of_create_are_taken_off() {
    for wrapper in ["NewNIC", "newNIC"] {
        let text = format!(
            r#"{{"{wrapper}": {{"enableIpForwarding": false, "ipConfigurations": [{{"name": "ipconfig1", "privateIpAddress": "10.1.1.10",
            "id": "{{s}}/resourceGroups/RG/providers/Microsoft.Network/networkInterfaces/nic1/ipConfigurations/ipconfig1"}}]}}}}"#
        );
        let nic = only(&text);
        assert_eq!((nic.id.kind(), nic.id.name()), ("Microsoft.Network/networkInterfaces", "nic1"));
        assert_eq!(of(&list(&nic, "ipConfigurations")[0], "privateIPAddress"), "10.1.1.10");
    }
    let text = r#"{"publicIp": {"name": "ip1", "ipAddress": "20.1.2.3", "resourceGroup": "rg"}}"#;
    assert_eq!(only(text).id.kind(), "Microsoft.Network/publicIPAddresses");
}

#[test]
fn blacked_out_ranges_are_not_known() {
    let text = REST.replace("ID", ID).replace("10.1.0.0/16", "10.xxx.0.0/16");
    let network = only(&text);
    let spaces = list(&network, "addressSpace.addressPrefixes");
    assert!(spaces[0].as_unknown().is_some() && spaces[1].as_str() == Some("fd00:1::/48"));
}

#[test]
fn a_reference_declares_nothing() {
    let stub = r#"{"id": "{s}/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg1", "location": null,
        "name": null, "resourceGroup": "rg", "securityRules": null, "subnets": []}"#;
    let text = format!("[{}, {stub}]", FLAT.replace("ID", ID));
    assert_eq!(exported(&text).0.resources.len(), 1);
}

#[test]
fn pages_may_stand_in_a_list() {
    let page = format!(r#"{{"value": [{}]}}"#, REST.replace("ID", ID));
    let (reading, export) = exported(&format!("[{page}, {page}]"));
    assert_eq!((reading.resources.len(), export.shape), (2, "REST list"));
}

#[test]
fn picked_properties_stand_where_they_belong() {
    let text = format!(
        r#"[{{"id": "{ID}", "properties_addressSpace_addressPrefixes": ["10.1.0.0/16"], "properties_addressSpace_x": 1,
        "properties_subnets": [{{"name": "Subnet1", "properties": {{"addressPrefix": "10.1.1.0/24"}}}}]}}]"#
    );
    let network = only(&text);
    assert_eq!(at(&network, "addressSpace.addressPrefixes"), "10.1.0.0/16");
    assert_eq!(of(&list(&network, "subnets")[0], "addressPrefix"), "10.1.1.0/24");
    assert_eq!(
        slice(&text, list(&network, "addressSpace.addressPrefixes")[0].origin.span),
        "\"10.1.0.0/16\""
    );
}
