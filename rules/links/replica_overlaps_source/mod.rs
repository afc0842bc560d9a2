#![doc = include_str!("README.md")]

use std::collections::BTreeMap;

use drlint_estate::{AddressSet, Network, NetworkIndex};
use drlint_policy::{Builtin, Check, Estate, Finding, Report, Severity};

use super::words::{listed, prefix_in, ranges, with_prefix};
use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "replica-overlaps-source",
    group: "links",
    summary: "a replica network uses addresses of a source, or is itself a recovery",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    let sources = estate.source_networks();
    if sources.is_empty() {
        return;
    }
    for network in estate.networks() {
        if report.known(&network.id, &network.tags.role).is_some() && network.is_replica() {
            recovery(estate, network, report);
        }
    }
    overlaps(estate, &sources, report);
    machines(estate, report);
}

/// A replica that is itself a recovery.
fn recovery(estate: &Estate, replica: &Network, report: &mut Report) {
    let Some(pair) = estate.pairs_of_recovery(replica).next() else { return };
    let message =
        format!("replica network `{}` is itself the recovery of `{}`", replica.name, pair.source.name);
    let finding = report.finding(replica.tags.role.origin().unwrap_or(&replica.place), message);
    finding.about(&replica.id);
    finding.help(format!(
        "place the replicas in a network of their own, with a range that `{}` does not use",
        pair.source.name
    ));
    with_evidence(finding, &pair);
}

fn overlaps(estate: &Estate, sources: &[&Network], report: &mut Report) {
    let replicas: Vec<&Network> = estate.networks().iter().filter(|network| network.is_replica()).collect();
    let mut clashes: BTreeMap<NetworkIndex, Vec<&Network>> = BTreeMap::new();
    for (replica, source) in estate.overlaps_between(&replicas, sources) {
        // The overlap of a recovery with its own source is meant; that it is a replica is said above.
        if !estate.are_pair(estate.network(replica), estate.network(source)) {
            clashes.entry(replica).or_default().push(estate.network(source));
        }
    }
    for replica in replicas {
        match clashes.get(&replica.index) {
            Some(sources) => judge(replica, sources, report),
            None => {
                let unknown = replica.space().unknown;
                let unknown = unknown.or_else(|| sources.iter().find_map(|source| source.space().unknown));
                if let Some(unknown) = unknown {
                    report.blocked(&replica.id, &unknown);
                }
            }
        }
    }
}

fn judge(replica: &Network, sources: &[&Network], report: &mut Report) {
    let taken = sources
        .iter()
        .fold(AddressSet::default(), |taken, source| taken.joined(&source.address_space.addresses()));
    let shared = replica.address_space.addresses().shared(&taken);
    let place = prefix_in(replica, &shared).map_or(&replica.place, |prefix| &prefix.origin);
    let noun = if sources.len() == 1 { "source" } else { "sources" };
    let message = format!(
        "replica network `{}` uses {}, which overlaps the {noun} {}",
        replica.name,
        ranges(&shared),
        listed(sources.iter().map(|source| &source.name))
    );
    let finding = report.finding(place, message);
    finding.about(&replica.id);
    finding.help(format!("give `{}` a range that no source uses", replica.name));
    for source in sources.iter().take(20) {
        with_prefix(finding, source, &shared);
    }
    with_tag(finding, replica);
}

/// A replica that lives in a recovery.
fn machines(estate: &Estate, report: &mut Report) {
    for machine in estate.machines().iter().filter(|machine| machine.is_replica()) {
        let configurations =
            machine.interfaces.iter().flat_map(|at| &estate.interface(*at).ip_configurations);
        let networks = configurations.filter_map(|ip| ip.network).map(|at| estate.network(at));
        let found = networks.flat_map(|network| estate.pairs_of_recovery(network)).next();
        let Some(pair) = found.filter(|pair| !pair.recovery.is_replica()) else { continue };
        let message = format!(
            "replica `{}` runs in `{}`, the recovery of `{}`",
            machine.name(),
            pair.recovery.name,
            pair.source.name
        );
        let finding = report.finding(machine.tags().role.origin().unwrap_or(&machine.place), message);
        finding.about(&pair.recovery.id);
        finding.help(format!("place `{}` in a network with a range that no source uses", machine.name()));
        finding.related(&pair.recovery.place, "the recovery");
        with_evidence(finding, &pair);
    }
}

fn with_tag(finding: &mut Finding, replica: &Network) {
    if let Some(tag) = replica.tags.role.origin() {
        finding.related(tag, "the tag says it is a replica");
    }
}
