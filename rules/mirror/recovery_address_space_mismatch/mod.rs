#![doc = include_str!("README.md")]

use drlint_policy::{Builtin, Check, Estate, Report, Severity};

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
        let lost = source.address_space.addresses().v4().without(&recovery.address_space.addresses());
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
