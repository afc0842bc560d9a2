//! What is played: the steps of a failover with their names resolved.

use std::collections::{BTreeMap, BTreeSet};

use drlint_estate::{
    DeclaredFailover, DeclaredStep, End, Estate, Found, Link, LinkIndex, LinkKind, MachineIndex, Network,
    NetworkIndex, Pair, Placed, SiteIndex, StepAction,
};
use drlint_source::Span;

use crate::planned;

/// A failover to play.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// Who says so.
    pub origin: Origin,
    /// Its steps in order.
    pub steps: Vec<Step>,
}

/// Who says that a failover is meant.
#[derive(Clone, Debug)]
pub enum Origin {
    /// A `[[failover]]`.
    Declared {
        /// The entry.
        place: Span,
        /// Its list of steps.
        steps: Span,
    },
    /// Nobody: the estate implies it, in the seed's order.
    Implied,
    /// A recovery plan shows which machines move. What its actions do is not known.
    RecoveryPlan {
        /// The plan's name in the input.
        place: Span,
        /// The names of its actions.
        actions: Vec<String>,
    },
}

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    /// Where it is stated.
    pub place: Option<Span>,
    /// What it does.
    pub action: Action,
}

/// What a step does.
#[derive(Clone, Debug)]
pub enum Action {
    /// Cuts every link between the two.
    Cut(End, End),
    /// Links the two.
    Join(End, End, LinkKind),
    /// Moves the moving machines of each network.
    Move(Vec<NetworkIndex>),
    /// Moves these machines alone.
    MoveMachines(Vec<MachineIndex>),
    /// Points the routes of a site to a network.
    Route(SiteIndex, NetworkIndex),
    /// Nothing, since a name in it names nothing.
    Nothing {
        /// Why, as a sentence without full stop.
        why: String,
        /// The name.
        place: Span,
    },
}

/// All failovers of an estate: those that are declared, one for each pair that none of them moves, and those of
/// recovery plans.
pub fn scenarios(estate: &Estate) -> Vec<Scenario> {
    let mut all: Vec<Scenario> =
        estate.intent().failovers.iter().map(|failover| declared(estate, failover)).collect();
    let moved: BTreeSet<NetworkIndex> = all.iter().flat_map(|scenario| scenario.sources(estate)).collect();
    all.extend(implied(estate, &moved));
    all.extend(implied_regions(estate, &moved));
    all.extend(planned(estate));
    all
}

/// A `[[failover]]` with its names resolved.
pub fn declared(estate: &Estate, failover: &DeclaredFailover) -> Scenario {
    Scenario {
        name: failover.name.value.clone(),
        origin: Origin::Declared { place: failover.place, steps: failover.steps_place },
        steps: failover.steps.iter().map(|step| resolve(estate, step)).collect(),
    }
}

/// The failover in the seed's order for each pair at rest whose source is not in `moved`: cut every link of the source,
/// move its machines, join the recovery with the same places by the same kinds, point the routes there.
pub fn implied(estate: &Estate, moved: &BTreeSet<NetworkIndex>) -> Vec<Scenario> {
    let pairs = estate.pairs().filter(|pair| pair.at_rest() && !moved.contains(&pair.source.index));
    pairs.map(|pair| like_for_like(estate, &pair.source.name, &[pair])).collect()
}

/// The same for all pairs of a region together, where it has several: what a lost region takes with it.
fn implied_regions(estate: &Estate, moved: &BTreeSet<NetworkIndex>) -> Vec<Scenario> {
    let mut regions: BTreeMap<String, Vec<Pair<'_>>> = BTreeMap::new();
    for pair in estate.pairs().filter(|pair| pair.at_rest() && !moved.contains(&pair.source.index)) {
        if let Some(region) = pair.source.region.known() {
            regions.entry(region.key().to_owned()).or_default().push(pair);
        }
    }
    let several = regions.into_iter().filter(|(_, pairs)| pairs.len() > 1);
    several.map(|(region, pairs)| like_for_like(estate, &region, &pairs)).collect()
}

