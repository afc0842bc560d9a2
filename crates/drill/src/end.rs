//! The end of a drill: every link of the start is there between the places where machines run now, of the same kind,
//! and the routes of each site follow.

use std::collections::BTreeSet;

use drlint_estate::{End, Estate, Link, LinkKind, Network, NetworkIndex, SiteKind};

use crate::sites::hubs_with;
use crate::{BreachKind, LiveLink, Open, State, Topic};

/// What became of a link.
pub(crate) enum Fate {
    /// It is there, of the same kind or to another circuit.
    Restored,
    /// It is there, of another kind, made by this step.
    OtherKind(LinkKind, Option<usize>),
    /// It is missing.
    Lost,
    /// The place reaches only a site of another sort, and nobody knows whether it is the same place.
    OtherSite(String),
    /// One end is a gateway of which nobody knows the network, and there is a link of this kind to some network.
    OtherNetwork(String),
}

/// What became of a link between two places.
pub(crate) fn fate(estate: &Estate, state: &State, link: &Link, ends: [End; 2]) -> Fate {
    let [one, two] = ends;
    let live: Vec<&LiveLink> = state.links_between(one, two).filter(|link| !link.blocks).collect();
    if live.iter().any(|now| now.kind == link.kind) {
        return Fate::Restored;
    }
    let by_hub = |spoke: End, hub: End| {
        let mut hubs = hubs_with(estate, hub).into_iter().map(End::Network);
        hubs.any(|hub| {
            let mut live = state.links_between(spoke, hub);
            live.any(|live| live.kind == LinkKind::Hub && !live.blocks)
        })
    };
    if link.kind == LinkKind::Hub && (by_hub(one, two) || by_hub(two, one)) {
        return Fate::Restored;
    }
    if let Some(now) = live.first() {
        return Fate::OtherKind(now.kind, now.made);
    }
    if let Some(gateway) = gateway_alone(estate, state, link, ends) {
        return Fate::OtherNetwork(gateway);
    }
    let (End::Network(network), End::Site(site)) =
        (if one.site().is_some() { (two, one) } else { (one, two) })
    else {
        return Fate::Lost;
    };
    let reached = state.links_at(End::Network(network)).filter(|link| !link.blocks);
    let others: Vec<_> = reached.flat_map(|link| link.ends).filter_map(End::site).collect();
    let circuit = |site| estate.site(site).kind == SiteKind::Circuit;
    if circuit(site) && others.iter().any(|other| circuit(*other)) {
        return Fate::Restored;
    }
    match others.first() {
        Some(other) if circuit(*other) != circuit(site) => Fate::OtherSite(estate.site(*other).name.clone()),
        _ => Fate::Lost,
    }
}

/// The gateway that stands for its own network at one end, if a link of the same kind joins the other end with some
/// network in which the gateway may be.
fn gateway_alone(estate: &Estate, state: &State, link: &Link, ends: [End; 2]) -> Option<String> {
    let stands_alone = |end: End| {
        let network = end.network().map(|network| estate.network(network))?;
        network.is_gateway_alone().then_some(network)
    };
    let joins_some = |end: End, gateway: &Network| {
        let mut others = state.links_at(end).filter(|live| live.kind == link.kind && !live.blocks);
        others.any(|live| {
            live.ends
                .iter()
                .any(|other| *other != end && other.network().is_some_and(|network| network != gateway.index))
        })
    };
    let [one, two] = ends;
    [(one, two), (two, one)].into_iter().find_map(|(gateway, other)| {
        let gateway = stands_alone(gateway)?;
        joins_some(other, gateway).then(|| gateway.name.clone())
    })
}

/// Whether a link is there between all places where the machines of its ends run.
pub(crate) fn is_restored(estate: &Estate, state: &State, link: &Link) -> bool {
    places(estate, state, link).into_iter().all(|ends| !matches!(fate(estate, state, link, ends), Fate::Lost))
}

