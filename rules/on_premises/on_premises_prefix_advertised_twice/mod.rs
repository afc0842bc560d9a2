#![doc = include_str!("README.md")]

use std::collections::{BTreeMap, BTreeSet};

use drlint_estate::{AddressSet, Network, NetworkIndex, Site, SiteLink, Through, overlaps_among};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::shared::{listed, with_evidence};

pub(crate) static RULE: Builtin = Builtin {
    name: "on-premises-prefix-advertised-twice",
    group: "on_premises",
    summary: "a site reaches the same addresses through two networks",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

/// Other connections that a finding shows.
const SHOWN: usize = 20;

/// A network as a site sees it.
struct Seen<'e> {
    network: &'e Network,
    way: SiteLink<'e>,
    announced: AddressSet,
}

fn check(estate: &Estate, report: &mut Report) {
    for site in estate.sites() {
        let seen = seen(estate, site, report);
        may_use_the_gateway(estate, site, &seen, report);
        if seen.len() < 2 {
            continue;
        }
        let mut spoke = false;
        for (last, others) in twice(estate, &seen) {
            spoke = true;
            let (doubtful, certain): (Vec<&Seen<'_>>, Vec<&Seen<'_>>) =
                others.into_iter().partition(|other| other.way.condition().is_some());
            let doubt = last.way.condition();
            match doubt.or_else(|| doubtful.iter().find_map(|other| other.way.condition())) {
                Some(unknown) if certain.is_empty() || doubt.is_some() => report.blocked(&site.id, unknown),
                _ => say(estate, site, last, &certain, report),
            }
        }
        if !spoke {
            // What is not known of an address space may overlap.
            for seen in &seen {
                report.decided(&site.id, seen.network.address_space.complete());
            }
        }
    }
}

/// The networks that the site reaches by links that are up, each once.
fn seen<'e>(estate: &'e Estate, site: &Site, report: &mut Report) -> Vec<Seen<'e>> {
    let mut found: BTreeMap<NetworkIndex, Seen<'e>> = BTreeMap::new();
    let mut ways = estate.networks_at(site);
    ways.sort_by_key(|(_, way)| way.condition().is_some());
    for (network, way) in ways {
        if way.is_down() || found.contains_key(&network.index) {
            continue;
        }
        match estate.announced(network, &way) {
            Ok(announced) => {
                found.insert(network.index, Seen { network, way, announced });
            }
            Err(unknown) => report.blocked(&site.id, &unknown),
        }
    }
    found.into_values().collect()
}

/// Says that the rule is undecided where a peered network may use the gateway of one that the site reaches, and has
/// addresses that the site knows already.
fn may_use_the_gateway(estate: &Estate, site: &Site, seen: &[Seen<'_>], report: &mut Report) {
    for middle in seen.iter().filter(|one| matches!(one.way.through, Through::Own)) {
        for (spoke, link) in estate.neighbors(middle.network) {
            let mut halves = estate.peerings_of(link).filter(|(owner, _)| owner.index == spoke.index);
            let Some(unknown) = halves.find_map(|(_, half)| half.use_remote_gateways.unknown()) else {
                continue;
            };
            let space = spoke.address_space.addresses();
            if seen.iter().any(|one| one.network.index != spoke.index && one.announced.overlaps(&space)) {
                report.blocked(&site.id, unknown);
            }
        }
    }
}

/// Networks that announce what others do: each with those others, so that many networks make as many findings.
fn twice<'s, 'e>(estate: &Estate, seen: &'s [Seen<'e>]) -> Vec<(&'s Seen<'e>, Vec<&'s Seen<'e>>)> {
    let prefixes = seen
        .iter()
        .enumerate()
        .flat_map(|(at, seen)| seen.announced.prefixes().into_iter().map(move |prefix| (prefix, at)));
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (one, two) in overlaps_among(prefixes) {
        let (Some(first), Some(second)) = (seen.get(one), seen.get(two)) else { continue };
        let (last, other) = if comes_last(estate, first, second) { (one, two) } else { (two, one) };
        found.entry(last).or_default().push(other);
    }
    let seen = |at: usize| seen.get(at);
    found
        .into_iter()
        .filter_map(|(last, others)| Some((seen(last)?, others.into_iter().filter_map(seen).collect())))
        .collect()
}

/// Whether the connection of `one` is the one to change: a recovery's, else the one whose id sorts last.
fn comes_last(estate: &Estate, one: &Seen<'_>, two: &Seen<'_>) -> bool {
    let recovers = |one: &Seen<'_>, two: &Seen<'_>| {
        estate.pairs_of_recovery(one.network).any(|pair| pair.source.index == two.network.index)
    };
    let id =
        |seen: &Seen<'_>| seen.way.declared_by(seen.network).map(|declaration| declaration.resource.clone());
    recovers(one, two) || (!recovers(two, one) && id(one) > id(two))
}

fn say(estate: &Estate, site: &Site, last: &Seen<'_>, others: &[&Seen<'_>], report: &mut Report) {
    let Some(other) = others.first() else { return };
    let shared = last.announced.shared(&other.announced);
    let both = if others.len() == 1 { "both " } else { "" };
    let names = others.iter().chain([&last]).map(|seen| seen.network.name.as_str());
    let name = last.way.site_name(estate);
    // One device, told of by a gateway resource for each network.
    let also: BTreeSet<&str> =
        others.iter().map(|seen| seen.way.site_name(estate)).filter(|other| *other != name).collect();
    let also = if also.is_empty() { String::new() } else { format!(", also told of as {},", listed(also)) };
    let message =
        format!("site `{name}`{also} reaches `{}` through {both}{}", shared.written(), listed(names));
    let pair = estate.pairs_of_recovery(last.network).find(|pair| pair.source.index == other.network.index);
    let declaration = last.way.declared_by(last.network);
    let finding = report.finding(declaration.map_or(&last.network.place, |one| &one.place), message);
    finding.about(last.way.site_id(estate));
    finding.help(match pair {
        Some(_) => format!(
            "disconnect `{}` before `{}` is connected, as steps of the failover",
            other.network.name, last.network.name
        ),
        None => format!("connect only one of them with `{name}`, or renumber `{}`", last.network.name),
    });
    for seen in others.iter().take(SHOWN) {
        if let Some(declaration) = seen.way.declared_by(seen.network) {
            finding.related(&declaration.place, declaration.text.clone());
        }
    }
    finding.related(&site.place, format!("site `{}`", site.name));
    for seen in [&last, other] {
        let space = &seen.network.address_space;
        // After a NAT rule none of its own prefixes is what the site sees.
        if let Some(prefix) = space.overlapping(&shared).or(space.prefixes.first()) {
            finding.related(&prefix.origin, format!("the range of `{}`", seen.network.name));
        }
    }
    if let Some(pair) = pair {
        with_evidence(finding, &pair);
    }
}
