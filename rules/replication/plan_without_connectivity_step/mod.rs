#![doc = include_str!("README.md")]

use std::collections::BTreeSet;
use std::sync::Arc;

use drlint_estate::{Action, End, Link, Pair, Plan};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::Unknown;

use crate::shared::{listed, with_evidence};

pub(crate) static RULE: Builtin = Builtin {
    name: "plan-without-connectivity-step",
    group: "replication",
    summary: "a recovery plan moves a connected network but has no step that connects its recovery",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

/// Related places of one kind; more do not help.
const RELATED: usize = 20;

fn check(estate: &Estate, report: &mut Report) {
    for pair in estate.pairs() {
        let (links, doubtful) = needed(estate, &pair);
        if links.is_empty() {
            if let Some(unknown) = doubtful {
                report.blocked(&pair.source.id, unknown);
            }
            continue;
        }
        for plan in estate.plans_covering(pair.source) {
            if let Some(unknown) = &plan.groups_unknown {
                report.blocked(&plan.id, unknown);
            } else if !plan.actions().any(Action::runs_when_source_is_lost) {
                judge(estate, &pair, plan, &links, report);
            }
        }
        let hidden = estate.plan_without_members(pair.source).filter(|plan| plan.members().next().is_none());
        if let Some(plan) = hidden
            && let Some(unknown) = &plan.groups_unknown
        {
            report.blocked(&plan.id, unknown);
        }
    }
}

/// The links of the source that the recovery needs after the failover, and why others may not exist.
fn needed<'e>(estate: &'e Estate, pair: &Pair<'e>) -> (Vec<&'e Link>, Option<&'e Arc<Unknown>>) {
    let (source, recovery) = (End::Network(pair.source.index), End::Network(pair.recovery.index));
    let up = estate.links_of(pair.source).filter(|link| !link.down);
    let others = up.filter(|link| link.other(source) != Some(recovery));
    let (doubtful, certain): (Vec<&Link>, Vec<&Link>) = others.partition(|link| link.condition().is_some());
    (certain, doubtful.into_iter().find_map(Link::condition))
}

fn judge(estate: &Estate, pair: &Pair<'_>, plan: &Plan, links: &[&Link], report: &mut Report) {
    let (source, recovery) = (pair.source, pair.recovery);
    let ends: BTreeSet<End> =
        links.iter().filter_map(|link| link.other(End::Network(source.index))).collect();
    let overlap = source.address_space.addresses().overlaps(&recovery.address_space.addresses());
    if !overlap && ends.iter().all(|end| is_linked(estate, pair, *end)) {
        // Only ranges that are known to be disjoint may be connected at the same time.
        let ranges = [&source.address_space, &recovery.address_space];
        ranges.into_iter().all(|ranges| report.decided(&plan.id, ranges.complete()).is_some());
        return;
    }
    let message = format!(
        "recovery plan `{}` moves `{}` but has no step that connects `{}` with {}",
        plan.name,
        source.name,
        recovery.name,
        listed(ends.iter().map(|end| estate.name_of(*end)))
    );
    let finding = report.finding(plan.groups_place.as_ref().unwrap_or(&plan.place), message);
    finding.about(&plan.id);
    finding.help("add a runbook or a manual action that disconnects the source and connects the recovery");
    for declaration in links.iter().filter_map(|link| link.declared_by(source.index)).take(RELATED) {
        finding.related(&declaration.place, declaration.text.clone());
    }
    for action in plan.actions().filter(|action| runs_at_primary(action)).take(RELATED) {
        finding.related(&action.place, "runs in the source region only");
    }
    with_evidence(finding, pair);
}

/// Whether the recovery is linked with `end`, or with its recovery.
fn is_linked(estate: &Estate, pair: &Pair<'_>, end: End) -> bool {
    let recovery = End::Network(pair.recovery.index);
    let recoveries =
        end.network().into_iter().flat_map(|network| estate.pairs_of_source(estate.network(network)));
    let ends = std::iter::once(end).chain(recoveries.map(|pair| End::Network(pair.recovery.index)));
    ends.into_iter().any(|end| estate.links_between(recovery, end).any(|link| !link.down))
}

fn runs_at_primary(action: &Action) -> bool {
    action.location.known().is_some_and(|location| location.eq_ignore_ascii_case("Primary"))
}
