//! A random estate says the same whichever shape tells it: REST, Azure CLI, Resource Graph or a template.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]
#![expect(clippy::expect_used, reason = "a test that cannot write its estate has failed")]

use std::collections::BTreeSet;
use std::path::Path;

use drlint::run::{Job, check};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const GROUP: &str = "/subscriptions/5e5e5e5e-0000-4000-8000-000000000001/resourceGroups/rg";
const VAULT: &str = "/Subscriptions/5e5e5e5e-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/v";
const FABRICS: &str = "Microsoft.RecoveryServices/vaults/replicationFabrics";
const NETWORKS: &str = "Microsoft.Network/virtualNetworks";
const INTERFACES: &str = "Microsoft.Network/networkInterfaces";
const MACHINES: &str = "Microsoft.Compute/virtualMachines";
const ITEMS: &str = "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems";
const MAPPINGS: &str =
    "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationNetworks/replicationNetworkMappings";

/// A source and its recovery, sound or not.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
struct Pair {
    source: u8,
    recovery: u8,
    same_region: bool,
    subnets: Vec<Subnet>,
    machines: Vec<Machine>,
    mapped: bool,
    mapped_back: bool,
    tagged: bool,
    peered: bool,
}

#[derive(Clone, Debug)]
struct Subnet {
    missing: bool,
    length: u8,
    recovery_length: u8,
    guarded: bool,
}

#[derive(Clone, Debug)]
struct Machine {
    subnet: prop::sample::Index,
    host: u8,
    dynamic: bool,
    pinned: Option<u8>,
    protected: bool,
}

fn pair() -> impl Strategy<Value = Pair> {
    let subnet = (any::<bool>(), 24_u8..28, 24_u8..28, any::<bool>()).prop_map(
        |(missing, length, recovery_length, guarded)| Subnet { missing, length, recovery_length, guarded },
    );
    let machine = (
        any::<prop::sample::Index>(),
        4_u8..20,
        prop::bool::weighted(0.2),
        prop::option::of(1_u8..20),
        prop::bool::weighted(0.8),
    )
        .prop_map(|(subnet, host, dynamic, pinned, protected)| Machine {
            subnet,
            host,
            dynamic,
            pinned,
            protected,
        });
    let subnets = prop::collection::vec(subnet, 1..4);
    let machines = prop::collection::vec(machine, 0..5);
    (1_u8..4, 1_u8..4, prop::bool::weighted(0.2), subnets, machines, any::<[bool; 4]>()).prop_map(
        |(source, recovery, same_region, subnets, machines, [mapped, mapped_back, tagged, peered])| Pair {
            source,
            recovery,
            same_region,
            subnets,
            machines,
            mapped,
            mapped_back,
            tagged,
            peered,
        },
    )
}

/// The resources of the pairs, as REST gives them.
fn resources(pairs: &[Pair]) -> Vec<Value> {
    let mut all = Vec::new();
    for (fabric, region) in [("ea", "eastasia"), ("sea", "southeastasia")] {
        let details = json!({"instanceType": "Azure", "location": region});
        let properties = json!({"friendlyName": region, "customDetails": details});
        all.push(below_vault(FABRICS, &format!("replicationFabrics/{fabric}"), &properties));
    }
    for (at, pair) in pairs.iter().enumerate() {
        let (source, recovery) = (format!("vnet-{at}"), format!("vnet-{at}-dr"));
        all.push(network(&source, &recovery, pair, false));
        all.push(network(&recovery, &source, pair, true));
        all.push(resource(
            "Microsoft.Network/networkSecurityGroups",
            &format!("nsg-{at}"),
            "eastasia",
            &json!({}),
        ));
        for (number, machine) in pair.machines.iter().enumerate() {
            let name = format!("vm-{at}-{number}");
            machine_and_item(&name, machine, pair, (&source, &recovery), &mut all);
        }
        let mapping = |from: &str, to: &str, fabric: &str| {
            let path = format!(
                "replicationFabrics/{fabric}/replicationNetworks/azureNetwork/replicationNetworkMappings/{from}"
            );
            let properties = json!({"state": "Paired", "primaryNetworkId": id(NETWORKS, from).to_lowercase(),
                "recoveryNetworkId": id(NETWORKS, to).to_lowercase(),
                "fabricSpecificSettings": {"instanceType": "AzureToAzure"}});
            below_vault(MAPPINGS, &path, &properties)
        };
        if pair.mapped {
            all.push(mapping(&source, &recovery, "ea"));
        }
        if pair.mapped_back {
            all.push(mapping(&recovery, &source, "sea"));
        }
    }
    all
}

