//! Plays a failover.

use std::collections::BTreeSet;
use std::sync::Arc;

use drlint_estate::{
    End, Estate, Link, LinkIndex, Machine, MachineIndex, NetworkIndex, PROTECTED_ITEM, Pair,
};
use drlint_resource::Unknown;
use drlint_source::Span;

use crate::addresses::{Arrival, arrive};
use crate::overlap::Judged;
use crate::scenario::home;
use crate::{
    Action, Breach, BreachKind, LiveLink, Moment, Open, Scenario, State, Step, Topic, Verdict, Window, end,
    overlap, sites, split,
};

/// A failover that was played.
#[derive(Clone, Debug)]
pub struct Drill {
    /// What was played.
    pub scenario: Scenario,
    /// What was broken, in the order in which it broke. Breaches of the start come first.
    pub breaches: Vec<Breach>,
    /// What could not be judged.
    pub open: Vec<Open>,
    /// When places that were connected could not reach each other.
    pub windows: Vec<Window>,
    /// What it comes to.
    pub verdict: Verdict,
}

/// Types that say what is linked with what.
const LINKING: [&str; 4] = [
    "Microsoft.Network/connections",
    "Microsoft.Network/virtualNetworkGateways",
    "Microsoft.Network/virtualNetworks",
    "Microsoft.Network/virtualHubs/hubVirtualNetworkConnections",
];

/// Plays a scenario on a copy of the estate's topology.
pub fn play(estate: &Estate, scenario: Scenario) -> Drill {
    play_observed(estate, scenario, &mut |_, _| {})
}

/// The same; `observe` sees the state at the start (step `None`) and after each step.
pub fn play_observed(
    estate: &Estate,
    scenario: Scenario,
    observe: &mut dyn FnMut(Option<usize>, &State),
) -> Drill {
    let mut player = Player::new(estate, &scenario);
    observe(None, &player.state);
    for (number, step) in scenario.steps.iter().enumerate() {
        player.step(number, step);
        observe(Some(number), &player.state);
    }
    player.finish(scenario.opaque_actions());
    player.doubt();
    let Player { breaches, open, windows, .. } = player;
    let verdict = if breaches.iter().any(|breach| breach.kind.is_error()) {
        Verdict::Violated
    } else if open.is_empty() {
        Verdict::Holds
    } else {
        Verdict::Undecided
    };
    Drill { scenario, breaches, open, windows, verdict }
}

struct Player<'e> {
    estate: &'e Estate,
    state: State,
    sources: BTreeSet<NetworkIndex>,
    /// The links of the start that the scenario can touch.
    links: Vec<&'e Link>,
    breaches: Vec<Breach>,
    open: Vec<Open>,
    windows: Vec<Window>,
    /// The first step of which nobody knows what it was meant to do, why, and the name that is to blame.
    unread: Option<(usize, String, Option<Span>)>,
}

impl<'e> Player<'e> {
    fn new(estate: &'e Estate, scenario: &Scenario) -> Self {
        let state = State::of(estate);
        let sources = scenario.sources(estate);
        let mut involved: BTreeSet<End> = sources.iter().copied().map(End::Network).collect();
        for source in &sources {
            involved.extend(recovery_of(estate, *source).map(|pair| End::Network(pair.recovery.index)));
        }
        for step in &scenario.steps {
            if let Action::Cut(one, two) | Action::Join(one, two, _) = step.action {
                involved.extend([one, two]);
            }
        }
        let touching: BTreeSet<LinkIndex> =
            involved.iter().flat_map(|end| state.links_at(*end)).filter_map(|link| link.of_estate).collect();
        let links = touching.into_iter().map(|index| estate.link(index)).filter(|link| !link.down).collect();
        let mut player = Self {
            estate,
            state,
            sources,
            links,
            breaches: Vec::new(),
            open: Vec::new(),
            windows: Vec::new(),
            unread: None,
        };
        player.judge_start(&involved);
        player
    }

    fn judge_start(&mut self, involved: &BTreeSet<End>) {
        let networks: BTreeSet<NetworkIndex> = involved.iter().filter_map(|end| end.network()).collect();
        let mut judged = overlap::around(self.estate, &self.state, &networks);
        let at_sites: BTreeSet<_> =
            involved.iter().flat_map(|end| sites::touched(self.estate, &self.state, [*end, *end])).collect();
        for site in at_sites {
            sites::judge(self.estate, &self.state, site, &mut judged);
        }
        // What is not known before the first step is not the drill's to say.
        self.breaches.extend(judged.broken.into_iter().map(|kind| Breach {
            kind,
            from: Moment::Start,
            until: None,
        }));
    }

