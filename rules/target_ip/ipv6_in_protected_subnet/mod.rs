#![doc = include_str!("README.md")]

use std::collections::BTreeMap;

use drlint_estate::{
    Interface, InterfaceIndex, Network, NetworkIndex, Prefix, ProtectedItem, Subnet, TargetSubnet,
};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::moves::moves;
use crate::shared::listed;

pub(crate) static RULE: Builtin = Builtin {
    name: "ipv6-in-protected-subnet",
    group: "target_ip",
    summary: "a protected machine lives in, or comes up in, a subnet with IPv6",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

/// The machines of each subnet, by network and name in lower case.
type Inhabitants<'e> = BTreeMap<(NetworkIndex, String), (&'e Network, &'e Subnet, Vec<&'e ProtectedItem>)>;

fn check(estate: &Estate, report: &mut Report) {
    let mut inhabitants = Inhabitants::new();
    let mut interfaces: BTreeMap<InterfaceIndex, (&Interface, &ProtectedItem)> = BTreeMap::new();
    for one in moves(estate, report, |pair| pair.retain_ip) {
        if let Some((interface, _)) = one.source_configuration() {
            interfaces.insert(interface.index, (interface, one.item));
        }
        let (source, recovery) = (one.pair.source, one.pair.recovery);
        match one.source_subnet_name().and_then(|name| source.subnet(name)) {
            Some(subnet) => add(&mut inhabitants, source, subnet, one.item),
            None => {
                let reason = "the source subnet of a protected machine is not in the input";
                report.undecided(&one.item.id, &one.ip.place, reason);
            }
        }
        match one.target_subnet() {
            TargetSubnet::Unknown(unknown) => report.blocked(&one.item.id, &unknown),
            target => target
                .subnet()
                .into_iter()
                .for_each(|subnet| add(&mut inhabitants, recovery, subnet, one.item)),
        }
    }
    for (network, subnet, items) in inhabitants.values() {
        judge_subnet(network, subnet, items, report);
    }
    for (interface, item) in interfaces.values() {
        judge_interface(estate, interface, item, report);
    }
}

fn add<'e>(found: &mut Inhabitants<'e>, network: &'e Network, subnet: &'e Subnet, item: &'e ProtectedItem) {
    let key = (network.index, subnet.name.to_lowercase());
    let (_, _, items) = found.entry(key).or_insert_with(|| (network, subnet, Vec::new()));
    if items.last().is_none_or(|last| last.id != item.id) {
        items.push(item);
    }
}

fn judge_subnet(network: &Network, subnet: &Subnet, items: &[&ProtectedItem], report: &mut Report) {
    let Some(prefix) = ipv6(subnet) else {
        report.decided(&subnet.id, subnet.prefixes.complete());
        return;
    };
    let machines = listed(items.iter().map(|item| item.machine_name.as_str()));
    let kept = if items.len() == 1 { "the address of" } else { "the addresses of" };
    let is = if items.len() == 1 { "is" } else { "are" };
    let message = format!(
        "subnet `{}` of `{}` has `{}`; {kept} {machines} {is} not kept in a subnet with IPv6",
        subnet.name, network.name, prefix.written
    );
    let finding = report.finding(&prefix.origin, message);
    finding.about(&subnet.id);
    finding.help("move the protected machines to a subnet without IPv6");
    for item in items.iter().take(20) {
        finding.related(&item.place, format!("`{}` is protected", item.machine_name));
    }
}

/// Judges IPv6 configurations, unless their subnet says it all.
fn judge_interface(estate: &Estate, interface: &Interface, item: &ProtectedItem, report: &mut Report) {
    for ip in interface.ip_configurations.iter().filter(|ip| ip.is_ipv6()) {
        let network = ip.network.map(|network| estate.network(network));
        let subnet = network.zip(ip.subnet_name()).and_then(|(network, name)| network.subnet(name));
        if subnet.is_some_and(|subnet| ipv6(subnet).is_some()) {
            continue;
        }
        let message = format!(
            "IP configuration `{}` of `{}` is IPv6, which is not replicated with `{}`",
            ip.name,
            interface.name(),
            item.machine_name
        );
        let finding = report.finding(&ip.place, message);
        finding.about(&interface.id);
        finding.help("move the protected machines to a subnet without IPv6");
        finding.related(&item.place, format!("`{}` is protected", item.machine_name));
        if let Some(network) = network {
            finding.together(
                &network.id,
                interface.name(),
                format!(
                    "IP configurations of protected machines of `{}` are IPv6, which is not replicated",
                    network.name
                ),
                "move the protected machines to a subnet without IPv6",
            );
        }
    }
}

fn ipv6(subnet: &Subnet) -> Option<&Prefix> {
    subnet.prefixes.prefixes.iter().find(|prefix| prefix.net.network().is_ipv6())
}
