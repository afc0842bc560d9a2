#![doc = include_str!("README.md")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use drlint_estate::{Mapping, NETWORK_MAPPING, Network, NetworkIndex, Region};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::Unknown;

pub(crate) static RULE: Builtin = Builtin {
    name: "reverse-mapping-missing",
    group: "replication",
    summary: "a network is mapped to its recovery, but the recovery is not mapped back",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    let back: BTreeMap<NetworkIndex, Vec<&Mapping>> = by_primary(estate);
    let fabrics = regions_with_mappings(estate);
    let unread_primary = estate.mappings().iter().find_map(|mapping| mapping.primary.unknown());
    for mapping in estate.mappings() {
        let (Some(source), Some(recovery)) = (mapping.primary_network, mapping.recovery_network) else {
            continue;
        };
        let (source, recovery) = (estate.network(source), estate.network(recovery));
        // The way back of a pair has a mapping of its own, which is not the one that asks for its reverse.
        if !estate.pairs_of_source(source).any(|pair| pair.recovery.index == recovery.index) {
            continue;
        }
        let others = back.get(&recovery.index).map_or(&[][..], Vec::as_slice);
        if others.iter().any(|other| other.recovery_network == Some(source.index)) {
            continue;
        }
        if let Some(unknown) = unread(others).or(unread_primary) {
            report.blocked(&recovery.id, unknown);
            continue;
        }
        let region = mapping.recovery_region.known().or(recovery.region.known());
        let shown = region.is_some_and(|region| fabrics.contains(region.key()));
        if others.is_empty() && !shown {
            let reason = match region {
                Some(region) => format!("no input shows the mappings of the fabric of `{region}`"),
                None => format!("nobody says in which region `{}` is", recovery.name),
            };
            report.undecided(&recovery.id, mapping.recovery.origin().unwrap_or(&mapping.place), reason);
            continue;
        }
        if let Some(unknown) = estate.incomplete(&[NETWORK_MAPPING], mapping.place.span) {
            report.blocked(&recovery.id, &unknown);
            continue;
        }
        say(estate, mapping, [source, recovery], others, report);
    }
}

fn by_primary(estate: &Estate) -> BTreeMap<NetworkIndex, Vec<&Mapping>> {
    let mut found: BTreeMap<NetworkIndex, Vec<&Mapping>> = BTreeMap::new();
    for mapping in estate.mappings() {
        if let Some(primary) = mapping.primary_network {
            found.entry(primary).or_default().push(mapping);
        }
    }
    found
}

/// The regions whose fabric the input has, or mappings below it.
fn regions_with_mappings(estate: &Estate) -> BTreeSet<&str> {
    let of_mappings = estate.mappings().iter().map(|mapping| &mapping.primary_region);
    let of_fabrics = estate.fabrics().iter().map(|fabric| &fabric.region);
    of_mappings.chain(of_fabrics).filter_map(|region| region.known()).map(Region::key).collect()
}

fn unread<'m>(mappings: &[&'m Mapping]) -> Option<&'m Arc<Unknown>> {
    mappings.iter().find_map(|mapping| mapping.recovery.unknown())
}

fn say(
    estate: &Estate,
    mapping: &Mapping,
    [source, recovery]: [&Network; 2],
    others: &[&Mapping],
    report: &mut Report,
) {
    let elsewhere = others.iter().find_map(|other| Some((*other, estate.network(other.recovery_network?))));
    let back = match elsewhere {
        Some((_, other)) => format!("`{}` is mapped to `{}`", recovery.name, other.name),
        None => format!("nothing maps `{}` back", recovery.name),
    };
    let message = format!("`{}` is mapped to `{}`, but {back}", source.name, recovery.name);
    let finding = report.finding(mapping.recovery.origin().unwrap_or(&mapping.place), message);
    finding.about(&recovery.id).help(format!("map `{}` to `{}`", recovery.name, source.name));
    if let Some((other, network)) = elsewhere {
        let place = other.recovery.origin().unwrap_or(&other.place);
        finding.related(place, format!("network mapping `{}` leads to `{}`", other.name, network.name));
    }
}
