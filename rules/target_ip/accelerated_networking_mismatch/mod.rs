#![doc = include_str!("README.md")]

use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::moves::items;

pub(crate) static RULE: Builtin = Builtin {
    name: "accelerated-networking-mismatch",
    group: "target_ip",
    summary: "accelerated networking of a machine is not the same after failover",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for (pair, item) in items(estate, report, |pair| pair.retain_ip) {
        for nic in pair.moving_nics(item) {
            let Some(interface) = nic.interface.map(|interface| estate.interface(interface)) else {
                continue;
            };
            let here = report.known(&item.id, &interface.accelerated_networking);
            let there = report.known(&item.id, &nic.accelerated_on_recovery);
            let (Some(here), Some(there)) = (here, there) else { continue };
            if here.value == there.value {
                continue;
            }
            let (name, on) = (interface.name(), if here.value { "on" } else { "off" });
            let off = if there.value { "on" } else { "off" };
            let message = format!("accelerated networking of `{name}` is {on}, on its recovery it is {off}");
            let finding = report.finding(there, message);
            finding.about(&item.id);
            finding.help(format!("turn {on} accelerated networking for the target of `{name}`"));
            finding.related(here, "in the source");
            finding.together(
                &pair.source.id,
                name,
                format!(
                    "network interfaces of machines of `{}` have accelerated networking {on}, on their recovery {off}",
                    pair.source.name
                ),
                format!("turn {on} accelerated networking for their targets"),
            );
        }
    }
}
