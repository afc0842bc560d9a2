//! What a network will be linked to, now or by a failover.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use drlint_resource::{Reason, Unknown};

use super::Undecided;
use crate::{End, Estate, Network, NetworkIndex, Space, StepAction};

/// Which addresses networks reach, now or by a failover of `drlint.toml`.
#[derive(Debug)]
pub struct Reach<'e> {
    estate: &'e Estate,
    /// A hub may have thousands of networks, and each asks for the same few addresses.
    behind_hubs: BTreeMap<(NetworkIndex, IpAddr), Result<bool, Undecided>>,
}

impl<'e> Reach<'e> {
    /// Of the networks of `estate`.
    pub fn new(estate: &'e Estate) -> Self {
        Self { estate, behind_hubs: BTreeMap::new() }
    }

    /// Whether `address` lies in a network or site that is linked to `network`, or will be. A hub routes to the
    /// networks connected to it.
    ///
    /// # Errors
    ///
    /// When a place it is linked to does not show all its addresses, and no other place holds `address`.
    pub fn holds(&mut self, network: &Network, address: IpAddr) -> Result<bool, Undecided> {
        if network.address_space.holding(address).is_some() {
            return Ok(false);
        }
        let estate = self.estate;
        let now = estate.neighbors(network).map(|(neighbor, _)| End::Network(neighbor.index));
        let sites = estate.site_links_of(network).into_iter().map(|link| End::Site(link.site.index));
        let places: Vec<End> = now.chain(sites).chain(estate.linked_later(network)).collect();
        let mut blocked = None;
        for place in places {
            match self.at(place, address) {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(unknown) => blocked = blocked.or(Some(unknown)),
            }
        }
        blocked.map_or(Ok(false), Err)
    }

    fn at(&mut self, place: End, address: IpAddr) -> Result<bool, Undecided> {
        let estate = self.estate;
        let own = held(&estate.space_of(place), address);
        let hub = place.network().map(|index| estate.network(index)).filter(|network| network.is_hub());
        match (own, hub) {
            (Ok(false), Some(hub)) => self.behind(hub, address),
            (own, _) => own,
        }
    }

    fn behind(&mut self, hub: &Network, address: IpAddr) -> Result<bool, Undecided> {
        let estate = self.estate;
        let find = || {
            let mut blocked = None;
            for (spoke, _) in estate.neighbors(hub) {
                match held(&spoke.space(), address) {
                    Ok(true) => return Ok(true),
                    Ok(false) => {}
                    Err(unknown) => blocked = blocked.or(Some(unknown)),
                }
            }
            blocked.map_or(Ok(false), Err)
        };
        self.behind_hubs.entry((hub.index, address)).or_insert_with(find).clone()
    }
}

fn held(space: &Space, address: IpAddr) -> Result<bool, Undecided> {
    match &space.unknown {
        _ if space.addresses.contains(address) => Ok(true),
        Some(unknown) => Err(Arc::clone(unknown)),
        None => Ok(false),
    }
}

impl Estate {
    /// The networks and sites that a failover links to `network`.
    pub fn linked_later(&self, network: &Network) -> impl Iterator<Item = End> {
        let own = End::Network(network.index);
        let steps = self.intent().failovers.iter().flat_map(|failover| &failover.steps);
        steps.filter_map(move |step| {
            let StepAction::Connect { a, b, .. } = &step.action else { return None };
            let (a, b) = (self.find_end(a).one()?, self.find_end(b).one()?);
            if a == own { Some(b) } else { (b == own).then_some(a) }
        })
    }

    fn space_of(&self, place: End) -> Space {
        match place {
            End::Network(index) => self.network(index).space(),
            End::Site(index) => {
                let site = self.site(index);
                let hidden = || {
                    let text = format!("no input shows the addresses behind `{}`", site.name);
                    Arc::new(Unknown::without_expression(Reason::Other(text.into()), site.place.span))
                };
                let unknown = site.ranges.unknown.clone();
                let unknown = unknown.or_else(|| (!site.ranges.is_shown()).then(hidden));
                Space { addresses: site.ranges.addresses(), unknown }
            }
        }
    }
}
