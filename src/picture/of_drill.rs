//! The pictures of a drill: the topology before it, after each step, and when all is done.

use std::collections::{BTreeMap, BTreeSet};

use drlint_drill::{Breach, BreachKind, Drill, LiveLink, Moment, Scenario, State, play_observed};
use drlint_estate::{End, Estate, NetworkIndex, Site};

use super::of_estate::{Keys, region, role, shown};
use super::{Block, Line, LineState, Pane, Picture};

/// Plays a scenario and draws every state of it: the first before any step, one after each step.
pub(crate) fn of_drill(estate: &Estate, scenario: Scenario) -> (Drill, Vec<Picture>) {
    let mut states: Vec<State> = Vec::new();
    let drill = play_observed(estate, scenario, &mut |_, state| states.push(state.clone()));
    let ends = involved(&states, &drill.scenario, estate);
    let keys = Keys::of(estate);
    let pictures = (0..states.len()).map(|at| draw(estate, &drill, &states, at, &ends, &keys)).collect();
    (drill, pictures)
}

/// Machines that a step names; the rest is counted.
const MACHINES: usize = 5;

/// A step in words, as `drlint.toml` has them.
pub(crate) fn step_in_words(estate: &Estate, step: &drlint_drill::Step) -> String {
    use drlint_drill::Action;
    let networks = |networks: &[NetworkIndex]| -> String {
        let names: Vec<&str> =
            networks.iter().map(|network| estate.network(*network).name.as_str()).collect();
        names.join(", ")
    };
    match &step.action {
        Action::Cut(one, two) => format!("disconnect {} and {}", estate.name_of(*one), estate.name_of(*two)),
        Action::Join(one, two, kind) => {
            format!("connect {} with {} by {kind}", estate.name_of(*one), estate.name_of(*two))
        }
        Action::Move(sources) => format!("fail over {}", networks(sources)),
        Action::MoveMachines(machines) => {
            let first = machines.iter().take(MACHINES);
            let names: Vec<&str> = first.map(|machine| estate.machine(*machine).name()).collect();
            match machines.len().checked_sub(MACHINES).filter(|more| *more > 0) {
                Some(more) => format!("fail over {} and {more} more", names.join(", ")),
                None => format!("fail over {}", names.join(", ")),
            }
        }
        Action::Route(site, network) => {
            format!("reroute {} to {}", estate.site(*site).name, estate.network(*network).name)
        }
        Action::Nothing { why, .. } => format!("nothing: {why}"),
    }
}

/// Whether a breach holds once step `at` (0 is the start) is done.
fn holds_at(breach: &Breach, at: usize) -> bool {
    let begun = match breach.from {
        Moment::Start => true,
        Moment::Step(step) => step < at,
        Moment::End => false,
    };
    begun && breach.until.is_none_or(|until| until >= at)
}

/// What the scenario touches: its sources and recoveries, the ends of its steps, and all they are linked with.
fn involved(states: &[State], scenario: &Scenario, estate: &Estate) -> BTreeSet<End> {
    use drlint_drill::Action;
    let mut ends: BTreeSet<End> = BTreeSet::new();
    for source in scenario.sources(estate) {
        ends.insert(End::Network(source));
        let pairs = estate.pairs_of_source(estate.network(source));
        ends.extend(pairs.map(|pair| End::Network(pair.recovery.index)));
    }
    for step in &scenario.steps {
        if let Action::Cut(one, two) | Action::Join(one, two, _) = step.action {
            ends.extend([one, two]);
        }
    }
    let linked: Vec<End> = ends
        .iter()
        .flat_map(|end| states.iter().flat_map(|state| state.links_at(*end)))
        .flat_map(|link| link.ends)
        .collect();
    ends.extend(linked);
    ends
}

fn draw(
    estate: &Estate,
    drill: &Drill,
    states: &[State],
    at: usize,
    ends: &BTreeSet<End>,
    keys: &Keys,
) -> Picture {
    let state = &states[at];
    let last = at + 1 == states.len();
    let now: Vec<&Breach> = drill
        .breaches
        .iter()
        .filter(|breach| breach.kind.is_error())
        .filter(|breach| holds_at(breach, at) || (last && breach.from == Moment::End))
        .collect();
    let step = at.checked_sub(1);
    let words = step.and_then(|step| drill.scenario.steps.get(step)).map(|step| step_in_words(estate, step));
    let title = match words {
        Some(words) => format!("{}, step {at}: {words}", drill.scenario.name),
        None => format!("{}: before", drill.scenario.name),
    };
    let mut panes: BTreeMap<String, Vec<Block>> = BTreeMap::new();
    let mut sites = Vec::new();
    for end in ends {
        match end {
            End::Network(index) => {
                let block = network_block(estate, drill, state, *index, &now, at, keys.of_end(*end));
                panes.entry(region(estate.network(*index))).or_default().push(block);
            }
            End::Site(index) => sites.push(site_block(estate.site(*index), &now, keys.of_end(*end))),
        }
    }
    let mut panes: Vec<Pane> = panes.into_iter().map(|(name, blocks)| Pane { name, blocks }).collect();
    if !sites.is_empty() {
        panes.push(Pane { name: "on premises".to_owned(), blocks: sites });
    }
    let mut lines: Vec<Line> = state
        .links()
        .filter(|link| link.ends.iter().all(|end| ends.contains(end)))
        .map(|link| line_of(link, step, &now, keys))
        .collect();
    lines.extend(cut_lines(step.map(|step| &states[step]), state, ends, keys));
    lines.extend(lost_lines(&now, keys));
    Picture { title, panes, lines }
}