fn network(name: &str, other: &str, pair: &Pair, is_recovery: bool) -> Value {
    let net = if is_recovery { pair.recovery } else { pair.source };
    let mut subnets = Vec::new();
    for (at, subnet) in pair.subnets.iter().enumerate().filter(|(_, subnet)| !(is_recovery && subnet.missing))
    {
        let length = if is_recovery { subnet.recovery_length } else { subnet.length };
        let mut properties = json!({"addressPrefix": format!("10.{net}.{at}.0/{length}")});
        if subnet.guarded && !is_recovery {
            let group = name.replace("vnet", "nsg");
            properties["networkSecurityGroup"] =
                json!({"id": id("Microsoft.Network/networkSecurityGroups", &group)});
        }
        subnets.push(json!({"id": format!("{}/subnets/s{at}", id(NETWORKS, name)), "name": format!("s{at}"), "properties": properties}));
    }
    let mut peerings = Vec::new();
    if pair.peered && !is_recovery {
        peerings.push(json!({"id": format!("{}/virtualNetworkPeerings/p", id(NETWORKS, name)), "name": "p",
            "properties": {"peeringState": "Connected", "remoteVirtualNetwork": {"id": id(NETWORKS, other)}}}));
    }
    let region = if is_recovery && !pair.same_region { "southeastasia" } else { "eastasia" };
    let space = json!({"addressPrefixes": [format!("10.{net}.0.0/16")]});
    let properties = json!({"addressSpace": space, "subnets": subnets, "virtualNetworkPeerings": peerings});
    let mut network = resource(NETWORKS, name, region, &properties);
    if pair.tagged && is_recovery {
        network["tags"] = json!({"dr-recovers": other});
    }
    network
}

fn machine_and_item(name: &str, machine: &Machine, pair: &Pair, ends: (&str, &str), all: &mut Vec<Value>) {
    let (source, recovery) = (id(NETWORKS, ends.0), id(NETWORKS, ends.1));
    let third = machine.subnet.index(pair.subnets.len());
    let (subnet, method) = (format!("s{third}"), if machine.dynamic { "Dynamic" } else { "Static" });
    let address = format!("10.{}.{third}.{}", pair.source, machine.host);
    let pinned = machine.pinned.map_or(String::new(), |host| format!("10.{}.{third}.{host}", pair.source));
    let (interface, virtual_machine) = (id(INTERFACES, name), id(MACHINES, name));
    let configuration = json!({"id": format!("{interface}/ipConfigurations/c"), "name": "c",
        "properties": {"privateIPAddress": address, "privateIPAllocationMethod": method, "primary": true,
            "subnet": {"id": format!("{source}/subnets/{subnet}")}}});
    let properties = json!({"ipConfigurations": [configuration], "virtualMachine": {"id": virtual_machine}});
    all.push(resource(INTERFACES, name, "eastasia", &properties));
    let properties = json!({"networkProfile": {"networkInterfaces": [{"id": interface}]}});
    all.push(resource(MACHINES, name, "eastasia", &properties));
    if machine.protected {
        let configuration = json!({"name": "c", "isPrimary": true, "isSeletedForFailover": true, "subnetName": subnet,
            "staticIPAddress": address, "ipAddressType": method, "recoverySubnetName": subnet,
            "recoveryStaticIPAddress": pinned, "recoveryIPAddressType": "Dynamic"});
        let details = json!({"instanceType": "A2A", "fabricObjectId": virtual_machine, "primaryFabricLocation": "eastasia",
            "recoveryFabricLocation": "southeastasia", "selectedRecoveryAzureNetworkId": recovery,
            "vmNics": [{"sourceNicArmId": interface, "vMNetworkName": source, "recoveryVMNetworkId": recovery,
                "ipConfigs": [configuration]}]});
        let path = format!(
            "replicationFabrics/ea/replicationProtectionContainers/c/replicationProtectedItems/{name}"
        );
        let properties = json!({"friendlyName": name, "protectionState": "Protected", "activeLocation": "Primary",
            "testFailoverState": "None", "recoveryFabricId": format!("{VAULT}/replicationFabrics/sea"),
            "providerSpecificDetails": details});
        all.push(below_vault(ITEMS, &path, &properties));
    }
}

fn id(kind: &str, name: &str) -> String {
    format!("{GROUP}/providers/{kind}/{name}")
}

fn resource(kind: &str, name: &str, region: &str, properties: &Value) -> Value {
    json!({"id": id(kind, name), "name": name, "type": kind, "location": region, "properties": properties})
}

