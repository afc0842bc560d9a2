//! Prefixes as people write them, and lists of them.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use drlint_resource::{Origin, Unknown};
use ipnet::IpNet;

use super::set::{number, v4_address};
use crate::{AddressSet, Placed};

/// One prefix of a list.
#[derive(Clone, Debug)]
pub struct Prefix {
    /// The range, host bits cleared.
    pub net: IpNet,
    /// As written: `10.1.0.0/16`.
    pub written: Arc<str>,
    /// Where it was written.
    pub origin: Origin,
    /// Whether it was written with host bits set, as `10.1.0.7/16` is.
    pub host_bits: bool,
}

impl Prefix {
    /// The prefix that `written` spells. An address without a length is a prefix of its own.
    pub fn parse(written: &str, origin: Origin) -> Option<Self> {
        let trimmed = written.trim();
        let net: IpNet = match trimmed.parse() {
            Ok(net) => net,
            Err(_) => IpNet::from(trimmed.parse::<IpAddr>().ok()?),
        };
        let truncated = net.trunc();
        Some(Self { net: truncated, written: trimmed.into(), origin, host_bits: truncated != net })
    }
}

/// Azure keeps the first four addresses and the last one of each subnet (virtual network FAQ, 2019-02-12).
const RESERVED_FIRST: u128 = 4;
const RESERVED: u128 = RESERVED_FIRST + 1;

impl Prefix {
    /// How many addresses it holds, at most `u128::MAX`.
    pub fn size(&self) -> u128 {
        AddressSet::from(self.net).count()
    }

    /// How many addresses machines can have in a subnet of this prefix.
    pub fn usable(&self) -> u128 {
        self.size().saturating_sub(RESERVED)
    }

    /// Whether `address` is one of those that Azure keeps in a subnet of this prefix.
    pub fn reserves(&self, address: IpAddr) -> bool {
        if !self.net.contains(&address) {
            return false;
        }
        let offset = number(address).wrapping_sub(number(self.net.network()));
        offset < RESERVED_FIRST || address == self.net.broadcast()
    }

    /// The first and the last address that machines can have in a subnet of this prefix.
    pub fn usable_range(&self) -> Option<(IpAddr, IpAddr)> {
        if self.size() <= RESERVED {
            return None;
        }
        let first = number(self.net.network()).checked_add(RESERVED_FIRST)?;
        let last = number(self.net.broadcast()).checked_sub(1)?;
        Some((address(self.net.network(), first), address(self.net.network(), last)))
    }
}

/// `number` as an address of the family of `like`.
fn address(like: IpAddr, number: u128) -> IpAddr {
    match like {
        IpAddr::V4(_) => IpAddr::V4(v4_address(number)),
        IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::from(number)),
    }
}

/// A list of prefixes: an address space, or the prefixes of a subnet.
#[derive(Clone, Debug, Default)]
pub struct Ranges {
    /// Those that are known, in the order of the list.
    pub prefixes: Vec<Prefix>,
    /// Why the list, or an element of it, is not known.
    pub unknown: Option<Arc<Unknown>>,
    /// Elements that are no prefixes.
    pub invalid: Vec<Placed<String>>,
    /// Where the list stands; `None` if there is none.
    pub origin: Option<Origin>,
}

impl Ranges {
    /// All prefixes. A list with one unknown element is unknown as a whole.
    ///
    /// # Errors
    ///
    /// Why they are not all known.
    pub fn complete(&self) -> Result<&[Prefix], &Arc<Unknown>> {
        match &self.unknown {
            Some(unknown) => Err(unknown),
            None => Ok(&self.prefixes),
        }
    }

    /// Whether the input shows a list, be it empty.
    pub fn is_shown(&self) -> bool {
        self.origin.is_some() || self.unknown.is_some()
    }

    /// Makes a list that no input shows unknown, so that it is not taken for an empty one.
    pub(crate) fn unknown_unless_shown(&mut self, why: impl FnOnce() -> Arc<Unknown>) {
        if !self.is_shown() {
            self.unknown = Some(why());
        }
    }

    /// The addresses of the known prefixes.
    pub fn addresses(&self) -> AddressSet {
        AddressSet::of(self.prefixes.iter().map(|prefix| prefix.net))
    }

    /// The first known prefix that shares an address with `others`.
    pub fn overlapping(&self, others: &AddressSet) -> Option<&Prefix> {
        self.prefixes.iter().find(|prefix| others.overlaps(&AddressSet::from(prefix.net)))
    }

    /// The known prefix that holds `address`.
    pub fn holding(&self, address: IpAddr) -> Option<&Prefix> {
        self.prefixes.iter().find(|prefix| prefix.net.contains(&address))
    }

    /// The addresses that both lists hold; known prefixes prove an overlap also where others are unknown.
    ///
    /// # Errors
    ///
    /// Why nobody knows whether they overlap.
    pub fn overlap<'r>(&'r self, other: &'r Self) -> Result<AddressSet, &'r Arc<Unknown>> {
        let shared = self.addresses().shared(&other.addresses());
        match self.unknown.as_ref().or(other.unknown.as_ref()) {
            Some(unknown) if shared.is_empty() => Err(unknown),
            _ => Ok(shared),
        }
    }

    /// The IPv4 addresses of `wanted` that this list lacks.
    ///
    /// # Errors
    ///
    /// Why one of the lists is not known.
    pub fn lacks<'r>(&'r self, wanted: &'r Self) -> Result<AddressSet, &'r Arc<Unknown>> {
        self.complete()?;
        wanted.complete()?;
        Ok(wanted.addresses().v4().without(&self.addresses()))
    }

    /// How many addresses machines can have in a subnet of these prefixes.
    pub fn usable(&self) -> u128 {
        self.prefixes.iter().map(Prefix::usable).fold(0, u128::saturating_add)
    }

    /// The prefixes as written, joined by commas.
    pub fn written(&self) -> String {
        let written: Vec<&str> = self.prefixes.iter().map(|prefix| &*prefix.written).collect();
        written.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use drlint_source::{FileId, Span};

    use super::*;

    fn prefix(written: &str) -> Prefix {
        Prefix::parse(written, Origin::at(Span::new(FileId(0), 0, 0))).expect("a prefix")
    }

    #[test]
    fn the_first_four_addresses_and_the_last_are_reserved() {
        let subnet = prefix("10.1.1.0/28");
        let reserved: Vec<u8> =
            (0..=255).filter(|last| subnet.reserves(IpAddr::from([10, 1, 1, *last]))).collect();
        assert_eq!(reserved, [0, 1, 2, 3, 15]);
        assert_eq!(subnet.usable(), 11);
        let range = subnet.usable_range().map(|(first, last)| (first.to_string(), last.to_string()));
        assert_eq!(range, Some(("10.1.1.4".to_owned(), "10.1.1.14".to_owned())));
        assert_eq!((prefix("10.1.1.0/31").usable(), prefix("10.1.1.0/31").usable_range()), (0, None));
    }

    #[test]
    fn host_bits_are_cleared_and_told() {
        let written = prefix(" 10.1.0.7/16 ");
        assert_eq!((written.net.to_string().as_str(), written.host_bits), ("10.1.0.0/16", true));
        assert!(!prefix("fd00:1::/64").host_bits);
        assert!(Prefix::parse("10.1.0.0/33", written.origin.clone()).is_none());
        assert_eq!(Prefix::parse("10.1.0.4", written.origin).map(|one| one.size()), Some(1));
    }
}
