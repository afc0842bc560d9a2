//! What stands around machines: load balancers, private endpoints, route tables, public addresses.

use std::net::IpAddr;

use drlint_resource::{Origin, ResourceId};

use super::{Allocation, LoadBalancerIndex, NetworkIndex};
use crate::{Fact, Placed, Prefix};

/// A load balancer.
#[derive(Clone, Debug)]
pub struct LoadBalancer {
    /// Its number in the estate.
    pub index: LoadBalancerIndex,
    /// Its id.
    pub id: ResourceId,
    /// Its name as it is shown.
    pub name: String,
    /// Where its name was written.
    pub place: Origin,
    /// `sku.name`
    pub sku: Fact<String>,
    /// Its frontends.
    pub frontends: Vec<Frontend>,
    /// The ids of its backend pools.
    pub backend_pools: Vec<ResourceId>,
}

/// A frontend of a load balancer.
#[derive(Clone, Debug)]
pub struct Frontend {
    /// Its name.
    pub name: String,
    /// Where its name was written.
    pub place: Origin,
    /// `privateIPAddress`
    pub address: Fact<IpAddr>,
    /// `privateIPAllocationMethod`
    pub method: Fact<Allocation>,
    /// Its subnet; a frontend with one is internal.
    pub subnet: Fact<ResourceId>,
    /// The network of that subnet.
    pub network: Option<NetworkIndex>,
}

/// A private endpoint.
#[derive(Clone, Debug)]
pub struct PrivateEndpoint {
    /// Its id.
    pub id: ResourceId,
    /// Its name as it is shown.
    pub name: String,
    /// Where its name was written.
    pub place: Origin,
    /// Its subnet.
    pub subnet: Fact<ResourceId>,
    /// The network of that subnet.
    pub network: Option<NetworkIndex>,
    /// The services it leads to.
    pub services: Vec<Placed<ResourceId>>,
    /// Why a service it leads to is not known.
    pub unknown_service: Option<std::sync::Arc<drlint_resource::Unknown>>,
    /// The addresses it has, where they are fixed.
    pub addresses: Vec<Placed<IpAddr>>,
}

/// A route table.
#[derive(Clone, Debug)]
pub struct RouteTable {
    /// Its id.
    pub id: ResourceId,
    /// Its name as it is shown.
    pub name: String,
    /// Where its name was written.
    pub place: Origin,
    /// Its routes.
    pub routes: Vec<Route>,
}

/// A route.
#[derive(Clone, Debug)]
pub struct Route {
    /// Its name.
    pub name: String,
    /// Where its name was written.
    pub place: Origin,
    /// `addressPrefix`; a service tag counts as absent.
    pub prefix: Fact<Prefix>,
    /// `nextHopType`, as written.
    pub next_hop_type: Fact<String>,
    /// `nextHopIpAddress`
    pub next_hop: Fact<IpAddr>,
}

impl Route {
    /// Whether traffic goes to a virtual appliance.
    pub fn is_to_appliance(&self) -> bool {
        let kind = self.next_hop_type.known();
        kind.is_some_and(|kind| kind.eq_ignore_ascii_case("VirtualAppliance"))
    }
}

/// A public address.
#[derive(Clone, Debug)]
pub struct PublicAddress {
    /// Its id.
    pub id: ResourceId,
    /// Its name as it is shown.
    pub name: String,
    /// Where its name was written.
    pub place: Origin,
    /// `ipAddress`
    pub address: Fact<IpAddr>,
}

/// A network security group: that it exists is all the rules ask.
#[derive(Clone, Debug)]
pub struct SecurityGroup {
    /// Its id.
    pub id: ResourceId,
    /// Where its name was written.
    pub place: Origin,
}
