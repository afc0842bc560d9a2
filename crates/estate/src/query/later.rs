//! What a network will be linked to, now or by a failover.

use std::net::IpAddr;

use crate::{End, Estate, Network, StepAction};

impl Estate {
    /// Whether `address` lies in a network or site that is linked to `network`, or that a failover of `drlint.toml`
    /// links to it.
    pub fn will_reach(&self, network: &Network, address: IpAddr) -> bool {
        let holds = |end: End| match end {
            End::Network(index) => self.network(index).address_space.holding(address).is_some(),
            End::Site(index) => self.site(index).ranges.holding(address).is_some(),
        };
        let now = self.neighbors(network).map(|(neighbor, _)| End::Network(neighbor.index));
        let sites = self.site_links_of(network).into_iter().map(|link| End::Site(link.site.index));
        now.chain(sites).any(holds) || self.linked_later(network).any(holds)
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
}
