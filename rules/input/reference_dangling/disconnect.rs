//! Steps that disconnect what is not connected.

use std::collections::BTreeSet;

use drlint_estate::{Absence, DeclaredFailover, End, Network, Placed, StepAction};
use drlint_policy::{Estate, Report};

const CONNECTION: &str = "Microsoft.Network/connections";

pub(super) fn check(estate: &Estate, report: &mut Report) {
    for failover in estate.intent().failovers.iter().filter(|failover| is_ahead(estate, failover)) {
        let mut connected: BTreeSet<[End; 2]> = BTreeSet::new();
        for step in &failover.steps {
            match &step.action {
                StepAction::Connect { a, b, .. } => connected.extend(ends(estate, a, b)),
                StepAction::Disconnect(a, b) => {
                    let Some([one, two]) = ends(estate, a, b) else { continue };
                    if !connected.remove(&[one, two]) && !are_connected(estate, one, two) {
                        say(estate, [one, two], [a, b], report);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether none of what a failover moves has failed over already: then its links may have been cut, too.
fn is_ahead(estate: &Estate, failover: &DeclaredFailover) -> bool {
    let sources = failover.steps.iter().flat_map(|step| match &step.action {
        StepAction::FailOver(sources) => sources.as_slice(),
        _ => &[],
    });
    let mut networks = sources.filter_map(|name| estate.find_network(name).one());
    networks.all(|network| estate.pairs_of_source(network).all(|pair| pair.at_rest()))
}

fn ends(estate: &Estate, a: &str, b: &str) -> Option<[End; 2]> {
    let end = |name: &str| {
        let network = estate.find_network(name).one().map(|network| End::Network(network.index));
        network.or_else(|| estate.find_site(name).one().map(|site| End::Site(site.index)))
    };
    let (one, two) = (end(a)?, end(b)?);
    Some([one.min(two), one.max(two)])
}

/// Whether a link joins the two, be it down, or one reaches the other by transit or a hub.
fn are_connected(estate: &Estate, one: End, two: End) -> bool {
    let by_transit = || {
        let (network, site) = (one.network()?, two.site()?);
        let mut ways = estate.site_links_of(estate.network(network)).into_iter();
        ways.find(|way| way.site.index == site)
    };
    let by_hub = || estate.shared_hub(estate.network(one.network()?), estate.network(two.network()?));
    estate.links_between(one, two).next().is_some() || by_transit().is_some() || by_hub().is_some()
}

fn say(estate: &Estate, ends: [End; 2], [a, b]: [&Placed<String>; 2], report: &mut Report) {
    let networks = ends.iter().filter_map(|end| end.network()).map(|at| estate.network(at));
    let unknown = estate.unknown_links_by_network();
    for network in networks {
        if let Some(link) = unknown.get(&network.index).and_then(|links| links.first()) {
            report.blocked_named("drlint.toml", link.unknown);
            return;
        }
        if let Some(reason) = hidden_links(estate, network) {
            report.undecided_named("drlint.toml", b, reason);
            return;
        }
    }
    let message = format!("a step disconnects `{}` and `{}`, which are not connected", a.value, b.value);
    let finding = report.finding(b, message);
    finding.about_named("drlint.toml").help("take the step out, or name what is connected");
}

/// Why a network may have links that the input does not show.
fn hidden_links(estate: &Estate, network: &Network) -> Option<String> {
    if !network.peerings_shown && !network.is_hub() {
        return Some(format!("no input shows the peerings of `{}`", network.name));
    }
    let may_have_gateway = !network.gateways.is_empty() || network.subnet("GatewaySubnet").is_some();
    match estate.absence(CONNECTION, &network.id, network.place.span) {
        Absence::Undecided(unknown) if may_have_gateway => Some(unknown.reason.to_string()),
        _ => None,
    }
}
