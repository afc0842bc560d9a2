//! Linked networks, and neighbors of one network, must not overlap.

use std::collections::BTreeSet;
use std::sync::Arc;

use drlint_estate::{End, Estate, Network, NetworkIndex};
use drlint_resource::Unknown;

use crate::{BreachKind, State};

/// What two networks share.
pub(crate) enum Shared {
    /// These addresses.
    Some(drlint_estate::AddressSet),
    /// Nothing.
    Nothing,
    /// The ranges of one are not all known, and what is known does not overlap.
    Unknown(Arc<Unknown>),
}

/// What two networks share.
pub(crate) fn shared(one: &Network, two: &Network) -> Shared {
    let known = one.address_space.addresses().shared(&two.address_space.addresses());
    if !known.is_empty() {
        return Shared::Some(known);
    }
    match one.address_space.complete().err().or(two.address_space.complete().err()) {
        Some(unknown) => Shared::Unknown(Arc::clone(unknown)),
        None => Shared::Nothing,
    }
}

/// What is broken, and what cannot be judged.
#[derive(Default)]
pub(crate) struct Judged {
    pub(crate) broken: Vec<BreachKind>,
    pub(crate) open: Vec<Arc<Unknown>>,
    /// What cannot be judged of the ranges that a site receives.
    pub(crate) open_at_sites: Vec<Arc<Unknown>>,
}

impl Judged {
    pub(crate) fn add(
        &mut self,
        shared: Shared,
        breach: impl FnOnce(drlint_estate::AddressSet) -> BreachKind,
    ) {
        match shared {
            Shared::Some(addresses) => self.broken.push(breach(addresses)),
            Shared::Nothing => {}
            Shared::Unknown(unknown) => self.open.push(unknown),
        }
    }
}

/// Judges the link between two ends that now exists.
pub(crate) fn of_link(estate: &Estate, state: &State, ends: [End; 2], judged: &mut Judged) {
    let [End::Network(one), End::Network(two)] = ends else { return };
    judged.add(shared(estate.network(one), estate.network(two)), |shared| BreachKind::LinkedOverlap {
        one,
        two,
        shared,
    });
    for (middle, new) in [(one, two), (two, one)] {
        for other in state.neighbors(middle).into_iter().filter(|other| *other != new) {
            let found = shared(estate.network(other), estate.network(new));
            judged.add(found, |shared| BreachKind::NeighborsOverlap { middle, one: other, two: new, shared });
        }
    }
}

/// Judges all links of these networks and their neighbors.
pub(crate) fn around(estate: &Estate, state: &State, networks: &BTreeSet<NetworkIndex>) -> Judged {
    let mut judged = Judged::default();
    let mut links = BTreeSet::new();
    for network in networks {
        let neighbors = state.neighbors(*network);
        links.extend(neighbors.iter().map(|other| (*network.min(other), *network.max(other))));
        for (at, one) in neighbors.iter().enumerate() {
            for two in neighbors.iter().skip(at + 1) {
                let found = shared(estate.network(*one), estate.network(*two));
                let (middle, one, two) = (*network, *one, *two);
                judged.add(found, |shared| BreachKind::NeighborsOverlap { middle, one, two, shared });
            }
        }
    }
    for (one, two) in links {
        let found = shared(estate.network(one), estate.network(two));
        judged.add(found, |shared| BreachKind::LinkedOverlap { one, two, shared });
    }
    judged
}

/// Whether a breach still holds.
pub(crate) fn still(state: &State, breach: &BreachKind) -> bool {
    let linked = |one: NetworkIndex, two: NetworkIndex| {
        state.links_between(End::Network(one), End::Network(two)).next().is_some()
    };
    match breach {
        BreachKind::LinkedOverlap { one, two, .. } => linked(*one, *two),
        BreachKind::NeighborsOverlap { middle, one, two, .. } => {
            linked(*middle, *one) && linked(*middle, *two)
        }
        _ => true,
    }
}
