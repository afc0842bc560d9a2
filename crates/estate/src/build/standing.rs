//! What stands around machines: load balancers, private endpoints, route tables, public addresses, groups.

use drlint_resource::{Lookup, Value};

use super::merge::Merged;
use super::told::{Told, elements};
use super::{Builder, element_name, read};
use crate::{
    Fact, Frontend, LoadBalancer, LoadBalancerIndex, Placed, Prefix, PrivateEndpoint, PublicAddress, Route,
    RouteTable, SecurityGroup,
};

const LOAD_BALANCER: &str = "Microsoft.Network/loadBalancers";
const PRIVATE_ENDPOINT: &str = "Microsoft.Network/privateEndpoints";
const ROUTE_TABLE: &str = "Microsoft.Network/routeTables";
const PUBLIC_ADDRESS: &str = "Microsoft.Network/publicIPAddresses";
const SECURITY_GROUP: &str = "Microsoft.Network/networkSecurityGroups";

impl Builder {
    pub(super) fn public_addresses(&mut self) {
        for merged in self.inventory.take(PUBLIC_ADDRESS) {
            let address = read::address(merged.told().property("ipAddress"));
            let at = self.estate.public_addresses.len();
            self.estate.keys.public_addresses.insert(merged.id.clone(), at);
            let (name, place) = (merged.name(), merged.place());
            self.estate.public_addresses.push(PublicAddress { id: merged.id, name, place, address });
        }
    }

    pub(super) fn standing(&mut self) {
        for merged in self.inventory.take(LOAD_BALANCER) {
            self.load_balancer(&merged);
        }
        for merged in self.inventory.take(PRIVATE_ENDPOINT) {
            self.private_endpoint(&merged);
        }
        for merged in self.inventory.take(ROUTE_TABLE) {
            let told = merged.told();
            let routes = told.list("routes").elements.iter().filter_map(route).collect();
            let (name, place) = (merged.name(), merged.place());
            let at = self.estate.route_tables.len();
            self.estate.keys.route_tables.insert(merged.id.clone(), at);
            self.estate.route_tables.push(RouteTable { id: merged.id.clone(), name, place, routes });
        }
        for merged in self.inventory.take(SECURITY_GROUP) {
            let place = merged.place();
            self.estate.security_groups.push(SecurityGroup { id: merged.id, place });
        }
    }

    fn load_balancer(&mut self, merged: &Merged) {
        let told = merged.told();
        let frontends = told.list("frontendIPConfigurations").elements;
        let pools = told.list("backendAddressPools").elements;
        let balancer = LoadBalancer {
            index: LoadBalancerIndex::at(self.estate.load_balancers.len()),
            id: merged.id.clone(),
            name: merged.name(),
            place: merged.place(),
            sku: read::text(told.member("sku.name")),
            frontends: frontends.iter().filter_map(|frontend| self.frontend(frontend)).collect(),
            backend_pools: pools
                .iter()
                .filter_map(element_name)
                .map(|(name, _)| merged.id.child("backendAddressPools", name))
                .collect(),
        };
        self.estate.load_balancers.push(balancer);
    }

    fn frontend(&mut self, told: &Told<'_>) -> Option<Frontend> {
        let (name, place) = element_name(told)?;
        let subnet = self.identities.read(told.property("subnet"));
        Some(Frontend {
            name: name.to_string(),
            place,
            address: read::address(told.property("privateIPAddress")),
            method: read::allocation(told.property("privateIPAllocationMethod")),
            network: self.network_of(&subnet),
            subnet,
        })
    }

    fn private_endpoint(&mut self, merged: &Merged) {
        let told = merged.told();
        let subnet = self.identities.read(told.property("subnet"));
        let mut endpoint = PrivateEndpoint {
            id: merged.id.clone(),
            name: merged.name(),
            place: merged.place(),
            network: self.network_of(&subnet),
            subnet,
            services: Vec::new(),
            unknown_service: None,
            addresses: Vec::new(),
        };
        for path in ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"] {
            let list = told.list(path);
            endpoint.unknown_service = endpoint.unknown_service.or(list.unknown);
            for connection in &list.elements {
                match self.identities.read(connection.property("privateLinkServiceId")) {
                    Fact::Known(service) => endpoint.services.push(service),
                    Fact::Unknown(unknown) => endpoint.unknown_service = Some(unknown),
                    Fact::Absent => {}
                }
            }
        }
        for configuration in told.list("ipConfigurations").elements {
            endpoint
                .addresses
                .extend(read::address(configuration.property("privateIPAddress")).placed().cloned());
        }
        for configuration in told.list("customDnsConfigs").elements {
            let Lookup::Found(list) = configuration.property("ipAddresses") else { continue };
            endpoint.addresses.extend(elements(list).iter().filter_map(address));
        }
        endpoint.addresses.sort_by_key(|address| (address.value, address.origin.span));
        endpoint.addresses.dedup_by_key(|address| address.value);
        self.estate.private_endpoints.push(endpoint);
    }
}

fn address(value: &Value) -> Option<Placed<std::net::IpAddr>> {
    Some(Placed::new(value.as_str()?.trim().parse().ok()?, value.origin.clone()))
}

fn route(told: &Told<'_>) -> Option<Route> {
    let (name, place) = element_name(told)?;
    let prefix = match told.property("addressPrefix") {
        Lookup::Found(value) => {
            let prefix = value.as_str().and_then(|text| Prefix::parse(text, value.origin.clone()));
            prefix.map_or(Fact::Absent, |prefix| Fact::Known(Placed::new(prefix, value.origin.clone())))
        }
        Lookup::Unknown(unknown) => Fact::Unknown(unknown.clone()),
        Lookup::Absent => Fact::Absent,
    };
    Some(Route {
        name: name.to_string(),
        place,
        prefix,
        next_hop_type: read::text(told.property("nextHopType")),
        next_hop: read::address(told.property("nextHopIpAddress")),
    })
}
