//! Who is connected to whom.

use crate::{
    Connection, ConnectionIndex, End, Estate, Gateway, GatewayIndex, GatewayKind, Link, LinkKind, Network,
    Peering, Site, SiteIndex,
};

/// A link by which a network reaches a site.
#[derive(Clone, Copy, Debug)]
pub struct SiteLink<'e> {
    /// The site.
    pub site: &'e Site,
    /// The link that ends at the site.
    pub link: &'e Link,
    /// How the network comes to that link.
    pub through: Through<'e>,
}

/// How a network comes to a site link.
#[derive(Clone, Copy, Debug)]
pub enum Through<'e> {
    /// The link is its own.
    Own,
    /// By the gateway of a peered network: `useRemoteGateways` of its peering.
    Transit {
        /// The network with the gateway.
        network: &'e Network,
        /// The peering.
        peering: &'e Link,
    },
    /// By a virtual hub.
    Hub {
        /// The hub with the site link.
        hub: &'e Network,
        /// The hub connection of the network, to this hub or another one of the same virtual WAN.
        connection: &'e Link,
    },
}

impl SiteLink<'_> {
    /// Whether it is down, or what leads to it is.
    pub fn is_down(&self) -> bool {
        let before = match self.through {
            Through::Own => false,
            Through::Transit { peering, .. } => peering.down,
            Through::Hub { connection, .. } => connection.down,
        };
        before || self.link.down
    }
}

impl Estate {
    /// The links of `network`, down or not.
    pub fn links_of<'e>(&'e self, network: &Network) -> impl Iterator<Item = &'e Link> + use<'e> {
        self.by_network[network.index.position()].links.iter().map(|index| self.link(*index))
    }

    /// The links that end at `site`, down or not.
    pub fn links_of_site<'e>(&'e self, site: &Site) -> impl Iterator<Item = &'e Link> + use<'e> {
        self.by_site[site.index.position()].iter().map(|index| self.link(*index))
    }

    /// The networks and hubs linked to `network`, each with the link, down or not.
    pub fn neighbors<'e>(
        &'e self,
        network: &Network,
    ) -> impl Iterator<Item = (&'e Network, &'e Link)> + use<'e> {
        let own = End::Network(network.index);
        self.links_of(network).filter_map(move |link| {
            let other = link.other(own)?.network()?;
            Some((self.network(other), link))
        })
    }

    /// The links that join these two, of whatever kind and state.
    pub fn links_between(&self, one: End, two: End) -> impl Iterator<Item = &Link> {
        let links = match one {
            End::Network(network) => &self.by_network[network.position()].links,
            End::Site(site) => &self.by_site[site.position()],
        };
        links.iter().map(|index| self.link(*index)).filter(move |link| link.joins(one, two))
    }

    /// The ways by which `network` reaches sites: its own links, gateway transit, and hubs. A way that is down is
    /// among them.
    pub fn site_links_of<'e>(&'e self, network: &Network) -> Vec<SiteLink<'e>> {
        let mut found: Vec<SiteLink<'e>> = Vec::new();
        self.add_site_links(network, Through::Own, &mut found);
        for (neighbor, link) in self.neighbors(network) {
            if link.kind == LinkKind::Hub && neighbor.is_hub() {
                for hub in self.hubs_with(neighbor) {
                    self.add_site_links(hub, Through::Hub { hub, connection: link }, &mut found);
                }
            } else if link.kind == LinkKind::Peering && self.uses_remote_gateways(link, network) {
                self.add_site_links(
                    neighbor,
                    Through::Transit { network: neighbor, peering: link },
                    &mut found,
                );
            }
        }
        found
    }

    /// The networks that `site` reaches, with the way of each: the reverse of [`Estate::site_links_of`].
    pub fn networks_at<'e>(&'e self, site: &Site) -> Vec<(&'e Network, SiteLink<'e>)> {
        let mut found = Vec::new();
        for link in self.links_of_site(site) {
            let Some(network) = link.ends.iter().find_map(|end| end.network()) else { continue };
            let (network, site) = (self.network(network), self.site(site.index));
            found.push((network, SiteLink { site, link, through: Through::Own }));
            if network.is_hub() {
                let spokes = self.hubs_with(network).flat_map(|hub| self.neighbors(hub));
                let spokes = spokes.filter(|(_, before)| before.kind == LinkKind::Hub);
                found.extend(spokes.map(|(spoke, connection)| {
                    (spoke, SiteLink { site, link, through: Through::Hub { hub: network, connection } })
                }));
            }
            for (neighbor, before) in self.neighbors(network) {
                if before.kind == LinkKind::Peering && self.uses_remote_gateways(before, neighbor) {
                    let through = Through::Transit { network, peering: before };
                    found.push((neighbor, SiteLink { site, link, through }));
                }
            }
        }
        found.sort_by_key(|(network, way)| (network.index, way.link.index));
        found
    }

    /// The gateways of `network`.
    pub fn gateways_of<'e>(&'e self, network: &Network) -> impl Iterator<Item = &'e Gateway> + use<'e> {
        self.network(network.index).gateways.iter().map(|index| self.gateway(*index))
    }

    /// The gateway of `network` that makes links of `kind`.
    pub fn gateway_for(&self, network: &Network, kind: LinkKind) -> Option<&Gateway> {
        let wanted = match kind {
            LinkKind::Vpn => GatewayKind::Vpn,
            LinkKind::ExpressRoute => GatewayKind::ExpressRoute,
            LinkKind::Peering | LinkKind::Hub => return None,
        };
        self.gateways_of(network).find(|gateway| gateway.kind.known() == Some(&wanted))
    }

    /// The gateway of an index of this estate.
    pub fn gateway(&self, index: GatewayIndex) -> &Gateway {
        &self.gateways[index.position()]
    }

    /// The connection of an index of this estate.
    pub fn connection(&self, index: ConnectionIndex) -> &Connection {
        &self.connections[index.position()]
    }

    /// The site of an index of this estate.
    pub fn site(&self, index: SiteIndex) -> &Site {
        &self.sites[index.position()]
    }

    /// The connections of a link.
    pub fn connections_of<'e>(&'e self, link: &'e Link) -> impl Iterator<Item = &'e Connection> {
        link.connections.iter().map(|index| self.connection(*index))
    }

    /// The halves of a peering, each with the network that owns it.
    pub fn peerings_of<'e>(&'e self, link: &'e Link) -> impl Iterator<Item = (&'e Network, &'e Peering)> {
        link.peerings.iter().filter_map(|(network, at)| {
            let network = self.network(*network);
            Some((network, network.peerings.get(*at)?))
        })
    }

    /// The name of a network or site.
    pub fn name_of(&self, end: End) -> &str {
        match end {
            End::Network(network) => &self.network(network).name,
            End::Site(site) => &self.site(site).name,
        }
    }

    /// Whether the half of a peering that `network` owns says `useRemoteGateways`.
    pub fn uses_remote_gateways(&self, link: &Link, network: &Network) -> bool {
        let mut own = self.peerings_of(link).filter(|(owner, _)| owner.index == network.index);
        own.any(|(_, peering)| peering.use_remote_gateways.known() == Some(&true))
    }

    fn add_site_links<'e>(&'e self, network: &Network, through: Through<'e>, found: &mut Vec<SiteLink<'e>>) {
        for link in self.links_of(network) {
            if let Some(site) = link.site() {
                found.push(SiteLink { site: self.site(site), link, through });
            }
        }
    }
}
