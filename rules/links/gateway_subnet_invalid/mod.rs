#![doc = include_str!("README.md")]

use std::collections::BTreeMap;

use drlint_estate::{Gateway, Network, Placed, Subnet};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::ResourceId;

use super::words::listed;

pub(crate) static RULE: Builtin = Builtin {
    name: "gateway-subnet-invalid",
    group: "links",
    summary: "a gateway is not in a subnet that can hold it",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

/// The longest prefix that holds a gateway (VPN gateway settings page, 2020-09-16).
const LONGEST: u8 = 29;

fn check(estate: &Estate, report: &mut Report) {
    for gateway in estate.gateways() {
        for subnet in &gateway.subnets {
            named(estate, gateway, subnet, report);
        }
    }
    for network in estate.networks() {
        for subnet in network.subnets.iter().filter(|subnet| subnet.is_gateway_subnet()) {
            large_enough(network, subnet, report);
        }
    }
    machines(estate, report);
}

fn named(estate: &Estate, gateway: &Gateway, subnet: &Placed<ResourceId>, report: &mut Report) {
    let Some(name) = subnet.names().last() else { return };
    let Some(written) = name.known() else {
        let reason = format!("the name of the subnet of gateway `{}` is not known", gateway.name);
        return report.undecided(&gateway.id, subnet, reason);
    };
    if written.eq_ignore_ascii_case("GatewaySubnet") {
        return;
    }
    let message = format!(
        "gateway `{}` is in subnet `{written}`; the subnet must be named `GatewaySubnet`",
        gateway.name
    );
    let finding = report.finding(subnet, message);
    finding.about(&gateway.id);
    finding.help("create a subnet `GatewaySubnet` of `/27` or larger and place the gateway there");
    let network = subnet.parent().and_then(|id| estate.network_by_id(&id));
    if let Some(declared) = network.and_then(|network| network.subnet(written)) {
        finding.related(&declared.place, "the subnet");
    }
}

fn large_enough(network: &Network, subnet: &Subnet, report: &mut Report) {
    let v4 = subnet.prefixes.prefixes.iter().filter(|prefix| prefix.net.addr().is_ipv4());
    let mut small = v4.filter(|prefix| prefix.net.prefix_len() > LONGEST);
    if let Some(prefix) = small.next() {
        let message = format!(
            "`GatewaySubnet` of `{}` is `{}`; a gateway needs `/{LONGEST}` or larger",
            network.name, prefix.written
        );
        let finding = report.finding(&prefix.origin, message);
        finding.about(&subnet.id);
        finding.help("give `GatewaySubnet` a range of `/27` or larger");
        finding.related(&subnet.place, "the subnet");
    } else if let Some(unknown) = &subnet.prefixes.unknown {
        report.blocked(&subnet.id, unknown);
    }
}

fn machines(estate: &Estate, report: &mut Report) {
    let mut found: BTreeMap<&ResourceId, Vec<(&Placed<ResourceId>, &str)>> = BTreeMap::new();
    for interface in estate.interfaces() {
        let Some(machine) = interface.machine.map(|index| estate.machine(index)) else { continue };
        for ip in &interface.ip_configurations {
            let Some(subnet) = ip.subnet.placed() else { continue };
            if ip.subnet_name().is_some_and(|name| name.eq_ignore_ascii_case("GatewaySubnet")) {
                found.entry(&subnet.value).or_default().push((subnet, machine.name()));
            }
        }
    }
    for (id, mut inside) in found {
        inside.dedup_by_key(|(_, machine)| *machine);
        let Some((place, _)) = inside.first() else { continue };
        let network = id.parent();
        let message = format!(
            "`GatewaySubnet` of `{}` holds {}; nothing but gateways may be in it",
            network.as_ref().map_or("", ResourceId::name),
            listed(inside.iter().map(|(_, machine)| machine))
        );
        let finding = report.finding(*place, message);
        finding.about(id);
        finding.help("move the machines to another subnet; `GatewaySubnet` should be `/27` or larger");
        for (place, machine) in inside.iter().take(20) {
            finding.related(*place, format!("`{machine}`"));
        }
    }
}
