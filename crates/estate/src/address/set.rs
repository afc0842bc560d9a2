//! Sets of addresses: prefixes merged, compared and subtracted as sets, never as strings.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv4Subnets, Ipv6Net, Ipv6Subnets};

/// First and last address of a stretch, both inside.
type Stretch = (u128, u128);

/// A set of IPv4 and IPv6 addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressSet {
    /// Sorted, apart from each other by at least one address.
    v4: Vec<Stretch>,
    /// The same.
    v6: Vec<Stretch>,
}

impl AddressSet {
    /// The addresses of all `prefixes`.
    pub fn of(prefixes: impl IntoIterator<Item = IpNet>) -> Self {
        let mut set = Self::default();
        for prefix in prefixes {
            let stretch = (number(prefix.network()), number(prefix.broadcast()));
            match prefix {
                IpNet::V4(_) => set.v4.push(stretch),
                IpNet::V6(_) => set.v6.push(stretch),
            }
        }
        set.v4 = merged(set.v4);
        set.v6 = merged(set.v6);
        set
    }

    /// The IPv4 addresses alone.
    #[must_use]
    pub fn v4(&self) -> Self {
        Self { v4: self.v4.clone(), v6: Vec::new() }
    }

    /// The IPv6 addresses alone.
    #[must_use]
    pub fn v6(&self) -> Self {
        Self { v4: Vec::new(), v6: self.v6.clone() }
    }

    /// Whether it holds no address.
    pub fn is_empty(&self) -> bool {
        self.v4.is_empty() && self.v6.is_empty()
    }

    /// How many addresses it holds, at most `u128::MAX`.
    pub fn count(&self) -> u128 {
        let sizes = self.v4.iter().chain(&self.v6).map(|(first, last)| (last - first).saturating_add(1));
        sizes.fold(0, u128::saturating_add)
    }

    /// Whether `address` is inside.
    pub fn contains(&self, address: IpAddr) -> bool {
        let stretches = if address.is_ipv4() { &self.v4 } else { &self.v6 };
        let number = number(address);
        let after = stretches.partition_point(|(first, _)| *first <= number);
        after.checked_sub(1).and_then(|at| stretches.get(at)).is_some_and(|(_, last)| number <= *last)
    }

    /// Whether every address of `other` is inside.
    pub fn covers(&self, other: &Self) -> bool {
        other.without(self).is_empty()
    }

    /// Whether an address is in both.
    pub fn overlaps(&self, other: &Self) -> bool {
        !self.shared(other).is_empty()
    }

    /// The addresses of either.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        Self {
            v4: merged(self.v4.iter().chain(&other.v4).copied().collect()),
            v6: merged(self.v6.iter().chain(&other.v6).copied().collect()),
        }
    }

    /// The addresses of both.
    #[must_use]
    pub fn shared(&self, other: &Self) -> Self {
        Self { v4: intersection(&self.v4, &other.v4), v6: intersection(&self.v6, &other.v6) }
    }

    /// The addresses that `other` lacks.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        Self { v4: difference(&self.v4, &other.v4), v6: difference(&self.v6, &other.v6) }
    }

    /// The fewest prefixes that hold these addresses and no others, in order, IPv4 first.
    pub fn prefixes(&self) -> Vec<IpNet> {
        let v4 = self.v4.iter().flat_map(|(first, last)| {
            Ipv4Subnets::new(v4_address(*first), v4_address(*last), 0).map(IpNet::V4)
        });
        let v6 = self.v6.iter().flat_map(|(first, last)| {
            Ipv6Subnets::new(Ipv6Addr::from(*first), Ipv6Addr::from(*last), 0).map(IpNet::V6)
        });
        v4.chain(v6).collect()
    }

    /// The prefixes of [`AddressSet::prefixes`], joined by commas.
    pub fn written(&self) -> String {
        let written: Vec<String> = self.prefixes().iter().map(IpNet::to_string).collect();
        written.join(", ")
    }
}

impl From<IpNet> for AddressSet {
    fn from(prefix: IpNet) -> Self {
        Self::of([prefix])
    }
}

impl From<Ipv4Net> for AddressSet {
    fn from(prefix: Ipv4Net) -> Self {
        Self::of([IpNet::V4(prefix)])
    }
}

impl From<Ipv6Net> for AddressSet {
    fn from(prefix: Ipv6Net) -> Self {
        Self::of([IpNet::V6(prefix)])
    }
}

pub(super) fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
    }
}

pub(super) fn v4_address(number: u128) -> Ipv4Addr {
    Ipv4Addr::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// Sorted, with stretches that touch or overlap made one.
fn merged(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    let mut found: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for (first, last) in stretches {
        match found.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
            _ => found.push((first, last)),
        }
    }
    found
}

fn intersection(one: &[Stretch], two: &[Stretch]) -> Vec<Stretch> {
    let mut found = Vec::new();
    let (mut ones, mut twos) = (one.iter().peekable(), two.iter().peekable());
    while let (Some((first, last)), Some((other_first, other_last))) = (ones.peek(), twos.peek()) {
        let (from, to) = (*first.max(other_first), *last.min(other_last));
        if from <= to {
            found.push((from, to));
        }
        if last < other_last {
            ones.next();
        } else {
            twos.next();
        }
    }
    found
}

fn difference(one: &[Stretch], two: &[Stretch]) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut cuts = two.iter().peekable();
    for (first, last) in one {
        let mut from = *first;
        let mut consumed = false;
        while let Some((cut_first, cut_last)) = cuts.peek() {
            if *cut_last < from {
                cuts.next();
                continue;
            }
            if cut_first > last {
                break;
            }
            if *cut_first > from {
                found.push((from, cut_first - 1));
            }
            if cut_last >= last {
                consumed = true;
                break;
            }
            from = cut_last + 1;
            cuts.next();
        }
        if !consumed {
            found.push((from, *last));
        }
    }
    found
}
