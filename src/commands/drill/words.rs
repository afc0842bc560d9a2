//! The words for what a drill finds.

use drlint_drill::{BreachKind, Drill, LostAddress, Why, Window};
use drlint_estate::{End, Estate, NetworkIndex};

/// Machines that a message names; the rest is counted.
const NAMED: usize = 5;

/// The name of a fault's kind in JSON.
pub(super) fn kind(kind: &BreachKind) -> &'static str {
    match kind {
        BreachKind::LinkedOverlap { .. } => "linked-overlap",
        BreachKind::NeighborsOverlap { .. } => "neighbors-overlap",
        BreachKind::AnnouncedTwice { .. } => "announced-twice",
        BreachKind::AddressesLost { .. } => "addresses-lost",
        BreachKind::NetworkSplit { .. } => "network-split",
        BreachKind::LinkLost { .. } => "link-lost",
        BreachKind::OtherKind { .. } => "other-kind",
        BreachKind::NotRerouted { .. } => "not-rerouted",
        BreachKind::Ineffective { .. } => "ineffective",
    }
}

/// A fault in two or three words, where it was told in full before.
pub(super) fn short(kind: &BreachKind) -> &'static str {
    match kind {
        BreachKind::LinkedOverlap { .. } | BreachKind::NeighborsOverlap { .. } => "the overlap",
        BreachKind::AnnouncedTwice { .. } => "the range announced twice",
        BreachKind::AddressesLost { .. } => "the loss of addresses",
        BreachKind::NetworkSplit { .. } => "the split network",
        BreachKind::LinkLost { .. } => "the missing link",
        BreachKind::OtherKind { .. } => "the link of another kind",
        BreachKind::NotRerouted { .. } => "the stale route",
        BreachKind::Ineffective { .. } => "the step without effect",
    }
}

/// A fault as a sentence without full stop.
pub(super) fn message(estate: &Estate, kind: &BreachKind) -> String {
    let network = |index: NetworkIndex| format!("`{}`", estate.network(index).name);
    let end = |end: End| format!("`{}`", estate.name_of(end));
    match kind {
        BreachKind::LinkedOverlap { one, two, shared } => {
            format!("{} and {} are linked, and both use `{}`", network(*one), network(*two), shared.written())
        }
        BreachKind::NeighborsOverlap { middle, one, two, shared } => format!(
            "{} is linked with {} and {}, and both use `{}`",
            network(*middle),
            network(*one),
            network(*two),
            shared.written()
        ),
        BreachKind::AnnouncedTwice { site, one, two, shared } => format!(
            "`{}` receives `{}` from both {} and {}",
            estate.site(*site).name,
            shared.written(),
            network(*one),
            network(*two)
        ),
        BreachKind::AddressesLost { recovery, lost } => {
            let mut told: Vec<String> = lost.iter().take(NAMED).map(lost_address).collect();
            if let Some(more) = lost.len().checked_sub(NAMED).filter(|more| *more > 0) {
                told.push(format!("and {more} more"));
            }
            format!("machines cannot keep their addresses in {}: {}", network(*recovery), told.join(", "))
        }
        BreachKind::NetworkSplit { home, other, overlap, stays } => format!(
            "the machines of {} run in two networks, it and {}, {}: `{}` stays",
            network(*home),
            network(*other),
            if *overlap { "which have the same addresses" } else { "which nothing connects" },
            estate.machine(*stays).name()
        ),
        BreachKind::LinkLost { link, ends } => {
            let [one, two] = ends.map(end);
            let [was_one, was_two] = estate.link(*link).ends.map(end);
            let kind = estate.link(*link).kind;
            format!(
                "nothing connects {one} with {two}; at the start, {kind} connected {was_one} with {was_two}"
            )
        }
        BreachKind::OtherKind { link, ends, kind, .. } => {
            let [one, two] = ends.map(end);
            format!(
                "{one} and {two} are connected by {kind}; at the start, it was {}",
                estate.link(*link).kind
            )
        }
        BreachKind::NotRerouted { site, network: to, .. } => {
            format!("no step points the routes of `{}` to {}", estate.site(*site).name, network(*to))
        }
        BreachKind::Ineffective { why, .. } => why.clone(),
    }
}

fn lost_address(lost: &LostAddress) -> String {
    let machine = match &lost.address {
        Some(address) => format!("`{}` `{address}`", lost.machine),
        None => format!("`{}`", lost.machine),
    };
    match &lost.why {
        Why::SubnetMissing(subnet) => format!("{machine} finds no `{subnet}`"),
        Why::Outside { subnet, .. } => format!("{machine} is outside `{subnet}`"),
        Why::Reserved { subnet, .. } => format!("{machine} is reserved in `{subnet}`"),
        Why::Taken { by, .. } => format!("{machine} is taken by `{by}`"),
    }
}

/// The time without a link, steps counted from 1.
pub(super) fn window(estate: &Estate, drill: &Drill, window: &Window) -> String {
    let sources = drill.scenario.sources(estate);
    let is_source = |end: &End| end.network().is_some_and(|network| sources.contains(&network));
    let [mut from, mut cut_off] = estate.link(window.link).ends;
    if is_source(&cut_off) && !is_source(&from) {
        (from, cut_off) = (cut_off, from);
    }
    let lasting = match window.regained {
        Some(regained) => format!("from step {} to step {}", window.lost + 1, regained + 1),
        None => format!("from step {} on", window.lost + 1),
    };
    let (cut_off, from) = (estate.name_of(cut_off), estate.name_of(from));
    format!("`{cut_off}` is cut off from what runs in `{from}` at the start, {lasting}")
}
