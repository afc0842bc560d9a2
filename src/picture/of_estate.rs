//! The picture of an estate as it stands.

use std::collections::BTreeMap;

use drlint_estate::{End, Estate, Network, Ranges, Site};

use super::{Block, Line, LineState, Pane, Picture};

/// Subnets that are listed in a box; the rest is counted.
const SUBNETS: usize = 8;

/// Draws the estate.
pub(crate) fn of_estate(estate: &Estate) -> Picture {
    let keys = Keys::of(estate);
    let mut by_region: BTreeMap<String, Vec<Block>> = BTreeMap::new();
    for network in estate.networks() {
        by_region.entry(region(network)).or_default().push(network_box(
            estate,
            network,
            keys.of_end(End::Network(network.index)),
        ));
    }
    let mut panes: Vec<Pane> =
        by_region.into_iter().map(|(name, boxes)| Pane { name, blocks: boxes }).collect();
    let sites: Vec<Block> =
        estate.sites().iter().map(|site| site_box(site, keys.of_end(End::Site(site.index)))).collect();
    if !sites.is_empty() {
        panes.push(Pane { name: "on premises".to_owned(), blocks: sites });
    }
    let mut lines: Vec<Line> = estate
        .links()
        .iter()
        .map(|link| Line {
            ends: link.ends.map(|end| keys.of_end(end)),
            label: if link.down { format!("{} (down)", link.kind) } else { link.kind.to_string() },
            state: if link.down { LineState::Down } else { LineState::Up },
            broken: None,
        })
        .collect();
    lines.extend(estate.pairs().map(|pair| Line {
        ends: [pair.source, pair.recovery].map(|network| keys.of_end(End::Network(network.index))),
        label: "recovers".to_owned(),
        state: LineState::Pair,
        broken: None,
    }));
    Picture { title: "the estate".to_owned(), panes, lines }
}

/// The numbers of boxes: networks first, then sites.
pub(super) struct Keys {
    by_end: BTreeMap<End, usize>,
}

impl Keys {
    pub(super) fn of(estate: &Estate) -> Self {
        let networks = estate.networks().iter().map(|network| End::Network(network.index));
        let sites = estate.sites().iter().map(|site| End::Site(site.index));
        Self { by_end: networks.chain(sites).zip(0..).collect() }
    }

    pub(super) fn of_end(&self, end: End) -> usize {
        self.by_end.get(&end).copied().unwrap_or(usize::MAX)
    }
}

/// The region of a network as a pane is named.
pub(crate) fn region(network: &Network) -> String {
    match network.region.known() {
        Some(region) => region.to_string(),
        None => "region unknown".to_owned(),
    }
}

/// Ranges as a box shows them.
pub(crate) fn shown(ranges: &Ranges) -> String {
    match (&ranges.unknown, ranges.written()) {
        (Some(_), known) if known.is_empty() => "unknown".to_owned(),
        (Some(_), known) => format!("{known}, unknown"),
        (None, known) => known,
    }
}

/// What a network is to the recovery.
pub(crate) fn role(estate: &Estate, network: &Network) -> &'static str {
    if network.is_hub() {
        "hub"
    } else if network.is_replica() {
        "replica"
    } else if estate.pairs_of_source(network).next().is_some() {
        "source"
    } else if estate.pairs_of_recovery(network).next().is_some() {
        "recovery"
    } else {
        ""
    }
}

fn network_box(estate: &Estate, network: &Network, key: usize) -> Block {
    let mut contents: Vec<String> = network
        .subnets
        .iter()
        .take(SUBNETS)
        .map(|subnet| format!("{} {}", subnet.name, shown(&subnet.prefixes)))
        .collect();
    if let Some(more) = network.subnets.len().checked_sub(SUBNETS).filter(|more| *more > 0) {
        contents.push(format!("and {more} more subnets"));
    }
    let machines = estate.machines_in(network).count();
    if machines > 0 {
        contents.push(format!("{machines} machine{}", if machines == 1 { "" } else { "s" }));
    }
    Block {
        key,
        name: network.name.clone(),
        role: role(estate, network),
        ranges: shown(&network.address_space),
        contents,
        changed: false,
        broken: None,
    }
}

fn site_box(site: &Site, key: usize) -> Block {
    Block {
        key,
        name: site.name.clone(),
        role: "site",
        ranges: shown(&site.ranges),
        contents: Vec::new(),
        changed: false,
        broken: None,
    }
}
