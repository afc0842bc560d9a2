//! How the ranges of a network lie: what Azure keeps of them, and which subnets share addresses.

use std::cmp::Reverse;
use std::net::Ipv4Addr;

use ipnet::{IpNet, Ipv4Net};

use crate::{Network, Prefix, Subnet};

/// Ranges that no network may use (virtual network FAQ, 2019-02-12).
const UNUSABLE: [Ipv4Net; 5] = [
    Ipv4Net::new_assert(Ipv4Addr::new(224, 0, 0, 0), 4),
    Ipv4Net::new_assert(Ipv4Addr::BROADCAST, 32),
    Ipv4Net::new_assert(Ipv4Addr::new(127, 0, 0, 0), 8),
    Ipv4Net::new_assert(Ipv4Addr::new(169, 254, 0, 0), 16),
    Ipv4Net::new_assert(Ipv4Addr::new(168, 63, 129, 16), 32),
];

/// Two subnets of one network that share addresses.
#[derive(Clone, Copy, Debug)]
pub struct SubnetOverlap<'e> {
    /// The one that the input has later, with its prefix.
    pub later: (&'e Subnet, &'e Prefix),
    /// The one that the input has earlier, with its prefix.
    pub earlier: (&'e Subnet, &'e Prefix),
}

impl Network {
    /// The prefixes of its address space that share addresses with a range no network may use, each with that range.
    pub fn unusable_prefixes(&self) -> impl Iterator<Item = (&Prefix, IpNet)> {
        UNUSABLE
            .into_iter()
            .map(IpNet::V4)
            .filter_map(|range| Some((self.address_space.overlapping(&range.into())?, range)))
    }

    /// The subnets that share addresses. Each prefix is told with the narrowest one around it, so that many subnets
    /// in one place make as many overlaps, not their square.
    pub fn overlapping_subnets(&self) -> Vec<SubnetOverlap<'_>> {
        let prefixes = self
            .subnets
            .iter()
            .flat_map(|subnet| subnet.prefixes.prefixes.iter().map(move |prefix| (subnet, prefix)));
        let mut sorted: Vec<(&Subnet, &Prefix)> = prefixes.collect();
        sorted.sort_by_key(|(_, prefix)| {
            (prefix.net.network(), Reverse(prefix.net.broadcast()), prefix.origin.span)
        });
        let mut open: Vec<(&Subnet, &Prefix)> = Vec::new();
        let mut found = Vec::new();
        for inner in sorted {
            while open.last().is_some_and(|(_, outer)| !outer.net.contains(&inner.1.net)) {
                open.pop();
            }
            let outer = open.iter().rev().find(|(subnet, _)| subnet.id != inner.0.id);
            if let Some(outer) = outer {
                let (mut later, mut earlier) = (inner, *outer);
                if later.1.origin.span < earlier.1.origin.span {
                    std::mem::swap(&mut later, &mut earlier);
                }
                found.push(SubnetOverlap { later, earlier });
            }
            open.push(inner);
        }
        found
    }
}
