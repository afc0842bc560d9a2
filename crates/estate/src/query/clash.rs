//! Which addresses the networks that a link joins have in common.

use std::collections::BTreeMap;
use std::sync::Arc;

use drlint_resource::{Reason, ResourceId, Unknown};

use crate::address::overlaps_up_to;
use crate::{
    AddressSet, Connection, ConnectionKind, End, Estate, Link, LinkIndex, LinkKind, Network, NetworkIndex,
    Peering, Placed, Ranges,
};

/// The addresses of a network as far as they are known.
#[derive(Clone, Debug, Default)]
pub struct Space {
    /// Those that are known.
    pub addresses: AddressSet,
    /// Why not all are known.
    pub unknown: Option<Arc<Unknown>>,
}

impl Space {
    /// The addresses of both. Known ones may prove an overlap, unknown ones forbid to say that there is none.
    ///
    /// # Errors
    ///
    /// Why nobody knows whether there are any.
    pub fn shared(&self, other: &Self) -> Result<AddressSet, Arc<Unknown>> {
        let shared = self.addresses.shared(&other.addresses);
        match self.unknown.as_ref().or(other.unknown.as_ref()) {
            Some(unknown) if shared.is_empty() => Err(Arc::clone(unknown)),
            _ => Ok(shared),
        }
    }

    fn of(ranges: &Ranges) -> Self {
        Self { addresses: ranges.addresses(), unknown: ranges.unknown.clone() }
    }

    fn without_known(unknown: &Arc<Unknown>) -> Self {
        Self { addresses: AddressSet::default(), unknown: Some(Arc::clone(unknown)) }
    }

    fn joined(self, other: &Self) -> Self {
        Self {
            addresses: self.addresses.joined(&other.addresses),
            unknown: self.unknown.or_else(|| other.unknown.clone()),
        }
    }
}

impl Network {
    /// Its address space as far as it is known. One that no input shows is unknown.
    pub fn space(&self) -> Space {
        let mut space = Space::of(&self.address_space);
        if !self.address_space.is_shown() {
            let reason = if self.known_from_outside {
                Reason::NotInInput(self.name.as_str().into())
            } else {
                Reason::Other(format!("no input shows the address space of `{}`", self.name).into())
            };
            space.unknown = Some(Arc::new(Unknown::without_expression(reason, self.place.span)));
        }
        space
    }
}

/// With how many others a network is compared where all of them have the same addresses.
const MOST_OVERLAPS: usize = 20;

/// Networks linked to one network, and which of them have addresses in common.
#[derive(Debug, Default)]
pub struct Neighborhood {
    /// Each of them, with the first link that counts, one that exists for certain before others, and what its links show of its addresses.
    pub neighbors: BTreeMap<NetworkIndex, (LinkIndex, Space)>,
    /// Those that overlap each other, smaller index first, in order: a recovery with its source, and each with some
    /// of the others.
    pub overlaps: Vec<(NetworkIndex, NetworkIndex)>,
}

impl Neighborhood {
    /// The addresses that two of them have in common, as far as they are known.
    pub fn shared(&self, one: NetworkIndex, two: NetworkIndex) -> AddressSet {
        match (self.neighbors.get(&one), self.neighbors.get(&two)) {
            (Some((_, one)), Some((_, two))) => one.addresses.shared(&two.addresses),
            _ => AddressSet::default(),
        }
    }
}

impl Estate {
    /// The addresses that the two networks of `link` have in common, as the link shows them.
    ///
    /// # Errors
    ///
    /// Why nobody knows.
    pub fn shared_across(&self, link: &Link) -> Result<AddressSet, Arc<Unknown>> {
        let [End::Network(one), End::Network(two)] = link.ends else { return Ok(AddressSet::default()) };
        let space = |network| self.space_across(link, self.network(network));
        space(one).shared(&space(two))
    }

    /// What `link` shows of the addresses of `network`, one of its ends: its subnets where single subnets are
    /// peered, its IPv6 ranges where only these are, its ranges after NAT on an `IPsec` connection; else all.
    pub fn space_across(&self, link: &Link, network: &Network) -> Space {
        let peered = self.peerings_of(link).map(|(owner, peering)| peered_space(network, owner, peering));
        if let Some(space) = peered.reduce(|space, half| space.joined(&half)) {
            return space;
        }
        let translate = |space, connection: &Connection| {
            if self.is_owned_by(connection, network) {
                self.after_nat(connection, &connection.nat.egress, space)
            } else {
                self.after_nat(connection, &connection.nat.ingress, space)
            }
        };
        self.connections_of(link).fold(network.space(), translate)
    }

