#![doc = include_str!("README.md")]

use drlint_estate::{Move, Plan};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::moves::moves;

pub(crate) static RULE: Builtin = Builtin {
    name: "public-ip-not-retained",
    group: "target_ip",
    summary: "a machine loses its public address in a failover",
    severity: Severity::Note,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for one in moves(estate, report, |_| true) {
        let (item, machine) = (one.item, &one.item.machine_name);
        let Some((_, own)) = one.source_configuration() else {
            report.undecided(
                &item.id,
                &one.nic.place,
                "the interface of a protected machine is not in the input",
            );
            continue;
        };
        let Some(public) = report.known(&item.id, &own.public_address) else { continue };
        if !one.ip.recovery_public_address.is_absent() {
            report.known(&item.id, &one.ip.recovery_public_address);
            continue;
        }
        if let Some(plan) = plan_with_action(estate, &one) {
            let reason = format!("recovery plan `{}` may assign a public address", plan.name);
            report.undecided(&item.id, &plan.place, reason);
            continue;
        }
        let message = format!(
            "machine `{machine}` loses its public address `{}`; none is assigned in the recovery region",
            public.name()
        );
        let finding = report.finding(&one.ip.place, message);
        finding.about(&item.id);
        finding.help(
            "create a public address in the recovery region and set it on the item, or switch names with Traffic Manager",
        );
        finding.related(public, format!("the public address `{}`", public.name()));
    }
}

/// A plan with the machine and an action, or one that may have both.
fn plan_with_action<'e>(estate: &'e Estate, one: &Move<'e>) -> Option<&'e Plan> {
    let covers = |plan: &&Plan| plan.members().any(|member| member.item == Some(one.item.index));
    let acts = |plan: &&Plan| plan.actions().next().is_some();
    let known = estate.plans_covering(one.pair.source).filter(covers).find(acts);
    known.or_else(|| estate.plan_without_members(one.pair.source))
}
