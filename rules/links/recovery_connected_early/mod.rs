#![doc = include_str!("README.md")]

use std::collections::{BTreeMap, BTreeSet};

use drlint_estate::{Link, Network, NetworkIndex, Pair};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use super::words::with_declarations;
use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "recovery-connected-early",
    group: "links",
    summary: "a recovery network is connected with another network before any failover",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    let mut clashing = Clashing::default();
    let unknown = estate.unknown_links_by_network();
    let mut judged = BTreeSet::new();
    for pair in estate.pairs().filter(|pair| pair.retain_ip && pair.at_rest()) {
        for (neighbor, link) in estate.neighbors(pair.recovery).filter(|(_, link)| !link.down) {
            let said_by_others = leads_to_source(estate, &pair, neighbor)
                || clashing.at(estate, neighbor).contains(&pair.recovery.index);
            if said_by_others || !judged.insert((pair.recovery.index, link.index)) {
                continue;
            }
            let doubt = pair.items().find_map(|item| item.active_location.unknown());
            match link.condition().or(doubt) {
                None => judge(&pair, neighbor, link, report),
                Some(unknown) => report.blocked(&pair.recovery.id, unknown),
            }
        }
        for link in unknown.get(&pair.recovery.index).into_iter().flatten() {
            report.blocked(&pair.recovery.id, link.unknown);
        }
    }
}

/// Whether `source-recovery-connected` speaks about the link with `neighbor`.
fn leads_to_source(estate: &Estate, pair: &Pair<'_>, neighbor: &Network) -> bool {
    let through = [
        estate.shared_hub(pair.recovery, pair.source).map(|way| way.hubs[0]),
        estate.shared_gateway(pair.recovery, pair.source).map(|(network, _)| network),
    ];
    neighbor.index == pair.source.index
        || through.into_iter().flatten().any(|network| network.index == neighbor.index)
}

/// By network: those linked with it that overlap another one there, about which `neighbors-overlap` speaks.
#[derive(Default)]
struct Clashing(BTreeMap<NetworkIndex, BTreeSet<NetworkIndex>>);

impl Clashing {
    fn at(&mut self, estate: &Estate, middle: &Network) -> &BTreeSet<NetworkIndex> {
        self.0.entry(middle.index).or_insert_with(|| {
            estate.neighborhood(middle).overlaps.into_iter().flat_map(|(one, two)| [one, two]).collect()
        })
    }
}

fn judge(pair: &Pair<'_>, neighbor: &Network, link: &Link, report: &mut Report) {
    let recovery = pair.recovery;
    let declaration = link.declared_by(recovery.index);
    let place = declaration.map_or(&recovery.place, |declaration| &declaration.place);
    let message = format!(
        "recovery network `{}` is connected with `{}` before any failover",
        recovery.name, neighbor.name
    );
    let finding = report.finding(place, message);
    finding.about(&recovery.id);
    finding.help(format!(
        "connect `{}` as a step of the failover, after `{}` is disconnected",
        recovery.name, pair.source.name
    ));
    with_declarations(finding, link);
    with_evidence(finding, pair);
}
