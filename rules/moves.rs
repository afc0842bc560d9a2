//! What the rules on protected machines ask in the same way.

use std::net::IpAddr;

use drlint_estate::{Move, Pair, Placed, ProtectedItem, TargetAddress};
use drlint_policy::{Estate, Report};

/// The items of each pair that `fits` takes, if they show their network settings; the rule is undecided about the
/// others, and about items whose networks are not known.
pub(crate) fn items<'e>(
    estate: &'e Estate,
    report: &mut Report,
    fits: impl Fn(&Pair<'e>) -> bool,
) -> Vec<(Pair<'e>, &'e ProtectedItem)> {
    let mut found = Vec::new();
    for pair in estate.pairs().filter(fits) {
        for item in pair.items() {
            if item.nics_known {
                found.push((pair, item));
            } else {
                without_settings(item, report);
            }
        }
    }
    without_networks(estate, report);
    found
}

/// Says that the rule is undecided about items whose source or recovery is not known: they belong to no pair.
pub(crate) fn without_networks(estate: &Estate, report: &mut Report) {
    let lost = |item: &&ProtectedItem| item.source_network.is_none() || item.target_network.is_none();
    estate.items().iter().filter(lost).for_each(|item| without_settings(item, report));
}

/// Says that the rule is undecided about an item that does not show its network settings.
pub(crate) fn without_settings(item: &ProtectedItem, report: &mut Report) {
    let state = item.protection_state.known();
    let replicating = state.is_some_and(|state| state.to_ascii_lowercase().starts_with("initialreplication"));
    let reason = if replicating {
        "a protected machine shows no network settings during its initial replication"
    } else {
        "the input does not show the network settings of a protected machine"
    };
    report.undecided(&item.id, &item.place, reason);
}

/// All that moves within the pairs that `fits` takes; the rule is undecided about items that do not say what moves.
pub(crate) fn moves<'e>(
    estate: &'e Estate,
    report: &mut Report,
    fits: impl Fn(&Pair<'e>) -> bool,
) -> Vec<Move<'e>> {
    items(estate, report, fits).into_iter().flat_map(|(pair, item)| pair.moves_of(item)).collect()
}

/// The target address, if one is set or kept; if that is not known, the rule is undecided about the item.
pub(crate) fn target_address<'e>(one: &Move<'e>, report: &mut Report) -> Option<&'e Placed<IpAddr>> {
    let target = one.target_address();
    if let TargetAddress::Unknown(unknown) = &target {
        report.blocked(&one.item.id, unknown);
    }
    target.placed()
}
