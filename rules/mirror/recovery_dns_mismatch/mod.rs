#![doc = include_str!("README.md")]

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;

use drlint_estate::{Absence, Fact, Pair, Placed, Reach, TargetAddress};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::Unknown;

use crate::moves::without_settings;
use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "recovery-dns-mismatch",
    group: "mirror",
    summary: "a recovery network does not resolve names as its source does",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

const INTERFACE: &str = "Microsoft.Network/networkInterfaces";

type Servers = [Placed<IpAddr>];

fn check(estate: &Estate, report: &mut Report) {
    let mut reach = Reach::new(estate);
    for pair in estate.pairs() {
        let (source, recovery) = (pair.source, pair.recovery);
        if source.tellings.is_empty() || recovery.tellings.is_empty() {
            let reason =
                format!("the properties of `{}` or `{}` are not in the input", source.name, recovery.name);
            report.undecided(&recovery.id, &recovery.place, reason);
            continue;
        }
        let (Ok(wanted), Ok(there)) = (servers(&source.dns_servers), servers(&recovery.dns_servers)) else {
            report.known(&recovery.id, &source.dns_servers);
            report.known(&recovery.id, &recovery.dns_servers);
            continue;
        };
        if addresses(wanted) != addresses(there) {
            match all_reached(&mut reach, &pair, there) {
                Ok(true) => {}
                Ok(false) => differ(&pair, wanted, there, report),
                Err(unknown) => report.blocked(&recovery.id, &unknown),
            }
            continue;
        }
        for server in there.iter().filter(|server| source.address_space.holding(server.value).is_some()) {
            match reach.holds(recovery, server.value) {
                Ok(true) => {}
                Ok(false) => judge_answer(estate, &pair, server, report),
                Err(unknown) => report.blocked(&recovery.id, &unknown),
            }
        }
    }
}

/// Whether every server lies in a network that is linked to the recovery, or will be. One that does not decides.
fn all_reached(reach: &mut Reach<'_>, pair: &Pair<'_>, servers: &Servers) -> Result<bool, Arc<Unknown>> {
    let mut blocked = None;
    for server in servers {
        match reach.holds(pair.recovery, server.value) {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(unknown) => blocked = blocked.or(Some(unknown)),
        }
    }
    blocked.map_or(Ok(!servers.is_empty()), Err)
}

/// The servers; none means Azure's own.
fn servers(fact: &Fact<Vec<Placed<IpAddr>>>) -> Result<&Servers, &Unknown> {
    match fact {
        Fact::Known(servers) => Ok(&servers.value),
        Fact::Unknown(unknown) => Err(unknown),
        Fact::Absent => Ok(&[]),
    }
}

fn addresses(servers: &Servers) -> BTreeSet<IpAddr> {
    servers.iter().map(|server| server.value).collect()
}

fn differ(pair: &Pair<'_>, wanted: &Servers, there: &Servers, report: &mut Report) {
    let (source, recovery) = (pair.source, pair.recovery);
    let uses = match there {
        [] => "Azure's own DNS".to_owned(),
        _ => format!("DNS servers {}", written(there)),
    };
    let message = format!(
        "recovery network `{}` uses {uses}, its source `{}` uses {}",
        recovery.name,
        source.name,
        written(wanted)
    );
    let finding = report.finding(recovery.dns_servers.origin().unwrap_or(&recovery.place), message);
    finding.about(&recovery.id);
    let within = wanted.iter().find(|server| source.address_space.holding(server.value).is_some());
    finding.help(match within {
        Some(server) => help(&recovery.name, server.value),
        None => format!("set the DNS servers of `{}` to those of `{}`", recovery.name, source.name),
    });
    if let Some(servers) = source.dns_servers.origin() {
        finding.related(servers, "in the source");
    }
    with_evidence(finding, pair);
}

/// A server in the range that the two networks share: something in the recovery must come up with its address.
fn judge_answer(estate: &Estate, pair: &Pair<'_>, server: &Placed<IpAddr>, report: &mut Report) {
    let (source, recovery) = (pair.source, pair.recovery);
    if estate.holders_of(recovery, server.value).next().is_some() {
        return;
    }
    let mut blocked = false;
    for item in estate.pairs_of_recovery(recovery).flat_map(|pair| pair.items()) {
        if !item.nics_known {
            without_settings(item, report);
            blocked = true;
        }
    }
    let moves = estate
        .pairs_of_recovery(recovery)
        .flat_map(|pair| pair.items().flat_map(move |item| pair.moves_of(item)));
    for one in moves {
        match one.target_address() {
            TargetAddress::Unknown(unknown) => {
                report.blocked(&recovery.id, &unknown);
                blocked = true;
            }
            target if target.placed().is_some_and(|target| target.value == server.value) => return,
            _ => {}
        }
    }
    if pair.items().next().is_none() {
        let reason = format!("no protected item of `{}` is in the input", source.name);
        report.undecided(&recovery.id, &recovery.place, reason);
        blocked = true;
    }
    if let Absence::Undecided(unknown) = estate.absence(INTERFACE, &recovery.id, recovery.place.span) {
        report.blocked(&recovery.id, &unknown);
        blocked = true;
    }
    if blocked {
        return;
    }
    let message = format!(
        "recovery network `{}` uses DNS server `{}` of its source `{}`, and nothing will answer there",
        recovery.name, server.value, source.name
    );
    let finding = report.finding(server, message);
    finding.about(&recovery.id);
    finding.help(help(&recovery.name, server.value));
    if let Some(held) = estate.holders_of(source, server.value).next() {
        finding.related(&held.place, format!("`{}` answers there now", held.name));
    }
    if let Some(servers) = source.dns_servers.origin() {
        finding.related(servers, "in the source");
    }
    with_evidence(finding, pair);
}

fn help(recovery: &str, server: IpAddr) -> String {
    format!("set the DNS servers of `{recovery}`, or fail over the machine that answers at `{server}`")
}

fn written(servers: &Servers) -> String {
    let addresses: Vec<String> = servers.iter().map(|server| format!("`{}`", server.value)).collect();
    if addresses.is_empty() { "Azure's own".to_owned() } else { addresses.join(", ") }
}
