//! Networks that may not exist: what rules say of one is undecided.

use std::sync::Arc;

use drlint_resource::{Part, Unknown};

use crate::{Estate, Report, Undecided};

/// The group of the rules that hold a recovery against its source.
const MIRROR: &str = "mirror";

/// A network whose condition is not known.
pub(crate) struct Doubt<'e> {
    /// How the ids of the network and of what is in it begin.
    ids: [String; 3],
    condition: &'e Arc<Unknown>,
    /// Whether it is a recovery that is there, but whose source may not be.
    of_source: bool,
}

/// Takes what `report` found about networks whose condition is not known for undecided (`ARM.md`, section 7).
pub(crate) fn leave_open(doubts: &[Doubt<'_>], report: &mut Report) {
    if doubts.is_empty() {
        return;
    }
    let findings = std::mem::take(&mut report.findings);
    for finding in findings {
        let speaks = |doubt: &&Doubt<'_>| {
            let [own, inside, below] = &doubt.ids;
            let about = &finding.resource;
            (about == own || about.starts_with(inside) || about.starts_with(below))
                && (!doubt.of_source || finding.group == MIRROR)
        };
        match doubts.iter().find(speaks) {
            Some(doubt) => report.undecided.push(Undecided {
                place: doubt.condition.place,
                rule: finding.rule,
                resource: finding.resource,
                reason: doubt.condition.reason.to_string(),
                declared: doubt.condition.declared,
                other: None,
            }),
            None => report.findings.push(finding),
        }
    }
}

/// The networks of an estate that may not exist, and the recoveries of those.
pub(crate) fn doubts(estate: &Estate) -> Vec<Doubt<'_>> {
    let mut found = Vec::new();
    for network in estate.networks() {
        let Some(condition) = &network.condition else { continue };
        found.push(Doubt { ids: ids(&network.id), condition, of_source: false });
        for pair in estate.pairs_of_source(network) {
            found.push(Doubt { ids: ids(&pair.recovery.id), condition, of_source: true });
        }
    }
    found
}

/// The id of a network, how those of its children begin, and how they do where the scope is not known.
fn ids(network: &drlint_resource::ResourceId) -> [String; 3] {
    let own = network.to_string();
    let subnet = network.child("subnets", Part::Known("".into())).to_string();
    let inside = format!("{own}/");
    [own, inside, subnet]
}
