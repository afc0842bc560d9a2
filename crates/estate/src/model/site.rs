//! Places on premises.

use drlint_resource::{Origin, ResourceId};

use super::SiteIndex;
use crate::{Fact, Ranges};

/// A place on premises: a local network gateway, an ExpressRoute circuit or a VPN site. Gateways with the same
/// device address are one site (`RULES.md`, preface 12).
#[derive(Clone, Debug)]
pub struct Site {
    /// Its number in the estate.
    pub index: SiteIndex,
    /// The id of the resource it is named after: the first in order of those that tell of it.
    pub id: ResourceId,
    /// Its name as it is shown.
    pub name: String,
    /// Where its name was written.
    pub place: Origin,
    /// What stands for it.
    pub kind: SiteKind,
    /// Its prefixes, of all that tell of it together. A circuit shows none.
    pub ranges: Ranges,
    /// Each resource that tells of it, sorted by id.
    pub tellings: Vec<SiteTelling>,
    /// Whether no input declares it: connections refer to it.
    pub known_from_outside: bool,
}

/// A resource that tells of a site.
#[derive(Clone, Debug)]
pub struct SiteTelling {
    /// Its id.
    pub id: ResourceId,
    /// Its name.
    pub name: String,
    /// Where its name was written.
    pub place: Origin,
    /// Its prefixes.
    pub ranges: Ranges,
    /// The address, or name, of the device.
    pub device: Fact<String>,
}

/// What stands for a [`Site`] in Azure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SiteKind {
    /// `Microsoft.Network/localNetworkGateways`
    LocalNetworkGateway,
    /// `Microsoft.Network/expressRouteCircuits`
    Circuit,
    /// `Microsoft.Network/vpnSites`
    VpnSite,
}
