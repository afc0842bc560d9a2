#![doc = include_str!("README.md")]

use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::moves::moves;

pub(crate) static RULE: Builtin = Builtin {
    name: "target-ip-changed",
    group: "target_ip",
    summary: "a machine that shall keep its address has another one as its target",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for one in moves(estate, report, |pair| pair.retain_ip) {
        let (item, machine) = (one.item, &one.item.machine_name);
        let Some(pinned) = report.known(&item.id, &one.ip.recovery_address) else { continue };
        let source = match one.source_address() {
            Ok(source) => source.address,
            Err(unknown) => {
                report.blocked(&item.id, &unknown);
                continue;
            }
        };
        let (from, to) = (source.value, pinned.value);
        if from == to {
            continue;
        }
        let message = format!("machine `{machine}` would change its address from `{from}` to `{to}`");
        let finding = report.finding(pinned, message);
        finding.about(&item.id);
        finding.help(format!(
            "set the target address of `{machine}` to `{from}`, or state `retain-ip = false` for this pair"
        ));
        finding.related(source, "its address in the source");
        let network = &one.pair.source.name;
        finding.together(
            &one.pair.source.id,
            machine,
            format!("addresses of machines of `{network}` would change in `{}`", one.pair.recovery.name),
            format!(
                "set each target address to the one that the machine has in `{network}`, or state `retain-ip = false` \
                 for this pair"
            ),
        );
    }
}