fn network_block(
    estate: &Estate,
    drill: &Drill,
    state: &State,
    index: NetworkIndex,
    now: &[&Breach],
    at: usize,
    key: usize,
) -> Block {
    let network = estate.network(index);
    let mut contents: Vec<String> = network
        .subnets
        .iter()
        .filter(|subnet| !subnet.is_platform())
        .take(6)
        .map(|subnet| format!("{} {}", subnet.name, shown(&subnet.prefixes)))
        .collect();
    let sources: Vec<NetworkIndex> = drill.scenario.sources(estate).into_iter().chain([index]).collect();
    let homes: BTreeSet<_> = sources
        .iter()
        .flat_map(|source| estate.machines_in(estate.network(*source)))
        .map(|machine| machine.index)
        .collect();
    let here = homes.iter().filter(|machine| state.place_of(estate, **machine) == Some(index)).count();
    if here > 0 {
        contents.push(if here == 1 {
            "1 machine runs here".to_owned()
        } else {
            format!("{here} machines run here")
        });
    }
    let broken = now.iter().find_map(|breach| match &breach.kind {
        BreachKind::AddressesLost { recovery, lost } if *recovery == index => {
            Some(format!("{} address{} lost", lost.len(), if lost.len() == 1 { "" } else { "es" }))
        }
        BreachKind::NetworkSplit { home, .. } if *home == index => Some("its machines are split".to_owned()),
        BreachKind::NeighborsOverlap { middle, shared, .. } if *middle == index => {
            Some(format!("two neighbors use {}", shared.written()))
        }
        _ => None,
    });
    let moved_here = at.checked_sub(1).and_then(|step| drill.scenario.steps.get(step)).is_some_and(|step| {
        let moves =
            matches!(step.action, drlint_drill::Action::Move(_) | drlint_drill::Action::MoveMachines(_));
        moves && estate.pairs_of_recovery(network).next().is_some() && here > 0
    });
    Block {
        key,
        name: network.name.clone(),
        role: role(estate, network),
        ranges: shown(&network.address_space),
        contents,
        changed: moved_here,
        broken,
    }
}

fn site_block(site: &Site, now: &[&Breach], key: usize) -> Block {
    let broken = now.iter().find_map(|breach| match &breach.kind {
        BreachKind::AnnouncedTwice { site: at, shared, .. } if *at == site.index => {
            Some(format!("receives {} twice", shared.written()))
        }
        _ => None,
    });
    Block {
        key,
        name: site.name.clone(),
        role: "site",
        ranges: shown(&site.ranges),
        contents: Vec::new(),
        changed: false,
        broken,
    }
}

fn line_of(link: &LiveLink, step: Option<usize>, now: &[&Breach], keys: &Keys) -> Line {
    let joins = |one: End, two: End| link.ends == [one, two] || link.ends == [two, one];
    let broken = now.iter().find_map(|breach| match &breach.kind {
        BreachKind::LinkedOverlap { one, two, shared } if joins(End::Network(*one), End::Network(*two)) => {
            Some(format!("both use {}", shared.written()))
        }
        BreachKind::NeighborsOverlap { middle, one, two, shared } => {
            let middle = End::Network(*middle);
            let is = [one, two].into_iter().any(|end| joins(middle, End::Network(*end)));
            is.then(|| format!("overlaps the other neighbor: {}", shared.written()))
        }
        BreachKind::AnnouncedTwice { site, one, two, shared } => {
            let is = [one, two].into_iter().any(|end| joins(End::Site(*site), End::Network(*end)));
            is.then(|| format!("announces {} a second time", shared.written()))
        }
        _ => None,
    });
    let state = if link.blocks {
        LineState::Down
    } else if link.made.is_some() && link.made == step {
        LineState::Made
    } else {
        LineState::Up
    };
    let mut label = if link.blocks { format!("{} (down)", link.kind) } else { link.kind.to_string() };
    // The other faults are told in a box.
    if let Some(why) = &broken
        && now.iter().any(|breach| is_between(breach, link))
    {
        label = format!("{label} ✗ {why}");
    }
    Line { ends: link.ends.map(|end| keys.of_end(end)), label, state, broken }
}

/// Whether a breach is that the two ends of the link overlap.
fn is_between(breach: &Breach, link: &LiveLink) -> bool {
    let BreachKind::LinkedOverlap { one, two, .. } = &breach.kind else { return false };
    let (one, two) = (End::Network(*one), End::Network(*two));
    link.ends == [one, two] || link.ends == [two, one]
}

/// The links that the step cut.
fn cut_lines(before: Option<&State>, now: &State, ends: &BTreeSet<End>, keys: &Keys) -> Vec<Line> {
    let Some(before) = before else { return Vec::new() };
    let gone = before.links().filter(|link| {
        let here = link.ends.iter().all(|end| ends.contains(end));
        let [one, two] = link.ends;
        here && !now.links_between(one, two).any(|other| other == *link)
    });
    gone.map(|link| Line {
        ends: link.ends.map(|end| keys.of_end(end)),
        label: format!("{} cut", link.kind),
        state: LineState::Cut,
        broken: None,
    })
    .collect()
}

/// The links that are missing at the end.
fn lost_lines(now: &[&Breach], keys: &Keys) -> Vec<Line> {
    let lost = now.iter().filter_map(|breach| match &breach.kind {
        BreachKind::LinkLost { ends, .. } => Some(ends.map(|end| keys.of_end(end))),
        _ => None,
    });
    lost.map(|ends| Line {
        ends,
        label: "missing".to_owned(),
        state: LineState::Cut,
        broken: Some("nothing connects the two any more".to_owned()),
    })
    .collect()
}
