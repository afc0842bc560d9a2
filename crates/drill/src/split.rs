//! The machines of one network must run in one network, or in two that serve as one.

use drlint_estate::{End, Estate, NetworkIndex};

use crate::overlap::{Shared, shared};
use crate::{BreachKind, State};

/// What is wrong with where the machines at home in `home` run now.
pub(crate) fn judge(estate: &Estate, state: &State, home: NetworkIndex) -> Vec<BreachKind> {
    let places = state.places_of(estate, home);
    let mut found = Vec::new();
    if places.len() < 2 {
        return found;
    }
    let stays = estate
        .machines_in(estate.network(home))
        .filter(|machine| !machine.is_replica() && !state.has_moved(machine.index))
        .map(|machine| machine.index)
        .next();
    let Some(stays) = stays else { return found };
    for other in places.into_iter().filter(|place| *place != home) {
        let overlap = matches!(shared(estate.network(home), estate.network(other)), Shared::Some(_));
        if overlap || !state.joins(End::Network(home), End::Network(other)) {
            found.push(BreachKind::NetworkSplit { home, other, overlap, stays });
        }
    }
    found
}

/// Whether a split network is still one.
pub(crate) fn still(estate: &Estate, state: &State, home: NetworkIndex, other: NetworkIndex) -> bool {
    let split =
        |breach: &BreachKind| matches!(breach, BreachKind::NetworkSplit { other: now, .. } if *now == other);
    judge(estate, state, home).iter().any(split)
}
