//! The failovers that the links of an estate imply, as `[[failover]]` entries.

use std::collections::BTreeSet;

use drlint_drill::{Action, Scenario, implied};
use drlint_estate::{Estate, LinkKind};

use super::text::{end, network, quoted};

/// One entry for each pair, in the order cut, fail over, connect, reroute.
pub(super) fn failovers(estate: &Estate) -> Vec<String> {
    implied(estate, &BTreeSet::new()).iter().filter_map(|scenario| failover(estate, scenario)).collect()
}

fn failover(estate: &Estate, scenario: &Scenario) -> Option<String> {
    let steps: Vec<String> =
        scenario.steps.iter().map(|step| self::step(estate, &step.action)).collect::<Option<_>>()?;
    let name = scenario.name.trim_end_matches(" (implied)");
    let mut text = "# Derived from the links: what the source is connected with, the recovery will be.\n".to_owned();
    text.push_str(&format!("[[failover]]\nname = {}\nsteps = [\n", quoted(name)));
    for step in steps {
        text.push_str(&format!("  {{ {step} }},\n"));
    }
    text.push_str("]\n");
    Some(text)
}

/// A step; `None` if something in it cannot be named alone.
fn step(estate: &Estate, action: &Action) -> Option<String> {
    Some(match action {
        Action::Cut(a, b) => format!("disconnect = [{}, {}]", end(estate, *a)?, end(estate, *b)?),
        Action::Join(a, b, kind) => {
            let via = match kind {
                LinkKind::Vpn => "vpn",
                LinkKind::ExpressRoute => "expressroute",
                // A connection to a hub is written as a peering with it.
                LinkKind::Peering | LinkKind::Hub => "peering",
            };
            format!("connect = [{}, {}], via = \"{via}\"", end(estate, *a)?, end(estate, *b)?)
        }
        Action::Move(sources) => {
            let names: Option<Vec<String>> =
                sources.iter().map(|source| network(estate, estate.network(*source))).collect();
            format!("fail-over = [{}]", names?.join(", "))
        }
        Action::Route(site, to) => {
            let site = end(estate, drlint_estate::End::Site(*site))?;
            format!("reroute = {site}, to = {}", network(estate, estate.network(*to))?)
        }
        Action::MoveMachines(_) | Action::Nothing { .. } => return None,
    })
}
