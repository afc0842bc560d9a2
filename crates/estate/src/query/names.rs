//! Things by the names or ids that people write.

use std::sync::OnceLock;

use drlint_resource::ResourceId;
use rustc_hash::FxHashMap;

use crate::{End, Estate, Machine, MachineIndex, Network, NetworkIndex, Site, SiteIndex, Subnet};

/// What a name fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<T> {
    /// One thing.
    One(T),
    /// Nothing; these names are near it.
    None(Vec<String>),
    /// Several things, in order of their ids.
    Several(Vec<T>),
}

impl<T> Found<T> {
    /// The thing, if it is one.
    pub fn one(self) -> Option<T> {
        match self {
            Self::One(thing) => Some(thing),
            _ => None,
        }
    }
}

/// Indices by name in lower case.
#[derive(Debug, Default)]
pub(crate) struct Names {
    networks: FxHashMap<String, Vec<NetworkIndex>>,
    /// Made when the first machine is looked for: there may be a million, and mostly nobody asks.
    machines: OnceLock<FxHashMap<String, Vec<MachineIndex>>>,
    sites: FxHashMap<String, Vec<SiteIndex>>,
}

impl Names {
    pub(crate) fn of(estate: &Estate) -> Self {
        let mut names = Self::default();
        // Those that the input declares come before those it only refers to.
        for outside in [false, true] {
            for network in estate.networks.iter().filter(|network| network.known_from_outside == outside) {
                add(&mut names.networks, &network.name, network.index, outside);
                add(&mut names.networks, network.id.name(), network.index, outside);
            }
        }
        for site in &estate.sites {
            add(&mut names.sites, &site.name, site.index, false);
            for telling in site.tellings.iter().skip(1) {
                add(&mut names.sites, &telling.name, site.index, false);
            }
        }
        names
    }
}

fn names_of_machines(machines: &[Machine]) -> FxHashMap<String, Vec<MachineIndex>> {
    let mut found = FxHashMap::default();
    for outside in [false, true] {
        for machine in machines.iter().filter(|machine| machine.known_from_outside == outside) {
            add(&mut found, machine.name(), machine.index, outside);
        }
    }
    found
}

/// Adds `index`; what is known only from outside counts only where nothing else has the name.
fn add<I: Copy + PartialEq>(names: &mut FxHashMap<String, Vec<I>>, name: &str, index: I, outside: bool) {
    let indices = names.entry(name.to_lowercase()).or_default();
    if !indices.contains(&index) && (!outside || indices.is_empty()) {
        indices.push(index);
    }
}

impl Estate {
    /// The network or hub of this name or id; one of several with this name by its group too: `group/name`.
    pub fn find_network(&self, text: &str) -> Found<&Network> {
        let by_id = |id: &ResourceId| self.keys.networks.get(id).copied();
        let found = find(text, &self.names.networks, by_id, |index| &self.network(index).id);
        found_among(
            &found,
            text,
            |index| self.network(index),
            || self.networks.iter().map(|one| one.id.name()).collect(),
        )
    }

    /// The machine of this name or id.
    pub fn find_machine(&self, text: &str) -> Found<&Machine> {
        let by_id = |id: &ResourceId| self.keys.machine(id, &self.machines);
        let by_name = self.names.machines.get_or_init(|| names_of_machines(&self.machines));
        let found = find(text, by_name, by_id, |index| &self.machine(index).id);
        found_among(&found, text, |index| self.machine(index), || names(&self.machines, Machine::name))
    }

    /// The site of this name or id.
    pub fn find_site(&self, text: &str) -> Found<&Site> {
        let by_id = |id: &ResourceId| self.keys.sites.get(id).copied();
        let found = find(text, &self.names.sites, by_id, |index| &self.site(index).id);
        found_among(&found, text, |index| self.site(index), || names(&self.sites, |one| &one.name))
    }