    fn step(&mut self, number: usize, step: &Step) {
        let mut judged = Judged::default();
        match &step.action {
            Action::Cut(one, two) => {
                if self.state.cut(*one, *two) == 0 {
                    let [one, two] = [one, two].map(|end| self.estate.name_of(*end));
                    self.ineffective(number, format!("nothing connects `{one}` with `{two}`"), step);
                }
            }
            Action::Join(one, two, kind) => {
                let ends = [*one, *two];
                let link = LiveLink { ends, kind: *kind, of_estate: None, made: Some(number), blocks: false };
                self.state.add(link);
                overlap::of_link(self.estate, &self.state, ends, &mut judged);
                for site in sites::touched(self.estate, &self.state, ends) {
                    sites::judge(self.estate, &self.state, site, &mut judged);
                }
            }
            Action::Move(networks) => {
                for network in networks {
                    self.move_network(number, *network, step);
                }
            }
            Action::MoveMachines(machines) => self.move_machines(number, machines, step),
            Action::Route(site, network) => self.state.route(*site, *network),
            Action::Nothing { why, place } => {
                self.unread.get_or_insert_with(|| (number, why.clone(), Some(*place)));
                let reason = why.clone();
                self.open.push(Open { topic: Topic::Names, step: Some(number), reason, place: Some(*place) });
                let kind = BreachKind::Ineffective { why: why.clone(), place: Some(*place) };
                self.breaches.push(Breach { kind, from: Moment::Step(number), until: Some(number) });
            }
        }
        self.record(number, judged);
        self.mend(number);
        self.watch(number);
    }

    fn move_network(&mut self, number: usize, network: NetworkIndex, step: &Step) {
        let Some(pair) = recovery_of(self.estate, network) else {
            let name = &self.estate.network(network).name;
            return self.without_recovery(number, format!("`{name}` has no recovery"), step);
        };
        let source = self.estate.network(network);
        let protected = self.estate.items_of(source).next().is_some();
        // A machine whose item may be what the input lacks may move or stay. It is moved, so that no split is seen, and
        // what follows is open.
        let hidden =
            protected.then(|| self.estate.incomplete(&[PROTECTED_ITEM], source.place.span)).flatten();
        let (moving, staying): (Vec<&Machine>, Vec<&Machine>) = self
            .estate
            .machines_in(source)
            .filter(|machine| !machine.is_replica() && !self.state.has_moved(machine.index))
            .partition(|machine| !protected || self.estate.item_of(machine).is_some());
        let machines: Vec<MachineIndex> = moving.into_iter().map(|machine| machine.index).collect();
        if let Some(unknown) = hidden.filter(|_| !staying.is_empty()) {
            for machine in &staying {
                self.state.move_machine(machine.index, pair.recovery.index);
            }
            for topic in [Topic::Addresses, Topic::Links] {
                self.open.push(open(topic, number, &unknown));
            }
        }
        if machines.is_empty() && self.estate.machines_in(source).next().is_none() {
            let reason = format!("no machine of `{}` is known, so nobody knows its addresses", source.name);
            let place = Some(source.place.span);
            self.open.push(Open { topic: Topic::Addresses, step: Some(number), reason, place });
        }
        self.state.fail_over(network, pair.recovery.index);
        self.arrive(number, &pair, &machines);
    }

    fn move_machines(&mut self, number: usize, machines: &[MachineIndex], step: &Step) {
        let homes: BTreeSet<Option<NetworkIndex>> =
            machines.iter().map(|machine| home(self.estate, *machine)).collect();
        for network in homes {
            let here: Vec<MachineIndex> =
                machines.iter().copied().filter(|machine| home(self.estate, *machine) == network).collect();
            match network.and_then(|network| recovery_of(self.estate, network)) {
                Some(pair) => self.arrive(number, &pair, &here),
                None => {
                    let names: Vec<&str> =
                        here.iter().map(|machine| self.estate.machine(*machine).name()).collect();
                    self.without_recovery(number, format!("`{}` has no recovery", names.join("`, `")), step);
                }
            }
        }
    }

    fn arrive(&mut self, number: usize, pair: &Pair<'_>, machines: &[MachineIndex]) {
        let mut arrival = Arrival::default();
        for machine in machines {
            self.state.move_machine(*machine, pair.recovery.index);
            arrive(self.estate, &mut self.state, pair, self.estate.machine(*machine), &mut arrival);
        }
        if !arrival.lost.is_empty() {
            let kind = BreachKind::AddressesLost { recovery: pair.recovery.index, lost: arrival.lost };
            self.breaches.push(Breach { kind, from: Moment::Step(number), until: None });
        }
        self.open.extend(arrival.open.iter().map(|unknown| open(Topic::Addresses, number, unknown)));
        let broken = split::judge(self.estate, &self.state, pair.source.index);
        self.record(number, Judged { broken, ..Judged::default() });
    }

    fn without_recovery(&mut self, number: usize, why: String, step: &Step) {
        self.unread.get_or_insert_with(|| (number, why.clone(), step.place));
        self.ineffective(number, why, step);
    }

    fn ineffective(&mut self, number: usize, why: String, step: &Step) {
        let kind = BreachKind::Ineffective { why, place: step.place };
        self.breaches.push(Breach { kind, from: Moment::Step(number), until: Some(number) });
    }

