//! Where the traffic of two networks meets in a third, and which networks overlap which.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use ipnet::IpNet;

use crate::{Estate, Link, LinkKind, Network, NetworkIndex, Peering};

impl Estate {
    /// A network whose gateway routes between `one` and `two`, with the link of each: both use it as the remote
    /// gateway of their peering, or exchange routes with it by BGP over a VPN.
    pub fn shared_gateway(&self, one: &Network, two: &Network) -> Option<(&Network, [&Link; 2])> {
        let routed = |network: &Network| {
            let index = network.index;
            self.neighbors(network).filter(move |(_, link)| match link.kind {
                LinkKind::Peering => self.uses_remote_gateways(link, self.network(index)),
                LinkKind::Vpn => self.exchanges_routes(link),
                LinkKind::ExpressRoute | LinkKind::Hub => false,
            })
        };
        let others: BTreeMap<NetworkIndex, &Link> =
            routed(two).map(|(middle, link)| (middle.index, link)).collect();
        routed(one).find_map(|(middle, link)| Some((middle, [link, *others.get(&middle.index)?])))
    }

    /// Each half of a peering, by the network that owns it and the other network.
    pub fn peerings_by_ends(&self) -> BTreeMap<(NetworkIndex, NetworkIndex), &Peering> {
        let halves = self.networks().iter().flat_map(|network| {
            let owner = network.index;
            network
                .peerings
                .iter()
                .filter_map(move |peering| Some(((owner, peering.remote_network?), peering)))
        });
        halves.collect()
    }

    /// The sources of all pairs, each once.
    pub fn source_networks(&self) -> Vec<&Network> {
        let sources: BTreeSet<NetworkIndex> = self.pairs().map(|pair| pair.source.index).collect();
        sources.into_iter().map(|index| self.network(index)).collect()
    }

    /// Which of `ones` overlaps which of `others`, each two once and in order. What overlaps among `ones`, or among
    /// `others`, costs nothing.
    pub fn overlaps_between(
        &self,
        ones: &[&Network],
        others: &[&Network],
    ) -> BTreeSet<(NetworkIndex, NetworkIndex)> {
        let prefixes = |networks: &[&Network], side: usize| -> Vec<(IpNet, usize, NetworkIndex)> {
            let all = networks.iter().flat_map(|network| {
                network.address_space.prefixes.iter().map(|prefix| (prefix.net, side, network.index))
            });
            all.collect()
        };
        let mut sorted = prefixes(ones, 0);
        sorted.extend(prefixes(others, 1));
        sorted.sort_unstable_by_key(|(net, side, index)| {
            (net.network(), Reverse(net.broadcast()), *side, *index)
        });
        // Prefixes nest or are disjoint: those still open hold the next one.
        let mut open: [Vec<(IpNet, NetworkIndex)>; 2] = [Vec::new(), Vec::new()];
        let mut found = BTreeSet::new();
        for (net, side, index) in sorted {
            for stack in &mut open {
                while stack.last().is_some_and(|(outer, _)| !outer.contains(&net)) {
                    stack.pop();
                }
            }
            let [open_ones, open_others] = &mut open;
            let (own, opposite) = if side == 0 { (open_ones, open_others) } else { (open_others, open_ones) };
            for (_, other) in opposite.iter().filter(|(_, other)| *other != index) {
                found.insert(if side == 0 { (index, *other) } else { (*other, index) });
            }
            own.push((net, index));
        }
        found
    }

    /// Whether BGP is on for every connection of a VPN.
    fn exchanges_routes(&self, link: &Link) -> bool {
        let mut connections = self.connections_of(link).peekable();
        connections.peek().is_some() && connections.all(|connection| connection.bgp.known() == Some(&true))
    }
}
