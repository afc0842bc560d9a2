//! The declared failovers of an estate, played, and the words that findings about them share.

use std::sync::Arc;

use drlint_drill::{Breach, Drill, Moment, Scenario, Topic, declared, play};
use drlint_estate::{End, Estate, Link};
use drlint_policy::{Finding, Report};
use drlint_resource::Unknown;
use drlint_source::Span;

/// Plays each `[[failover]]`.
pub(crate) fn drills(estate: &Estate) -> impl Iterator<Item = Drill> {
    estate.intent().failovers.iter().map(|failover| play(estate, declared(estate, failover)))
}

/// The breaches that a step brought about, each with the number of the step, counted from 1.
pub(crate) fn of_steps(drill: &Drill) -> impl Iterator<Item = (&Breach, usize)> {
    drill.breaches.iter().filter_map(|breach| match breach.from {
        Moment::Step(step) => Some((breach, step + 1)),
        Moment::Start | Moment::End => None,
    })
}

/// Where a step is stated; the failover's list of steps where it is not.
pub(crate) fn place_of(scenario: &Scenario, number: usize) -> Span {
    let stated = number.checked_sub(1).and_then(|at| scenario.steps.get(at)).and_then(|step| step.place);
    stated.unwrap_or_else(|| steps_of(scenario))
}

/// Where the steps of a declared failover are stated.
pub(crate) fn steps_of(scenario: &Scenario) -> Span {
    match scenario.origin {
        drlint_drill::Origin::Declared { steps, .. } => steps,
        drlint_drill::Origin::RecoveryPlan { place, .. } => place,
        // Nobody states an implied failover, and no rule speaks about one.
        drlint_drill::Origin::Implied => Span::new(drlint_source::FileId(0), 0, 0),
    }
}

/// `(until step 3)`, or `(to the end)`.
pub(crate) fn lasting(breach: &Breach) -> String {
    match breach.until {
        Some(step) => format!("(until step {})", step + 1),
        None => "(to the end)".to_owned(),
    }
}

/// Adds the step that ends a fault.
pub(crate) fn with_end(finding: &mut Finding, scenario: &Scenario, breach: &Breach) {
    if let Some(step) = breach.until {
        finding.related(place_of(scenario, step + 1), "this step ends it");
    }
}

/// Says what could not be judged about a topic.
pub(crate) fn say_open(drill: &Drill, topic: Topic, report: &mut Report) {
    for open in drill.open.iter().filter(|open| open.topic == topic) {
        let step =
            open.step.map_or_else(|| steps_of(&drill.scenario), |step| place_of(&drill.scenario, step + 1));
        let subject = format!("failover/{}", drill.scenario.name);
        report.undecided_named(subject, open.place.unwrap_or(step), open.reason.clone());
    }
}

/// Why nobody knows whether two places are linked at the start: each link between them has a condition that is not
/// known.
pub(crate) fn doubt(estate: &Estate, one: End, two: End) -> Option<&Arc<Unknown>> {
    let mut conditions = estate.links_between(one, two).map(Link::condition);
    let first = conditions.next()??;
    conditions.all(|condition| condition.is_some()).then_some(first)
}

/// Says that the rule is undecided about a failover.
pub(crate) fn blocked(drill: &Drill, unknown: &Unknown, report: &mut Report) {
    report.blocked_named(format!("failover/{}", drill.scenario.name), unknown);
}
