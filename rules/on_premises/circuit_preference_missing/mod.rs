#![doc = include_str!("README.md")]

use drlint_estate::{Connection, Fact, Network, Pair, SiteKind, SiteLink};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "circuit-preference-missing",
    group: "on_premises",
    summary: "two circuits announce the same addresses, and nothing prefers one",
    severity: Severity::Note,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for pair in estate.pairs() {
        let (source, recovery) = (circuits(estate, pair.source), circuits(estate, pair.recovery));
        let (Some(first), Some(second)) = (source.first(), recovery.first()) else { continue };
        let same = |way: &SiteLink<'_>| recovery.iter().any(|other| other.site.index == way.site.index);
        // On one circuit, `on-premises-prefix-advertised-twice` speaks.
        if !source.iter().any(same) {
            judge(estate, &pair, [first, second], report);
        }
    }
}

/// The ways to circuits that are up.
fn circuits<'e>(estate: &'e Estate, network: &Network) -> Vec<SiteLink<'e>> {
    let mut ways = estate.site_links_of(network);
    ways.retain(|way| way.site.kind == SiteKind::Circuit && !way.is_down());
    ways
}

fn judge(estate: &Estate, pair: &Pair<'_>, [first, second]: [&SiteLink<'_>; 2], report: &mut Report) {
    let (source, recovery) = (pair.source, pair.recovery);
    let shared = source.address_space.addresses().shared(&recovery.address_space.addresses());
    if shared.is_empty() {
        // Where both are known, they are disjoint.
        if report.decided(&recovery.id, source.address_space.complete()).is_some() {
            report.decided(&recovery.id, recovery.address_space.complete());
        }
        return;
    }
    if let Some(unknown) = first.condition().or(second.condition()) {
        report.blocked(&recovery.id, unknown);
        return;
    }
    let weights = [first, second].map(|way| estate.connections_of(way.link).next().map(weight));
    let [Some(one), Some(two)] = weights else { return };
    let (Some(one), Some(two)) = (report.decided(&recovery.id, one), report.decided(&recovery.id, two))
    else {
        return;
    };
    if one != two {
        return;
    }
    let message = format!(
        "`{}` and `{}` announce `{}` on `{}` and `{}`; nothing prefers one",
        source.name,
        recovery.name,
        shared.written(),
        first.site.name,
        second.site.name
    );
    let own = second.declared_by(recovery);
    let finding = report.finding(own.map_or(&recovery.place, |own| &own.place), message);
    finding.about(&recovery.id);
    finding.help("make the on-premises routing use the second circuit only after the failover");
    if let Some(other) = first.declared_by(source) {
        finding.related(&other.place, other.text.clone());
    }
    for way in [first, second] {
        finding.related(&way.site.place, format!("circuit `{}`", way.site.name));
    }
    with_evidence(finding, pair);
}

/// `routingWeight`, which is 0 if nothing is said.
fn weight(connection: &Connection) -> Result<i64, &std::sync::Arc<drlint_resource::Unknown>> {
    match &connection.weight {
        Fact::Known(weight) => Ok(weight.value),
        Fact::Unknown(unknown) => Err(unknown),
        Fact::Absent => Ok(0),
    }
}