    /// Notes what a step broke, unless it is broken already.
    fn record(&mut self, number: usize, judged: Judged) {
        for kind in judged.broken {
            let known =
                self.breaches.iter().any(|breach| breach.until.is_none() && same(&breach.kind, &kind));
            if !known {
                self.breaches.push(Breach { kind, from: Moment::Step(number), until: None });
            }
        }
        self.open.extend(judged.open.iter().map(|unknown| open(Topic::Ranges, number, unknown)));
        let at_sites = judged.open_at_sites.iter();
        self.open.extend(at_sites.map(|unknown| open(Topic::Announcements, number, unknown)));
    }

    /// Notes which breaches a step mended.
    fn mend(&mut self, number: usize) {
        for breach in self.breaches.iter_mut().filter(|breach| breach.until.is_none()) {
            let still = match &breach.kind {
                BreachKind::AnnouncedTwice { site, one, two, .. } => {
                    sites::still(self.estate, &self.state, *site, *one, *two)
                }
                BreachKind::NetworkSplit { home, other, .. } => {
                    split::still(self.estate, &self.state, *home, *other)
                }
                other => overlap::still(&self.state, other),
            };
            if !still {
                breach.until = Some(number);
            }
        }
    }

    /// Notes which links are lost or back after a step.
    fn watch(&mut self, number: usize) {
        for link in &self.links {
            let restored = end::is_restored(self.estate, &self.state, link);
            let window =
                self.windows.iter_mut().find(|window| window.link == link.index && window.regained.is_none());
            match window {
                Some(window) if restored => window.regained = Some(number),
                None if !restored => {
                    self.windows.push(Window { link: link.index, lost: number, regained: None });
                }
                _ => {}
            }
        }
    }

    /// Leaves open what links that the input lacks would change.
    fn leave_open_lost_links(&mut self) {
        let Some(source) = self.sources.first() else { return };
        let place = self.estate.network(*source).place.span;
        let Some(unknown) = self.estate.incomplete(&LINKING, place) else { return };
        for topic in [Topic::Links, Topic::Ranges, Topic::Announcements] {
            let reason = unknown.reason.to_string();
            self.open.push(Open { topic, step: None, reason, place: Some(unknown.place) });
        }
    }

    fn finish(&mut self, opaque: &[String]) {
        self.leave_open_lost_links();
        let (broken, open) = end::links(self.estate, &self.state, &self.links);
        let (unrouted, undecided) = end::routes(self.estate, &self.state, &self.sources, &self.links);
        if !opaque.is_empty() {
            // An action may have connected or rerouted anything.
            self.windows.clear();
            let links = broken.iter().filter_map(|kind| end::depends_on(self.estate, kind, opaque));
            self.open.extend(links.chain(open).chain(undecided));
            return;
        }
        let at_end = broken.into_iter().chain(unrouted);
        self.breaches.extend(at_end.map(|kind| Breach { kind, from: Moment::End, until: None }));
        self.open.extend(open.into_iter().chain(undecided));
    }

    /// Takes back what was found from the step on of which nobody knows what it was meant to do.
    fn doubt(&mut self) {
        let Some((number, reason, place)) = self.unread.take() else { return };
        self.windows.clear();
        self.breaches.retain(|breach| {
            breach.from < Moment::Step(number) || matches!(breach.kind, BreachKind::Ineffective { .. })
        });
        let reason = format!("nobody knows what step {} does: {reason}", number + 1);
        for topic in Topic::JUDGED {
            self.open.retain(|open| open.topic != topic || open.step.is_some_and(|step| step < number));
            let reason = reason.clone();
            self.open.push(Open { topic, step: Some(number), reason, place });
        }
    }
}

fn open(topic: Topic, number: usize, unknown: &Arc<Unknown>) -> Open {
    Open { topic, step: Some(number), reason: unknown.reason.to_string(), place: Some(unknown.place) }
}

/// Whether two breaches are the same fault.
fn same(one: &BreachKind, two: &BreachKind) -> bool {
    let unordered = |a: &NetworkIndex, b: &NetworkIndex, c: &NetworkIndex, d: &NetworkIndex| {
        (a, b) == (c, d) || (a, b) == (d, c)
    };
    match (one, two) {
        (
            BreachKind::LinkedOverlap { one: a, two: b, .. },
            BreachKind::LinkedOverlap { one: c, two: d, .. },
        ) => unordered(a, b, c, d),
        (
            BreachKind::NeighborsOverlap { middle, one: a, two: b, .. },
            BreachKind::NeighborsOverlap { middle: other, one: c, two: d, .. },
        ) => middle == other && unordered(a, b, c, d),
        (
            BreachKind::AnnouncedTwice { site, one: a, two: b, .. },
            BreachKind::AnnouncedTwice { site: other, one: c, two: d, .. },
        ) => site == other && unordered(a, b, c, d),
        (
            BreachKind::NetworkSplit { home: a, other: b, .. },
            BreachKind::NetworkSplit { home: c, other: d, .. },
        ) => (a, b) == (c, d),
        _ => false,
    }
}

/// The pair that a network fails over by.
fn recovery_of(estate: &Estate, network: NetworkIndex) -> Option<Pair<'_>> {
    estate.pairs_of_source(estate.network(network)).next()
}
