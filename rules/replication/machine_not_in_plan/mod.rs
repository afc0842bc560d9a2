#![doc = include_str!("README.md")]

use std::collections::BTreeSet;

use drlint_estate::{Absence, ItemIndex, Plan, RECOVERY_PLAN};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::shared::listed;

pub(crate) static RULE: Builtin = Builtin {
    name: "machine-not-in-plan",
    group: "replication",
    summary: "a protected machine is in no recovery plan, though others of its network are",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    let planned: BTreeSet<ItemIndex> =
        estate.plans().iter().flat_map(Plan::members).filter_map(|member| member.item).collect();
    for source in estate.networks() {
        let plans: Vec<&Plan> = estate.plans_covering(source).collect();
        let Some(first) = plans.first() else { continue };
        let hidden = estate.plan_without_members(source).and_then(|plan| plan.groups_unknown.as_ref());
        for item in estate.items_of(source).filter(|item| !planned.contains(&item.index)) {
            if let Some(unknown) = hidden {
                report.blocked(&item.id, unknown);
                continue;
            }
            if let Absence::Undecided(unknown) = estate.absence(RECOVERY_PLAN, &first.id, item.place.span) {
                report.blocked(&item.id, &unknown);
                continue;
            }
            let verb = if plans.len() == 1 { "fails" } else { "fail" };
            let others = format!(
                "{} {verb} over the rest of `{}`",
                listed(plans.iter().map(|plan| plan.name.as_str())),
                source.name
            );
            let message = format!("`{}` is protected but in no recovery plan; {others}", item.machine_name);
            let finding = report.finding(&item.place, message);
            finding.about(&item.id);
            finding.help(format!("add `{}` to a group of `{}`", item.machine_name, first.name));
            let groups = first.groups_place.as_ref().unwrap_or(&first.place);
            finding.related(groups, format!("the groups of `{}`", first.name));
            finding.together(
                &source.id,
                &item.machine_name,
                format!("machines are protected but in no recovery plan; {others}"),
                format!("add them to a group of `{}`", first.name),
            );
        }
    }
}
