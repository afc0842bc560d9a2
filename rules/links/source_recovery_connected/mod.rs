#![doc = include_str!("README.md")]

use std::sync::Arc;

use drlint_estate::{End, Link, Network, Pair};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::Unknown;

use super::words::with_declarations;
use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "source-recovery-connected",
    group: "links",
    summary: "a recovery network is connected with its source",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    let unknown = estate.unknown_links_by_network();
    for pair in estate.pairs().filter(|pair| pair.retain_ip) {
        let ways = ways(estate, &pair);
        if ways.is_empty() {
            let ends = [pair.recovery.index, pair.source.index];
            if let Some(link) = ends.iter().find_map(|end| unknown.get(end)?.first()) {
                report.blocked(&pair.recovery.id, link.unknown);
            }
            continue;
        }
        match pair.source.space().shared(&pair.recovery.space()) {
            Ok(shared) if shared.is_empty() => {}
            Ok(_) => {
                let (doubtful, certain): (Vec<&Way<'_>>, Vec<&Way<'_>>) =
                    ways.iter().partition(|way| way.condition().is_some());
                for way in certain {
                    judge(&pair, way, report);
                }
                if let Some(unknown) = doubtful.iter().find_map(|way| way.condition()) {
                    report.blocked(&pair.recovery.id, unknown);
                }
            }
            Err(unknown) => report.blocked(&pair.recovery.id, &unknown),
        }
    }
}

/// How the two ends are connected: the link of the recovery first, then what else is part of the way.
struct Way<'e> {
    said: String,
    links: Vec<&'e Link>,
}

impl<'e> Way<'e> {
    /// Why nobody knows whether the two are connected like this.
    fn condition(&self) -> Option<&'e Arc<Unknown>> {
        self.links.iter().find_map(|link| link.condition())
    }
}

/// All direct links; without one, the way through a hub or gateway that routes between both.
fn ways<'e>(estate: &'e Estate, pair: &Pair<'e>) -> Vec<Way<'e>> {
    let (source, recovery) = (pair.source, pair.recovery);
    let direct = estate.links_between(End::Network(recovery.index), End::Network(source.index));
    let direct: Vec<Way<'_>> =
        direct.map(|link| Way { said: format!("by {}", link.kind), links: vec![link] }).collect();
    if !direct.is_empty() {
        return direct;
    }
    if let Some(way) = estate.shared_hub(recovery, source) {
        return vec![Way { said: format!("through {}", way.written()), links: way.links.to_vec() }];
    }
    let shared = estate.shared_gateway(recovery, source);
    let way = |(network, links): (&Network, [&'e Link; 2])| Way {
        said: format!("through the gateway of `{}`", network.name),
        links: links.to_vec(),
    };
    shared.map(way).into_iter().collect()
}

fn judge(pair: &Pair<'_>, way: &Way<'_>, report: &mut Report) {
    let (source, recovery) = (pair.source, pair.recovery);
    let declaration = way.links.first().and_then(|link| link.declared_by(recovery.index));
    let place = declaration.map_or(&recovery.place, |declaration| &declaration.place);
    let message = format!(
        "recovery network `{}` is connected with its source `{}` {}",
        recovery.name, source.name, way.said
    );
    let finding = report.finding(place, message);
    finding.about(&recovery.id);
    finding
        .help("remove the link; source and recovery are never connected while both have the same addresses");
    for link in &way.links {
        with_declarations(finding, link);
    }
    with_evidence(finding, pair);
}