    /// The network or site of this name or id. A name that fits both a network and a site fits several.
    pub fn find_end(&self, text: &str) -> Found<End> {
        let networks = self.find_network(text);
        let sites = self.find_site(text);
        let mut ends: Vec<End> = Vec::new();
        let mut near = Vec::new();
        match networks {
            Found::One(network) => ends.push(End::Network(network.index)),
            Found::Several(several) => ends.extend(several.iter().map(|one| End::Network(one.index))),
            Found::None(names) => near.extend(names),
        }
        match sites {
            Found::One(site) => ends.push(End::Site(site.index)),
            Found::Several(several) => ends.extend(several.iter().map(|one| End::Site(one.index))),
            Found::None(names) => near.extend(names),
        }
        match ends.as_slice() {
            [] => Found::None(near),
            [only] => Found::One(*only),
            _ => Found::Several(ends),
        }
    }

    /// The subnets of this name, of `network/subnet`, or of this id, each with its network.
    pub fn find_subnet(&self, text: &str) -> Found<(&Network, &Subnet)> {
        let text = text.trim();
        if let Some(id) = ResourceId::parse(text) {
            let network = id.parent().and_then(|id| self.network_by_id(&id));
            let subnet = network.and_then(|network| Some((network, network.subnet(id.name())?)));
            return subnet.map_or(Found::None(Vec::new()), Found::One);
        }
        let (within, name) = match text.rsplit_once('/') {
            Some((network, name)) => (self.find_network(network).one(), name),
            None => (None, text),
        };
        let networks = within.map_or(self.networks.iter().as_slice(), std::slice::from_ref);
        let fitting: Vec<_> =
            networks.iter().filter_map(|network| Some((network, network.subnet(name)?))).collect();
        match fitting.as_slice() {
            [] => {
                let all = networks.iter().flat_map(|network| &network.subnets);
                Found::None(near_names(name, all.map(|subnet| &*subnet.name)))
            }
            [only] => Found::One(*only),
            _ => Found::Several(fitting),
        }
    }
}

fn found_among<'e, I: Copy, T>(
    indices: &[I],
    text: &str,
    thing: impl Fn(I) -> &'e T,
    names: impl FnOnce() -> Vec<&'e str>,
) -> Found<&'e T> {
    match indices {
        [] => {
            let wanted = text.trim().rsplit('/').next().unwrap_or_default();
            Found::None(near_names(wanted, names().into_iter()))
        }
        [only] => Found::One(thing(*only)),
        several => Found::Several(several.iter().map(|index| thing(*index)).collect()),
    }
}

fn names<T>(things: &[T], name: impl Fn(&T) -> &str) -> Vec<&str> {
    things.iter().map(name).collect()
}

fn find<'e, I: Copy>(
    text: &str,
    names: &FxHashMap<String, Vec<I>>,
    by_id: impl Fn(&ResourceId) -> Option<I>,
    id_of: impl Fn(I) -> &'e ResourceId,
) -> Vec<I> {
    let text = text.trim();
    let Some(id) = ResourceId::parse(text) else {
        return names.get(&text.to_lowercase()).cloned().unwrap_or_default();
    };
    if let Some(index) = by_id(&id) {
        return vec![index];
    }
    let fitting = names.get(&id.name().to_lowercase()).into_iter().flatten().copied();
    fitting.filter(|index| id_of(*index).may_be(&id)).collect()
}

/// The names that `wanted` may have meant, nearest first, three at most.
pub fn near_names<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let wanted: Vec<char> = wanted.to_lowercase().chars().take(LONGEST_NAME).collect();
    let most = (wanted.len() / 3).clamp(1, 3);
    let mut near: Vec<(usize, &str)> = names
        .filter(|name| name.chars().count().abs_diff(wanted.len()) <= most)
        .map(|name| (distance(&wanted, &name.to_lowercase().chars().collect::<Vec<_>>()), name))
        .filter(|(distance, _)| *distance <= most)
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}

/// Azure's names are at most 80 characters long; longer ones are compared by their beginning.
const LONGEST_NAME: usize = 128;

/// How many letters have to be added, taken out, changed or swapped with the next.
fn distance(one: &[char], two: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=two.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in two.iter().enumerate() {
            let at = |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX - 1);
            let changed = at(&last, column) + usize::from(letter != other);
            let mut best = changed.min(at(&last, column + 1) + 1).min(at(&current, column) + 1);
            let swapped = row > 0
                && column > 0
                && one.get(row - 1) == Some(other)
                && two.get(column - 1) == Some(letter);
            if swapped {
                best = best.min(at(&before, column - 1) + 1);
            }
            current.push(best);
        }
        before = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or_default()
}
