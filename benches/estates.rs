//! All rules over a large estate: CPU time of joining it, and of judging it.
//!
//! `cargo bench --bench estates` measures 10,000 networks with ten interfaces each, and
//! `cargo bench --bench estates -- 100000` as many as the bound speaks of. CPU time comes from `/proc`, so this bench
//! runs on Linux.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench may stop")]
#![expect(clippy::print_stdout, clippy::expect_used, reason = "a bench prints its figures and may stop")]

mod floor;

use std::fmt::Write as _;
use std::hint::black_box;

use drlint_estate::{Estate, Intent};
use drlint_resource::Resource;
use drlint_source::FileId;

/// Interfaces in each network.
const INTERFACES: usize = 10;

fn main() {
    let networks = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(10_000);
    let mut resources = Vec::new();
    read(&list(networks, network), 0, &mut resources);
    read(&list(networks * INTERFACES, interface), 1, &mut resources);
    println!("{networks} networks, {} resources", resources.len());
    assert_eq!(resources.len(), networks * (INTERFACES + 1), "each is read");
    let (joining, estate) = cpu(|| Estate::build(resources, Intent::default()));
    println!("joining: {joining:.2} s of CPU");
    let (judging, verdicts) = cpu(|| drlint_policy::check(&estate, drlint_rules::ALL));
    println!("{} findings", verdicts.findings.len());
    floor::report("estates: CPU seconds of all rules", judging, 2.0, floor::Wanted::AtMost);
    black_box(verdicts);
}

fn read(text: &str, file: u32, resources: &mut Vec<Resource>) {
    let mut sink = |resource| resources.push(resource);
    drlint_export::read_stream(text.as_bytes(), FileId(file), &mut sink).expect("a list");
}

fn list(count: usize, write: impl Fn(&mut String, usize) -> std::fmt::Result) -> String {
    let mut text = String::from("[");
    for number in 0..count {
        if number > 0 {
            text.push_str(",\n");
        }
        write(&mut text, number).expect("a string takes it");
    }
    text.push(']');
    text
}

/// Where everything of a network stands.
fn group(network: usize) -> String {
    format!("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-{}", network / 100)
}

fn network(out: &mut String, number: usize) -> std::fmt::Result {
    let id = format!("{}/providers/Microsoft.Network/virtualNetworks/vnet-{number}", group(number));
    let (second, third) = (number >> 8 & 255, number & 255);
    write!(
        out,
        r#"{{"id":"{id}","name":"vnet-{number}","type":"Microsoft.Network/virtualNetworks","location":"eastasia",
"properties":{{"addressSpace":{{"addressPrefixes":["10.{second}.{third}.0/24"]}},
"subnets":[{{"id":"{id}/subnets/app","name":"app","properties":{{"addressPrefix":"10.{second}.{third}.0/25"}}}}]}}}}"#
    )
}

fn interface(out: &mut String, number: usize) -> std::fmt::Result {
    let network = number / INTERFACES;
    let (group, host) = (group(network), 4 + number % INTERFACES);
    let (second, third) = (network >> 8 & 255, network & 255);
    let provider = format!("{group}/providers/Microsoft.Network");
    write!(
        out,
        r#"{{"id":"{provider}/networkInterfaces/nic-{number}","name":"nic-{number}",
"type":"Microsoft.Network/networkInterfaces","location":"eastasia","properties":{{"ipConfigurations":[{{"name":"ipconfig1",
"properties":{{"privateIPAddress":"10.{second}.{third}.{host}","privateIPAllocationMethod":"Static","primary":true,
"subnet":{{"id":"{provider}/virtualNetworks/vnet-{network}/subnets/app"}}}}}}],
"virtualMachine":{{"id":"{group}/providers/Microsoft.Compute/virtualMachines/vm-{number}"}}}}}}"#
    )
}

/// CPU seconds that `work` takes in all threads.
fn cpu<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let before = ticks();
    let done = work();
    ((ticks() - before) / 100.0, done)
}

/// User and system time of this process, in hundredths of a second.
fn ticks() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("/proc");
    let rest = stat.rsplit(") ").next().unwrap_or_default();
    // The state is field 0 behind the name; user and system time are fields 11 and 12.
    rest.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum()
}
