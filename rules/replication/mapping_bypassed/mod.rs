#![doc = include_str!("README.md")]

use std::collections::BTreeMap;

use drlint_estate::{EvidenceKind, Mapping, NetworkIndex, ProtectedItem};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::Origin;

pub(crate) static RULE: Builtin = Builtin {
    name: "mapping-bypassed",
    group: "replication",
    summary: "machines fail over to another network than the mapping of their network says",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    let mut mappings: BTreeMap<NetworkIndex, Vec<&Mapping>> = BTreeMap::new();
    for mapping in estate.mappings() {
        if let Some(primary) = mapping.primary_network {
            mappings.entry(primary).or_default().push(mapping);
        }
    }
    for item in estate.items() {
        judge(estate, item, &mappings, report);
    }
    contradictions(estate, report);
}

/// Each interface is judged by the mapping of its own network; the first that leads elsewhere speaks.
fn judge(
    estate: &Estate,
    item: &ProtectedItem,
    mappings: &BTreeMap<NetworkIndex, Vec<&Mapping>>,
    report: &mut Report,
) {
    for (source, target, place) in ways(item) {
        let Some(mapping) = mappings.get(&source).and_then(|all| mapping_for(item, all)) else { continue };
        let Some(mapped) = mapping.recovery_network else {
            if let Some(unknown) = mapping.recovery.unknown() {
                report.blocked(&item.id, unknown);
            }
            continue;
        };
        if mapped == target {
            continue;
        }
        let owner = &estate.network(source).id;
        let [source, target, mapped] = [source, target, mapped].map(|index| &estate.network(index).name);
        let message =
            format!("`{}` fails over to `{target}`; `{source}` is mapped to `{mapped}`", item.machine_name);
        let finding = report.finding(place, message);
        finding.about(&item.id);
        finding
            .help(format!("set the network of `{}` to `{mapped}`, or change the mapping", item.machine_name));
        let mapping_place = mapping.recovery.origin().unwrap_or(&mapping.place);
        finding.related(mapping_place, format!("network mapping `{}`", mapping.name));
        finding.together(
            owner,
            &item.machine_name,
            format!("machines fail over to `{target}`; `{source}` is mapped to `{mapped}`"),
            format!("set the network of each to `{mapped}`, or change the mapping"),
        );
        return;
    }
}

/// From which network to which the item goes, interface by interface, with the place that says so.
fn ways(item: &ProtectedItem) -> Vec<(NetworkIndex, NetworkIndex, &Origin)> {
    let selected = item.recovery_network.origin();
    let of_nics = item.nics.iter().filter_map(|nic| {
        let place = nic.recovery_network.origin().or(selected).unwrap_or(&nic.place);
        Some((nic.source_network_index?, nic.recovery_network_index?, place))
    });
    let mut found: Vec<_> = of_nics.collect();
    if found.is_empty() {
        let whole = item.source_network.zip(item.target_network);
        found.extend(whole.map(|(source, target)| (source, target, selected.unwrap_or(&item.place))));
    }
    found
}

/// A network has one mapping for each recovery region.
fn mapping_for<'m>(item: &ProtectedItem, all: &[&'m Mapping]) -> Option<&'m Mapping> {
    let same_region = |mapping: &&&Mapping| {
        let regions = mapping.recovery_region.known().zip(item.recovery_region.known());
        regions.is_none_or(|(mapped, wanted)| mapped == wanted)
    };
    all.iter().find(same_region).copied()
}

/// Evidence for a pair that disagrees with stronger evidence. Items against mappings have spoken already.
fn contradictions(estate: &Estate, report: &mut Report) {
    for found in estate.contradictions() {
        if found.weaker.kind == EvidenceKind::Item && found.stronger.kind == EvidenceKind::Mapping {
            continue;
        }
        let source = estate.network(found.source);
        let [recovery, other] = [found.recovery, found.other].map(|index| &estate.network(index).name);
        let message = format!(
            "{} pairs `{}` with `{other}`, but {} with `{recovery}`",
            found.weaker.text, source.name, found.stronger.text
        );
        let finding = report.finding(&found.weaker.place, message);
        finding.about(&source.id);
        finding.help(format!("let both name `{recovery}`, or both `{other}`"));
        finding.related(&found.stronger.place, found.stronger.text.clone());
    }
}
