#![doc = include_str!("README.md")]

use std::collections::BTreeMap;

use drlint_estate::{ActionKind, GroupKind, Placed, Plan, PlanMember, ProtectedItem};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::ResourceId;

pub(crate) static RULE: Builtin = Builtin {
    name: "plan-invalid",
    group: "replication",
    summary: "Site Recovery refuses the recovery plan, or cannot run it",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

/// Boot groups of a plan (recovery plans page, 2018-10-28).
const MOST_GROUPS: usize = 7;

fn check(estate: &Estate, report: &mut Report) {
    for plan in estate.plans() {
        if let Some(unknown) = &plan.groups_unknown {
            report.blocked(&plan.id, unknown);
            continue;
        }
        too_many_groups(plan, report);
        in_two_groups(estate, plan, report);
        foreign_items(estate, plan, report);
        scripts(plan, report);
    }
}

fn too_many_groups(plan: &Plan, report: &mut Report) {
    let mut groups = plan.groups.iter().filter(|group| group.kind == GroupKind::Boot);
    let Some(group) = groups.nth(MOST_GROUPS) else { return };
    let count = MOST_GROUPS + 1 + groups.count();
    let message =
        format!("recovery plan `{}` has {count} boot groups, of which {MOST_GROUPS} are allowed", plan.name);
    report.finding(&group.place, message).about(&plan.id).help("join groups, or split the plan");
}

fn in_two_groups(estate: &Estate, plan: &Plan, report: &mut Report) {
    let mut first: BTreeMap<&ResourceId, (usize, &Placed<ResourceId>)> = BTreeMap::new();
    for (at, group) in plan.groups.iter().enumerate().filter(|(_, group)| group.kind == GroupKind::Boot) {
        for member in &group.members {
            let (before, place) = *first.entry(&member.id.value).or_insert((at, &member.id));
            if before == at {
                continue;
            }
            let name = name_of(estate, member);
            let message = format!("`{name}` is in two groups of recovery plan `{}`", plan.name);
            let finding = report.finding(&member.id, message);
            finding.about(&plan.id).help(format!("keep `{name}` in one group"));
            finding.related(place, "the first of them");
            finding.together(
                &plan.id,
                name,
                format!("machines are in two groups of recovery plan `{}`", plan.name),
                "keep each in one group",
            );
        }
    }
}

/// Items that are replicated from or to another fabric than the plan's.
fn foreign_items(estate: &Estate, plan: &Plan, report: &mut Report) {
    for member in plan.members() {
        let Some(item) = member.item.map(|index| estate.item(index)) else { continue };
        let Some(own) = fabrics_of(item) else { continue };
        let Some(from) = report.known(&plan.id, &plan.primary_fabric) else { continue };
        let Some(to) = report.known(&plan.id, &plan.recovery_fabric) else { continue };
        // After a reprotection an item goes the other way.
        if own == [&from.value, &to.value] || own == [&to.value, &from.value] {
            continue;
        }
        let [source, target] = own.map(ResourceId::name);
        let ways = format!(
            "from `{source}` to `{target}`, recovery plan `{}` from `{}` to `{}`",
            plan.name,
            from.value.name(),
            to.value.name()
        );
        let message = format!("`{}` goes {ways}", item.machine_name);
        let finding = report.finding(&member.id, message);
        finding.about(&plan.id);
        finding.help(format!("move `{}` to a plan from `{source}` to `{target}`", item.machine_name));
        finding.related(from, "the plan starts here");
        finding.related(to, "and leads here");
        finding.together(
            &plan.id,
            &item.machine_name,
            format!("machines go {ways}"),
            format!("move them to a plan from `{source}` to `{target}`"),
        );
    }
}

fn fabrics_of(item: &ProtectedItem) -> Option<[&ResourceId; 2]> {
    Some([item.fabric.as_ref()?, item.recovery_fabric.known()?])
}

/// Scripts need a VMM server, which machines of Azure do not have.
fn scripts(plan: &Plan, report: &mut Report) {
    if plan.members().all(|member| member.item.is_none()) {
        return;
    }
    for action in plan.actions().filter(|action| action.kind == ActionKind::Script) {
        let message = format!(
            "action `{}` of recovery plan `{}` is a script, which needs a VMM server",
            action.name, plan.name
        );
        let finding = report.finding(&action.place, message);
        finding.about(&plan.id).help("use a runbook of an Automation account");
        finding.together(
            &plan.id,
            &action.name,
            format!("actions of recovery plan `{}` are scripts, which need a VMM server", plan.name),
            "use runbooks of an Automation account",
        );
    }
}

fn name_of<'e>(estate: &'e Estate, member: &'e PlanMember) -> &'e str {
    member.item.map_or(member.id.name(), |index| &estate.item(index).machine_name)
}
