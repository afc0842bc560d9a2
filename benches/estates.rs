//! All rules over a large estate: CPU time of reading and joining it, against parsing the same text with `serde_json`,
//! and of judging it.
//!
//! `cargo bench --bench estates` measures 10,000 networks with ten interfaces each, and
//! `cargo bench --bench estates -- 100000` as many as the bound speaks of. CPU time comes from `/proc`, so this bench
//! runs on Linux.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench may stop")]
#![expect(clippy::print_stdout, clippy::expect_used, reason = "a bench prints its figures and may stop")]

mod floor;
#[expect(dead_code, reason = "this bench runs no process but its own")]
mod process;

use std::fmt::Write as _;
use std::hint::black_box;

use drlint_estate::{Estate, Intake, Intent};
use drlint_source::FileId;

/// Interfaces in each network.
const INTERFACES: usize = 10;

fn main() {
    let networks = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(10_000);
    let texts = [list(networks, network), list(networks * INTERFACES, interface)];
    let (floor, parsed) = process::cpu(|| {
        let parse = |text: &String| serde_json::from_str::<Vec<serde_json::Value>>(text).expect("a list");
        texts.iter().map(|text| black_box(parse(text)).len()).sum::<usize>()
    });
    assert_eq!(parsed, networks * (INTERFACES + 1));
    let (reading, intakes) = process::cpu(|| {
        let files = texts.iter().zip(0..);
        files.map(|(text, file)| read(text, file)).collect::<Vec<Intake>>()
    });
    drop(texts);
    println!("{networks} networks, {parsed} resources");
    println!("reading: {reading:.2} s of CPU, parsing alone with serde_json {floor:.2} s");
    let (joining, estate) = process::cpu(|| Estate::join(intakes, Intent::default()));
    println!("joining: {joining:.2} s of CPU");
    assert_eq!(estate.interfaces().len(), networks * INTERFACES, "each is read");
    floor::report("estates: CPU of joining, times parsing", joining / floor, 1.0, floor::Wanted::AtMost);
    let (judging, verdicts) = process::cpu(|| drlint_policy::check(&estate, drlint_rules::ALL));
    println!("{} findings", verdicts.findings.len());
    floor::report("estates: CPU seconds of all rules", judging, 2.0, floor::Wanted::AtMost);
    black_box(verdicts);
}

fn read(text: &str, file: u32) -> Intake {
    let mut intake = Intake::default();
    let wanted = drlint_estate::members_of_interest;
    drlint_export::read_stream(text.as_bytes(), FileId(file), wanted, &mut |resource| intake.add(resource))
        .expect("a list");
    intake
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
