#![doc = include_str!("README.md")]

use std::collections::{BTreeMap, BTreeSet};

use drlint_estate::{Absence, End, Link, LinkKind, Pair, SiteKind};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use super::words::kinds;
use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "recovery-link-unplanned",
    group: "links",
    summary: "nothing restores a link of a source after a failover",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    let unknown = estate.unknown_links_by_network();
    let moved = estate.networks_moved_by_failovers();
    for pair in estate.pairs().filter(|pair| !moved.contains(&pair.source.index)) {
        let missing = missing(estate, &pair);
        if missing.is_empty() || is_blocked(estate, &pair, report) {
            continue;
        }
        if let Some(link) = unknown.get(&pair.recovery.index).and_then(|links| links.first()) {
            report.blocked(&pair.recovery.id, link.unknown);
            continue;
        }
        for (place, links) in missing {
            judge(estate, &pair, place, &links, report);
        }
    }
}

/// What the source is linked with and the recovery is not.
fn missing<'e>(estate: &'e Estate, pair: &Pair<'e>) -> BTreeMap<End, Vec<&'e Link>> {
    let (source, recovery) = (End::Network(pair.source.index), End::Network(pair.recovery.index));
    let linked = estate.links_of(pair.recovery).filter_map(|link| link.other(recovery));
    // A step may join them, although no failover moves the source itself, such as a hub.
    let reached: BTreeSet<End> = linked.chain(estate.linked_later(pair.recovery)).collect();
    let own: BTreeSet<End> = estate.stand_ins(source).into_iter().collect();
    let is_circuit = |end: End| end.site().is_some_and(|at| estate.site(at).kind == SiteKind::Circuit);
    let restored = |place: End| {
        estate.stand_ins(place).iter().any(|end| reached.contains(end))
            // Another circuit may lead to the same site.
            || is_circuit(place) && reached.iter().any(|end| is_circuit(*end))
    };
    let mut found: BTreeMap<End, Vec<&Link>> = BTreeMap::new();
    for link in estate.links_of(pair.source).filter(|link| !link.down) {
        if let Some(place) = link.other(source).filter(|place| !own.contains(place) && !restored(*place)) {
            found.entry(place).or_default().push(link);
        }
    }
    found
}

/// Whether a recovery plan may restore the links: what its actions do, nobody can read.
fn is_blocked(estate: &Estate, pair: &Pair<'_>, report: &mut Report) -> bool {
    let mut actions = estate.plans_covering(pair.source).flat_map(|plan| {
        plan.actions().filter(|action| action.runs_when_source_is_lost()).map(move |action| (plan, action))
    });
    if let Some((plan, action)) = actions.next() {
        let reason =
            format!("what action `{}` of recovery plan `{}` does is not known", action.name, plan.name);
        report.undecided(&pair.recovery.id, &action.place, reason);
        return true;
    }
    let Some(plan) = estate.plan_without_members(pair.source) else { return false };
    let reason = format!("the groups of recovery plan `{}` are not in the input", plan.name);
    report.undecided(&pair.recovery.id, &plan.place, reason);
    true
}

fn judge(estate: &Estate, pair: &Pair<'_>, place: End, links: &[&Link], report: &mut Report) {
    let (source, recovery) = (pair.source, pair.recovery);
    if let Some(reason) = links.iter().find_map(|link| not_shown(estate, pair, place, link.kind)) {
        report.undecided(&recovery.id, &recovery.place, reason);
        return;
    }
    let (doubtful, links): (Vec<&Link>, Vec<&Link>) =
        links.iter().partition(|link| link.condition().is_some());
    if let Some(unknown) = doubtful.first().and_then(|link| link.condition()).filter(|_| links.is_empty()) {
        return report.blocked(&recovery.id, unknown);
    }
    let Some(declaration) = links.first().and_then(|link| link.declared_by(source.index)) else { return };
    let message = format!(
        "nothing connects `{}` with `{}` after a failover; its source `{}` is connected by {}",
        recovery.name,
        estate.name_of(place),
        source.name,
        kinds(links.iter().map(|link| link.kind))
    );
    let finding = report.finding(&declaration.place, message);
    finding.about(&recovery.id);
    finding.help("add the step to the recovery plan, and state it in a `[[failover]]`");
    finding.related(&recovery.place, "the recovery");
    for plan in estate.plans_covering(source) {
        finding.related(&plan.place, format!("recovery plan `{}` has no action that could do it", plan.name));
    }
    with_evidence(finding, pair);
}

/// Why a link of this kind between the recovery and `place` may exist outside the input.
fn not_shown(estate: &Estate, pair: &Pair<'_>, place: End, kind: LinkKind) -> Option<String> {
    let recovery = pair.recovery;
    let (resources, beside) = match kind {
        LinkKind::Peering => {
            let other = place.network().map(|at| estate.network(at));
            let shown = recovery.peerings_shown || other.is_some_and(|network| network.peerings_shown);
            return (!shown).then(|| format!("no input shows the peerings of `{}`", recovery.name));
        }
        LinkKind::Vpn | LinkKind::ExpressRoute => ("Microsoft.Network/connections", &recovery.id),
        LinkKind::Hub => {
            // Hubs of one virtual WAN route among each other.
            let other = estate.neighbors(recovery).find(|(network, _)| network.is_hub());
            return other.map(|(hub, _)| {
                format!("whether hub `{}` leads to `{}` is not known", hub.name, estate.name_of(place))
            });
        }
    };
    match estate.absence(resources, beside, recovery.place.span) {
        Absence::Absent => None,
        Absence::Undecided(unknown) => Some(unknown.reason.to_string()),
    }
}
