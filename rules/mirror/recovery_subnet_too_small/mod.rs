#![doc = include_str!("README.md")]

use std::collections::BTreeMap;

use drlint_estate::{Move, Network, Prefix, Subnet, TargetSubnet};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::moves::moves;

pub(crate) static RULE: Builtin = Builtin {
    name: "recovery-subnet-too-small",
    group: "mirror",
    summary: "a recovery subnet has fewer addresses than must fit into it",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    let mut arriving: BTreeMap<_, (&Network, &Subnet, Vec<Move<'_>>)> = BTreeMap::new();
    for one in moves(estate, report, |_| true) {
        match one.target_subnet() {
            TargetSubnet::Named(subnet) | TargetSubnet::SameName(subnet) => {
                let recovery = one.pair.recovery;
                let key = (recovery.index, subnet.name.to_lowercase());
                arriving.entry(key).or_insert_with(|| (recovery, subnet, Vec::new())).2.push(one);
            }
            TargetSubnet::Fallback(_) => {}
            TargetSubnet::Unknown(unknown) => report.blocked(&one.item.id, &unknown),
        }
    }
    for (recovery, subnet, moves) in arriving.values() {
        judge(estate, recovery, subnet, moves, report);
    }
}

fn judge(estate: &Estate, recovery: &Network, subnet: &Subnet, moves: &[Move<'_>], report: &mut Report) {
    let Some([first, ..]) = report.decided(&subnet.id, subnet.prefixes.complete()) else { return };
    // A machine that has failed over is there already.
    let arriving: Vec<&Move<'_>> = moves.iter().filter(|one| !one.item.has_failed_over()).collect();
    let living = estate.addresses_used_in(recovery, subnet);
    let (usable, needed) = (usable_addresses(subnet), living.len() + arriving.len());
    if arriving.is_empty() || needed as u128 <= usable {
        return;
    }
    let message = format!(
        "subnet `{}` of `{}` has {}; {needed} are needed",
        subnet.name,
        recovery.name,
        counted_addresses(usable)
    );
    let finding = report.finding(&first.origin, message);
    finding.about(&subnet.id);
    finding.help(format!("enlarge `{}` of `{}` before machines live in it", subnet.name, recovery.name));
    for one in arriving.iter().take(20) {
        finding.related(&one.ip.place, format!("`{}` needs an address", one.item.machine_name));
    }
    for (name, place) in living.iter().take(20) {
        finding.related(*place, format!("`{name}` has one"));
    }
}

/// How many IPv4 addresses the subnet leaves to machines.
fn usable_addresses(subnet: &Subnet) -> u128 {
    let prefixes = subnet.prefixes.prefixes.iter().filter(|prefix| prefix.net.network().is_ipv4());
    prefixes.map(Prefix::usable).sum()
}

fn counted_addresses(number: u128) -> String {
    if number == 1 { "1 usable address".to_owned() } else { format!("{number} usable addresses") }
}
