//! Two bodies of one resource compared by what the estate reads of them, not by how their tools write it.

use drlint_resource::{Data, Key, Object, Value};
use rustc_hash::{FxHashMap, FxHashSet};

use super::rivals::Differing;
use super::told::{element_key, elements};
use crate::Saying;

/// Members that the estate reads: texts and lists of them, numbers, flags, references, and lists of named parts. Whatever
/// else stands in an export changes no verdict, and is nobody's to print.
///
/// Source: the property paths of `AZURE.md`, sections 1.1 to 1.8, and the odd spellings of section 2.
const READ: &[&str] = &[
    // Networks, their subnets and peerings.
    "addressPrefix",
    "addressPrefixes",
    "allowForwardedTraffic",
    "allowGatewayTransit",
    "allowVirtualNetworkAccess",
    "delegations",
    "dnsServers",
    "dr-application",
    "dr-recovers",
    "dr-role",
    "enableOnlyIPv6Peering",
    "localSubnetNames",
    "location",
    "natGateway",
    "networkSecurityGroup",
    "peerCompleteVnets",
    "peeringState",
    "peeringSyncLevel",
    "remoteGateways",
    "remoteSubnetNames",
    "remoteVirtualNetwork",
    "routeTable",
    "service",
    "serviceEndpoints",
    "serviceName",
    "subnets",
    "useRemoteGateways",
    "virtualNetworkConnections",
    "virtualNetworkPeerings",
    "virtualWan",
    // Gateways, connections and sites.
    "connectionStatus",
    "connectionType",
    "connections",
    "egressNatRules",
    "enableBgp",
    "expressRouteCircuitPeering",
    "expressRouteConnections",
    "externalMappings",
    "fqdn",
    "gatewayIpAddress",
    "gatewayType",
    "ingressNatRules",
    "internalMappings",
    "addressSpace",
    "ipAddress",
    "localNetworkGateway2",
    "mode",
    "natRules",
    "peer",
    "remoteVpnSite",
    "routingWeight",
    "sku",
    "typePropertiesType",
    "virtualHub",
    "virtualNetworkGateway1",
    "virtualNetworkGateway2",
    "virtualWANType",
    "vpnSiteLinks",
    "vpnType",
    // What stands around machines.
    "backendAddressPools",
    "frontendIPConfigurations",
    "ipAddresses",
    "ipConfigurations",
    "nextHopIpAddress",
    "nextHopType",
    "privateIPAddress",
    "privateIPAllocationMethod",
    "privateLinkServiceConnections",
    "privateLinkServiceId",
    "manualPrivateLinkServiceConnections",
    "publicIPAddress",
    "routes",
    "subnet",
    // Site Recovery.
    "actionName",
    "activeLocation",
    "enableAcceleratedNetworkingOnRecovery",
    "endGroupActions",
    "fabricLocation",
    "fabricObjectId",
    "failoverDirections",
    "failoverTypes",
    "friendlyName",
    "groupType",
    "groups",
    "initialPrimaryFabricLocation",
    "instanceType",
    "ipAddressType",
    "ipConfigs",
    "isPrimary",
    "isSelectedForFailover",
    "isSeletedForFailover",
    "nicDetailsList",
    "primaryFabricFriendlyName",
    "primaryFabricId",
    "primaryFabricLocation",
    "primaryNetworkId",
    "primaryNicStaticIPAddress",
    "primaryZone",
    "protectionState",
    "recoveryAvailabilityZone",
    "recoveryAzureNetworkId",
    "recoveryAzureVMName",
    "recoveryFabricFriendlyName",
    "recoveryFabricId",
    "recoveryFabricLocation",
    "recoveryLBBackendAddressPoolIds",
    "recoveryNetworkId",
    "recoveryNetworkSecurityGroupId",
    "recoveryPublicIPAddressId",
    "recoveryStaticIPAddress",
    "recoverySubnetName",
    "recoveryVMNetworkId",
    "recoveryVMSubnetName",
    "recoveryVirtualNetworkId",
    "recoveryZone",
    "replicaNicStaticIPAddress",
    "replicationProtectedItems",
    "selectedRecoveryAzureNetworkId",
    "selectedTfoAzureNetworkId",
    "selectionType",
    "sourceNicArmId",
    "startGroupActions",
    "staticIPAddress",
    "subnetName",
    "testFailoverState",
    "tfoStaticIPAddress",
    "tfoSubnetName",
    "tfoVMNetworkId",
    "vMNetworkName",
    "vMSubnetName",
    "vmNics",
];

/// The groups of recovery plans: a list of plans has them without anything in them (`AZURE.md`, fact 11).
const GROUPS: &str = "groups";

/// Two spellings of the ranges of a subnet or a hub.
const RANGES: [&str; 2] = ["addressPrefix", "addressPrefixes"];

/// Texts are shown up to so many characters.
const SHOWN: usize = 120;

/// Tells `found` what both bodies say, and say differently. What one of them leaves open is no difference.
pub(super) fn compare(one: &Value, two: &Value, found: &mut Differing<'_>) {
    for (key, value) in members(one) {
        if let Some(other) = counterpart(two, &key.name) {
            compare_member(&key.name, value, other, found);
        }
    }
}

