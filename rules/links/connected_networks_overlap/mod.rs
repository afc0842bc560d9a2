#![doc = include_str!("README.md")]

use drlint_estate::{AddressSet, End, Link, Network};
use drlint_policy::{Builtin, Check, Estate, Finding, Report, Severity};
use drlint_resource::ResourceId;

use super::words::{pair_of, prefix_in, ranges, with_declarations, with_prefix};
use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "connected-networks-overlap",
    group: "links",
    summary: "two connected networks use the same addresses",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for link in estate.links() {
        let [End::Network(one), End::Network(two)] = link.ends else { continue };
        let (one, two) = (estate.network(one), estate.network(two));
        match estate.shared_across(link) {
            Ok(shared) if shared.is_empty() => {}
            Ok(shared) => match link.condition() {
                None => judge(estate, link, one, two, &shared, report),
                Some(unknown) => report.blocked(subject(link, one), unknown),
            },
            Err(unknown) => report.blocked(subject(link, one), &unknown),
        }
    }
    for link in estate.unknown_links() {
        report.blocked(link.id, link.unknown);
    }
}

/// What the rule is undecided about where it is undecided about a link.
fn subject<'e>(link: &'e Link, one: &'e Network) -> &'e ResourceId {
    link.declarations.first().map_or(&one.id, |declaration| &declaration.resource)
}

fn judge(
    estate: &Estate,
    link: &Link,
    one: &Network,
    two: &Network,
    shared: &AddressSet,
    report: &mut Report,
) {
    if let Some(pair) = pair_of(estate, one, two) {
        let declaration = link.declared_by(pair.source.index);
        let place = declaration.map_or(&pair.source.place, |declaration| &declaration.place);
        let message = said(link, pair.source, pair.recovery, shared);
        let finding = report.finding(place, message);
        let owner = declaration.and_then(|declaration| declaration.owner);
        finding.about(&owner.map_or(pair.source, |owner| estate.network(owner)).id);
        finding.help(
            "remove the link: a recovery has the addresses of its source and is never connected with it",
        );
        prove(finding, link, [pair.source, pair.recovery], shared);
        with_evidence(finding, &pair);
        return;
    }
    let is_source = |network| estate.pairs_of_source(network).next().is_some();
    let (kept, renumbered) = match (is_source(one), is_source(two)) {
        (true, false) => (one, two),
        (false, true) => (two, one),
        _ if one.id < two.id => (one, two),
        _ => (two, one),
    };
    let place = prefix_in(renumbered, shared).map_or(&renumbered.place, |prefix| &prefix.origin);
    let finding = report.finding(place, said(link, kept, renumbered, shared));
    finding.about(&renumbered.id);
    finding.help(format!("renumber `{}`, or remove the link", renumbered.name));
    prove(finding, link, [kept, renumbered], shared);
}

fn said(link: &Link, one: &Network, two: &Network, shared: &AddressSet) -> String {
    let ranges = ranges(shared);
    format!("`{}` and `{}` are connected by {}, but both use {ranges}", one.name, two.name, link.kind)
}

fn prove(finding: &mut Finding, link: &Link, networks: [&Network; 2], shared: &AddressSet) {
    for network in networks {
        with_prefix(finding, network, shared);
    }
    with_declarations(finding, link);
}
