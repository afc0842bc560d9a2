//! Network interfaces and their IP configurations.

use std::net::IpAddr;

use drlint_resource::{Origin, ResourceId};

use super::{InterfaceIndex, MachineIndex, NetworkIndex, Region};
use crate::{Fact, Placed};

/// A network interface.
#[derive(Clone, Debug)]
pub struct Interface {
    /// Its number in the estate.
    pub index: InterfaceIndex,
    /// Its id.
    pub id: ResourceId,
    /// Its name as it is shown.
    pub name: String,
    /// Where its name was written; if only a machine refers to it, where that does.
    pub place: Origin,
    /// Its IP configurations in the order of the input.
    pub ip_configurations: Vec<IpConfiguration>,
    /// Where the list of IP configurations stands.
    pub ip_configurations_place: Option<Origin>,
    /// `enableAcceleratedNetworking`
    pub accelerated_networking: Fact<bool>,
    /// `enableIPForwarding`, which hints at an appliance.
    pub ip_forwarding: Fact<bool>,
    /// Its network security group.
    pub security_group: Fact<ResourceId>,
    /// The machine it says it belongs to.
    pub machine_id: Fact<ResourceId>,
    /// The machine it belongs to, by its own word or the machine's.
    pub machine: Option<MachineIndex>,
    /// The private endpoint it belongs to.
    pub private_endpoint: Fact<ResourceId>,
    /// Its `location`.
    pub region: Fact<Region>,
    /// Whether no input declares it: a machine or an item refers to it.
    pub known_from_outside: bool,
}

impl Interface {
    /// The primary IP configuration: the one that says so, else the first.
    pub fn primary(&self) -> Option<&IpConfiguration> {
        let primary = |ip: &&IpConfiguration| ip.primary.known() == Some(&true);
        self.ip_configurations.iter().find(primary).or_else(|| self.ip_configurations.first())
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
    pub name: String,
    /// Where its name was written.
    pub place: Origin,
    /// `privateIPAddress`: fixed, or the present one of a dynamic configuration.
    pub address: Fact<IpAddr>,
    /// `privateIPAllocationMethod`
    pub method: Fact<Allocation>,
    /// `privateIPAddressVersion`; absent means IPv4.
    pub version: Fact<IpVersion>,
    /// `primary`
    pub primary: Fact<bool>,
    /// The subnet it is in.
    pub subnet: Fact<ResourceId>,
    /// The network of that subnet.
    pub network: Option<NetworkIndex>,
    /// Its public address.
    pub public_address: Fact<ResourceId>,
    /// The backend pools of load balancers it belongs to.
    pub backend_pools: Vec<Placed<ResourceId>>,
}

impl IpConfiguration {
    /// Whether its address is fixed.
    pub fn is_static(&self) -> bool {
        self.method.known() == Some(&Allocation::Static)
    }

    /// Whether it is an IPv6 configuration, by its version or by its address.
    pub fn is_ipv6(&self) -> bool {
        match self.version.known() {
            Some(version) => *version == IpVersion::V6,
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
