//! Prefixes as people write them, and lists of them.

use std::net::IpAddr;
use std::sync::Arc;

use drlint_resource::{Origin, Unknown};
use ipnet::IpNet;

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

    /// The prefixes as written, joined by commas.
    pub fn written(&self) -> String {
        let written: Vec<&str> = self.prefixes.iter().map(|prefix| &*prefix.written).collect();
        written.join(", ")
    }
}