    /// `space` after the NAT `rules` of `connection`. There is no NAT between networks (NAT overview, 2021-12-02).
    pub fn after_nat(&self, connection: &Connection, rules: &[Placed<ResourceId>], space: Space) -> Space {
        if connection.kind.known() != Some(&ConnectionKind::Ipsec) {
            return space;
        }
        let gateway = connection.gateway_index.map(|index| self.gateway(index));
        let mut seen = space;
        for id in rules {
            let rule = gateway.and_then(|gateway| gateway.nat_rule(id));
            let Some(addresses) = rule.and_then(|rule| rule.translate(&seen.addresses)) else {
                let reason =
                    Reason::Other(format!("what NAT rule `{}` translates is not known", id.name()).into());
                return Space::without_known(&Arc::new(Unknown::without_expression(reason, id.origin.span)));
            };
            seen.addresses = addresses;
        }
        seen
    }

    /// The networks linked to `middle` and their overlaps. Peerings count in any state, since Azure refuses a
    /// peering even for a leftover half; other links count unless they are down.
    pub fn neighborhood(&self, middle: &Network) -> Neighborhood {
        let mut neighbors: BTreeMap<NetworkIndex, (LinkIndex, Space)> = BTreeMap::new();
        for (neighbor, link) in self.neighbors(middle) {
            if link.down && link.kind != LinkKind::Peering {
                continue;
            }
            let space = self.space_across(link, neighbor);
            match neighbors.get_mut(&neighbor.index) {
                Some((first, known)) => {
                    if self.link(*first).condition().is_some() && link.condition().is_none() {
                        *first = link.index;
                    }
                    *known = std::mem::take(known).joined(&space);
                }
                None => {
                    neighbors.insert(neighbor.index, (link.index, space));
                }
            }
        }
        let prefixes = neighbors
            .iter()
            .flat_map(|(index, (_, space))| space.addresses.prefixes().into_iter().map(|net| (net, *index)));
        let mut around = Neighborhood { overlaps: overlaps_up_to(MOST_OVERLAPS, prefixes), neighbors };
        let both = around.neighbors.keys().flat_map(|index| {
            let pairs = self.pairs_of_source(self.network(*index));
            pairs.map(|pair| (pair.source.index, pair.recovery.index))
        });
        let clashing: Vec<_> =
            both.filter(|(source, recovery)| !around.shared(*source, *recovery).is_empty()).collect();
        around.overlaps.extend(clashing.iter().map(|(one, two)| (*one.min(two), *one.max(two))));
        around.overlaps.sort_unstable();
        around.overlaps.dedup();
        around
    }

    fn is_owned_by(&self, connection: &Connection, network: &Network) -> bool {
        let gateway = connection.gateway_index.map(|index| self.gateway(index));
        gateway.is_some_and(|gateway| gateway.network == Some(network.index))
    }
}

/// What the half of a peering that `owner` declares shows of `network`, one of the two it joins.
fn peered_space(network: &Network, owner: &Network, peering: &Peering) -> Space {
    if let Some(unknown) = peering.complete_networks.unknown().or(peering.only_ipv6.unknown()) {
        return Space::without_known(unknown);
    }
    let mut space = if peering.complete_networks.known() == Some(&false) {
        let own = owner.index == network.index;
        subnets_space(network, if own { &peering.local_subnets } else { &peering.remote_subnets })
    } else {
        network.space()
    };
    if peering.only_ipv6.known() == Some(&true) {
        space.addresses = space.addresses.v6();
    }
    space
}

fn subnets_space(network: &Network, names: &[Placed<String>]) -> Space {
    names.iter().fold(Space::default(), |space, name| match network.subnet(name) {
        Some(subnet) => space.joined(&Space::of(&subnet.prefixes)),
        None => {
            let reason = Reason::NotInInput(format!("{}/{}", network.name, name.value).into());
            let unknown = Arc::new(Unknown::without_expression(reason, name.origin.span));
            space.joined(&Space::without_known(&unknown))
        }
    })
}
