#![doc = include_str!("README.md")]

use std::collections::BTreeSet;

use drlint_estate::{Absence, Network, NetworkIndex, Pair, PrivateEndpoint, StepAction};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::ResourceId;

use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "private-endpoint-not-mirrored",
    group: "platform",
    summary: "a private endpoint of a source has no counterpart in the recovery",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

const ENDPOINT: &str = "Microsoft.Network/privateEndpoints";

fn check(estate: &Estate, report: &mut Report) {
    for pair in estate.pairs() {
        let mut endpoints = estate.private_endpoints_in(pair.source).peekable();
        if endpoints.peek().is_none() {
            continue;
        }
        let reach = reach(estate, &pair);
        for endpoint in endpoints {
            judge(estate, &pair, endpoint, &reach, report);
        }
    }
}

/// The recovery and the networks it is, or will be, linked to.
fn reach<'e>(estate: &'e Estate, pair: &Pair<'e>) -> Vec<&'e Network> {
    let recovery = pair.recovery;
    let linked = estate.neighbors(recovery).filter(|(_, link)| !link.down).map(|(network, _)| network.index);
    let mut found: BTreeSet<NetworkIndex> = linked.collect();
    for step in estate.intent().failovers.iter().flat_map(|failover| &failover.steps) {
        let StepAction::Connect { a, b, .. } = &step.action else { continue };
        let [a, b] = [a, b].map(|name| estate.find_network(name).one().map(|network| network.index));
        let own = Some(recovery.index);
        found.extend(if a == own {
            b
        } else if b == own {
            a
        } else {
            None
        });
    }
    std::iter::once(recovery).chain(found.into_iter().map(|index| estate.network(index))).collect()
}

fn judge(
    estate: &Estate,
    pair: &Pair<'_>,
    endpoint: &PrivateEndpoint,
    reach: &[&Network],
    report: &mut Report,
) {
    let there = || reach.iter().flat_map(|network| estate.private_endpoints_in(network));
    let has =
        |service: &ResourceId| there().any(|other| other.services.iter().any(|own| own.value == *service));
    if let Some(unknown) = &endpoint.unknown_service {
        report.blocked(&endpoint.id, unknown);
        return;
    }
    if endpoint.services.iter().all(|service| has(service)) {
        return;
    }
    if let Some(unknown) = there().find_map(|other| other.unknown_service.as_ref()) {
        report.blocked(&endpoint.id, unknown);
        return;
    }
    for network in reach {
        if let Absence::Undecided(unknown) = estate.absence(ENDPOINT, &network.id, network.place.span) {
            report.blocked(&endpoint.id, &unknown);
            return;
        }
    }
    let (source, recovery) = (&pair.source.name, &pair.recovery.name);
    let message =
        format!("private endpoint `{}` of `{source}` has no counterpart in `{recovery}`", endpoint.name);
    let finding = report.finding(endpoint.subnet.origin().unwrap_or(&endpoint.place), message);
    finding.about(&endpoint.id);
    finding
        .help(format!("create a private endpoint to the same service in `{recovery}`, and its DNS records"));
    finding.related(&pair.recovery.place, format!("`{recovery}`"));
    with_evidence(finding, pair);
    finding.together(
        &pair.source.id,
        &*endpoint.name,
        format!("private endpoints of `{source}` have no counterpart in `{recovery}`"),
        format!("create private endpoints to the same services in `{recovery}`, and their DNS records"),
    );
}
