//! A site must receive each range from one network.

use std::collections::BTreeSet;
use std::sync::Arc;

use drlint_estate::{AddressSet, End, Estate, LinkKind, NetworkIndex, SiteIndex, SiteLink, Through};
use drlint_resource::Unknown;

use crate::overlap::Judged;
use crate::{BreachKind, LiveLink, State};

/// The networks a site receives ranges from: linked directly, by gateway transit, or through a hub.
pub(crate) fn networks_at(estate: &Estate, state: &State, site: SiteIndex) -> BTreeSet<NetworkIndex> {
    let mut found = BTreeSet::new();
    let carrying = |link: &&LiveLink| !link.blocks;
    for link in state.links_at(End::Site(site)).filter(carrying) {
        let Some(network) = link.ends.iter().find_map(|end| end.network()) else { continue };
        found.insert(network);
        for before in state.links_at(End::Network(network)).filter(carrying) {
            if before.kind == LinkKind::Peering && uses_gateway(estate, before, network) {
                found.extend(before.ends.iter().filter_map(|end| end.network()));
            }
        }
        for hub in hubs_with(estate, End::Network(network)) {
            let spokes = state.links_at(End::Network(hub)).filter(carrying);
            let spokes = spokes.filter(|before| before.kind == LinkKind::Hub);
            found.extend(
                spokes.flat_map(|before| before.ends).filter_map(End::network).filter(|at| *at != hub),
            );
        }
    }
    found
}

/// Whether the other end of a peering uses the gateway of `network`. Of a peering that a step makes nobody says so.
fn uses_gateway(estate: &Estate, link: &LiveLink, network: NetworkIndex) -> bool {
    let Some(index) = link.of_estate else { return false };
    let spokes = link.ends.iter().filter_map(|end| end.network()).filter(|other| *other != network);
    spokes.into_iter().any(|spoke| estate.uses_remote_gateways(estate.link(index), estate.network(spoke)))
}

/// The sites whose networks a link between these ends can change.
pub(crate) fn touched(estate: &Estate, state: &State, ends: [End; 2]) -> BTreeSet<SiteIndex> {
    let mut found = BTreeSet::new();
    for end in ends {
        found.extend(end.site());
        let hubs = hubs_with(estate, end).into_iter().map(End::Network);
        for end in hubs.chain([end]) {
            found.extend(state.links_at(end).flat_map(|link| link.ends).filter_map(End::site));
        }
    }
    found
}

/// The hub `end`, if it is one, and those of its virtual WAN.
pub(crate) fn hubs_with(estate: &Estate, end: End) -> Vec<NetworkIndex> {
    let hub = end.network().map(|index| estate.network(index)).filter(|network| network.is_hub());
    hub.into_iter().flat_map(|hub| estate.hubs_with(hub)).map(|hub| hub.index).collect()
}

/// Judges one site.
pub(crate) fn judge(estate: &Estate, state: &State, site: SiteIndex, judged: &mut Judged) {
    let networks: Vec<NetworkIndex> = networks_at(estate, state, site).into_iter().collect();
    for (at, one) in networks.iter().enumerate() {
        for two in &networks[at + 1..] {
            let (one, two) = (*one, *two);
            match received(estate, state, site, [one, two]) {
                Ok(shared) if shared.is_empty() => {}
                Ok(shared) => judged.broken.push(BreachKind::AnnouncedTwice { site, one, two, shared }),
                Err(unknown) => judged.open_at_sites.push(unknown),
            }
        }
    }
}

/// The addresses that a site receives from both networks.
fn received(
    estate: &Estate,
    state: &State,
    site: SiteIndex,
    networks: [NetworkIndex; 2],
) -> Result<AddressSet, Arc<Unknown>> {
    let [one, two] = networks.map(|network| announced(estate, state, site, network));
    let shared = one?.shared(&two?);
    let unknown = networks.into_iter().find_map(|at| estate.network(at).address_space.complete().err());
    match unknown {
        Some(unknown) if shared.is_empty() => Err(Arc::clone(unknown)),
        _ => Ok(shared),
    }
}

/// What a network announces to a site: its address space, which NAT rules of a connection that exists may translate.
fn announced(
    estate: &Estate,
    state: &State,
    site: SiteIndex,
    network: NetworkIndex,
) -> Result<AddressSet, Arc<Unknown>> {
    let own = state.links_between(End::Network(network), End::Site(site)).find_map(|link| link.of_estate);
    let network = estate.network(network);
    match own {
        Some(link) => {
            let link = estate.link(link);
            estate.announced(network, &SiteLink { site: estate.site(site), link, through: Through::Own })
        }
        None => Ok(network.address_space.addresses()),
    }
}

/// Whether a breach still holds.
pub(crate) fn still(
    estate: &Estate,
    state: &State,
    site: SiteIndex,
    one: NetworkIndex,
    two: NetworkIndex,
) -> bool {
    let networks = networks_at(estate, state, site);
    networks.contains(&one) && networks.contains(&two)
}
