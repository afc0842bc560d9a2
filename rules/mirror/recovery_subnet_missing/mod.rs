#![doc = include_str!("README.md")]

use std::sync::Arc;

use drlint_estate::{Pair, ProtectedItem, Subnet};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::Unknown;

use crate::fixes;
use crate::shared::{counted, with_evidence};

pub(crate) static RULE: Builtin = Builtin {
    name: "recovery-subnet-missing",
    group: "mirror",
    summary: "a recovery network has no subnet of the name of a source subnet",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for pair in estate.pairs().filter(|pair| pair.retain_ip) {
        let (source, recovery) = (pair.source, pair.recovery);
        if let Err(unknown) = source.all_subnets_known() {
            report.blocked(&recovery.id, &unknown);
        }
        let missing = source.subnets.iter().filter(|subnet| {
            !subnet.is_platform()
                && recovery.subnet(&subnet.name).is_none()
                && subnet.id.names().last().is_some_and(|name| name.known().is_some())
        });
        for subnet in source.subnets.iter().filter(|subnet| !subnet.is_platform()) {
            let counterpart = recovery.subnet(&subnet.name);
            let condition = counterpart.and_then(|counterpart| counterpart.condition.as_ref());
            if let Some(unknown) =
                condition.filter(|_| subnet.condition.is_none() && recovery.condition.is_none())
            {
                report.blocked(&recovery.id, unknown);
            }
        }
        let complete = recovery.all_subnets_known();
        for subnet in missing {
            match &complete {
                Ok(()) => judge(estate, &pair, subnet, report),
                Err(unknown) => report.blocked(&recovery.id, unknown),
            }
        }
    }
}

fn judge(estate: &Estate, pair: &Pair<'_>, subnet: &Subnet, report: &mut Report) {
    let (source, recovery) = (pair.source, pair.recovery);
    if let Some(unknown) = subnet.condition.as_ref().filter(|_| source.condition.is_none()) {
        return report.blocked(&recovery.id, unknown);
    }
    let mut items = estate.items_in_subnet(source, subnet);
    let lives_nobody = items.is_empty();
    items.retain(|item| pair.leads_to_recovery(item));
    if let Some(unknown) = items.iter().find_map(|item| unknown_target(item)) {
        return report.blocked(&recovery.id, unknown);
    }
    if !items.is_empty() && items.iter().all(|item| goes_elsewhere(item, pair, subnet)) {
        return;
    }
    if !subnet.delegations.is_empty() && lives_nobody && estate.machines_in_subnet(source, subnet).is_empty()
    {
        return;
    }
    let mut message = format!("recovery network `{}` has no subnet `{}`", recovery.name, subnet.name);
    if !items.is_empty() {
        let machines = counted(items.len(), "machine");
        message.push_str(&match recovery.fallback_subnet() {
            Some(fallback) => format!("; {machines} of `{}` would land in `{}`", source.name, fallback.name),
            None => format!("; {machines} of `{}` would find no subnet", source.name),
        });
    }
    let finding = report.finding(recovery.subnets_place.as_ref().unwrap_or(&recovery.place), message);
    finding.about(&recovery.id.child("subnets", drlint_resource::Part::Known(subnet.name.as_str().into())));
    let ranges = subnet.prefixes.written();
    finding.help(if ranges.is_empty() {
        format!("add subnet `{}` to `{}`", subnet.name, recovery.name)
    } else {
        format!("add subnet `{}` with `{ranges}` to `{}`", subnet.name, recovery.name)
    });
    fixes::add_subnet(finding, recovery, subnet);
    finding.related(&subnet.place, format!("subnet `{}` of `{}`", subnet.name, source.name));
    // The message counts them all.
    for item in items.iter().take(20) {
        finding.related(&item.place, format!("`{}` lives there", item.machine_name));
    }
    with_evidence(finding, pair);
    finding.together(
        &recovery.id,
        &*subnet.name,
        format!("subnets of `{}` are missing in recovery network `{}`", source.name, recovery.name),
        format!("add the subnets to `{}`, with the ranges they have in `{}`", recovery.name, source.name),
    );
}

/// Why nobody knows which subnet the item is told to come up in.
fn unknown_target(item: &ProtectedItem) -> Option<&Arc<Unknown>> {
    let own = item.ip_configurations().find_map(|(_, ip)| ip.recovery_subnet_name.unknown());
    own.or(item.recovery_subnet_name.unknown())
}

/// Whether every configuration of the item in this subnet names another subnet that the recovery has.
fn goes_elsewhere(item: &ProtectedItem, pair: &Pair<'_>, subnet: &Subnet) -> bool {
    let here = item
        .ip_configurations()
        .map(|(_, ip)| ip)
        .filter(|ip| ip.subnet_name.known().is_none_or(|name| name.eq_ignore_ascii_case(&subnet.name)));
    let mut named =
        here.map(|ip| ip.recovery_subnet_name.known().or(item.recovery_subnet_name.known())).peekable();
    let fits = |name: Option<&String>| name.is_some_and(|name| pair.recovery.subnet(name).is_some());
    if named.peek().is_some() { named.all(fits) } else { fits(item.recovery_subnet_name.known()) }
}
