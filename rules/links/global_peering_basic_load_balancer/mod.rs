#![doc = include_str!("README.md")]

use std::collections::BTreeMap;

use drlint_estate::{End, Fact, LinkKind, LoadBalancer, Network, NetworkIndex, Region};
use drlint_policy::{Builtin, Check, Estate, Place, Report, Severity};

use super::words::listed;

pub(crate) static RULE: Builtin = Builtin {
    name: "global-peering-basic-load-balancer",
    group: "links",
    summary: "a basic load balancer cannot be reached over a global peering",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    let planned = planned(estate);
    for network in estate.networks() {
        for balancer in estate.load_balancers_in(network) {
            if balancer.sku.known().is_some_and(|sku| !sku.eq_ignore_ascii_case("Basic")) {
                continue;
            }
            let mut peers: BTreeMap<NetworkIndex, (Place, String)> = BTreeMap::new();
            for (neighbor, link) in
                estate.neighbors(network).filter(|(_, link)| link.kind == LinkKind::Peering)
            {
                let there = estate.network(neighbor.index).region.known();
                let near = there.is_some() && there == network.region.known();
                if let Some(unknown) = link.condition().filter(|_| !near) {
                    report.blocked(&balancer.id, unknown);
                } else if let Some(declaration) = link.declared_by(network.index) {
                    let proof = ((&declaration.place).into(), declaration.text.clone());
                    peers.entry(neighbor.index).or_insert(proof);
                }
            }
            for (peer, place) in planned.get(&network.index).into_iter().flatten() {
                peers.entry(*peer).or_insert_with(|| (place.clone(), "the step that peers them".to_owned()));
            }
            judge(estate, network, balancer, peers, report);
        }
    }
}

/// By network: those that a step of a failover peers it with, and the step.
fn planned(estate: &Estate) -> BTreeMap<NetworkIndex, Vec<(NetworkIndex, Place)>> {
    let mut found: BTreeMap<NetworkIndex, Vec<_>> = BTreeMap::new();
    for step in estate.planned_links().iter().filter(|step| step.kind == LinkKind::Peering) {
        if let [Some(one), Some(two)] = step.ends.map(End::network) {
            found.entry(one).or_default().push((two, Place::from(step.step.place)));
            found.entry(two).or_default().push((one, Place::from(step.step.place)));
        }
    }
    found
}

fn region<'e>(network: &'e Network, balancer: &LoadBalancer, report: &mut Report) -> Option<&'e Region> {
    if network.region.is_absent() {
        let reason = format!("no input shows the region of `{}`", network.name);
        report.undecided(&balancer.id, &network.place, reason);
    }
    report.known(&balancer.id, &network.region).map(|region| &region.value)
}

fn judge(
    estate: &Estate,
    network: &Network,
    balancer: &LoadBalancer,
    mut peers: BTreeMap<NetworkIndex, (Place, String)>,
    report: &mut Report,
) {
    if peers.is_empty() {
        return;
    }
    let Some(here) = region(network, balancer, report) else { return };
    peers.retain(|peer, _| {
        let there = region(estate.network(*peer), balancer, report);
        there.is_some_and(|there| there != here)
    });
    if peers.is_empty() {
        return;
    }
    let sku = match &balancer.sku {
        Fact::Known(sku) => sku,
        Fact::Unknown(unknown) => return report.blocked(&balancer.id, unknown),
        Fact::Absent => {
            let reason = format!("no input shows the sku of load balancer `{}`", balancer.name);
            return report.undecided(&balancer.id, &balancer.place, reason);
        }
    };
    let message = format!(
        "load balancer `{}` in `{}` is of sku basic and cannot be reached from {} over a global peering",
        balancer.name,
        network.name,
        listed(peers.keys().map(|peer| &estate.network(*peer).name))
    );
    let finding = report.finding(sku, message);
    finding.about(&balancer.id);
    finding.help(format!("replace `{}` by one of sku standard", balancer.name));
    for (place, text) in peers.into_values().take(20) {
        finding.related(place, text);
    }
}
