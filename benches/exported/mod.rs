//! Exports of any length, and the least that reading them takes.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};

/// Writes a page of REST with so many network interfaces, in networks of two hundred; returns its size.
pub(crate) fn write(path: &Path, resources: usize) -> io::Result<u64> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    out.write_all(b"{\"value\": [")?;
    for number in 0..resources {
        if number > 0 {
            out.write_all(b",\n")?;
        }
        interface(&mut out, number)?;
    }
    out.write_all(b"], \"nextLink\": null}\n")?;
    out.flush()?;
    Ok(out.get_ref().metadata()?.len())
}

/// One network interface, with all that Azure's REST interface says of it.
fn interface(out: &mut impl Write, number: usize) -> io::Result<()> {
    let subscription = number / 10_000;
    let group = format!(
        "/subscriptions/11111111-2222-3333-4444-{subscription:012}/resourceGroups/rg-{}",
        number / 100
    );
    let network = format!("{group}/providers/Microsoft.Network");
    let address = format!("10.{}.{}.{}", number >> 16 & 255, number >> 8 & 255, number & 255);
    let etag = format!(r#"W/\"{number:032x}\""#);
    write!(
        out,
        r#"{{"name":"nic-{number}","id":"{network}/networkInterfaces/nic-{number}","etag":"{etag}","location":"eastasia",
"tags":{{"owner":"team-{}","environment":"production"}},"properties":{{"provisioningState":"Succeeded","resourceGuid":"{number:032x}",
"ipConfigurations":[{{"name":"ipconfig1","id":"{network}/networkInterfaces/nic-{number}/ipConfigurations/ipconfig1","etag":"{etag}",
"type":"Microsoft.Network/networkInterfaces/ipConfigurations","properties":{{"provisioningState":"Succeeded","privateIPAddress":"{address}",
"privateIPAllocationMethod":"Static","subnet":{{"id":"{network}/virtualNetworks/vnet-{}/subnets/app"}},"primary":true,
"privateIPAddressVersion":"IPv4"}}}}],"dnsSettings":{{"dnsServers":[],"appliedDnsServers":[]}},"enableAcceleratedNetworking":false,
"enableIPForwarding":false,"networkSecurityGroup":{{"id":"{network}/networkSecurityGroups/nsg-app"}},
"virtualMachine":{{"id":"{group}/providers/Microsoft.Compute/virtualMachines/vm-{number}"}},"hostedWorkloads":[],
"tapConfigurations":[]}},"type":"Microsoft.Network/networkInterfaces"}}"#,
        number % 10,
        number / 200,
    )
}

/// Reads the page into types, one interface after the other, and counts them.
pub(crate) fn floor(reader: impl Read) -> serde_json::Result<usize> {
    serde_json::from_reader::<_, Page>(reader).map(|page| page.value.0)
}

#[derive(Deserialize)]
struct Page {
    value: Count,
}

struct Count(usize);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Counter)
    }
}

struct Counter;

impl<'de> Visitor<'de> for Counter {
    type Value = Count;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Count, A::Error> {
        let mut count = 0;
        while let Some(interface) = elements.next_element::<Interface>()? {
            std::hint::black_box(&interface);
            count += 1;
        }
        Ok(Count(count))
    }
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read is all that matters")]
struct Interface {
    name: String,
    id: String,
    location: String,
    tags: BTreeMap<String, String>,
    properties: Properties,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "what is read is all that matters")]
struct Properties {
    ip_configurations: Vec<Configuration>,
    enable_accelerated_networking: bool,
    #[serde(rename = "enableIPForwarding")]
    enable_ip_forwarding: bool,
    network_security_group: Option<Reference>,
    virtual_machine: Option<Reference>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read is all that matters")]
struct Configuration {
    name: String,
    id: String,
    properties: Address,
}

#[expect(clippy::struct_field_names, reason = "the members have the names of the wire")]
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read is all that matters")]
struct Address {
    #[serde(rename = "privateIPAddress")]
    address: Option<String>,
    #[serde(rename = "privateIPAllocationMethod")]
    method: Option<String>,
    #[serde(rename = "privateIPAddressVersion")]
    version: Option<String>,
    subnet: Option<Reference>,
    primary: bool,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read is all that matters")]
struct Reference {
    id: String,
}
