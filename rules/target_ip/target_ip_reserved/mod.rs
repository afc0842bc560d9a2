#![doc = include_str!("README.md")]

use drlint_estate::TargetSubnet;
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::moves::{moves, target_address};

pub(crate) static RULE: Builtin = Builtin {
    name: "target-ip-reserved",
    group: "target_ip",
    summary: "a machine's target address is one that Azure reserves in its subnet",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for one in moves(estate, report, |_| true) {
        let Some(address) = target_address(&one, report) else { continue };
        let target = one.target_subnet();
        if let TargetSubnet::Unknown(unknown) = &target {
            report.blocked(&one.item.id, unknown);
        }
        let Some(subnet) = target.subnet() else { continue };
        let Some(prefix) = subnet.prefixes.holding(address.value) else {
            report.decided(&one.item.id, subnet.prefixes.complete());
            continue;
        };
        if !prefix.reserves(address.value) || address.value.is_ipv6() {
            continue;
        }
        let reserved = format!("reserved by Azure in subnet `{}` (`{}`)", subnet.name, prefix.written);
        let message =
            format!("target address `{}` of `{}` is {reserved}", address.value, one.item.machine_name);
        let finding = report.finding(one.address_place(address), message);
        finding.about(&one.item.id);
        let help = match prefix.usable_range() {
            Some((first, last)) => format!("choose an address from `{first}` to `{last}`"),
            None => format!("choose an address of another subnet, all of `{}` is reserved", prefix.written),
        };
        finding.help(&help);
        let source = one.pair.source;
        let message = format!("target addresses of machines of `{}` are {reserved}", source.name);
        finding.together(&source.id, &one.item.machine_name, message, help);
        finding.related(&prefix.origin, format!("subnet `{}` of `{}`", subnet.name, one.pair.recovery.name));
    }
}