fn like_for_like(estate: &Estate, name: &str, pairs: &[Pair<'_>]) -> Scenario {
    let ends = |pair: &Pair<'_>| (End::Network(pair.source.index), End::Network(pair.recovery.index));
    let recoveries: BTreeMap<End, End> = pairs.iter().map(ends).collect();
    let now = |end: End| recoveries.get(&end).copied().unwrap_or(end);
    let links: BTreeMap<LinkIndex, &Link> = pairs
        .iter()
        .flat_map(|pair| estate.links_of(pair.source))
        .filter(|link| !link.down && now(link.ends[0]) != now(link.ends[1]))
        .map(|link| (link.index, link))
        .collect();
    // The source is named first, as people name it.
    let ordered = |link: &&Link| {
        let [one, two] = link.ends;
        if recoveries.contains_key(&one) { (one, two) } else { (two, one) }
    };
    let cut: BTreeSet<(End, End)> = links.values().map(ordered).collect();
    let mut actions: Vec<Action> = cut.iter().map(|(source, other)| Action::Cut(*source, *other)).collect();
    actions.push(Action::Move(pairs.iter().map(|pair| pair.source.index).collect()));
    actions.extend(links.values().map(|link| {
        let (source, other) = ordered(link);
        Action::Join(now(source), now(other), link.kind)
    }));
    let routed =
        cut.iter().filter_map(|(source, other)| Some(Action::Route(other.site()?, now(*source).network()?)));
    actions.extend(routed);
    Scenario {
        name: format!("{name} (implied)"),
        origin: Origin::Implied,
        steps: actions.into_iter().map(|action| Step { place: None, action }).collect(),
    }
}

impl Scenario {
    /// The actions of a recovery plan, whose doings nobody can read.
    pub fn opaque_actions(&self) -> &[String] {
        match &self.origin {
            Origin::RecoveryPlan { actions, .. } => actions,
            Origin::Declared { .. } | Origin::Implied => &[],
        }
    }

    /// The networks it moves machines of.
    pub fn sources(&self, estate: &Estate) -> BTreeSet<NetworkIndex> {
        let of_step = |step: &Step| -> Vec<NetworkIndex> {
            match &step.action {
                Action::Move(sources) => sources.clone(),
                Action::MoveMachines(machines) => {
                    machines.iter().filter_map(|machine| home(estate, *machine)).collect()
                }
                _ => Vec::new(),
            }
        };
        self.steps.iter().flat_map(of_step).collect()
    }
}

/// The network a machine is at home in.
pub(crate) fn home(estate: &Estate, machine: MachineIndex) -> Option<NetworkIndex> {
    estate.home_of(estate.machine(machine))
}

fn resolve(estate: &Estate, step: &DeclaredStep) -> Step {
    let action = match &step.action {
        StepAction::Disconnect(a, b) => ends(estate, a, b).map(|(a, b)| Action::Cut(a, b)),
        StepAction::Connect { a, b, via } => ends(estate, a, b).map(|(a, b)| {
            let hub = [a, b]
                .iter()
                .any(|end| end.network().is_some_and(|network| estate.network(network).is_hub()));
            let kind = if hub && via.value == LinkKind::Peering { LinkKind::Hub } else { via.value };
            Action::Join(a, b, kind)
        }),
        StepAction::FailOver(names) => {
            names.iter().map(|name| network(estate, name)).collect::<Result<_, _>>().map(Action::Move)
        }
        StepAction::FailOverMachines(names) => {
            names.iter().map(|name| machine(estate, name)).collect::<Result<_, _>>().map(Action::MoveMachines)
        }
        StepAction::Reroute { site: from, to } => {
            site(estate, from).and_then(|site| Ok(Action::Route(site, network(estate, to)?)))
        }
    };
    Step { place: Some(step.place), action: action.unwrap_or_else(|nothing| nothing) }
}

fn ends(estate: &Estate, a: &Placed<String>, b: &Placed<String>) -> Result<(End, End), Action> {
    Ok((end(estate, a)?, end(estate, b)?))
}

fn end(estate: &Estate, name: &Placed<String>) -> Result<End, Action> {
    match estate.find_network(name) {
        Found::One(network) => Ok(End::Network(network.index)),
        Found::Several(_) => Err(several("network", name)),
        Found::None(near) => match estate.find_site(name) {
            Found::One(site) => Ok(End::Site(site.index)),
            Found::Several(_) => Err(several("site", name)),
            Found::None(more) => Err(none("network or site", name, near.into_iter().chain(more).next())),
        },
    }
}

fn network(estate: &Estate, name: &Placed<String>) -> Result<NetworkIndex, Action> {
    one("network", name, estate.find_network(name)).map(|network: &Network| network.index)
}

fn machine(estate: &Estate, name: &Placed<String>) -> Result<MachineIndex, Action> {
    one("machine", name, estate.find_machine(name)).map(|machine| machine.index)
}

fn site(estate: &Estate, name: &Placed<String>) -> Result<SiteIndex, Action> {
    one("site", name, estate.find_site(name)).map(|site| site.index)
}

fn one<T>(what: &str, name: &Placed<String>, found: Found<T>) -> Result<T, Action> {
    match found {
        Found::One(thing) => Ok(thing),
        Found::Several(_) => Err(several(what, name)),
        Found::None(near) => Err(none(what, name, near.into_iter().next())),
    }
}

fn several(what: &str, name: &Placed<String>) -> Action {
    Action::Nothing { why: format!("several {what}s are named `{}`", name.value), place: name.origin.span }
}

fn none(what: &str, name: &Placed<String>, near: Option<String>) -> Action {
    let help = near.map(|near| format!("; did you mean `{near}`")).unwrap_or_default();
    let why = format!("the estate has no {what} `{}`{help}", name.value);
    Action::Nothing { why, place: name.origin.span }
}
