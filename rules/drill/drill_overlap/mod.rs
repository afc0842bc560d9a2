#![doc = include_str!("README.md")]

use drlint_drill::{BreachKind, Topic};
use drlint_estate::{AddressSet, End, Network, NetworkIndex};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::drill::played::{blocked, doubt, drills, lasting, of_steps, place_of, say_open, with_end};

pub(crate) static RULE: Builtin = Builtin {
    name: "drill-overlap",
    group: "drill",
    summary: "a step of a failover makes linked networks, or neighbors of one network, overlap",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for drill in drills(estate) {
        say_open(&drill, Topic::Ranges, report);
        for (breach, number) in of_steps(&drill) {
            let failover = &drill.scenario.name;
            let place = place_of(&drill.scenario, number);
            let lasts = lasting(breach);
            let network = |index: NetworkIndex| estate.network(index);
            match &breach.kind {
                BreachKind::NeighborsOverlap { middle, one, two, shared } => {
                    let ends = [*one, *two].map(|other| (End::Network(*middle), End::Network(other)));
                    if let Some(unknown) =
                        ends.iter().find_map(|(middle, other)| doubt(estate, *middle, *other))
                    {
                        blocked(&drill, unknown, report);
                        continue;
                    }
                    let (middle, old, new) = (network(*middle), network(*one), network(*two));
                    let message = format!(
                        "step {number} of `{failover}` connects `{}` while `{}` still has `{}`: both use `{}` {lasts}",
                        new.name,
                        middle.name,
                        old.name,
                        shared.written()
                    );
                    let finding = report.finding(place, message);
                    finding.about(&middle.id);
                    finding.help(format!("disconnect `{}` and `{}` first", old.name, middle.name));
                    for link in estate.links_between(End::Network(middle.index), End::Network(old.index)) {
                        for declaration in &link.declarations {
                            finding.related(&declaration.place, "this link should have been cut");
                        }
                    }
                    ranges(finding, [old, new], shared);
                    with_end(finding, &drill.scenario, breach);
                }
                BreachKind::LinkedOverlap { one, two, shared } => {
                    let (one, two) = (network(*one), network(*two));
                    let about = if estate.pairs_of_source(one).next().is_some() { two } else { one };
                    let message = format!(
                        "step {number} of `{failover}` connects `{}` with `{}`: both use `{}` {lasts}",
                        one.name,
                        two.name,
                        shared.written()
                    );
                    let finding = report.finding(place, message);
                    finding.about(&about.id);
                    finding.help("leave the step out: networks with the same addresses cannot be connected");
                    ranges(finding, [one, two], shared);
                    with_end(finding, &drill.scenario, breach);
                }
                _ => {}
            }
        }
    }
}

fn ranges(finding: &mut drlint_policy::Finding, networks: [&Network; 2], shared: &AddressSet) {
    for network in networks {
        for prefix in
            network.address_space.prefixes.iter().filter(|prefix| shared.overlaps(&prefix.net.into()))
        {
            finding.related(&prefix.origin, format!("`{}` uses it", network.name));
        }
    }
}
