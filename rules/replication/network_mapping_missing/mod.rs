#![doc = include_str!("README.md")]

use std::collections::BTreeSet;

use drlint_estate::{Absence, NETWORK_MAPPING, Network, NetworkIndex, ProtectedItem};
use drlint_policy::{Builtin, Check, Estate, Place, Report, Severity};

pub(crate) static RULE: Builtin = Builtin {
    name: "network-mapping-missing",
    group: "replication",
    summary: "no network mapping has a source of protected machines",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    let mapped: BTreeSet<NetworkIndex> =
        estate.mappings().iter().filter_map(|mapping| mapping.primary_network).collect();
    let unread = estate.mappings().iter().find_map(|mapping| mapping.primary.unknown());
    for source in estate.networks().iter().filter(|network| !mapped.contains(&network.index)) {
        let mut items = estate.items_of(source).filter(|item| !item.is_zone_to_zone());
        let Some(item) = items.next() else { continue };
        if let Some(unknown) = unread {
            report.blocked(&source.id, unknown);
        } else if let Absence::Undecided(unknown) = estate.absence(NETWORK_MAPPING, &item.id, item.place.span)
        {
            report.blocked(&source.id, &unknown);
        } else {
            say(estate, source, item, report);
        }
    }
}

fn say(estate: &Estate, source: &Network, item: &ProtectedItem, report: &mut Report) {
    let target = item.target_network.map(|index| estate.network(index));
    let mut message = format!("no network mapping for `{}`", source.name);
    if let Some(target) = target {
        message.push_str(&format!("; its machines fail over to `{}`", target.name));
    }
    let finding = report.finding(target_place(item), message);
    finding.about(&source.id);
    finding.help(match target {
        Some(target) => format!("map `{}` to `{}`, and back", source.name, target.name),
        None => format!("map `{}` to its recovery, and back", source.name),
    });
    finding.related(&source.place, format!("`{}`", source.name));
}

/// Where the item names the network it fails over to.
fn target_place(item: &ProtectedItem) -> Place {
    let of_nics = item.nics.iter().find_map(|nic| nic.recovery_network.origin());
    of_nics.or(item.recovery_network.origin()).unwrap_or(&item.place).into()
}
