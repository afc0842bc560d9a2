//! A source and its recovery.

use crate::model::PairRecord;
use crate::{Contradiction, Estate, Evidence, Network, PairIndex, Placed, ProtectedItem, SupposedPair};

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

    /// The items that fail over from the source to the recovery.
    pub fn items(&self) -> impl Iterator<Item = &'e ProtectedItem> + use<'e> {
        let recovery = self.recovery.index;
        let leads_here = move |item: &&ProtectedItem| {
            item.target_network == Some(recovery)
                || item.nics.iter().any(|nic| nic.recovery_network_index == Some(recovery))
        };
        self.estate.items_of(self.source).filter(leads_here)
    }

    /// Whether no item of it runs in the recovery.
    pub fn at_rest(&self) -> bool {
        !self.items().any(ProtectedItem::has_failed_over)
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

    /// Networks that may be pairs: by name alone, or without a direction.
    pub fn supposed_pairs(&self) -> &[SupposedPair] {
        &self.supposed_pairs
    }

    /// Weaker evidence that names another recovery in the region of the stronger.
    pub fn contradictions(&self) -> &[Contradiction] {
        &self.contradictions
    }
}
