//! What a site learns of a network.

use std::sync::Arc;

use drlint_resource::{Reason, Unknown};

use super::reach::{SiteLink, Through};
use crate::{AddressSet, Connection, Estate, LinkDeclaration, Network, Undecided};

impl Estate {
    /// The addresses by which a site knows `network` over `way`: its address space, as egress NAT rules of the
    /// connection translate it (NAT overview, 2021-12-02). What is known of an address space counts, though other
    /// parts are not known.
    ///
    /// # Errors
    ///
    /// When a NAT rule cannot be computed.
    pub fn announced(&self, network: &Network, way: &SiteLink<'_>) -> Result<AddressSet, Undecided> {
        let space = network.address_space.addresses();
        let mut announced: Option<AddressSet> = None;
        for connection in self.connections_of(way.link) {
            let translated = self.translated(connection, space.clone())?;
            announced = Some(announced.map_or(translated.clone(), |before| before.joined(&translated)));
        }
        Ok(announced.unwrap_or(space))
    }

    fn translated(&self, connection: &Connection, mut space: AddressSet) -> Result<AddressSet, Undecided> {
        for rule in &connection.nat.egress {
            let gateway = connection.gateway_index.map(|index| self.gateway(index));
            let found = gateway.and_then(|gateway| gateway.nat_rule(rule));
            space = found.and_then(|found| found.translate(&space)).ok_or_else(|| {
                let text = format!("NAT rule `{}` of `{}` cannot be computed", rule.name(), connection.name);
                Arc::new(Unknown::without_expression(Reason::Other(text.into()), rule.origin.span))
            })?;
        }
        Ok(space)
    }
}

impl<'e> SiteLink<'e> {
    /// Why nobody knows whether it exists, if a condition on the way is not known.
    pub fn condition(&self) -> Option<&'e Arc<Unknown>> {
        let before = match self.through {
            Through::Own => None,
            Through::Transit { peering, .. } => peering.condition(),
            Through::Hub { connection, .. } => connection.condition(),
        };
        before.or(self.link.condition())
    }

    /// What a person would remove so that `network` no longer reaches the site: its own connection, its peering with
    /// the network that has the gateway, or its connection to the hub.
    pub fn declared_by(&self, network: &Network) -> Option<&'e LinkDeclaration> {
        let link = match self.through {
            Through::Own => self.link,
            Through::Transit { peering, .. } => peering,
            Through::Hub { connection, .. } => connection,
        };
        link.declared_by(network.index)
    }
}
