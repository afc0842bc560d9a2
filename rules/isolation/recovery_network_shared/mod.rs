#![doc = include_str!("README.md")]

use std::collections::BTreeMap;

use drlint_estate::{AddressSet, NetworkIndex, Pair, overlaps_among};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::shared::listed;

pub(crate) static RULE: Builtin = Builtin {
    name: "recovery-network-shared",
    group: "isolation",
    summary: "two networks fail over to one recovery that cannot hold both",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    let mut shared: BTreeMap<NetworkIndex, Vec<Pair<'_>>> = BTreeMap::new();
    for pair in estate.pairs().filter(|pair| pair.retain_ip) {
        shared.entry(pair.recovery.index).or_default().push(pair);
    }
    for pairs in shared.values().filter(|pairs| pairs.len() > 1) {
        if overlap(pairs) || is_too_small(pairs, report) {
            say(pairs, report);
        }
    }
}

fn overlap(pairs: &[Pair<'_>]) -> bool {
    let prefixes = pairs
        .iter()
        .enumerate()
        .flat_map(|(at, pair)| pair.source.address_space.prefixes.iter().map(move |prefix| (prefix.net, at)));
    !overlaps_among(prefixes).is_empty()
}

/// Whether the recovery lacks part of a source. Ranges that are not known may also overlap.
fn is_too_small(pairs: &[Pair<'_>], report: &mut Report) -> bool {
    let Some(recovery) = pairs.first().map(|pair| pair.recovery) else { return false };
    let ranges = pairs.iter().map(|pair| &pair.source.address_space).chain([&recovery.address_space]);
    for range in ranges {
        if report.decided(&recovery.id, range.complete()).is_none() {
            return false;
        }
    }
    let space = recovery.address_space.addresses();
    let lacks = |wanted: AddressSet| !space.covers(&wanted.v4());
    recovery.address_space.is_shown() && pairs.iter().any(|pair| lacks(pair.source.address_space.addresses()))
}

fn say(pairs: &[Pair<'_>], report: &mut Report) {
    let Some(recovery) = pairs.first().map(|pair| pair.recovery) else { return };
    let sources = listed(pairs.iter().map(|pair| pair.source.name.as_str()));
    let all = if pairs.len() == 2 { "both" } else { "all" };
    let finding =
        report.finding(&recovery.place, format!("{sources} {all} fail over to `{}`", recovery.name));
    finding.about(&recovery.id).help("create one recovery network for each source");
    for pair in pairs {
        for evidence in pair.evidence().iter().take(1) {
            finding
                .related(&evidence.place, format!("the pair of `{}`: {}", pair.source.name, evidence.text));
        }
    }
}
