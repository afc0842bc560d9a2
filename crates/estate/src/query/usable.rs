//! Which addresses of a subnet a machine can have.

use std::net::IpAddr;
use std::ops::RangeInclusive;

use ipnet::IpNet;

use crate::{Prefix, Subnet};

impl Prefix {
    /// Whether it is an IPv6 prefix.
    pub fn is_ipv6(&self) -> bool {
        matches!(self.net, IpNet::V6(_))
    }

    /// The addresses of an IPv4 prefix that machines can have: all but the first four and the last, which Azure
    /// reserves (virtual network FAQ, 2019-02-12). `None` if there is none, and for IPv6.
    pub fn usable(&self) -> Option<RangeInclusive<IpAddr>> {
        let (first, last) = self.usable_numbers()?;
        Some(IpAddr::V4(first.into())..=IpAddr::V4(last.into()))
    }

    fn usable_numbers(&self) -> Option<(u32, u32)> {
        let IpNet::V4(prefix) = self.net else { return None };
        let first = u32::from(prefix.network()).checked_add(4)?;
        let last = u32::from(prefix.broadcast()).checked_sub(1)?;
        (first <= last).then_some((first, last))
    }
}

impl Subnet {
    /// How many IPv4 addresses its known prefixes leave to machines.
    pub fn usable_addresses(&self) -> u64 {
        let usable = self.prefixes.prefixes.iter().filter_map(Prefix::usable_numbers);
        usable.map(|(first, last)| u64::from(last - first) + 1).sum()
    }
}
