#![doc = include_str!("README.md")]

use drlint_estate::{Allocation, Fact};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::moves::moves;

pub(crate) static RULE: Builtin = Builtin {
    name: "target-ip-unpinned",
    group: "target_ip",
    summary: "a machine that shall keep its address has no target address",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for one in moves(estate, report, |pair| pair.retain_ip) {
        let (item, machine) = (one.item, &one.item.machine_name);
        if !matches!(one.ip.recovery_address, Fact::Absent) {
            report.known(&item.id, &one.ip.recovery_address);
            continue;
        }
        match one.allocation() {
            Fact::Known(allocation) if allocation.value == Allocation::Static => {}
            Fact::Known(_) => continue,
            unknown => {
                report.known(&item.id, unknown);
                if unknown.is_absent() {
                    report.undecided(
                        &item.id,
                        &one.ip.place,
                        "the input does not say whether an address is static",
                    );
                }
                continue;
            }
        }
        let source = match one.source_address() {
            Ok(source) => source.address,
            Err(unknown) => {
                report.blocked(&item.id, &unknown);
                continue;
            }
        };
        let address = source.value;
        let message = format!(
            "machine `{machine}` has no target address; `{address}` is kept only if it is free at failover"
        );
        let finding = report.finding(one.pin_place(), message);
        finding.about(&item.id);
        finding.help(format!("set the target address of `{machine}` to `{address}`"));
        finding.related(source, "its address in the source");
        let source = &one.pair.source.name;
        finding.together(
            &one.pair.source.id,
            machine,
            format!(
                "addresses of machines of `{source}` have no target address; each is kept only if it is free in `{}` \
                 at failover",
                one.pair.recovery.name
            ),
            format!("set each target address to the one that the machine has in `{source}`"),
        );
    }
}
