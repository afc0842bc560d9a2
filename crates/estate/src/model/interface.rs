//! Network interfaces and their IP configurations.

use std::net::IpAddr;
use std::sync::Arc;

use drlint_resource::{Origin, ResourceId};

use super::{Few, InterfaceIndex, MachineIndex, NetworkIndex};
use crate::intake::{Said, TellingOf};
use crate::{Fact, Placed};

/// A network interface.
///
/// An estate may hold a million of them: what nobody asks is not kept, and what the id says is not kept twice.
#[derive(Clone, Debug)]
pub struct Interface {
    /// Its number in the estate.
    pub index: InterfaceIndex,
    /// Its id.
    pub id: ResourceId,
    /// Where its name was written; if only a machine refers to it, where that does.
    pub place: Origin,
    /// Its IP configurations in the order of the input.
    pub ip_configurations: Few<IpConfiguration>,
    /// `enableAcceleratedNetworking`
    pub accelerated_networking: Fact<bool>,
    /// The machine it says it belongs to.
    pub machine_id: Fact<ResourceId>,
    /// The machine it belongs to, by its own word or the machine's.
    pub machine: Option<MachineIndex>,
    /// Whether it belongs to a private endpoint.
    pub of_private_endpoint: bool,
    /// Whether no input declares it: a machine or an item refers to it.
    pub known_from_outside: bool,
    pub(crate) telling: TellingOf,
}

impl Interface {
    /// Its name as it is shown.
    pub fn name(&self) -> &str {
        self.id.name()
    }

    /// The primary IP configuration: the one that says so, else the first.
    pub fn primary(&self) -> Option<&IpConfiguration> {
        self.ip_configurations.iter().find(|ip| ip.primary).or_else(|| self.ip_configurations.first())
    }

    /// The IP configuration of this name, compared without case.
    pub fn ip_configuration(&self, name: &str) -> Option<&IpConfiguration> {
        self.ip_configurations.iter().find(|ip| ip.name.eq_ignore_ascii_case(name))
    }
}

/// An IP configuration of a network interface.
#[derive(Clone, Debug)]
pub struct IpConfiguration {
    /// Its name.
    pub name: Arc<str>,
    /// Where its name was written.
    pub place: Origin,
    /// `privateIPAddress`: fixed, or the present one of a dynamic configuration.
    pub address: Fact<IpAddr>,
    /// `privateIPAllocationMethod`
    pub method: Fact<Allocation>,
    /// `privateIPAddressVersion`, where it is known.
    pub version: Option<IpVersion>,
    /// Whether it says that it is the primary one.
    pub primary: bool,
    /// The subnet it is in.
    pub subnet: Fact<ResourceId>,
    /// The network of that subnet.
    pub network: Option<NetworkIndex>,
    /// What most have not.
    pub(crate) published: Option<Box<Published>>,
    pub(crate) said: Said,
}

/// By what an IP configuration is reached from elsewhere.
#[derive(Clone, Debug, Default)]
pub(crate) struct Published {
    pub(crate) public_address: Fact<ResourceId>,
    pub(crate) backend_pools: Vec<Placed<ResourceId>>,
}

impl IpConfiguration {
    /// Its public address.
    pub fn public_address(&self) -> &Fact<ResourceId> {
        self.published.as_ref().map_or(&Fact::Absent, |published| &published.public_address)
    }

    /// The backend pools of load balancers it belongs to.
    pub fn backend_pools(&self) -> &[Placed<ResourceId>] {
        self.published.as_ref().map_or(&[], |published| &published.backend_pools)
    }

    /// Whether its address is fixed.
    pub fn is_static(&self) -> bool {
        self.method.known() == Some(&Allocation::Static)
    }

    /// Whether it is an IPv6 configuration, by its version or by its address.
    pub fn is_ipv6(&self) -> bool {
        match self.version {
            Some(version) => version == IpVersion::V6,
            None => self.address.known().is_some_and(IpAddr::is_ipv6),
        }
    }

    /// The name of its subnet, if that is known.
    pub fn subnet_name(&self) -> Option<&str> {
        let name = self.subnet.known()?.names().last()?;
        name.known()
    }
}

/// `privateIPAllocationMethod`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allocation {
    /// The address is fixed.
    Static,
    /// Azure chooses the address.
    Dynamic,
}

/// `privateIPAddressVersion`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IpVersion {
    /// IPv4
    V4,
    /// IPv6
    V6,
}
