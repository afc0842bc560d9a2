//! Objects of Azure PowerShell in the words of the wire, where folding case isn't enough.

use std::sync::Arc;

use drlint_resource::{Data, Key, Object, Value};

/// Members that PowerShell calls differently.
const RENAMED: [(&str, &str); 3] = [
    ("Tag", "tags"),
    ("AvailabilitySetReference", "availabilitySet"),
    ("FabricSpecificDetails", "customDetails"),
];

/// Lists of addresses; below its depth `ConvertTo-Json` joins them with spaces.
const ADDRESS_LISTS: [&str; 3] = ["AddressPrefix", "AddressPrefixes", "DnsServers"];

/// Members of a protected item that stand beside the details of its provider instead of inside.
const OUTSIDE: [(&str, &str); 5] = [
    ("NicDetailsList", "vmNics"),
    ("ReplicationProvider", "instanceType"),
    ("SelectedRecoveryAzureNetworkId", "selectedRecoveryAzureNetworkId"),
    ("SelectedTfoAzureNetworkId", "selectedTfoAzureNetworkId"),
    ("RecoveryAzureVMName", "recoveryAzureVMName"),
];

/// What the rules ask of the details of a provider, and what isn't known if the details were cut.
const INSIDE: [&str; 3] = ["fabricObjectId", "primaryFabricLocation", "recoveryFabricLocation"];

/// Older modules have one address for each NIC, and have it on the NIC.
///
/// Source: `AZURE.md`, section 2, shape 9.
const ON_THE_NIC: [(&str, &str); 4] = [
    ("VMSubnetName", "subnetName"),
    ("PrimaryNicStaticIPAddress", "staticIPAddress"),
    ("RecoveryVMSubnetName", "recoverySubnetName"),
    ("ReplicaNicStaticIPAddress", "recoveryStaticIPAddress"),
];

/// The body of a resource of type `kind` as the wire would have it.
pub(crate) fn normalized(body: Value, kind: &str) -> Value {
    let body = each_member(body, &mut |key, value| {
        let renamed = RENAMED.iter().find(|(name, _)| key.name.eq_ignore_ascii_case(name));
        let key = renamed.map_or(key.clone(), |(_, name)| Key { name: (*name).into(), span: key.span });
        (key, lists_apart(value))
    });
    let is_item =
        kind.rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case("replicationProtectedItems"));
    if is_item { protected_item(body) } else { body }
}

fn each_member(value: Value, change: &mut impl FnMut(Key, Value) -> (Key, Value)) -> Value {
    let Data::Object(object) = &value.data else { return value };
    let members = object.iter().map(|(key, value)| change(key.clone(), value.clone()));
    Value { data: Data::Object(Arc::new(members.collect())), origin: value.origin }
}

/// Takes lists apart that were joined with spaces, at any depth.
fn lists_apart(value: Value) -> Value {
    match &value.data {
        Data::Object(_) => each_member(value, &mut |key, value| {
            let is_list = ADDRESS_LISTS.iter().any(|name| key.name.eq_ignore_ascii_case(name));
            match &value.data {
                Data::Text(text) if is_list && text.contains(' ') => {
                    let origin = &value.origin;
                    let parts = text.split_whitespace();
                    let parts =
                        parts.map(|part| Value { data: Data::Text(part.into()), origin: origin.clone() });
                    (key, Value { data: Data::Array(Arc::new(parts.collect())), origin: origin.clone() })
                }
                _ => (key, lists_apart(value)),
            }
        }),
        Data::Array(values) => {
            let apart = values.iter().cloned().map(lists_apart).collect();
            Value { data: Data::Array(Arc::new(apart)), origin: value.origin }
        }
        _ => value,
    }
}

/// A protected item with all details of its provider in one object.
fn protected_item(body: Value) -> Value {
    let Data::Object(object) = &body.data else { return body };
    let mut details = Vec::new();
    let mut rest = Vec::new();
    let mut span = body.origin.span;
    for (key, value) in object.iter() {
        let outside = OUTSIDE.iter().find(|(name, _)| key.name.eq_ignore_ascii_case(name));
        if let Some((_, name)) = outside {
            let value = if *name == "vmNics" { nics(value) } else { value.clone() };
            details.push((Key { name: (*name).into(), span: key.span }, value));
        } else if key.name.eq_ignore_ascii_case("ProviderSpecificDetails") {
            span = key.span;
            match &value.data {
                Data::Object(inside) => {
                    details.extend(inside.iter().map(|(key, value)| (key.clone(), value.clone())));
                }
                Data::Unknown(_) => {
                    let unknown = |name: &str| (Key { name: name.into(), span: key.span }, value.clone());
                    details.extend(INSIDE.iter().map(|name| unknown(name)));
                }
                _ => {}
            }
        } else {
            rest.push((key.clone(), value.clone()));
        }
    }
    let details = Value::new(Data::Object(Arc::new(Object::new(details))), span);
    rest.push((Key { name: "providerSpecificDetails".into(), span }, details));
    Value { data: Data::Object(Arc::new(Object::new(rest))), origin: body.origin }
}

fn nics(list: &Value) -> Value {
    let Data::Array(values) = &list.data else { return list.clone() };
    let nics = values.iter().map(nic).collect();
    Value { data: Data::Array(Arc::new(nics)), origin: list.origin.clone() }
}

/// A NIC whose one address stands among its own members gets a list of one.
fn nic(nic: &Value) -> Value {
    let Data::Object(object) = &nic.data else { return nic.clone() };
    if object.get("ipConfigs").is_some() {
        return nic.clone();
    }
    let address = ON_THE_NIC.iter().filter_map(|(old, new)| {
        let (key, value) = object.entry(old)?;
        Some((Key { name: (*new).into(), span: key.span }, value.clone()))
    });
    let address: Object = address.collect();
    if address.is_empty() {
        return nic.clone();
    }
    let span = nic.origin.span;
    let address = Value::new(Data::Object(Arc::new(address)), span);
    let list = Value::new(Data::Array(Arc::new(vec![address])), span);
    let mut members: Vec<(Key, Value)> =
        object.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
    members.push((Key { name: "ipConfigs".into(), span }, list));
    Value { data: Data::Object(Arc::new(Object::new(members))), origin: nic.origin.clone() }
}
