//! Links: what joins two networks, or a network and a site.

use std::fmt;
use std::sync::Arc;

use drlint_resource::{Origin, ResourceId, Unknown};

use super::{ConnectionIndex, LinkIndex, NetworkIndex, SiteIndex};

/// What joins two networks, or a network and a site. The two halves of a peering are one link, and so are the two
/// connections of a VNet-to-VNet VPN (`RULES.md`, preface 11).
#[derive(Clone, Debug)]
pub struct Link {
    /// Its number in the estate.
    pub index: LinkIndex,
    /// What it joins; a network comes before a site, a network of the smaller index first.
    pub ends: [End; 2],
    /// How.
    pub kind: LinkKind,
    /// Whether an export says that it is down (`RULES.md`, *Down*).
    pub down: bool,
    /// Each resource that declares it, sorted by id.
    pub declarations: Vec<LinkDeclaration>,
    /// The halves of a peering: positions in the peerings of the networks that own them.
    pub peerings: Vec<(NetworkIndex, usize)>,
    /// The connections of a VPN or ExpressRoute link.
    pub connections: Vec<ConnectionIndex>,
}

/// One end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// A network or hub.
    Network(NetworkIndex),
    /// A site.
    Site(SiteIndex),
}

impl End {
    /// The other one of `ends`; `None` if this is neither.
    pub(crate) fn opposite(self, [one, two]: [End; 2]) -> Option<End> {
        if one == self {
            Some(two)
        } else if two == self {
            Some(one)
        } else {
            None
        }
    }

    /// The network, if it is one.
    pub fn network(self) -> Option<NetworkIndex> {
        match self {
            Self::Network(network) => Some(network),
            Self::Site(_) => None,
        }
    }

    /// The site, if it is one.
    pub fn site(self) -> Option<SiteIndex> {
        match self {
            Self::Network(_) => None,
            Self::Site(site) => Some(site),
        }
    }
}

/// The kinds of [`Link`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// A peering of virtual networks.
    Peering,
    /// A VPN, between networks or to a site.
    Vpn,
    /// A connection to an ExpressRoute circuit.
    ExpressRoute,
    /// A connection to a virtual hub.
    Hub,
}

/// Prints `peering`, `vpn`, `expressroute` or `hub`, as `drlint.toml` spells them.
impl fmt::Display for LinkKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Peering => "peering",
            Self::Vpn => "vpn",
            Self::ExpressRoute => "expressroute",
            Self::Hub => "hub",
        })
    }
}

/// A resource that declares a link.
#[derive(Clone, Debug)]
pub struct LinkDeclaration {
    /// What a person would remove to cut it: the reference to the other end.
    pub place: Origin,
    /// The network on whose side it is declared.
    pub owner: Option<NetworkIndex>,
    /// The resource.
    pub resource: ResourceId,
    /// Which resource, in words: "peering `a-to-b` of `vnet-a`".
    pub text: String,
    /// Why nobody knows whether the resource exists, if its `condition` is not known.
    pub condition: Option<Arc<Unknown>>,
}

impl Link {
    /// Why nobody knows whether it exists: each resource that declares it has a condition that is not known.
    pub fn condition(&self) -> Option<&Arc<Unknown>> {
        let mut conditions = self.declarations.iter().map(|declaration| declaration.condition.as_ref());
        let first = conditions.next()??;
        conditions.all(|condition| condition.is_some()).then_some(first)
    }

    /// The end that is not `end`; `None` if `end` is not one of its ends.
    pub fn other(&self, end: End) -> Option<End> {
        end.opposite(self.ends)
    }

    /// Whether it joins these two, in either order.
    pub fn joins(&self, one: End, two: End) -> bool {
        self.ends == [one, two] || self.ends == [two, one]
    }

    /// The declaration on the side of `network`, else the first.
    pub fn declared_by(&self, network: NetworkIndex) -> Option<&LinkDeclaration> {
        let own = self.declarations.iter().find(|declaration| declaration.owner == Some(network));
        own.or_else(|| self.declarations.first())
    }

    /// The site it leads to, if it leads to one.
    pub fn site(&self) -> Option<SiteIndex> {
        self.ends.iter().find_map(|end| end.site())
    }
}
