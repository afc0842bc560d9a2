//! What already has an address in a subnet, be the address known or not.

use drlint_resource::Origin;

use crate::{Estate, Network, Subnet};

impl Estate {
    /// Each IPv4 address in use in `subnet` of `network`: the name of what has it, and where. A private endpoint
    /// counts once, though its network interface may be in the input too.
    pub fn addresses_used_in<'e>(&'e self, network: &Network, subnet: &Subnet) -> Vec<(&'e str, &'e Origin)> {
        let mut used = Vec::new();
        for interface in self.interfaces_in(network).filter(|interface| !interface.of_private_endpoint) {
            let here = interface.ip_configurations.iter().filter(|ip| {
                ip.network == Some(network.index)
                    && !ip.is_ipv6()
                    && ip.subnet_name().is_some_and(|name| name.eq_ignore_ascii_case(&subnet.name))
            });
            used.extend(here.map(|ip| (interface.name(), &ip.place)));
        }
        for balancer in self.load_balancers_in(network) {
            let here = balancer.frontends.iter().filter(|front| front.subnet.known() == Some(&subnet.id));
            used.extend(here.map(|front| (&*balancer.name, &front.place)));
        }
        for endpoint in self.private_endpoints_in(network) {
            if endpoint.subnet.known() == Some(&subnet.id) {
                used.push((&*endpoint.name, &endpoint.place));
            }
        }
        used
    }
}
