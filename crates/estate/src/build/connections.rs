//! Connections of gateways, to other gateways and to sites.

use drlint_resource::Origin;

use super::merge::Merged;
use super::sites::CIRCUIT;
use super::{Builder, ancestor, element_name, read};
use crate::{
    Connection, ConnectionIndex, ConnectionKind, End, Fact, LinkDeclaration, LinkKind, NatRules, SiteKind,
};

const CONNECTION: &str = "Microsoft.Network/connections";

impl Builder {
    /// Needs the gateways and the sites.
    pub(super) fn connections(&mut self) {
        for merged in self.inventory.take(CONNECTION) {
            self.connection(&merged);
        }
    }

    fn connection(&mut self, merged: &Merged) {
        let told = merged.told();
        let mut reference = |path: &str| self.identities.read(told.property(path));
        let gateway = reference("virtualNetworkGateway1");
        let others = ["virtualNetworkGateway2", "localNetworkGateway2", "peer"].map(&mut reference);
        let [to_gateway, to_local, to_circuit] = &others;
        let kind = match Fact::read(told.property("connectionType"), |value| value.as_str().map(kind)) {
            Fact::Absent => kind_by_end(to_gateway, to_local, to_circuit),
            kind => kind,
        };
        let gateway_index = gateway.placed().map(|id| self.gateway_known_from_outside(&id.value, &id.origin));
        let (mut other_gateway, mut site) = (None, None);
        match (to_gateway, to_local, to_circuit) {
            (Fact::Known(id), ..) => {
                other_gateway = Some(self.gateway_known_from_outside(&id.value, &id.origin));
            }
            (_, Fact::Known(id), _) => {
                other_gateway = self.estate.local_gateways.get(id).copied();
                if other_gateway.is_none() {
                    let kind = SiteKind::LocalNetworkGateway;
                    site = Some(self.site_known_from_outside(&id.value, kind, &id.origin));
                }
            }
            (.., Fact::Known(id)) => {
                site = Some(self.site_known_from_outside(&id.value, SiteKind::Circuit, &id.origin));
            }
            _ => {}
        }
        let nat = NatRules {
            egress: self.identities.references(read::ids(told.property("egressNatRules"))),
            ingress: self.identities.references(read::ids(told.property("ingressNatRules"))),
        };
        let connection = Connection {
            index: ConnectionIndex::at(self.estate.connections.len()),
            id: merged.id.clone(),
            name: merged.name(),
            place: merged.place(),
            kind,
            gateway,
            gateway_index,
            other: others.into_iter().find(|other| !other.is_absent()).unwrap_or_default(),
            other_gateway,
            site,
            status: read::text(told.property("connectionStatus")),
            weight: read::integer(told.property("routingWeight")),
            bgp: read::boolean(told.property("enableBgp")),
            nat,
            condition: merged.condition(),
        };
        self.connection_link(&connection);
        self.estate.connections.push(connection);
    }

    fn connection_link(&mut self, connection: &Connection) {
        let kind = match connection.kind.known() {
            Some(ConnectionKind::Ipsec | ConnectionKind::NetworkToNetwork) => LinkKind::Vpn,
            Some(ConnectionKind::ExpressRoute) => LinkKind::ExpressRoute,
            // Single clients, or a kind nobody knows.
            _ => return,
        };
        let Some(owner) = connection.gateway_index.and_then(|gateway| self.network_behind(gateway)) else {
            return;
        };
        let other = match (connection.other_gateway, connection.site) {
            (Some(gateway), _) => self.network_behind(gateway).map(End::Network),
            (None, site) => site.map(End::Site),
        };
        let Some(other) = other else { return };
        let declaration = LinkDeclaration {
            place: connection.other.origin().unwrap_or(&connection.place).clone(),
            owner: Some(owner),
            resource: connection.id.clone(),
            text: format!("connection `{}`", connection.name),
            condition: connection.condition.clone(),
        };
        let down = connection.is_down();
        let link = self.links.add(End::Network(owner), other, kind, declaration, down);
        self.links.connections.push((link, connection.index));
    }

    /// The connections of a hub's VPN gateway.
    pub(super) fn hub_vpn_connections(&mut self, merged: &Merged) {
        for element in merged.told().list("connections").elements {
            let site = self.identities.read(element.property("remoteVpnSite"));
            let name = element_name(&element).map(|(_, place)| place);
            self.hub_sites.push((merged.id.clone(), site, SiteKind::VpnSite, name));
        }
    }

    /// The connections of a hub's ExpressRoute gateway: each names a peering of a circuit.
    pub(super) fn hub_circuit_connections(&mut self, merged: &Merged) {
        for element in merged.told().list("expressRouteConnections").elements {
            let peering = self.identities.read(element.property("expressRouteCircuitPeering"));
            let circuit = ancestor(&peering, CIRCUIT).map_or(Fact::Absent, Fact::Known);
            let name = element_name(&element).map(|(_, place)| place);
            self.hub_sites.push((merged.id.clone(), circuit, SiteKind::Circuit, name));
        }
    }

    /// Links hubs with the sites their gateways name; needs the sites.
    pub(super) fn hub_site_links(&mut self) {
        for (gateway, site, kind, name) in std::mem::take(&mut self.hub_sites) {
            let at = self.estate.keys.gateways.get(&gateway).copied();
            let (Some(hub), Fact::Known(id)) = (at.and_then(|at| self.network_behind(at)), site) else {
                continue;
            };
            let site = self.site_known_from_outside(&id.value, kind, &id.origin);
            let link = match kind {
                SiteKind::Circuit => LinkKind::ExpressRoute,
                SiteKind::LocalNetworkGateway | SiteKind::VpnSite => LinkKind::Vpn,
            };
            let declaration = LinkDeclaration {
                place: name.unwrap_or(id.origin),
                owner: Some(hub),
                text: format!("a connection of gateway `{}`", gateway.name()),
                condition: None,
                resource: gateway,
            };
            self.links.add(End::Network(hub), End::Site(site), link, declaration, false);
        }
    }
}

/// A connection of a hub's gateway to a site, until the sites are known.
pub(super) type HubSite =
    (drlint_resource::ResourceId, Fact<drlint_resource::ResourceId>, SiteKind, Option<Origin>);

fn kind(written: &str) -> ConnectionKind {
    match written {
        _ if written.eq_ignore_ascii_case("IPsec") => ConnectionKind::Ipsec,
        _ if written.eq_ignore_ascii_case("Vnet2Vnet") => ConnectionKind::NetworkToNetwork,
        _ if written.eq_ignore_ascii_case("ExpressRoute") => ConnectionKind::ExpressRoute,
        _ => ConnectionKind::Other(written.to_owned()),
    }
}

/// The other end tells the kind where a projection has dropped `connectionType`.
fn kind_by_end<T>(to_gateway: &Fact<T>, to_local: &Fact<T>, to_circuit: &Fact<T>) -> Fact<ConnectionKind> {
    let known = |fact: &Fact<T>, kind| fact.origin().map(|origin| crate::Placed::new(kind, origin.clone()));
    known(to_gateway, ConnectionKind::NetworkToNetwork)
        .or_else(|| known(to_local, ConnectionKind::Ipsec))
        .or_else(|| known(to_circuit, ConnectionKind::ExpressRoute))
        .map_or(Fact::Absent, Fact::Known)
}
