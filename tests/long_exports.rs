//! A long export, of which only what the estate asks is built, tells what it tells as a whole.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

use std::fs::File;
use std::path::{Path, PathBuf};

use drlint_estate::{Estate, Intake, Intent, members_of_interest};
use drlint_export::{Wanted, read_stream};
use drlint_resource::Note;
use drlint_source::FileId;

/// What a list tells the estate, and the remarks on it; nothing if the file is no list.
fn told(reader: impl std::io::Read, wanted: Wanted) -> Option<(String, Vec<Note>)> {
    let mut intake = Intake::default();
    let streamed = read_stream(reader, FileId(0), wanted, &mut |resource| intake.add(resource)).ok()?;
    intake.inputs_mut().for_each(|input| streamed.settle(input));
    intake.add_missing(&streamed.export);
    let estate = Estate::join(vec![intake], Intent::default());
    let told = format!(
        "{:#?}{:#?}{:#?}{:#?}{:#?}{:#?}{:?}",
        estate.interfaces(),
        estate.machines(),
        estate.public_addresses(),
        estate.security_groups(),
        estate.networks(),
        estate.items(),
        estate.shows("Microsoft.Network/networkSecurityGroups"),
    );
    Some((told, streamed.notes))
}

fn json_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            json_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            found.push(path);
        }
    }
}

#[test]
fn what_nobody_reads_may_be_left_out() {
    let mut files = Vec::new();
    json_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut files);
    let mut lists = 0;
    for path in files {
        let open = || File::open(&path).expect("a file");
        let Some(whole) = told(open(), |_| None) else { continue };
        assert_eq!(told(open(), members_of_interest), Some(whole), "{}", path.display());
        lists += 1;
    }
    assert!(lists > 10, "{lists} lists");
}

#[test]
fn every_fact_and_every_remark_survives() {
    let group = "/subscriptions/s/resourceGroups/rg/providers";
    let network = format!("{group}/Microsoft.Network");
    let list = format!(
        r#"{{"value": [
        {{"id": "{network}/networkInterfaces/nic", "name": "nic", "location": "eastasia", "tags": {{"sharedKey": "abc"}},
         "properties": {{"enableAcceleratedNetworking": true, "enableIPForwarding": true, "dnsSettings": {{"dnsServers": []}},
          "virtualMachine": {{"id": "{group}/Microsoft.Compute/virtualMachines/vm"}},
          "privateEndpoint": {{"id": "{network}/privateEndpoints/pe"}},
          "ipConfigurations": [{{"name": "one", "properties": {{"privateIPAddress": "10.1.1.4", "primary": true,
           "privateIPAllocationMethod": "Static", "privateIPAddressVersion": "IPv4",
           "subnet": {{"id": "{network}/virtualNetworks/v/subnets/a"}},
           "publicIPAddress": {{"id": "{network}/publicIPAddresses/pip"}},
           "loadBalancerBackendAddressPools": [{{"id": "{network}/loadBalancers/lb/backendAddressPools/p"}}]}}}}]}}}},
        {{"id": "{group}/Microsoft.Compute/virtualMachines/vm", "name": "vm", "tags": {{"dr-role": "replica",
          "dr-application": "pay", "owner": "x"}}, "properties": {{"osProfile": {{"adminPassword": "hunter2"}},
          "networkProfile": {{"networkInterfaces": [{{"id": "{network}/networkInterfaces/nic",
           "properties": {{"primary": true}}}}]}}}}}},
        {{"id": "{network}/publicIPAddresses/pip", "name": "pip", "properties": {{"ipAddress": "20.1.1.4",
          "ipTags": []}}}},
        {{"id": "{network}/networkSecurityGroups/nsg", "name": "nsg", "properties": {{"securityRules": [{{"name": "r"}}]}}}},
        {{"id": "{network}/networkSecurityGroups/flat", "name": "flat", "securityRules": [{{"name": "r"}}]}}
        ], "nextLink": "https://x"}}"#
    );
    let whole = told(list.as_bytes(), |_| None).expect("a list");
    let pruned = told(list.as_bytes(), members_of_interest).expect("a list");
    assert_eq!(pruned, whole);
    assert_eq!(whole.1.len(), 3, "two secrets and a next page: {:?}", whole.1);
    for fact in ["10.1.1.4", "20.1.1.4", "backendAddressPools", "replica", "of_private_endpoint: true"] {
        assert!(whole.0.contains(fact), "{fact}");
    }
}
