#![doc = include_str!("README.md")]

use std::net::IpAddr;

use drlint_estate::{Absence, Held, Move, Network, NetworkIndex, Placed};
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
    for (at, target) in wanted.iter().enumerate() {
        let (_, address, _, one) = target;
        let mut holders = estate.holders_of(one.pair.recovery, *address);
        // Those of one item stand together.
        let own = wanted[..at].last().filter(|last| last.3.item.id == one.item.id);
        if let Some(held) = holders.find(|held| !one.item.is_own(held, &one.pair)) {
            is_held(target, &held, report);
        } else if let Some(own) = own {
            is_set_twice(target, own, report);
        } else if let Some(first) = wanted[..at].first() {
            is_wanted_too(target, first, report);
        }
    }
}

fn is_held((_, address, placed, one): &Target<'_>, held: &Held<'_>, report: &mut Report) {
    let (machine, recovery, holder) = (&one.item.machine_name, &one.pair.recovery.name, &held.name);
    let message = format!("target address `{address}` of `{machine}` is taken in `{recovery}` by `{holder}`");
    let finding = report.finding(one.address_place(placed), message);
    finding.about(&one.item.id);
    finding.help(if one.item.is_in_test_failover() {
        format!("clean up the test failover of `{machine}`, or move `{holder}`")
    } else {
        format!("free `{address}`, for instance by cleaning up the test failover, or move `{holder}`")
    });
    finding.related(&held.place, format!("`{holder}` holds it"));
    finding.together(
        &one.pair.source.id,
        machine,
        format!("target addresses of machines of `{}` are taken in `{recovery}`", one.pair.source.name),
        "free the addresses, for instance by cleaning up the test failovers, or move what holds them",
    );
}

/// Another IP configuration of the machine shall have the address.
fn is_set_twice((_, address, placed, one): &Target<'_>, first: &Target<'_>, report: &mut Report) {
    let (machine, recovery) = (&one.item.machine_name, &one.pair.recovery.name);
    let message = format!(
        "target address `{address}` of `{machine}` is set for two of its IP configurations in `{recovery}`"
    );
    let finding = report.finding(one.address_place(placed), message);
    finding.about(&one.item.id);
    finding.help(format!("give each IP configuration of `{machine}` a target address of its own"));
    finding.related(first.3.address_place(first.2), "the first of them");
}

/// Another machine shall have the address.
fn is_wanted_too((_, address, placed, one): &Target<'_>, first: &Target<'_>, report: &mut Report) {
    let (machine, recovery) = (&one.item.machine_name, &one.pair.recovery.name);
    let other = &first.3.item.machine_name;
    let message = format!(
        "target address `{address}` of `{machine}` is taken in `{recovery}` by `{other}`, which shall come up with it too"
    );
    let finding = report.finding(one.address_place(placed), message);
    finding.about(&one.item.id);
    finding.help(format!("give `{machine}` or `{other}` a target address of its own"));
    finding.related(first.3.address_place(first.2), format!("the target address of `{other}`"));
    finding.together(
        &one.pair.source.id,
        machine,
        format!(
            "target addresses of machines of `{}` are taken in `{recovery}` by others that shall come up with them too",
            one.pair.source.name
        ),
        "give each machine a target address of its own",
    );
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
