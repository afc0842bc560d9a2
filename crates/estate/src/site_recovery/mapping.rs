//! Fabrics and network mappings.

use drlint_resource::{Origin, ResourceId};

use crate::{Fact, NetworkIndex, Region};

/// A replication fabric: a region as Site Recovery sees it.
#[derive(Clone, Debug)]
pub struct Fabric {
    /// Its id.
    pub id: ResourceId,
    /// Its name as it is shown.
    pub name: String,
    /// Where its name was written.
    pub place: Origin,
    /// Its region.
    pub region: Fact<Region>,
}

/// A network mapping: the default recovery of every machine of a network that is protected later.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Its id.
    pub id: ResourceId,
    /// Its name as it is shown.
    pub name: String,
    /// Where its name was written.
    pub place: Origin,
    /// The network that is mapped.
    pub primary: Fact<ResourceId>,
    /// The same in the estate.
    pub primary_network: Option<NetworkIndex>,
    /// The network it is mapped to.
    pub recovery: Fact<ResourceId>,
    /// The same in the estate.
    pub recovery_network: Option<NetworkIndex>,
    /// The region of the mapped network.
    pub primary_region: Fact<Region>,
    /// The region it is mapped to.
    pub recovery_region: Fact<Region>,
}
