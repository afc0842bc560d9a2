//! Links: the declarations of each made one.

use std::collections::BTreeMap;

use super::Builder;
use super::networks::HUB;
use crate::{ConnectionIndex, End, HubConnection, Link, LinkDeclaration, LinkIndex, LinkKind, NetworkIndex};

const HUB_CONNECTION: &str = "Microsoft.Network/virtualHubs/hubVirtualNetworkConnections";

/// Which link: its ends in order, and its kind.
pub(super) type LinkKey = ([End; 2], LinkKind);

/// Links in the making.
#[derive(Default)]
pub(super) struct Links {
    found: BTreeMap<LinkKey, Vec<(LinkDeclaration, bool)>>,
    pub(super) connections: Vec<(LinkKey, ConnectionIndex)>,
    pub(super) peerings: Vec<(LinkKey, NetworkIndex, usize)>,
}

impl Links {
    /// Adds what declares a link between `one` and `two`.
    pub(super) fn add(
        &mut self,
        one: End,
        two: End,
        kind: LinkKind,
        declaration: LinkDeclaration,
        down: bool,
    ) -> LinkKey {
        let key = ([one.min(two), one.max(two)], kind);
        if one != two {
            self.found.entry(key).or_default().push((declaration, down));
        }
        key
    }
}

impl Builder {
    pub(super) fn peering_links(&mut self) {
        for network in &self.estate.networks {
            for (at, peering) in network.peerings.iter().enumerate() {
                let Some(remote) = peering.remote_network else { continue };
                let declaration = LinkDeclaration {
                    place: peering.remote.origin().unwrap_or(&peering.place).clone(),
                    owner: Some(network.index),
                    resource: peering.id.clone(),
                    text: format!("peering `{}` of `{}`", peering.name, network.name),
                    condition: peering.condition.clone(),
                };
                let (one, two) = (End::Network(network.index), End::Network(remote));
                let key = self.links.add(one, two, LinkKind::Peering, declaration, peering.is_down());
                self.links.peerings.push((key, network.index, at));
            }
        }
    }

    pub(super) fn hub_links(&mut self) {
        for merged in self.inventory.take(HUB_CONNECTION) {
            let told = merged.told();
            let remote = self.identities.read(told.property("remoteVirtualNetwork"));
            let Some(hub) = merged.id.parent().filter(|id| id.is(HUB)) else { continue };
            let hub = self.network_known_from_outside(&hub, &merged.place());
            let network = self.network_of(&remote);
            let (id, place) = (merged.id.clone(), merged.place());
            let condition = merged.condition();
            self.hub_connections.push(HubConnection { id, place, hub, network, remote, condition });
        }
        for connection in std::mem::take(&mut self.hub_connections) {
            self.hub_connection(connection);
        }
    }

    fn hub_connection(&mut self, connection: HubConnection) {
        let Some(network) = connection.network else { return };
        let declaration = LinkDeclaration {
            place: connection.remote.origin().unwrap_or(&connection.place).clone(),
            owner: Some(connection.hub),
            text: format!("hub connection `{}`", connection.id.name()),
            condition: connection.condition,
            resource: connection.id,
        };
        let (hub, network) = (End::Network(connection.hub), End::Network(network));
        self.links.add(hub, network, LinkKind::Hub, declaration, false);
    }

    /// Makes the links of all that was found.
    pub(super) fn links(&mut self) {
        let links = std::mem::take(&mut self.links);
        let mut positions: BTreeMap<LinkKey, LinkIndex> = BTreeMap::new();
        for ((ends, kind), mut declared) in links.found {
            declared.sort_by(|(one, _), (two, _)| {
                one.resource.cmp(&two.resource).then(one.place.span.cmp(&two.place.span))
            });
            let index = LinkIndex::at(self.estate.links.len());
            positions.insert((ends, kind), index);
            let down = is_down(&declared);
            let declarations = declared.into_iter().map(|(declaration, _)| declaration).collect();
            let (peerings, connections) = (Vec::new(), Vec::new());
            self.estate.links.push(Link { index, ends, kind, down, declarations, peerings, connections });
        }
        let all = &mut self.estate.links;
        let position = |key: &LinkKey| positions.get(key).map_or(usize::MAX, |index| index.position());
        for (key, connection) in &links.connections {
            if let Some(link) = all.get_mut(position(key)) {
                link.connections.push(*connection);
            }
        }
        for (key, network, at) in &links.peerings {
            if let Some(link) = all.get_mut(position(key)) {
                link.peerings.push((*network, *at));
            }
        }
    }
}

/// A link is down if all that one side declares is down. Two connections of one gateway to the same site are spare
/// for each other; the two halves of a peering are not.
fn is_down(declared: &[(LinkDeclaration, bool)]) -> bool {
    declared.iter().any(|(declaration, down)| {
        let spare =
            |(other, other_down): &(LinkDeclaration, bool)| other.owner == declaration.owner && !other_down;
        *down && !declared.iter().any(spare)
    })
}
