//! Who holds an address.

use std::net::IpAddr;

use drlint_resource::{Origin, ResourceId};

use crate::{Estate, InterfaceIndex, LoadBalancerIndex, Network, NetworkIndex};

/// What holds an address of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// A network interface, and the position of its IP configuration.
    Interface(InterfaceIndex, u32),
    /// A load balancer, and the position of its frontend.
    Frontend(LoadBalancerIndex, u32),
    /// The position of a private endpoint in [`Estate::private_endpoints`], and that of its address.
    PrivateEndpoint(u32, u32),
}

/// An address with what holds it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HeldAddress {
    pub(crate) network: NetworkIndex,
    pub(crate) address: IpAddr,
    pub(crate) holder: Holder,
}

/// An address in use.
#[derive(Clone, Debug)]
pub struct Held<'e> {
    /// The address.
    pub address: IpAddr,
    /// What holds it.
    pub holder: Holder,
    /// The resource that holds it.
    pub id: &'e ResourceId,
    /// Its name.
    pub name: &'e str,
    /// Where the address stands.
    pub place: Origin,
}

impl Estate {
    /// What holds `address` in `network` now: interfaces, load balancer frontends and private endpoints.
    pub fn holders_of<'e>(
        &'e self,
        network: &Network,
        address: IpAddr,
    ) -> impl Iterator<Item = Held<'e>> + use<'e> {
        let at = (network.index, address);
        let from = self.held.partition_point(|held| (held.network, held.address) < at);
        let rest = self.held.get(from..).unwrap_or_default();
        rest.iter()
            .take_while(move |held| (held.network, held.address) == at)
            .filter_map(|held| self.held(held))
    }

    /// Every address in use in `network`, in order of the addresses.
    pub fn held_in<'e>(&'e self, network: &Network) -> impl Iterator<Item = Held<'e>> + use<'e> {
        let index = network.index;
        let from = self.held.partition_point(|held| held.network < index);
        let rest = self.held.get(from..).unwrap_or_default();
        rest.iter().take_while(move |held| held.network == index).filter_map(|held| self.held(held))
    }

    fn held(&self, held: &HeldAddress) -> Option<Held<'_>> {
        let (id, name, place) = match held.holder {
            Holder::Interface(interface, at) => {
                let interface = self.interfaces.get(interface.position())?;
                (
                    &interface.id,
                    interface.name(),
                    interface.ip_configurations.get(at as usize)?.address.origin()?,
                )
            }
            Holder::Frontend(balancer, at) => {
                let balancer = self.load_balancers.get(balancer.position())?;
                (&balancer.id, &*balancer.name, balancer.frontends.get(at as usize)?.address.origin()?)
            }
            Holder::PrivateEndpoint(endpoint, at) => {
                let endpoint = self.private_endpoints.get(endpoint as usize)?;
                (&endpoint.id, &*endpoint.name, &endpoint.addresses.get(at as usize)?.origin)
            }
        };
        Some(Held { address: held.address, holder: held.holder, id, name, place: place.clone() })
    }
}
