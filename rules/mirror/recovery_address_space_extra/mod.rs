#![doc = include_str!("README.md")]

use drlint_estate::{AddressSet, Network, Pair, Prefix, Subnet};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::shared::{listed, with_evidence};

pub(crate) static RULE: Builtin = Builtin {
    name: "recovery-address-space-extra",
    group: "mirror",
    summary: "a recovery network has ranges that its source lacks",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for recovery in estate.networks() {
        let pairs: Vec<Pair<'_>> = estate.pairs_of_recovery(recovery).collect();
        if pairs.iter().any(|pair| pair.retain_ip) {
            judge(recovery, &pairs, report);
        }
    }
}

fn judge(recovery: &Network, pairs: &[Pair<'_>], report: &mut Report) {
    let spaces = pairs.iter().map(|pair| &pair.source.address_space).chain([&recovery.address_space]);
    for space in spaces {
        if report.decided(&recovery.id, space.complete()).is_none() {
            return;
        }
    }
    let of_sources = pairs
        .iter()
        .fold(AddressSet::default(), |all, pair| all.joined(&pair.source.address_space.addresses()));
    for prefix in &recovery.address_space.prefixes {
        let surplus = AddressSet::from(prefix.net).v4().without(&of_sources);
        if surplus.is_empty() || is_for_the_platform(recovery, &surplus) {
            continue;
        }
        match recovery.all_subnets_known() {
            // A gateway subnet may be what the range is for.
            Err(unknown) if !holds_subnets(recovery, &surplus) => report.blocked(&recovery.id, &unknown),
            _ => say_of_network(recovery, pairs, prefix, &surplus, report),
        }
    }
    for pair in pairs.iter().filter(|pair| pair.retain_ip) {
        for subnet in recovery.subnets.iter().filter(|subnet| !subnet.is_platform()) {
            judge_subnet(pair, subnet, pairs, &of_sources, report);
        }
    }
}

/// Whether only subnets of the platform, such as the gateway subnet, lie in these ranges.
fn is_for_the_platform(recovery: &Network, ranges: &AddressSet) -> bool {
    let mut inside = recovery.subnets.iter().filter(|s| s.prefixes.addresses().overlaps(ranges)).peekable();
    inside.peek().is_some() && inside.all(Subnet::is_platform)
}

/// Whether a subnet that is not for the platform lies in these ranges.
fn holds_subnets(recovery: &Network, ranges: &AddressSet) -> bool {
    let mut inside = recovery.subnets.iter().filter(|s| s.prefixes.addresses().overlaps(ranges));
    inside.any(|subnet| !subnet.is_platform())
}

fn say_of_network(
    recovery: &Network,
    pairs: &[Pair<'_>],
    prefix: &Prefix,
    surplus: &AddressSet,
    report: &mut Report,
) {
    let sources = listed(pairs.iter().map(|pair| pair.source.name.as_str()));
    let lacks = match pairs {
        [_] => format!("its source {sources} lacks"),
        _ => format!("its sources {sources} lack"),
    };
    let surplus = surplus.written();
    let message = format!("recovery network `{}` has `{surplus}`, which {lacks}", recovery.name);
    let finding = report.finding(&prefix.origin, message);
    finding.about(&recovery.id);
    finding.help(help(&surplus, &recovery.name));
    for pair in pairs.iter().take(20) {
        if let Some(origin) = &pair.source.address_space.origin {
            finding.related(origin, format!("the address space of `{}`", pair.source.name));
        }
    }
    if let [pair, ..] = pairs {
        with_evidence(finding, pair);
    }
}

/// A subnet that covers its counterpart and more. One that lies elsewhere is said by `recovery-subnet-mismatch`, and
/// a range outside the address space of the sources by the finding on the network.
fn judge_subnet(
    pair: &Pair<'_>,
    subnet: &Subnet,
    pairs: &[Pair<'_>],
    of_sources: &AddressSet,
    report: &mut Report,
) {
    let Some(counterpart) = pair.source.subnet(&subnet.name) else { return };
    for ranges in [&counterpart.prefixes, &subnet.prefixes] {
        if report.decided(&subnet.id, ranges.complete()).is_none() {
            return;
        }
    }
    let (wanted, there) = (counterpart.prefixes.addresses().v4(), subnet.prefixes.addresses().v4());
    let surplus = there.without(&wanted).shared(of_sources);
    if surplus.is_empty() || !there.covers(&wanted) {
        return;
    }
    let others = pairs.iter().filter(|other| other.source.index != pair.source.index);
    let surplus = others.fold(surplus, |left, other| left.without(&other.source.address_space.addresses()));
    let Some(prefix) = subnet.prefixes.overlapping(&surplus) else { return };
    let (recovery, surplus) = (&pair.recovery.name, surplus.written());
    let message = format!(
        "subnet `{}` of recovery network `{recovery}` has `{surplus}`, which it lacks in its source `{}`",
        subnet.name, pair.source.name
    );
    let finding = report.finding(&prefix.origin, message);
    finding.about(&subnet.id);
    finding.help(help(&surplus, &format!("{}` of `{recovery}", subnet.name)));
    for prefix in &counterpart.prefixes.prefixes {
        finding.related(&prefix.origin, "in the source");
    }
    with_evidence(finding, pair);
}

fn help(surplus: &str, owner: &str) -> String {
    format!("remove `{surplus}` from `{owner}`, or suppress with the reason it is there")
}
