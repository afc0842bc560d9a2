//! A source and its recovery.

use crate::model::PairRecord;
use drlint_resource::Input;

use crate::{
    Contradiction, Estate, Evidence, Found, ItemIpConfiguration, ItemNic, Network, PairIndex, Placed,
    ProtectedItem, SupposedPair,
};

/// A source and its recovery.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'e> {
    /// The network whose machines shall fail over.
    pub source: &'e Network,
    /// The network they come up in.
    pub recovery: &'e Network,
    /// Whether the machines shall keep their private addresses.
    pub retain_ip: bool,
    record: &'e PairRecord,
    estate: &'e Estate,
}

impl<'e> Pair<'e> {
    /// What says that the two are a pair, strongest first.
    pub fn evidence(&self) -> &'e [Evidence] {
        &self.record.evidence
    }

    /// Where `retain-ip` is stated, if it is.
    pub fn stated_retain_ip(&self) -> Option<&'e Placed<bool>> {
        self.record.retain_ip.as_ref()
    }

    /// The estate it belongs to.
    pub fn estate(&self) -> &'e Estate {
        self.estate
    }

    /// The items that fail over from the source to the recovery.
    pub fn items(&self) -> impl Iterator<Item = &'e ProtectedItem> + use<'e> {
        let pair = *self;
        self.estate.items_of(self.source).filter(move |item| pair.leads_to_recovery(item))
    }

    /// Whether `item`, one of the source, fails over to this recovery and not to another one.
    pub fn leads_to_recovery(&self, item: &ProtectedItem) -> bool {
        let recovery = Some(self.recovery.index);
        item.target_network == recovery || item.nics.iter().any(|nic| nic.recovery_network_index == recovery)
    }

    /// The network interfaces that fail over from the source to the recovery, each with its item. Items that say
    /// nothing reliable about networks are left out.
    pub fn nics(&self) -> impl Iterator<Item = (&'e ProtectedItem, &'e ItemNic)> + use<'e> {
        let (source, recovery) = (Some(self.source.index), Some(self.recovery.index));
        let items = self.items().filter(|item| item.nics_known);
        let nics = items.flat_map(|item| item.nics.iter().map(move |nic| (item, nic)));
        nics.filter(move |(_, nic)| {
            nic.source_network_index == source && nic.recovery_network_index == recovery
        })
    }

    /// The IP configurations of [`Pair::nics`].
    pub fn ip_configurations(
        &self,
    ) -> impl Iterator<Item = (&'e ProtectedItem, &'e ItemNic, &'e ItemIpConfiguration)> + use<'e> {
        self.nics().flat_map(|(item, nic)| nic.ip_configurations.iter().map(move |ip| (item, nic, ip)))
    }

    /// Whether no machine of it runs in the recovery: no item has failed over, and none is protected for the way back.
    /// After that, the item of the same name leads from the recovery to the source (`AZURE.md`, fact 13).
    pub fn at_rest(&self) -> bool {
        let comes_back = |item: &ProtectedItem| item.target_network == Some(self.source.index);
        let both_ways = || {
            self.estate.pairs_of_source(self.recovery).any(|pair| pair.recovery.index == self.source.index)
        };
        let failed_over = self.items().any(ProtectedItem::has_failed_over);
        !failed_over && (!self.estate.items_of(self.recovery).any(comes_back) || both_ways())
    }
}

impl Estate {
    /// All pairs, sorted by the ids of source and recovery.
    pub fn pairs(&self) -> impl Iterator<Item = Pair<'_>> {
        (0..self.pairs.len()).map(|at| self.pair(PairIndex::at(at)))
    }

    /// The pair of an index of this estate.
    pub fn pair(&self, index: PairIndex) -> Pair<'_> {
        let record = &self.pairs[index.position()];
        Pair {
            source: self.network(record.source),
            recovery: self.network(record.recovery),
            retain_ip: record.retain_ip.as_ref().is_none_or(|stated| stated.value),
            record,
            estate: self,
        }
    }

    /// The pairs in which `network` is the source.
    pub fn pairs_of_source<'e>(&'e self, network: &Network) -> impl Iterator<Item = Pair<'e>> + use<'e> {
        self.by_network[network.index.position()].pairs_as_source.iter().map(|index| self.pair(*index))
    }

    /// The pairs in which `network` is the recovery.
    pub fn pairs_of_recovery<'e>(&'e self, network: &Network) -> impl Iterator<Item = Pair<'e>> + use<'e> {
        self.by_network[network.index.position()].pairs_as_recovery.iter().map(|index| self.pair(*index))
    }

    /// Whether the two are source and recovery of one pair, in either order.
    pub fn are_pair(&self, one: &Network, two: &Network) -> bool {
        self.pairs_of_source(one).any(|pair| pair.recovery.index == two.index)
            || self.pairs_of_source(two).any(|pair| pair.recovery.index == one.index)
    }

    /// The source that the tag `dr-recovers` of `network` names. Of several of that name, the one that an input
    /// declares together with `network`.
    pub(crate) fn tagged_source(&self, network: &Network) -> Option<&Network> {
        match self.find_network(network.tags.recovers.known()?) {
            Found::One(source) => Some(source),
            Found::None(_) => None,
            Found::Several(several) => {
                let mut together = several.into_iter().filter(|source| share_an_input(source, network));
                together.next().filter(|_| together.next().is_none())
            }
        }
    }

    /// Networks that may be pairs: by name alone, or without a direction.
    pub fn supposed_pairs(&self) -> &[SupposedPair] {
        &self.supposed_pairs
    }

    /// Weaker evidence that names another recovery in the region of the stronger.
    pub fn contradictions(&self) -> &[Contradiction] {
        &self.contradictions
    }
}

fn share_an_input(one: &Network, two: &Network) -> bool {
    let same = |one: &Input, two: &Input| match (one, two) {
        (Input::Template(one), Input::Template(two)) => one == two,
        (Input::Export(one), Input::Export(two)) => one == two,
        _ => false,
    };
    let inputs = |network: &Network| -> Vec<Input> {
        network.declarations.iter().map(|declaration| declaration.input.clone()).collect()
    };
    let others = inputs(two);
    inputs(one).iter().any(|input| others.iter().any(|other| same(input, other)))
}
