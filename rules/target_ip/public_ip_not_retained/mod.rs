#![doc = include_str!("README.md")]

use std::collections::BTreeMap;

use drlint_estate::{ItemIndex, Plan};
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
    let acting = acting_plans(estate);
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
        let Some(public) = report.known(&item.id, own.public_address()) else { continue };
        if !one.ip.recovery_public_address.is_absent() {
            report.known(&item.id, &one.ip.recovery_public_address);
            continue;
        }
        let plan = acting.get(&item.index).copied();
        if let Some(plan) = plan.or_else(|| estate.plan_without_members(one.pair.source)) {
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
        finding.together(
            &one.pair.source.id,
            machine,
            format!(
                "public addresses of machines of `{}` are lost; none is assigned in the recovery region",
                one.pair.source.name
            ),
            "create public addresses in the recovery region and set them on the items, or switch names with Traffic \
             Manager",
        );
        finding.related(public, format!("the public address `{}`", public.name()));
    }
}

/// The machines of plans that have an action, each with such a plan.
fn acting_plans(estate: &Estate) -> BTreeMap<ItemIndex, &Plan> {
    let acting = estate.plans().iter().filter(|plan| plan.actions().next().is_some());
    acting.flat_map(|plan| plan.members().filter_map(move |member| Some((member.item?, plan)))).collect()
}
