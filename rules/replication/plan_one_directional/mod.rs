#![doc = include_str!("README.md")]

use drlint_estate::{Action, Plan};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

pub(crate) static RULE: Builtin = Builtin {
    name: "plan-one-directional",
    group: "replication",
    summary: "a recovery plan has steps for one direction, or for test failovers alone",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for plan in estate.plans() {
        match &plan.groups_unknown {
            None => judge(plan, report),
            Some(unknown) => report.blocked(&plan.id, unknown),
        }
    }
}

fn judge(plan: &Plan, report: &mut Report) {
    let Some(first) = plan.actions().next() else { return };
    let silent =
        plan.actions().find(|action| action.failover_types.is_empty() || action.directions.is_empty());
    if let Some(action) = silent {
        let reason = format!("action `{}` does not say when it runs", action.name);
        report.undecided(&plan.id, &action.place, reason);
        return;
    }
    let (place, wrong, help) = if plan.actions().all(is_for_tests) {
        let place = first.failover_types_place.as_ref();
        (
            place,
            "only steps for test failovers",
            "add the types `PlannedFailover` and `UnplannedFailover` to its actions",
        )
    } else if let Some(action) = forward_only(plan) {
        let place = action.directions_place.as_ref();
        let help = "add the opposite actions: disconnect the recovery, then connect the source";
        (place, "steps for the failover but none for the way back", help)
    } else {
        return;
    };
    let message = format!("recovery plan `{}` has {wrong}", plan.name);
    report.finding(place.unwrap_or(&plan.place), message).about(&plan.id).help(help);
}

/// The first action for the failover, if none is for the way back.
fn forward_only(plan: &Plan) -> Option<&Action> {
    let forward = plan.actions().find(|action| action.runs_towards("PrimaryToRecovery"))?;
    let back = plan.actions().any(|action| action.runs_towards("RecoveryToPrimary"));
    (!back).then_some(forward)
}

fn is_for_tests(action: &Action) -> bool {
    let test = |kind: &str| {
        kind.eq_ignore_ascii_case("TestFailover") || kind.eq_ignore_ascii_case("TestFailoverCleanup")
    };
    action.failover_types.iter().all(|kind| test(kind))
}
