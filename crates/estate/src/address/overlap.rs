//! Which of many prefixes overlap: sorted, with a stack of those still open, never each against each.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use ipnet::IpNet;

/// The pairs of owners that have overlapping prefixes, each pair once, smaller owner first, in order.
///
/// Prefixes nest or are disjoint, so that sorted by address a stack of the open ones holds all that overlap the
/// next. Sorting costs n log n; beyond that the cost is the number of overlaps.
pub fn overlaps_among<O: Copy + Ord>(prefixes: impl IntoIterator<Item = (IpNet, O)>) -> Vec<(O, O)> {
    overlaps_up_to(usize::MAX, prefixes)
}

/// The same, but each prefix with at most `most` of those that hold it, the narrowest: who overlaps at all is in some
/// pair, and thousands of equal prefixes do not make millions of pairs.
pub(crate) fn overlaps_up_to<O: Copy + Ord>(
    most: usize,
    prefixes: impl IntoIterator<Item = (IpNet, O)>,
) -> Vec<(O, O)> {
    let mut sorted: Vec<(IpNet, O)> = prefixes.into_iter().map(|(net, owner)| (net.trunc(), owner)).collect();
    sorted.sort_unstable_by_key(|(net, owner)| (net.network(), Reverse(net.broadcast()), *owner));
    let mut open: Vec<(IpNet, O)> = Vec::new();
    let mut found = BTreeSet::new();
    for (net, owner) in sorted {
        while open.last().is_some_and(|(outer, _)| !outer.contains(&net)) {
            open.pop();
        }
        for (_, other) in open.iter().rev().filter(|(_, other)| *other != owner).take(most) {
            found.insert((owner.min(*other), owner.max(*other)));
        }
        open.push((net, owner));
    }
    found.into_iter().collect()
}
