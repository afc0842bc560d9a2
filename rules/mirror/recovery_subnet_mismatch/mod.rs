#![doc = include_str!("README.md")]

use drlint_estate::Prefix;
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::fixes;
use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "recovery-subnet-mismatch",
    group: "mirror",
    summary: "a recovery subnet does not cover the range of its source subnet",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for pair in estate.pairs().filter(|pair| pair.retain_ip) {
        let (source, recovery) = (pair.source, pair.recovery);
        for subnet in source.subnets.iter().filter(|subnet| !subnet.is_platform()) {
            let Some(counterpart) = recovery.subnet(&subnet.name) else { continue };
            let Some(wanted) = report.decided(&counterpart.id, subnet.prefixes.complete()) else { continue };
            if report.decided(&counterpart.id, counterpart.prefixes.complete()).is_none() {
                continue;
            }
            if counterpart.prefixes.addresses().covers(&subnet.prefixes.addresses().v4()) {
                continue;
            }
            let (wanted, there) = (ipv4(wanted), ipv4(&counterpart.prefixes.prefixes));
            let is = match there.as_slice() {
                [] => "has no IPv4 range".to_owned(),
                there => format!("is `{}`", written(there)),
            };
            let message = format!(
                "subnet `{}` of `{}` {is}, in its source `{}` it is `{}`",
                counterpart.name,
                recovery.name,
                source.name,
                written(&wanted)
            );
            let place = there.first().map_or(&counterpart.place, |prefix| &prefix.origin);
            let finding = report.finding(place, message);
            finding.about(&counterpart.id);
            finding.help(format!(
                "give `{}` of `{}` the range `{}`",
                counterpart.name,
                recovery.name,
                written(&wanted)
            ));
            if let ([wanted], [wrong]) = (wanted.as_slice(), there.as_slice())
                && recovery.address_space.addresses().covers(&wanted.net.into())
            {
                fixes::replace(finding, recovery, &wrong.origin, &wanted.written);
            }
            for prefix in wanted {
                finding.related(&prefix.origin, "in the source");
            }
            with_evidence(finding, &pair);
            finding.together(
                &recovery.id,
                &*counterpart.name,
                format!(
                    "subnets of `{}` have other ranges than in its source `{}`",
                    recovery.name, source.name
                ),
                format!("give each the range it has in `{}`", source.name),
            );
        }
    }
}

fn ipv4(prefixes: &[Prefix]) -> Vec<&Prefix> {
    prefixes.iter().filter(|prefix| prefix.net.addr().is_ipv4()).collect()
}

fn written(prefixes: &[&Prefix]) -> String {
    let written: Vec<&str> = prefixes.iter().map(|prefix| &*prefix.written).collect();
    written.join(", ")
}
