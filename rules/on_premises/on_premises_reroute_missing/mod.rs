#![doc = include_str!("README.md")]

mod by_itself;

use drlint_estate::{DeclaredFailover, LinkKind, Network, Pair, Plan, SiteLink, StepAction};
use drlint_policy::{Builtin, Check, Estate, Place, Report, Severity};
use drlint_source::Span;

use self::by_itself::may_move_by_itself;
use crate::shared::{listed, with_evidence};

pub(crate) static RULE: Builtin = Builtin {
    name: "on-premises-reroute-missing",
    group: "on_premises",
    summary: "nothing points the routes of a site to the recovery after a failover",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for pair in estate.pairs() {
        let ways: Vec<SiteLink<'_>> =
            estate.site_links_of(pair.source).into_iter().filter(|way| !way.is_down()).collect();
        if ways.is_empty() {
            continue;
        }
        let failovers = &estate.intent().failovers;
        let mut moved = false;
        for failover in failovers.iter().filter(|failover| moves(estate, failover, pair.source)) {
            moved = true;
            for way in &ways {
                by_steps(estate, &pair, way, failover, report);
            }
        }
        if !moved {
            by_plans(estate, &pair, &ways, report);
        }
    }
}

/// Whether a step moves the source or machines of it.
fn moves(estate: &Estate, failover: &DeclaredFailover, source: &Network) -> bool {
    let is_source = |name: &str| estate.find_network(name).one().is_some_and(|one| one.index == source.index);
    let is_inside = |name: &str| {
        let machine = estate.find_machine(name).one();
        machine.is_some_and(|machine| !estate.subnets_of(machine, source).is_empty())
    };
    failover.steps.iter().any(|step| match &step.action {
        StepAction::FailOver(names) => names.iter().any(|name| is_source(name)),
        StepAction::FailOverMachines(names) => names.iter().any(|name| is_inside(name)),
        _ => false,
    })
}

/// The last step that connects the recovery with the site, if no later step routes the site to it.
fn by_steps(
    estate: &Estate,
    pair: &Pair<'_>,
    way: &SiteLink<'_>,
    failover: &DeclaredFailover,
    report: &mut Report,
) {
    let is_recovery =
        |name: &str| estate.find_network(name).one().is_some_and(|one| one.index == pair.recovery.index);
    let is_site = |name: &str| estate.find_site(name).one().is_some_and(|one| one.index == way.site.index);
    let mut open: Option<(Span, LinkKind)> = None;
    for step in &failover.steps {
        match &step.action {
            StepAction::Connect { a, b, via }
                if (is_recovery(a) && is_site(b)) || (is_site(a) && is_recovery(b)) =>
            {
                open = Some((step.place, via.value));
            }
            StepAction::Reroute { site, to } if is_site(site) && is_recovery(to) => open = None,
            _ => {}
        }
    }
    let Some((place, kind)) = open else { return };
    if let Some(reason) = may_move_by_itself(estate, pair, way, kind) {
        report.undecided(way.site_id(estate), place, reason);
        return;
    }
    let message = format!(
        "no step of `{}` routes `{}` to `{}` after they are connected",
        failover.name.value,
        way.site_name(estate),
        pair.recovery.name
    );
    say(estate, pair, way, report, place.into(), message);
}

/// Without a failover that says what is meant, plans without any action route nothing.
fn by_plans(estate: &Estate, pair: &Pair<'_>, ways: &[SiteLink<'_>], report: &mut Report) {
    let covering: Vec<&Plan> = estate.plans_covering(pair.source).collect();
    let action = covering.iter().flat_map(|plan| plan.actions()).next();
    let hidden = estate.plan_without_members(pair.source);
    for way in ways {
        let (site, name) = (way.site_id(estate), way.site_name(estate));
        if let Some(action) = action {
            let reason = format!("action `{}` may route `{}`", action.name, name);
            report.undecided(site, &action.place, reason);
        } else if let Some(plan) = hidden {
            let reason = format!("the groups of recovery plan `{}` are not in the input", plan.name);
            report.undecided(site, &plan.place, reason);
        } else if let [plan, others @ ..] = covering.as_slice() {
            if let Some(reason) = may_move_by_itself(estate, pair, way, way.link.kind) {
                report.undecided(site, &plan.place, reason);
                continue;
            }
            let message = match others {
                [] => format!(
                    "no step of recovery plan `{}` routes `{}` to `{}`",
                    plan.name, name, pair.recovery.name
                ),
                _ => format!(
                    "no step of recovery plans {} routes `{}` to `{}`",
                    listed(covering.iter().map(|plan| plan.name.as_str())),
                    name,
                    pair.recovery.name
                ),
            };
            say(estate, pair, way, report, (&plan.place).into(), message);
        }
    }
}

fn say(
    estate: &Estate,
    pair: &Pair<'_>,
    way: &SiteLink<'_>,
    report: &mut Report,
    place: Place,
    message: String,
) {
    if let Some(unknown) = way.condition() {
        report.blocked(way.site_id(estate), unknown);
        return;
    }
    let finding = report.finding(place, message);
    finding.about(way.site_id(estate));
    finding.help(format!(
        "add `{{ reroute = \"{}\", to = \"{}\" }}`, and a manual action in the recovery plan",
        way.site_name(estate),
        pair.recovery.name
    ));
    if let Some(declaration) = way.declared_by(pair.source) {
        finding.related(&declaration.place, declaration.text.clone());
    }
    with_evidence(finding, pair);
}
