#![doc = include_str!("README.md")]

use std::collections::{BTreeMap, BTreeSet};

use drlint_estate::{Link, Neighborhood, Network};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use super::words::{listed, pair_of, ranges, with_prefix};
use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "neighbors-overlap",
    group: "links",
    summary: "two networks connected with the same network use the same addresses",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    let unknown = estate.unknown_links_by_network();
    for middle in estate.networks() {
        let around = estate.neighborhood(middle);
        if let Some(link) = unknown.get(&middle.index).and_then(|links| links.first())
            && !around.neighbors.is_empty()
        {
            report.blocked(&middle.id, link.unknown);
        }
        if around.neighbors.len() < 2 {
            continue;
        }
        // By the link to cut: the networks that were there before.
        let mut clashes: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (one, two) in &around.overlaps {
            let (kept, cut) = in_order(estate, &around, estate.network(*one), estate.network(*two));
            clashes.entry(cut.index).or_default().push(kept);
        }
        let condition = |network: &Network| link_of(estate, &around, network).and_then(Link::condition);
        for (cut, kept) in clashes {
            let cut = estate.network(cut);
            let (doubtful, certain): (Vec<&Network>, Vec<&Network>) =
                kept.into_iter().partition(|network| condition(network).is_some());
            match condition(cut).or_else(|| doubtful.iter().find_map(|network| condition(network))) {
                Some(unknown) if certain.is_empty() || condition(cut).is_some() => {
                    report.blocked(&middle.id, unknown);
                }
                _ => judge(estate, middle, &around, &certain, cut, report),
            }
        }
        let clashing: BTreeSet<_> = around.overlaps.iter().flat_map(|(one, two)| [one, two]).collect();
        for (neighbor, (_, space)) in &around.neighbors {
            if let Some(unknown) = space.unknown.as_ref().filter(|_| !clashing.contains(neighbor)) {
                report.blocked(&estate.network(*neighbor).id, unknown);
            }
        }
    }
}

/// The link that goes is that of a recovery beside its source, else the one whose id sorts last.
fn in_order<'e>(
    estate: &'e Estate,
    around: &Neighborhood,
    one: &'e Network,
    two: &'e Network,
) -> (&'e Network, &'e Network) {
    if let Some(pair) = pair_of(estate, one, two) {
        return (pair.source, pair.recovery);
    }
    let id = |network: &Network| {
        let link = link_of(estate, around, network)?;
        Some(&link.declared_by(network.index)?.resource)
    };
    if id(one) <= id(two) { (one, two) } else { (two, one) }
}

fn link_of<'e>(estate: &'e Estate, around: &Neighborhood, network: &Network) -> Option<&'e Link> {
    around.neighbors.get(&network.index).map(|(link, _)| estate.link(*link))
}

fn judge(
    estate: &Estate,
    middle: &Network,
    around: &Neighborhood,
    kept: &[&Network],
    cut: &Network,
    report: &mut Report,
) {
    // Beside its source, a recovery has one fault, whoever else is there.
    let pair = kept.iter().find_map(|network| pair_of(estate, network, cut));
    let kept: Vec<&Network> = match &pair {
        Some(pair) => vec![pair.source],
        None => kept.to_vec(),
    };
    let Some(first) = kept.first() else { return };
    let Some(declaration) = link_of(estate, around, cut).and_then(|link| link.declared_by(cut.index)) else {
        return;
    };
    let shared = around.shared(first.index, cut.index);
    let all = kept.iter().chain([&cut]).map(|network| &network.name);
    let which = if kept.len() == 1 { "both" } else { "all" };
    let message =
        format!("`{}` is connected with {}, which {which} use {}", middle.name, listed(all), ranges(&shared));
    let finding = report.finding(&declaration.place, message);
    finding.about(&middle.id);
    finding.help(match pair {
        Some(_) => format!(
            "connect `{}` only after `{}` is disconnected from `{}`, on both sides",
            cut.name, middle.name, first.name
        ),
        None => format!("renumber `{}`, or disconnect it from `{}`, on both sides", cut.name, middle.name),
    });
    for network in kept.iter().take(20) {
        if let Some(other) = link_of(estate, around, network).and_then(|link| link.declared_by(network.index))
        {
            finding.related(&other.place, other.text.clone());
        }
        with_prefix(finding, network, &around.shared(network.index, cut.index));
    }
    with_prefix(finding, cut, &shared);
    if let Some(pair) = &pair {
        with_evidence(finding, pair);
    }
}
