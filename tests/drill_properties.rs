//! What holds of every drill, on estates and steps made up at random.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]

use std::collections::BTreeSet;

use drlint::run::{Job, estate};
use drlint_drill::{Action, BreachKind, Origin, Scenario, State, Step, Verdict, play, play_observed};
use drlint_estate::{End, Estate, LinkKind, NetworkIndex};
use proptest::prelude::*;

/// Networks in two groups that nothing joins, each with peerings inside its group.
#[derive(Clone, Debug)]
struct Made {
    /// The second number of each network's range: equal ones overlap.
    ranges: Vec<u8>,
    /// Peerings, between networks of one group.
    peerings: BTreeSet<(usize, usize)>,
}

const GROUP: usize = 4;

fn made() -> impl Strategy<Value = Made> {
    let ends = (0..2_usize, 0..GROUP, 0..GROUP).prop_map(|(group, one, two)| {
        let (one, two) = (group * GROUP + one, group * GROUP + two);
        (one.min(two), one.max(two))
    });
    let peerings = prop::collection::btree_set(ends, 1..8);
    (prop::collection::vec(0..6_u8, 2 * GROUP), peerings).prop_map(|(ranges, mut peerings)| {
        peerings.retain(|(one, two)| one != two);
        Made { ranges, peerings }
    })
}

impl Made {
    fn estate(&self) -> Estate {
        let id = |at: usize| {
            format!("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/vnet-{at}")
        };
        let networks: Vec<serde_json::Value> = self
            .ranges
            .iter()
            .enumerate()
            .map(|(at, range)| {
                let joined = self.peerings.iter().filter_map(|(one, two)| match at {
                    _ if at == *one => Some(*two),
                    _ if at == *two => Some(*one),
                    _ => None,
                });
                let peerings: Vec<_> = joined
                    .map(|other| {
                        serde_json::json!({
                            "name": format!("to-{other}"), "peeringState": "Connected",
                            "remoteVirtualNetwork": {"id": id(other)},
                        })
                    })
                    .collect();
                serde_json::json!({
                    "id": id(at), "name": format!("vnet-{at}"), "type": "Microsoft.Network/virtualNetworks",
                    "location": "eastasia", "subnets": [], "virtualNetworkPeerings": peerings,
                    "addressSpace": {"addressPrefixes": [format!("10.{range}.0.0/16")]},
                })
            })
            .collect();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("vnets.json"), serde_json::to_vec(&networks).unwrap()).unwrap();
        let job = Job {
            here: folder.path(),
            paths: &[],
            config: None,
            select: &[],
            ignore: &[],
            rules: drlint_rules::ALL,
            baseline: None,
            today: "2026-11-23".parse().unwrap(),
        };
        estate(&job).unwrap_or_else(|failure| panic!("{}", failure.0))
    }
}

fn named(estate: &Estate, at: usize) -> NetworkIndex {
    let name = format!("vnet-{at}");
    estate.networks().iter().find(|network| network.name == name).unwrap().index
}

fn scenario(actions: Vec<Action>) -> Scenario {
    let steps = actions.into_iter().map(|action| Step { place: None, action }).collect();
    Scenario { name: "made up".to_owned(), origin: Origin::Implied, steps }
}

/// The links of a state, whoever made them.
fn links(state: &State) -> Vec<String> {
    let told = |link: &drlint_drill::LiveLink| {
        let [one, two] = link.ends;
        format!("{:?} {:?} {}", one.min(two), one.max(two), link.kind)
    };
    let mut all: Vec<String> = state.links().map(told).collect();
    all.sort();
    all
}

/// A step of one group: whether it joins, and which two of the group.
type MadeStep = (bool, usize, usize);

fn action(estate: &Estate, group: usize, (joins, one, two): MadeStep) -> Option<Action> {
    let [one, two] = [one, two].map(|at| End::Network(named(estate, group * GROUP + at)));
    match (one == two, joins) {
        (true, _) => None,
        (false, true) => Some(Action::Join(one, two, LinkKind::Peering)),
        (false, false) => Some(Action::Cut(one, two)),
    }
}

