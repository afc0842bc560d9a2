#![doc = include_str!("README.md")]

use std::net::IpAddr;

use drlint_estate::{Move, Placed, Subnet, TargetSubnet};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::moves::{moves, target_address};

pub(crate) static RULE: Builtin = Builtin {
    name: "target-ip-outside-subnet",
    group: "target_ip",
    summary: "a machine's target address is not in the subnet it comes up in",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for one in moves(estate, report, |_| true) {
        let subnet = match one.target_subnet() {
            TargetSubnet::Named(subnet) if is_same(subnet, &one) && !is_pinned(&one) => continue,
            TargetSubnet::SameName(_) if !is_pinned(&one) => continue,
            TargetSubnet::Named(subnet) | TargetSubnet::SameName(subnet) => subnet,
            TargetSubnet::Fallback(_) => continue,
            TargetSubnet::Unknown(unknown) => {
                if target_address(&one, report).is_some() {
                    report.blocked(&one.item.id, &unknown);
                }
                continue;
            }
        };
        if let Some(address) = target_address(&one, report) {
            judge(&one, address, subnet, report);
        }
    }
}

fn judge(one: &Move<'_>, address: &Placed<IpAddr>, subnet: &Subnet, report: &mut Report) {
    let (item, recovery) = (one.item, one.pair.recovery);
    if subnet.prefixes.holding(address.value).is_some() {
        return;
    }
    let Some(prefixes) = report.decided(&item.id, subnet.prefixes.complete()) else { return };
    let address = address.value;
    let elsewhere =
        format!("subnet `{}` (`{}`) of `{}`", subnet.name, subnet.prefixes.written(), recovery.name);
    let message = format!("target address `{address}` of `{}` is not in {elsewhere}", item.machine_name);
    let keeps = one.source_address().is_ok_and(|source| source.address.value == address);
    let named = one.ip.recovery_subnet_name.origin().filter(|_| keeps);
    let finding = report.finding(named.unwrap_or_else(|| one.pin_place()), message);
    finding.about(&item.id);
    finding.help(match recovery.subnet_holding(address) {
        Some(holding) => {
            format!(
                "choose subnet `{}`, which holds `{address}`, or an address of `{}`",
                holding.name, subnet.name
            )
        }
        None => format!("choose the subnet that holds `{address}`, or an address of `{}`", subnet.name),
    });
    finding.together(
        &one.pair.source.id,
        &item.machine_name,
        format!("target addresses of machines of `{}` are not in {elsewhere}", one.pair.source.name),
        format!("choose for each the subnet that holds its address, or an address of `{}`", subnet.name),
    );
    for prefix in prefixes {
        finding.related(&prefix.origin, format!("subnet `{}` of `{}`", subnet.name, recovery.name));
    }
}

fn is_pinned(one: &Move<'_>) -> bool {
    !one.ip.recovery_address.is_absent()
}

/// Whether `subnet` has the name of the machine's subnet in the source.
fn is_same(subnet: &Subnet, one: &Move<'_>) -> bool {
    one.source_subnet_name().is_some_and(|name| name.eq_ignore_ascii_case(&subnet.name))
}