fn compare_member(name: &str, one: &Value, two: &Value, found: &mut Differing<'_>) {
    let is_read = READ.iter().any(|read| name.eq_ignore_ascii_case(read));
    match (&one.data, &two.data) {
        (Data::Null | Data::Unknown(_), _) | (_, Data::Null | Data::Unknown(_)) => {}
        (Data::Object(_), Data::Object(_)) => {
            let named = if name.eq_ignore_ascii_case("sku") { "name" } else { "id" };
            if let Some((one, two)) = member(one, named).zip(member(two, named)).filter(|_| is_read) {
                compare_texts(one, two, found);
            }
            compare(one, two, found);
        }
        (Data::Array(_), _) | (_, Data::Array(_)) => {
            let is_left_out = name.eq_ignore_ascii_case(GROUPS) && [one, two].into_iter().any(holds_nothing);
            if !is_left_out {
                compare_lists(one, two, is_read, found);
            }
        }
        _ if is_read => compare_texts(one, two, found),
        _ => {}
    }
}

/// The members of a resource or of a part of it, whether their tool nests its properties or not.
fn members(value: &Value) -> impl Iterator<Item = (&Key, &Value)> {
    let properties = Some(value.properties()).filter(|inner| !std::ptr::eq(*inner, value));
    let own = value.as_object().into_iter().flat_map(Object::iter);
    let own = own.filter(move |(_, value)| properties.is_none_or(|inner| !std::ptr::eq(inner, *value)));
    own.chain(properties.and_then(Value::as_object).into_iter().flat_map(Object::iter))
}

fn member<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    let own = |value: &'v Value| value.as_object().and_then(|object| object.get(name));
    own(value.properties()).or_else(|| own(value))
}

/// The member that says the same sort of thing as one of this name.
fn counterpart<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    let is_ranges = RANGES.iter().any(|spelling| name.eq_ignore_ascii_case(spelling));
    let spellings = RANGES.iter().filter(|_| is_ranges).find_map(|spelling| member(value, spelling));
    member(value, name).or(spellings)
}

/// Whether nothing is in the lists of each element.
fn holds_nothing(list: &Value) -> bool {
    let is_empty = |(_, value): (&Key, &Value)| value.as_array().is_none_or(<[Value]>::is_empty);
    elements(list).iter().all(|element| members(element).all(is_empty))
}

/// Compares elements by their names, whatever their order; a single value is a list of one. Which elements there are
/// counts if the list is one that is read.
fn compare_lists(one: &Value, two: &Value, is_read: bool, found: &mut Differing<'_>) {
    let (ones, twos) = (elements(one), elements(two));
    if let (Some(texts), Some(others)) = (texts(ones), texts(twos)) {
        if is_read && !texts.iter().map(|text| plain(text)).eq(others.iter().map(|text| plain(text))) {
            found(saying(texts.join(", "), one), saying(others.join(", "), two));
        }
        return;
    }
    let keys = |list: &[Value]| list.iter().map(key).collect::<Option<Vec<String>>>();
    let (Some(keys), Some(others)) = (keys(ones), keys(twos)) else {
        for (one, two) in ones.iter().zip(twos) {
            compare(one, two, found);
        }
        if is_read && ones.len() != twos.len() {
            let count = |list: &[Value]| format!("{} elements", list.len());
            found(saying(count(ones), one), saying(count(twos), two));
        }
        return;
    };
    let there: FxHashMap<&String, &Value> = others.iter().zip(twos).rev().collect();
    let here: FxHashSet<&String> = keys.iter().collect();
    for (key, value) in keys.iter().zip(ones) {
        match there.get(key) {
            Some(other) => compare(value, other, found),
            None if is_read => found(saying(key.clone(), value), saying(NOTHING.to_owned(), two)),
            None => {}
        }
    }
    for (key, value) in others.iter().zip(twos).filter(|(key, _)| is_read && !here.contains(key)) {
        found(saying(NOTHING.to_owned(), one), saying(key.clone(), value));
    }
}

/// What a list says of an element that it does not have.
const NOTHING: &str = "nothing of that name";

/// What an element is called, else which resource it means.
fn key(element: &Value) -> Option<String> {
    element_key(element).or_else(|| element.at("id").text().map(str::to_lowercase))
}

/// The texts of a list, whose order tells nothing, if it has nothing else.
fn texts(list: &[Value]) -> Option<Vec<String>> {
    let mut texts: Vec<String> = list.iter().map(text).collect::<Option<_>>()?;
    texts.sort_by_key(|text| plain(text));
    Some(texts)
}

fn text(value: &Value) -> Option<String> {
    match &value.data {
        Data::Text(text) => Some(text.trim().to_owned()),
        Data::Bool(flag) => Some(flag.to_string()),
        Data::Number(number) => {
            Some(number.as_integer().map_or_else(|| number.to_string(), |it| it.to_string()))
        }
        _ => None,
    }
}

/// Regions are written with and without blanks, flags in all letters.
fn plain(text: &str) -> String {
    text.replace(' ', "").to_lowercase()
}

/// An id may stand for the name at its end.
fn compare_texts(one: &Value, two: &Value, found: &mut Differing<'_>) {
    let (Some(here), Some(there)) = (text(one), text(two)) else { return };
    let is_name = |text: &str| !text.contains('/');
    let same_name = (is_name(&here) || is_name(&there)) && last_name(&here) == last_name(&there);
    if plain(&here) != plain(&there) && !same_name {
        found(saying(here, one), saying(there, two));
    }
}

fn last_name(id: &str) -> String {
    plain(id.rsplit('/').next().unwrap_or_default())
}

fn saying(text: String, value: &Value) -> Saying {
    let text = match text.char_indices().nth(SHOWN) {
        // The end of an id tells more than its beginning.
        Some(_) if text.starts_with('/') => {
            let skipped = text.chars().count() - SHOWN;
            std::iter::once('…').chain(text.chars().skip(skipped)).collect()
        }
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    };
    Saying { text, place: value.origin.span }
}