/// Where a link is to be looked for: between each place of one end and each of the other.
fn places(estate: &Estate, state: &State, link: &Link) -> Vec<[End; 2]> {
    let [one, two] = link.ends.map(|end| state.places_of_end(estate, end));
    one.iter().flat_map(|one| two.iter().map(|two| [*one, *two])).filter(|[one, two]| one != two).collect()
}

/// Judges every link of the start that may have changed.
pub(crate) fn links(estate: &Estate, state: &State, links: &[&Link]) -> (Vec<BreachKind>, Vec<Open>) {
    let (mut broken, mut open) = (Vec::new(), Vec::new());
    for link in links {
        for ends in places(estate, state, link) {
            match fate(estate, state, link, ends) {
                Fate::Restored => {}
                Fate::OtherKind(kind, made) => {
                    broken.push(BreachKind::OtherKind { link: link.index, ends, kind, made });
                }
                Fate::Lost => broken.push(BreachKind::LinkLost { link: link.index, ends }),
                Fate::OtherNetwork(gateway) => {
                    let reason = format!("nobody knows which network gateway `{gateway}` belongs to");
                    open.push(Open { topic: Topic::Links, step: None, reason, place: None });
                }
                Fate::OtherSite(name) => {
                    let [one, two] = link.ends.map(|end| estate.name_of(end));
                    let reason =
                        format!("nobody knows whether `{name}` is the place that `{one}` and `{two}` shared");
                    open.push(Open { topic: Topic::Links, step: None, reason, place: None });
                }
            }
        }
    }
    (broken, open)
}

/// A link that is missing, where actions that nobody can read may have brought it back.
pub(crate) fn depends_on(estate: &Estate, kind: &BreachKind, actions: &[String]) -> Option<Open> {
    let BreachKind::LinkLost { ends, .. } = kind else { return None };
    let [one, two] = ends.map(|end| estate.name_of(end));
    let actions = actions.join("`, `");
    let reason =
        format!("whether `{one}` and `{two}` are connected depends on what `{actions}` of the plan does");
    Some(Open { topic: Topic::Links, step: None, reason, place: None })
}

/// Judges the routes of each site that a moved source was linked to.
pub(crate) fn routes(
    estate: &Estate,
    state: &State,
    sources: &BTreeSet<NetworkIndex>,
    links: &[&Link],
) -> (Vec<BreachKind>, Vec<Open>) {
    let (mut broken, mut open) = (Vec::new(), Vec::new());
    for link in links {
        let (Some(site), Some(source)) = (link.site(), link.ends.iter().find_map(|end| end.network())) else {
            continue;
        };
        if !sources.contains(&source) {
            continue;
        }
        for place in state.places_of(estate, source).into_iter().filter(|place| *place != source) {
            let at = state.links_at(End::Network(place)).filter(|link| !link.blocks);
            for live in at.filter(|live| live.ends.iter().any(|end| end.site().is_some())) {
                let Some(reached) = live.ends.iter().find_map(|end| end.site()) else { continue };
                if state.routes_to(reached, place) {
                    continue;
                }
                if moves_by_itself(estate, link, reached == site) {
                    let name = &estate.site(reached).name;
                    let reason =
                        format!("BGP may point the routes of `{name}` to `{}`", estate.network(place).name);
                    open.push(Open { topic: Topic::Routes, step: None, reason, place: None });
                } else {
                    broken.push(BreachKind::NotRerouted {
                        site: reached,
                        network: place,
                        connected: live.made,
                    });
                }
            }
        }
    }
    (broken, open)
}

/// Whether routes may follow without anybody's doing: BGP on the same circuit, or on a VPN.
fn moves_by_itself(estate: &Estate, link: &Link, same_site: bool) -> bool {
    match link.kind {
        LinkKind::ExpressRoute => same_site,
        LinkKind::Vpn => estate.connections_of(link).any(|connection| connection.bgp.known() == Some(&true)),
        LinkKind::Peering | LinkKind::Hub => false,
    }
}
