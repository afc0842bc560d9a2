//! The laws of address sets, on random prefixes of a small space so that they meet often.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use proptest::prelude::*;

use super::{AddressSet, overlaps_among};

/// Prefixes below 10.0.0.0/24 and `fd00::/120`.
fn prefix() -> impl Strategy<Value = IpNet> {
    let v4 = (0..=255u8, 24..=32u8).prop_map(|(last, length)| {
        IpNet::V4(Ipv4Net::new(Ipv4Addr::new(10, 0, 0, last), length).expect("a length").trunc())
    });
    let v6 = (0..=255u16, 120..=128u8).prop_map(|(last, length)| {
        let address = Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, last);
        IpNet::V6(Ipv6Net::new(address, length).expect("a length").trunc())
    });
    prop_oneof![3 => v4, 1 => v6]
}

fn prefixes() -> impl Strategy<Value = Vec<IpNet>> {
    prop::collection::vec(prefix(), 0..12)
}

/// The same set, address by address.
fn plain(prefixes: &[IpNet]) -> BTreeSet<IpAddr> {
    let v4 = (0..=255u8).map(|last| IpAddr::from(Ipv4Addr::new(10, 0, 0, last)));
    let v6 = (0..=255u16).map(|last| IpAddr::from(Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, last)));
    v4.chain(v6).filter(|address| prefixes.iter().any(|prefix| prefix.contains(address))).collect()
}

fn set(prefixes: &[IpNet]) -> AddressSet {
    AddressSet::of(prefixes.iter().copied())
}

proptest! {
    #[test]
    fn sets_agree_with_sets_of_single_addresses(one in prefixes(), two in prefixes()) {
        let (a, b) = (set(&one), set(&two));
        let (x, y) = (plain(&one), plain(&two));
        let same = |set: &AddressSet, plain: &BTreeSet<IpAddr>| {
            super::tests::plain(&set.prefixes()) == *plain && set.count() == plain.len() as u128
        };
        prop_assert!(same(&a, &x));
        prop_assert!(same(&a.joined(&b), &x.union(&y).copied().collect()));
        prop_assert!(same(&a.shared(&b), &x.intersection(&y).copied().collect()));
        prop_assert!(same(&a.without(&b), &x.difference(&y).copied().collect()));
        prop_assert_eq!(a.covers(&b), y.is_subset(&x));
        prop_assert_eq!(a.overlaps(&b), !x.is_disjoint(&y));
        prop_assert!(x.iter().all(|address| a.contains(*address)));
        prop_assert!(y.difference(&x).all(|address| !a.contains(*address)));
    }

    #[test]
    fn a_set_is_the_same_however_it_is_written(prefixes in prefixes()) {
        let set = set(&prefixes);
        prop_assert_eq!(&AddressSet::of(set.prefixes()), &set);
        prop_assert!(set.prefixes().len() <= prefixes.len());
    }

    #[test]
    fn cutting_and_mending_gives_the_whole(one in prefixes(), two in prefixes()) {
        let (a, b) = (set(&one), set(&two));
        prop_assert_eq!(a.without(&b).joined(&a.shared(&b)), a);
    }

    #[test]
    fn overlaps_are_those_of_comparing_each_with_each(lists in prop::collection::vec(prefixes(), 0..8)) {
        let owned = lists.iter().enumerate();
        let owned = owned.flat_map(|(owner, prefixes)| prefixes.iter().map(move |prefix| (*prefix, owner)));
        let found = overlaps_among(owned);
        let mut expected = Vec::new();
        for (one, prefixes) in lists.iter().enumerate() {
            for (two, others) in lists.iter().enumerate().skip(one + 1) {
                if set(prefixes).overlaps(&set(others)) {
                    expected.push((one, two));
                }
            }
        }
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn halves_equal_the_whole() {
    let net = |text: &str| text.parse::<IpNet>().expect("a prefix");
    let halves = AddressSet::of([net("10.1.128.0/17"), net("10.1.0.0/17")]);
    assert_eq!(halves, AddressSet::from(net("10.1.0.0/16")));
    assert_eq!(halves.written(), "10.1.0.0/16");
}

#[test]
fn the_whole_of_both_families_is_two_prefixes() {
    let net = |text: &str| text.parse::<IpNet>().expect("a prefix");
    let all = AddressSet::of([net("0.0.0.0/0"), net("::/0"), net("10.0.0.0/8")]);
    assert_eq!(all.prefixes(), [net("0.0.0.0/0"), net("::/0")]);
    assert_eq!(all.count(), u128::MAX);
    assert!(
        all.v4().without(&all).is_empty() && all.contains("255.255.255.255".parse().expect("an address"))
    );
}
