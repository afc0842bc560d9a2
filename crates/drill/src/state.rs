//! The topology at one moment of a drill.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use drlint_estate::{End, Estate, LinkIndex, LinkKind, MachineIndex, NetworkIndex, SiteIndex};

use crate::scenario::home;

/// A link as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveLink {
    /// What it joins.
    pub ends: [End; 2],
    /// How.
    pub kind: LinkKind,
    /// The link of the estate it comes from; `None` if a step made it.
    pub of_estate: Option<LinkIndex>,
    /// The step that made it, counted from 0.
    pub made: Option<usize>,
    /// Whether it carries nothing and only blocks others: a leftover peering that is down.
    pub blocks: bool,
}

/// The topology at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    links: BTreeMap<usize, LiveLink>,
    by_end: BTreeMap<End, BTreeSet<usize>>,
    next: usize,
    /// Where each machine that moved runs now.
    moved: BTreeMap<MachineIndex, NetworkIndex>,
    /// The networks that were failed over as a whole, and where to.
    failed_over: BTreeMap<NetworkIndex, NetworkIndex>,
    /// Addresses of machines that came up, by network.
    pub(crate) came_up: BTreeMap<(NetworkIndex, IpAddr), MachineIndex>,
    /// The sites whose routes a step pointed to a network.
    routes: BTreeSet<(SiteIndex, NetworkIndex)>,
}

impl State {
    /// The estate as it is: every link that is not down, and leftover peerings as blocks.
    pub fn of(estate: &Estate) -> Self {
        let mut state = Self {
            links: BTreeMap::new(),
            by_end: BTreeMap::new(),
            next: 0,
            moved: BTreeMap::new(),
            failed_over: BTreeMap::new(),
            came_up: BTreeMap::new(),
            routes: BTreeSet::new(),
        };
        for link in estate.links().iter().filter(|link| !link.down || link.kind == LinkKind::Peering) {
            state.add(LiveLink {
                ends: link.ends,
                kind: link.kind,
                of_estate: Some(link.index),
                made: None,
                blocks: link.down,
            });
        }
        state
    }

    /// All links, in the order in which they were made.
    pub fn links(&self) -> impl Iterator<Item = &LiveLink> {
        self.links.values()
    }

    /// The links at one end.
    pub fn links_at(&self, end: End) -> impl Iterator<Item = &LiveLink> {
        self.by_end.get(&end).into_iter().flatten().filter_map(|number| self.links.get(number))
    }

    /// The links between two ends.
    pub fn links_between(&self, one: End, two: End) -> impl Iterator<Item = &LiveLink> {
        self.links_at(one).filter(move |link| link.ends == [one, two] || link.ends == [two, one])
    }

    /// Whether something that carries traffic joins the two.
    pub fn joins(&self, one: End, two: End) -> bool {
        self.links_between(one, two).any(|link| !link.blocks)
    }

    /// The networks linked to `network`, each once.
    pub fn neighbors(&self, network: NetworkIndex) -> BTreeSet<NetworkIndex> {
        let own = End::Network(network);
        self.links_at(own)
            .flat_map(|link| link.ends)
            .filter(|end| *end != own)
            .filter_map(End::network)
            .collect()
    }

    /// Where a machine runs.
    pub fn place_of(&self, estate: &Estate, machine: MachineIndex) -> Option<NetworkIndex> {
        self.moved.get(&machine).copied().or_else(|| home(estate, machine))
    }

    /// Whether a machine has moved.
    pub fn has_moved(&self, machine: MachineIndex) -> bool {
        self.moved.contains_key(&machine)
    }

    /// Where the machines at home in `network` run, replicas left out; without machines the network itself, or its
    /// recovery once it was failed over.
    pub fn places_of(&self, estate: &Estate, network: NetworkIndex) -> BTreeSet<NetworkIndex> {
        let machines = estate.machines_in(estate.network(network)).filter(|machine| !machine.is_replica());
        let places: BTreeSet<NetworkIndex> =
            machines.map(|machine| self.moved.get(&machine.index).copied().unwrap_or(network)).collect();
        if places.is_empty() {
            [self.failed_over.get(&network).copied().unwrap_or(network)].into()
        } else {
            places
        }
    }

    /// Where an end of a link is to be looked for now.
    pub fn places_of_end(&self, estate: &Estate, end: End) -> Vec<End> {
        match end {
            End::Network(network) => self.places_of(estate, network).into_iter().map(End::Network).collect(),
            End::Site(_) => vec![end],
        }
    }

    /// Whether a step pointed the routes of `site` to `network`.
    pub fn routes_to(&self, site: SiteIndex, network: NetworkIndex) -> bool {
        self.routes.contains(&(site, network))
    }

    pub(crate) fn add(&mut self, link: LiveLink) {
        let number = self.next;
        self.next += 1;
        for end in link.ends {
            self.by_end.entry(end).or_default().insert(number);
        }
        self.links.insert(number, link);
    }

    /// Removes every link between the two, leftovers too; gives how many there were.
    pub(crate) fn cut(&mut self, one: End, two: End) -> usize {
        let joins = |link: &LiveLink| link.ends == [one, two] || link.ends == [two, one];
        let at_one = self.by_end.get(&one).into_iter().flatten().copied();
        let numbers: Vec<usize> = at_one.filter(|number| self.links.get(number).is_some_and(joins)).collect();
        for number in &numbers {
            self.links.remove(number);
            for end in [one, two] {
                if let Some(numbers) = self.by_end.get_mut(&end) {
                    numbers.remove(number);
                }
            }
        }
        numbers.len()
    }

    pub(crate) fn move_machine(&mut self, machine: MachineIndex, to: NetworkIndex) {
        self.moved.insert(machine, to);
    }

    pub(crate) fn fail_over(&mut self, source: NetworkIndex, recovery: NetworkIndex) {
        self.failed_over.insert(source, recovery);
    }

    pub(crate) fn route(&mut self, site: SiteIndex, network: NetworkIndex) {
        self.routes.insert((site, network));
    }
}
