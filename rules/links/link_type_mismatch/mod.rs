#![doc = include_str!("README.md")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use drlint_estate::{End, Link, LinkIndex, LinkKind, Pair, PlannedLink};
use drlint_policy::{Builtin, Check, Estate, Place, Report, Severity};
use drlint_resource::Unknown;
use drlint_source::Span;

use super::words::{kinds, with_declarations};
use crate::fixes;
use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "link-type-mismatch",
    group: "links",
    summary: "a recovery reaches a place by another kind of link than its source",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    let planned = estate.planned_links();
    let unknown = estate.unknown_links_by_network();
    // A link between two recoveries is one fault, though each source has its own link.
    let mut judged = BTreeSet::new();
    for pair in estate.pairs() {
        let ways = ways(estate, &pair, &planned);
        for (place, links) in links_by_place(estate, &pair) {
            for stand_in in estate.stand_ins(place) {
                for way in differing(&links, ways.get(&stand_in).map_or(&[], Vec::as_slice)) {
                    if !judged.insert(way.identity()) {
                        continue;
                    }
                    let certain: Vec<&Link> =
                        links.iter().copied().filter(|link| link.condition().is_none()).collect();
                    let doubt = links.iter().find_map(|link| link.condition());
                    match way.condition().or(doubt.filter(|_| certain.is_empty())) {
                        Some(unknown) => report.blocked(&pair.recovery.id, unknown),
                        None => judge(estate, &pair, &certain, place, (stand_in, way), report),
                    }
                }
            }
        }
        for network in [pair.source, pair.recovery] {
            for link in unknown.get(&network.index).into_iter().flatten() {
                report.blocked(&pair.recovery.id, link.unknown);
            }
        }
    }
}

/// How a recovery reaches a place, now or by a step of a failover.
enum Way<'e> {
    Link(&'e Link),
    Step(&'e PlannedLink<'e>),
}

impl<'e> Way<'e> {
    /// Why nobody knows whether it exists.
    fn condition(&self) -> Option<&'e Arc<Unknown>> {
        match self {
            Self::Link(link) => link.condition(),
            Self::Step(_) => None,
        }
    }

    fn kind(&self) -> LinkKind {
        match self {
            Self::Link(link) => link.kind,
            Self::Step(step) => step.kind,
        }
    }

    /// The link, or the place of the step.
    fn identity(&self) -> (Option<LinkIndex>, Option<Span>) {
        match self {
            Self::Link(link) => (Some(link.index), None),
            Self::Step(step) => (None, Some(step.step.place)),
        }
    }

    /// The failover that makes it; `None` if it exists.
    fn failover(&self) -> Option<&str> {
        match self {
            Self::Link(_) => None,
            Self::Step(step) => Some(&step.failover.name),
        }
    }
}

fn ways<'e>(
    estate: &'e Estate,
    pair: &Pair<'e>,
    planned: &'e [PlannedLink<'e>],
) -> BTreeMap<End, Vec<Way<'e>>> {
    let recovery = End::Network(pair.recovery.index);
    let mut ways: BTreeMap<End, Vec<Way<'_>>> = BTreeMap::new();
    for link in estate.links_of(pair.recovery).filter(|link| !link.down) {
        if let Some(place) = link.other(recovery) {
            ways.entry(place).or_default().push(Way::Link(link));
        }
    }
    for step in planned {
        if let Some(place) = step.other(recovery) {
            ways.entry(place).or_default().push(Way::Step(step));
        }
    }
    ways
}

/// What the source reaches, its own recoveries left out.
fn links_by_place<'e>(estate: &'e Estate, pair: &Pair<'e>) -> BTreeMap<End, Vec<&'e Link>> {
    let source = End::Network(pair.source.index);
    let own: BTreeSet<End> = estate.stand_ins(source).into_iter().collect();
    let mut found: BTreeMap<End, Vec<&Link>> = BTreeMap::new();
    for link in estate.links_of(pair.source).filter(|link| !link.down) {
        if let Some(place) = link.other(source).filter(|place| !own.contains(place)) {
            found.entry(place).or_default().push(link);
        }
    }
    found
}

/// The ways of another kind, where none of the same failover, and none that exists, is of a kind of the source's.
fn differing<'w, 'e>(links: &[&Link], ways: &'w [Way<'e>]) -> Vec<&'w Way<'e>> {
    let agrees = |way: &Way<'_>| links.iter().any(|link| link.kind == way.kind());
    let agreeing: BTreeSet<Option<&str>> =
        ways.iter().filter(|way| agrees(way)).map(|way| way.failover()).collect();
    if agreeing.contains(&None) {
        return Vec::new();
    }
    let planned = ways.iter().any(|way| way.failover().is_some());
    ways.iter()
        .filter(|way| !agreeing.contains(&way.failover()))
        // What exists gives way to what is planned.
        .filter(|way| !planned || way.failover().is_some())
        .collect()
}

fn judge(
    estate: &Estate,
    pair: &Pair<'_>,
    links: &[&Link],
    place: End,
    (stand_in, way): (End, &Way<'_>),
    report: &mut Report,
) {
    let recovery = pair.recovery;
    let (at, reaches): (Place, _) = match way {
        Way::Step(step) => (step.via.into(), "is to reach"),
        Way::Link(link) => {
            let declaration = link.declared_by(recovery.index);
            (declaration.map_or(&recovery.place, |declaration| &declaration.place).into(), "reaches")
        }
    };
    let from_source = kinds(links.iter().map(|link| link.kind));
    let it = if stand_in == place { "it".to_owned() } else { format!("`{}`", estate.name_of(place)) };
    let message = format!(
        "`{}` {reaches} `{}` by {}; its source `{}` reaches {it} by {from_source}",
        recovery.name,
        estate.name_of(stand_in),
        way.kind(),
        pair.source.name
    );
    let finding = report.finding(at, message);
    finding.about(&recovery.id);
    finding.help(format!(
        "use {from_source} for `{}`, or suppress with the reason for the change",
        recovery.name
    ));
    for link in links {
        with_declarations(finding, link);
    }
    with_evidence(finding, pair);
    let wanted: BTreeSet<LinkKind> = links.iter().map(|link| link.kind).collect();
    if let (Way::Step(step), Some(kind), 1) = (way, wanted.first(), wanted.len()) {
        fixes::set_kind(finding, step.via, *kind);
    }
}
