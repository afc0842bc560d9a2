#![doc = include_str!("README.md")]

use std::collections::BTreeMap;

use drlint_estate::{End, Fact, Link, Network, NetworkIndex, Placed, ProtectedItem};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::ResourceId;

pub(crate) static RULE: Builtin = Builtin {
    name: "test-failover-network-unsafe",
    group: "replication",
    summary: "test failovers go to a network of production, or to one that is joined with it",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

/// What joins a test network with what, by source and test network: a link and the name of its other end.
type Joins<'e> = BTreeMap<(NetworkIndex, NetworkIndex), Option<(&'e Link, &'e str)>>;

fn check(estate: &Estate, report: &mut Report) {
    let mut joins = Joins::new();
    for item in estate.items() {
        let mut judged: Vec<&ResourceId> = Vec::new();
        for (reference, source, target) in test_networks(item) {
            let Some(test) = report.known(&item.id, reference) else { continue };
            if !judged.contains(&&test.value) {
                judged.push(&test.value);
                judge(estate, item, test, [source, target], &mut joins, report);
            }
        }
    }
}

/// The test networks of an item, each with the source and the recovery it belongs to.
fn test_networks(
    item: &ProtectedItem,
) -> impl Iterator<Item = (&Fact<ResourceId>, Option<NetworkIndex>, Option<NetworkIndex>)> {
    let of_nics =
        item.nics.iter().map(|nic| (&nic.test_network, nic.source_network_index, nic.recovery_network_index));
    std::iter::once((&item.test_network, item.source_network, item.target_network)).chain(of_nics)
}

fn judge<'e>(
    estate: &'e Estate,
    item: &ProtectedItem,
    reference: &Placed<ResourceId>,
    [source, target]: [Option<NetworkIndex>; 2],
    joins: &mut Joins<'e>,
    report: &mut Report,
) {
    let Some(test) = estate.network_by_id(reference) else {
        let reason = format!("no input shows `{}`", reference.name());
        report.undecided(&item.id, &reference.origin, reason);
        return;
    };
    let (why, join) = if Some(test.index) == target {
        ("the network of the real failover".to_owned(), None)
    } else if Some(test.index) == source {
        ("the network that production runs in".to_owned(), None)
    } else {
        let Some(source) = source.map(|source| estate.network(source)) else { return };
        let join = *joins.entry((source.index, test.index)).or_insert_with(|| joined(estate, source, test));
        let Some((link, name)) = join else {
            if test.known_from_outside {
                let reason = format!("no input shows `{}`", test.name);
                report.undecided(&item.id, &reference.origin, reason);
            }
            return;
        };
        if !source.address_space.addresses().overlaps(&test.address_space.addresses()) {
            // Where both are known, they are disjoint.
            if report.decided(&item.id, source.address_space.complete()).is_some() {
                report.decided(&item.id, test.address_space.complete());
            }
            return;
        }
        if let Some(unknown) = link.condition() {
            report.blocked(&item.id, unknown);
            return;
        }
        (format!("which overlaps `{}` and is connected with `{name}`", source.name), Some(link))
    };
    let message = format!("test failovers of `{}` go to `{}`, {why}", item.machine_name, test.name);
    let finding = report.finding(reference, message);
    finding.about(&item.id).help("set an isolated test network");
    if let Some(source) = source.map(|source| estate.network(source)) {
        finding.together(
            &source.id,
            &item.machine_name,
            format!("machines of `{}` have their test failovers in `{}`, {why}", source.name, test.name),
            "set an isolated test network for each",
        );
    }
    for declaration in join.iter().flat_map(|link| &link.declarations) {
        finding.related(&declaration.place, declaration.text.clone());
    }
}

/// A link that is up between `test` and the source, or a network or site that the source is linked to.
fn joined<'e>(estate: &'e Estate, source: &Network, test: &Network) -> Option<(&'e Link, &'e str)> {
    let near: std::collections::BTreeSet<End> = std::iter::once(End::Network(source.index))
        .chain(estate.links_of(source).filter_map(|link| link.other(End::Network(source.index))))
        .chain(estate.site_links_of(source).into_iter().map(|way| End::Site(way.site.index)))
        .collect();
    let own = estate.links_of(test).filter(|link| !link.down).find_map(|link| {
        let other = link.other(End::Network(test.index))?;
        near.contains(&other).then(|| (link, estate.name_of(other)))
    });
    own.or_else(|| {
        let mut ways = estate.site_links_of(test).into_iter().filter(|way| !way.is_down());
        ways.find(|way| near.contains(&End::Site(way.site.index))).map(|way| (way.link, &*way.site.name))
    })
}
