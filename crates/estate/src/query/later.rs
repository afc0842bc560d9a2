//! What a network will be linked to, now or by a failover.

use std::net::IpAddr;
use std::sync::Arc;

use drlint_resource::{Reason, Unknown};

use super::Undecided;
use crate::{End, Estate, Network, Space, StepAction};

impl Estate {
    /// Whether `address` lies in a network or site that is linked to `network`, or that a failover of `drlint.toml`
    /// links to it. A hub routes to the networks connected to it.
    ///
    /// # Errors
    ///
    /// When a place it is linked to does not show all its addresses, and no other place holds `address`.
    pub fn will_reach(&self, network: &Network, address: IpAddr) -> Result<bool, Undecided> {
        if network.address_space.holding(address).is_some() {
            return Ok(false);
        }
        let now = self.neighbors(network).map(|(neighbor, _)| End::Network(neighbor.index));
        let sites = self.site_links_of(network).into_iter().map(|link| End::Site(link.site.index));
        let direct = now.chain(sites).chain(self.linked_later(network));
        let mut unknown = None;
        for end in direct.flat_map(|end| self.behind(end)) {
            if end == End::Network(network.index) {
                continue;
            }
            let space = self.space_of(end);
            if space.addresses.contains(address) {
                return Ok(true);
            }
            unknown = unknown.or(space.unknown);
        }
        unknown.map_or(Ok(false), Err)
    }

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

    /// The place itself, and what a hub leads to.
    fn behind(&self, end: End) -> Vec<End> {
        let hub = end.network().map(|index| self.network(index)).filter(|network| network.is_hub());
        let spokes = hub.into_iter().flat_map(|hub| self.neighbors(hub));
        std::iter::once(end).chain(spokes.map(|(spoke, _)| End::Network(spoke.index))).collect()
    }

    fn space_of(&self, end: End) -> Space {
        match end {
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
