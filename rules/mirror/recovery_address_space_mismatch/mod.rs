#![doc = include_str!("README.md")]

use std::sync::Arc;

use drlint_estate::{AddressSet, Network};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::Unknown;

use crate::fixes;
use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "recovery-address-space-mismatch",
    group: "mirror",
    summary: "a recovery network lacks part of its source's address space",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for pair in estate.pairs().filter(|pair| pair.retain_ip) {
        let (source, recovery) = (pair.source, pair.recovery);
        let Some(wanted) = report.decided(&recovery.id, source.address_space.complete()) else { continue };
        if report.decided(&recovery.id, recovery.address_space.complete()).is_none() {
            continue;
        }
        let lost = lost(source, recovery, report);
        if lost.is_empty() {
            continue;
        }
        let place = recovery.address_space.origin.as_ref().unwrap_or(&recovery.place);
        let message = format!(
            "recovery network `{}` lacks `{}` of its source `{}`",
            recovery.name,
            lost.written(),
            source.name
        );
        let finding = report.finding(place, message);
        finding.about(&recovery.id);
        finding.help(format!(
            "give `{}` the address space of `{}`, or state `retain-ip = false` for this pair",
            recovery.name, source.name
        ));
        fixes::add_prefixes(finding, recovery, &recovery.address_space, &lost);
        for prefix in wanted.iter().filter(|prefix| lost.overlaps(&prefix.net.into())) {
            finding.related(&prefix.origin, "the source declares it here");
        }
        with_evidence(finding, &pair);
    }
}

/// What the recovery lacks of each range of the source. Machines lose nothing by a range in which only subnets of the
/// platform lie: each region may have its own for its gateway.
fn lost(source: &Network, recovery: &Network, report: &mut Report) -> AddressSet {
    let lost = source.address_space.addresses().v4().without(&recovery.address_space.addresses());
    let mut of_machines = AddressSet::default();
    for prefix in source.address_space.prefixes.iter().filter(|prefix| lost.overlaps(&prefix.net.into())) {
        let missing = lost.shared(&prefix.net.into());
        let mut inside =
            source.subnets.iter().filter(|s| s.prefixes.addresses().overlaps(&missing)).peekable();
        if inside.peek().is_none() || inside.any(|subnet| !subnet.is_platform()) {
            of_machines = of_machines.joined(&missing);
        } else if let Err(unknown) = only_platform(source) {
            report.blocked(&recovery.id, &unknown);
        }
    }
    of_machines
}

/// Why subnets of machines may lie where only those of the platform are known to.
fn only_platform(source: &Network) -> Result<(), Arc<Unknown>> {
    source.all_subnets_known()?;
    let mut unplaced = source.subnets.iter().filter(|subnet| !subnet.is_platform());
    unplaced.try_for_each(|subnet| subnet.prefixes.complete().map(|_| ()).map_err(Arc::clone))
}
