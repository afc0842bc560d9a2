#![doc = include_str!("README.md")]

use std::net::IpAddr;

use drlint_estate::{Interface, IpConfiguration, ItemIpConfiguration, ItemNic, Pair, ProtectedItem};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::moves::items;

pub(crate) static RULE: Builtin = Builtin {
    name: "secondary-ip-left-behind",
    group: "target_ip",
    summary: "a secondary address of a protected machine does not fail over",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for (pair, item) in items(estate, report, |pair| pair.retain_ip && !estate.is_zone_to_zone(pair)) {
        for nic in pair.moving_nics(item) {
            for ip in &nic.ip_configurations {
                deselected(estate, &pair, item, nic, ip, report);
            }
            match nic.interface.map(|interface| estate.interface(interface)) {
                Some(interface) if !interface.known_from_outside => {
                    unlisted(&pair, item, nic, interface, report);
                }
                _ => report.undecided(
                    &item.id,
                    &nic.place,
                    "the interface of a protected machine is not in the input",
                ),
            }
        }
    }
}

/// A secondary configuration that the item knows and leaves out.
fn deselected(
    estate: &Estate,
    pair: &Pair<'_>,
    item: &ProtectedItem,
    nic: &ItemNic,
    ip: &ItemIpConfiguration,
    report: &mut Report,
) {
    if ip.primary.known() == Some(&true) || (ip.primary.is_absent() && nic.ip_configurations.len() == 1) {
        return;
    }
    let own = estate.source_configuration(nic, ip).map(|(_, own)| own);
    let Some(selected) = report.known(&item.id, &ip.selected) else { return };
    if selected.value || own.is_some_and(IpConfiguration::is_ipv6) {
        return;
    }
    let address = estate.source_address(nic, ip).ok().map(|source| source.address.value);
    if address.is_some_and(|address| address.is_ipv6()) {
        return;
    }
    // What has no name is what is left of a broken one.
    let Some(name) = ip.name.known() else { return };
    let finding = report.finding(selected, message(item, name, address));
    finding.about(&item.id);
    finding
        .help(format!("select IP configuration `{name}` for failover in the network settings of the item"));
    if let Some(own) = own {
        finding.related(&own.place, "the IP configuration");
    }
    finding.together(
        &pair.source.id,
        &item.machine_name,
        format!("secondary addresses of machines of `{}` are not selected for failover", pair.source.name),
        "select the IP configurations for failover in the network settings of the items",
    );
}

/// Secondary configurations that the item does not know.
fn unlisted(
    pair: &Pair<'_>,
    item: &ProtectedItem,
    nic: &ItemNic,
    interface: &Interface,
    report: &mut Report,
) {
    let primary = interface.primary().map(|primary| &primary.name);
    for own in &interface.ip_configurations {
        if Some(&own.name) == primary
            || own.is_ipv6()
            || nic.ip_configurations.iter().any(|ip| lists(ip, own))
        {
            continue;
        }
        let place = nic.ip_configurations_place.as_ref().unwrap_or(&nic.place);
        let finding = report.finding(place, message(item, &own.name, own.address.known().copied()));
        finding.about(&item.id);
        finding.help(format!("add IP configuration `{}` to the network settings of the item", own.name));
        let at = own.address.origin().unwrap_or(&own.place);
        finding.related(at, format!("IP configuration `{}` of `{}`", own.name, interface.name()));
        finding.together(
            &pair.source.id,
            &item.machine_name,
            format!("secondary addresses of machines of `{}` are unknown to their items", pair.source.name),
            "add the IP configurations to the network settings of the items",
        );
    }
}

/// Whether the item's `ip` is the interface's `own`: by name, or by address.
fn lists(ip: &ItemIpConfiguration, own: &IpConfiguration) -> bool {
    ip.name.known().is_some_and(|name| name.eq_ignore_ascii_case(&own.name))
        || ip.source_address.known().is_some_and(|address| own.address.known() == Some(address))
}

fn message(item: &ProtectedItem, name: &str, address: Option<IpAddr>) -> String {
    let machine = &item.machine_name;
    match address {
        Some(address) => format!("secondary address `{address}` of `{machine}` does not fail over"),
        None => format!("secondary IP configuration `{name}` of `{machine}` does not fail over"),
    }
}