fn steps() -> impl Strategy<Value = Vec<MadeStep>> {
    prop::collection::vec((any::<bool>(), 0..GROUP, 0..GROUP), 0..5)
}

/// What a drill found, without the numbers of steps.
fn found(estate: &Estate, actions: Vec<Action>) -> (Verdict, Vec<String>) {
    let drill = play(estate, scenario(actions));
    let told = |kind: &BreachKind| match kind {
        // Which of two neighbors came first is a matter of order.
        BreachKind::NeighborsOverlap { middle, one, two, .. } => {
            format!("neighbors of {middle:?}: {:?} {:?}", one.min(two), one.max(two))
        }
        BreachKind::LinkedOverlap { one, two, .. } => {
            format!("linked: {:?} {:?}", one.min(two), one.max(two))
        }
        other => format!("{other:?}"),
    };
    let mut breaches: Vec<String> = drill.breaches.iter().map(|breach| told(&breach.kind)).collect();
    breaches.sort();
    breaches.retain(|breach| !breach.starts_with("OtherKind"));
    (drill.verdict, breaches)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_link_cut_and_joined_again_is_as_before(made in made(), which in any::<prop::sample::Index>()) {
        prop_assume!(!made.peerings.is_empty());
        let estate = made.estate();
        let peerings: Vec<_> = made.peerings.iter().collect();
        let (one, two) = *which.get(&peerings);
        let [one, two] = [*one, *two].map(|at| End::Network(named(&estate, at)));
        let mut states: Vec<State> = Vec::new();
        let actions = vec![Action::Cut(one, two), Action::Join(one, two, LinkKind::Peering)];
        let drill = play_observed(&estate, scenario(actions), &mut |_, state| states.push(state.clone()));
        prop_assert_eq!(links(&states[0]), links(&states[2]));
        prop_assert_ne!(links(&states[0]), links(&states[1]));
        prop_assert!(drill.windows.iter().all(|window| window.regained == Some(1)));
        let lost = drill.breaches.iter().any(|breach| matches!(breach.kind, BreachKind::LinkLost { .. }));
        prop_assert!(!lost);
        let (before, _) = found(&estate, Vec::new());
        prop_assert_eq!(before, Verdict::Holds, "nothing is judged that no step touches");
    }

    #[test]
    fn a_drill_leaves_the_estate_as_it_is(made in made(), one in steps(), two in steps()) {
        let estate = made.estate();
        let before = State::of(&estate);
        let actions = || -> Vec<Action> {
            let first = one.iter().filter_map(|step| action(&estate, 0, *step));
            first.chain(two.iter().filter_map(|step| action(&estate, 1, *step))).collect()
        };
        let found_first = found(&estate, actions());
        prop_assert_eq!(&State::of(&estate), &before);
        prop_assert_eq!(found(&estate, actions()), found_first);
    }

    #[test]
    fn the_order_of_independent_steps_changes_nothing(
        made in made(),
        one in steps(),
        two in steps(),
        takes in prop::collection::vec(any::<bool>(), 10),
    ) {
        let estate = made.estate();
        let of_group = |group: usize, steps: &[MadeStep]| -> Vec<Action> {
            steps.iter().filter_map(|step| action(&estate, group, *step)).collect()
        };
        let (first, second) = (of_group(0, &one), of_group(1, &two));
        let one_by_one = [first.clone(), second.clone()].concat();
        let (mut first, mut second) = (first.into_iter().peekable(), second.into_iter().peekable());
        let mut mixed = Vec::new();
        for take_first in takes.into_iter().chain(std::iter::repeat(true)) {
            let next = match (first.peek().is_some(), second.peek().is_some()) {
                (false, false) => break,
                (true, other) if take_first || !other => first.next(),
                _ => second.next(),
            };
            mixed.extend(next);
        }
        prop_assert_eq!(found(&estate, one_by_one), found(&estate, mixed));
    }
}
