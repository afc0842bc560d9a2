#![doc = include_str!("README.md")]

use drlint_estate::{Pair, PartialFailover};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::partial::{show_movers, subnet_names};
use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "subnet-failover-same-space",
    group: "isolation",
    summary: "a subnet fails over alone with other addresses into a network that overlaps its source",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for pair in estate.pairs() {
        let (source, recovery) = (pair.source, pair.recovery);
        let partial = match estate.partial_failover(source) {
            Ok(Some(partial)) => partial,
            Ok(None) => continue,
            Err(unknown) => {
                report.blocked(&recovery.id, &unknown);
                continue;
            }
        };
        match pair.changes_addresses(&partial.movement) {
            Ok(true) => judge(estate, &pair, &partial, report),
            Ok(false) => {}
            Err(unknown) => report.blocked(&recovery.id, &unknown),
        }
    }
}

fn judge(estate: &Estate, pair: &Pair<'_>, partial: &PartialFailover<'_>, report: &mut Report) {
    let (source, recovery) = (pair.source, pair.recovery);
    let Some(prefix) = recovery.address_space.overlapping(&source.address_space.addresses()) else {
        // Where both are known, they are disjoint.
        if report.decided(&recovery.id, recovery.address_space.complete()).is_some() {
            report.decided(&recovery.id, source.address_space.complete());
        }
        return;
    };
    let message = format!(
        "machines of {} get other addresses, but `{}` overlaps `{}` and cannot be connected with it",
        subnet_names(&partial.left),
        recovery.name,
        source.name
    );
    let finding = report.finding(&prefix.origin, message);
    finding.about(&recovery.id);
    finding.help(format!("give `{}` a range that does not overlap `{}`", recovery.name, source.name));
    if let Some(other) = source.address_space.overlapping(&prefix.net.into()) {
        finding.related(&other.origin, format!("`{}` uses it too", source.name));
    }
    show_movers(estate, source, partial, finding);
    with_evidence(finding, pair);
}
