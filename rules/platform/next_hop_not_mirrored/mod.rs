#![doc = include_str!("README.md")]

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Arc;

use drlint_estate::{
    Absence, Network, PROTECTED_ITEM, Pair, Placed, ProtectedItem, Route, RouteTable, TargetAddress,
};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::{Origin, Reason, ResourceId, Unknown};

use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "next-hop-not-mirrored",
    group: "platform",
    summary: "routes go to an appliance whose address nothing has after the failover",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

const INTERFACE: &str = "Microsoft.Network/networkInterfaces";

fn check(estate: &Estate, report: &mut Report) {
    // A source with two recoveries has one fault, whichever of them lacks the appliance.
    let mut judged = BTreeSet::new();
    // An item in its initial replication shows neither its networks nor its addresses.
    let nowhere = |item: &&ProtectedItem| item.source_network.is_none() || item.target_network.is_none();
    let lost = estate.items().iter().find(nowhere);
    for pair in estate.pairs().filter(|pair| pair.retain_ip) {
        let tables = tables(estate, &pair, report);
        if tables.is_empty() {
            continue;
        }
        let held = Held::of(&pair, lost);
        for table in tables {
            for route in table.routes.iter().filter(|route| route.is_to_appliance()) {
                judge(estate, &pair, (table, route), &held, &mut judged, report);
            }
        }
    }
}

/// The route tables of the subnets of either network, each once. The rule is undecided about those outside the input.
fn tables<'e>(estate: &'e Estate, pair: &Pair<'e>, report: &mut Report) -> Vec<&'e RouteTable> {
    let networks: [&Network; 2] = [pair.source, pair.recovery];
    let subnets = networks.into_iter().flat_map(|network| &network.subnets);
    let references: BTreeMap<&ResourceId, &Origin> = subnets
        .filter_map(|subnet| subnet.route_table.placed())
        .map(|reference| (&reference.value, &reference.origin))
        .collect();
    let mut found = Vec::new();
    for (id, place) in references {
        match estate.route_table(id) {
            Some(table) => found.push(table),
            None => report.undecided(id, place, format!("route table `{}` is not in the input", id.name())),
        }
    }
    found
}

/// The addresses that machines bring into the recovery.
struct Held {
    addresses: BTreeSet<IpAddr>,
    unknown: Option<Arc<Unknown>>,
}

impl Held {
    fn of(pair: &Pair<'_>, lost: Option<&ProtectedItem>) -> Self {
        let mut held = Self { addresses: BTreeSet::new(), unknown: None };
        let hidden = pair.items().find(|item| !item.nics_known).or(lost);
        held.unknown = hidden.map(|item| {
            let text = format!("the network settings of protected item `{}` are not in the input", item.name);
            Arc::new(Unknown::without_expression(Reason::Other(text.into()), item.place.span))
        });
        for item in pair.items() {
            for (nic, ip) in item.ip_configurations() {
                match pair.target_address(nic, ip) {
                    TargetAddress::Pinned(address) | TargetAddress::Kept(address) => {
                        held.addresses.insert(address.value);
                    }
                    TargetAddress::Unknown(unknown) => held.unknown = held.unknown.or(Some(unknown)),
                    TargetAddress::Free => {}
                }
            }
        }
        held
    }
}

fn judge<'e>(
    estate: &Estate,
    pair: &Pair<'_>,
    (table, route): (&'e RouteTable, &'e Route),
    held: &Held,
    judged: &mut BTreeSet<(&'e ResourceId, &'e str)>,
    report: &mut Report,
) {
    let Some(hop) = report.known(&table.id, &route.next_hop) else { return };
    if !pair.source.address_space.addresses().contains(hop.value) {
        report.decided(&table.id, pair.source.address_space.complete());
        return;
    }
    if held.addresses.contains(&hop.value) || estate.holders_of(pair.recovery, hop.value).next().is_some() {
        return;
    }
    match undecided(estate, pair, hop, held) {
        Some(unknown) => report.blocked(&table.id, &unknown),
        None if judged.insert((&table.id, &route.name)) => say(estate, pair, table, route, hop, report),
        None => {}
    }
}

/// Why something may hold the address that the input does not show.
fn undecided(estate: &Estate, pair: &Pair<'_>, hop: &Placed<IpAddr>, held: &Held) -> Option<Arc<Unknown>> {
    let vault = estate.items().first().map_or(&pair.source.id, |item| &item.id);
    let absences = [
        estate.absence(PROTECTED_ITEM, vault, hop.origin.span),
        estate.absence(INTERFACE, &pair.recovery.id, hop.origin.span),
    ];
    held.unknown.clone().or_else(|| {
        absences.into_iter().find_map(|absence| match absence {
            Absence::Undecided(unknown) => Some(unknown),
            Absence::Absent => None,
        })
    })
}

fn say(
    estate: &Estate,
    pair: &Pair<'_>,
    table: &RouteTable,
    route: &Route,
    hop: &Placed<IpAddr>,
    report: &mut Report,
) {
    let message = format!(
        "route `{}` of `{}` goes to `{}`, which no machine has after the failover",
        route.name, table.name, hop.value
    );
    let finding = report.finding(hop, message);
    finding.about(&table.id);
    finding.help(format!(
        "fail over the appliance, or create one with `{}` in `{}`",
        hop.value, pair.recovery.name
    ));
    for holder in estate.holders_of(pair.source, hop.value) {
        finding.related(&holder.place, format!("`{}` has it in `{}`", holder.name, pair.source.name));
    }
    with_evidence(finding, pair);
}
