#![doc = include_str!("README.md")]

use std::net::IpAddr;

use drlint_estate::{Absence, Move, Network, NetworkIndex, Placed};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::moves::{moves, target_address};

pub(crate) static RULE: Builtin = Builtin {
    name: "target-ip-taken",
    group: "target_ip",
    summary: "a machine's target address is used by something else in the recovery network",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

/// A target address in a recovery network, with what is to come up with it.
type Target<'e> = (NetworkIndex, IpAddr, &'e Placed<IpAddr>, Move<'e>);

fn check(estate: &Estate, report: &mut Report) {
    let mut targets: Vec<Target<'_>> = Vec::new();
    for one in moves(estate, report, |pair| pair.retain_ip) {
        if let Some(address) = target_address(&one, report) {
            targets.push((one.pair.recovery.index, address.value, address, one));
        }
    }
    targets.sort_by_key(|(recovery, address, _, one)| (*recovery, *address, one.item.index));
    for same_recovery in targets.chunk_by(|one, two| one.0 == two.0) {
        if let [(_, _, _, first), ..] = same_recovery {
            blind_spots(estate, first.pair.recovery, report);
        }
        for same_address in same_recovery.chunk_by(|one, two| one.1 == two.1) {
            judge(estate, same_address, report);
        }
    }
}

/// The moves to one address: it must be free, and wanted by only one of them.
fn judge(estate: &Estate, wanted: &[Target<'_>], report: &mut Report) {
    for (at, (_, _, address, one)) in wanted.iter().enumerate() {
        let (item, recovery) = (one.item, one.pair.recovery);
        let (machine, source) = (&item.machine_name, &one.pair.source.name);
        let holder = estate.holders_of(recovery, address.value).find(|held| !item.is_own(held, &one.pair));
        if let Some(held) = holder {
            let address = address.value;
            let message = format!(
                "target address `{address}` of `{machine}` is taken in `{}` by `{}`",
                recovery.name, held.name
            );
            let finding = report.finding(one.address_place(wanted[at].2), message);
            finding.about(&item.id);
            finding.help(if item.is_in_test_failover() {
                format!("clean up the test failover of `{machine}`, or move `{}`", held.name)
            } else {
                format!(
                    "free `{address}`, for instance by cleaning up the test failover, or move `{}`",
                    held.name
                )
            });
            finding.related(&held.place, format!("`{}` holds it", held.name));
            finding.together(
                &one.pair.source.id,
                machine,
                format!("target addresses of machines of `{source}` are taken in `{}`", recovery.name),
                "free the addresses, for instance by cleaning up the test failovers, or move what holds them",
            );
        } else if let Some((_, _, _, before)) = wanted[..at].iter().find(|other| other.3.item.id != item.id) {
            let other = &before.item.machine_name;
            let message = format!(
                "target address `{}` of `{machine}` is taken in `{}` by `{other}`, which shall come up with it too",
                address.value, recovery.name
            );
            let finding = report.finding(one.address_place(address), message);
            finding.about(&item.id);
            finding.help(format!("give `{machine}` or `{other}` a target address of its own"));
            finding.related(before.address_place(wanted[0].2), format!("the target address of `{other}`"));
            finding.together(
                &one.pair.source.id,
                machine,
                format!(
                    "target addresses of machines of `{source}` are taken in `{}` by others that shall come up with \
                     them too",
                    recovery.name
                ),
                "give each machine a target address of its own",
            );
        }
    }
}

/// What could hold an address without the estate knowing.
fn blind_spots(estate: &Estate, recovery: &Network, report: &mut Report) {
    let kind = "Microsoft.Network/networkInterfaces";
    if let Absence::Undecided(unknown) = estate.absence(kind, &recovery.id, recovery.place.span) {
        report.blocked(&recovery.id, &unknown);
    }
    for ip in estate.interfaces_in(recovery).flat_map(|interface| &interface.ip_configurations) {
        report.known(&recovery.id, &ip.address);
    }
    for frontend in estate.load_balancers_in(recovery).flat_map(|balancer| &balancer.frontends) {
        report.known(&recovery.id, &frontend.address);
    }
}
