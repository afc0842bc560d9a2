#![doc = include_str!("README.md")]

use drlint_estate::{Pair, ProtectedItem, Subnet};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

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
        let recovery = pair.recovery;
        let missing = pair
            .source
            .subnets
            .iter()
            .filter(|subnet| !subnet.is_platform() && recovery.subnet(&subnet.name).is_none());
        for subnet in missing {
            if recovery.subnets_shown {
                judge(estate, &pair, subnet, report);
            } else {
                let reason = format!("no input shows the subnets of `{}`", recovery.name);
                report.undecided(&recovery.id, &recovery.place, reason);
            }
        }
    }
}

fn judge(estate: &Estate, pair: &Pair<'_>, subnet: &Subnet, report: &mut Report) {
    let (source, recovery) = (pair.source, pair.recovery);
    let items = estate.items_in_subnet(source, subnet);
    if !items.is_empty() && items.iter().all(|item| goes_elsewhere(item, pair, subnet)) {
        return;
    }
    if !subnet.delegations.is_empty()
        && items.is_empty()
        && estate.machines_in_subnet(source, subnet).is_empty()
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
    for item in items {
        finding.related(&item.place, format!("`{}` lives there", item.machine_name));
    }
    with_evidence(finding, pair);
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