fn below_vault(kind: &str, path: &str, properties: &Value) -> Value {
    let name = path.rsplit('/').next().unwrap_or(path);
    json!({"id": format!("{VAULT}/{path}"), "name": name, "type": kind, "properties": properties})
}

/// What the Azure CLI does to network and compute resources: the members of `properties` move one level up.
fn flattened(value: &Value) -> Value {
    match value {
        Value::Array(elements) => elements.iter().map(flattened).collect(),
        Value::Object(members) => {
            let mut flat = Map::new();
            for (key, value) in members {
                match (key.as_str(), value) {
                    ("properties", Value::Object(inner)) => {
                        flat.extend(inner.iter().map(|(key, value)| (key.clone(), flattened(value))));
                    }
                    _ => {
                        flat.insert(key.clone(), flattened(value));
                    }
                }
            }
            Value::Object(flat)
        }
        other => other.clone(),
    }
}

fn is_site_recovery(resource: &Value) -> bool {
    resource["type"].as_str().is_some_and(|kind| kind.starts_with("Microsoft.RecoveryServices/"))
}

fn rest(resources: &[Value]) -> Vec<(&'static str, Value)> {
    vec![("page.json", json!({"value": resources, "nextLink": null}))]
}

fn cli(resources: &[Value]) -> Vec<(&'static str, Value)> {
    let (vault, others): (Vec<_>, Vec<_>) = resources.iter().cloned().partition(is_site_recovery);
    vec![("network.json", others.iter().map(flattened).collect()), ("vault.json", Value::Array(vault))]
}

fn graph(resources: &[Value]) -> Vec<(&'static str, Value)> {
    let rows: Vec<Value> = resources
        .iter()
        .map(|resource| {
            let mut row = resource.clone();
            row["type"] = json!(resource["type"].as_str().unwrap_or_default().to_lowercase());
            row
        })
        .collect();
    vec![(
        "graph.json",
        json!({"count": rows.len(), "data": rows, "skip_token": null, "total_records": rows.len()}),
    )]
}

/// Networks, interfaces and machines as a template writes them; what a template cannot say stays an export.
fn template(resources: &[Value]) -> Vec<(&'static str, Value)> {
    let (vault, others): (Vec<_>, Vec<_>) = resources.iter().cloned().partition(is_site_recovery);
    let declared: Vec<Value> = others
        .into_iter()
        .map(|mut resource| {
            resource["apiVersion"] = json!("2023-09-01");
            if let Some(members) = resource.as_object_mut() {
                members.remove("id");
            }
            resource
        })
        .collect();
    let schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";
    let body = json!({"$schema": schema, "contentVersion": "1.0.0.0", "resources": declared});
    vec![("main.json", body), ("vault.json", Value::Array(vault))]
}

fn said(files: &[(&str, Value)]) -> BTreeSet<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content.to_string()).expect("a file");
    }
    if files.iter().any(|(name, _)| *name == "main.json") {
        let mut parts = GROUP.split('/').skip(2).step_by(2);
        let (subscription, group) = (parts.next().expect("a subscription"), parts.next().expect("a group"));
        let text = format!(
            "[[deployment]]\ntemplate = \"main.json\"\nsubscription = \"{subscription}\"\nresource-group = \"{group}\"\n"
        );
        std::fs::write(folder.path().join("drlint.toml"), text).expect("a file");
    }
    judged(folder.path())
}

fn judged(folder: &Path) -> BTreeSet<String> {
    let job = Job {
        here: folder,
        paths: &[],
        config: None,
        select: &[],
        ignore: &[],
        baseline: None,
        rules: drlint_rules::ALL,
        today: "2026-11-23".parse().expect("a day"),
    };
    let outcome = check(&job).expect("a run");
    let findings = outcome.findings.iter().map(|said| {
        let finding = &said.finding;
        format!("{}: {} ({})", finding.rule, finding.message, finding.resource.to_lowercase())
    });
    let undecided =
        outcome.undecided.iter().map(|said| format!("{}? {}", said.rule, said.resource.to_lowercase()));
    findings.chain(undecided).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_shape_says_the_same(pairs in prop::collection::vec(pair(), 1..4)) {
        let resources = resources(&pairs);
        let expected = said(&rest(&resources));
        prop_assert_eq!(&expected, &said(&cli(&resources)), "Azure CLI");
        prop_assert_eq!(&expected, &said(&graph(&resources)), "Resource Graph");
        prop_assert_eq!(&expected, &said(&template(&resources)), "a template");
    }
}
