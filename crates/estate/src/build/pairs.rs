//! Pairs of source and recovery, from all that says so (`RULES.md`, preface 4 to 8).

use std::collections::{BTreeMap, BTreeSet};

use super::Builder;
use super::evidence::{Claim, claims};
use crate::model::PairRecord;
use crate::{
    Contradiction, Estate, Evidence, EvidenceKind, NetworkIndex, PairIndex, SupposedPair, Uncertain,
};

/// All that is claimed about two networks, whichever is said to be the source.
struct Couple {
    claims: Vec<Claim>,
    /// Source and recovery, once the direction is found.
    direction: Option<(NetworkIndex, NetworkIndex)>,
}

impl Couple {
    fn strength(&self) -> EvidenceKind {
        self.claims.iter().map(|claim| claim.evidence.kind).min().unwrap_or(EvidenceKind::Name)
    }

    fn evidence(self) -> Vec<Evidence> {
        let mut evidence: Vec<Evidence> = self.claims.into_iter().map(|claim| claim.evidence).collect();
        evidence.sort_by_key(|evidence| (evidence.kind, evidence.place.span));
        evidence
    }

    /// The only direction that the claims of `kind` give.
    fn direction_by(&self, kind: EvidenceKind) -> Option<(NetworkIndex, NetworkIndex)> {
        let of_kind = self.claims.iter().filter(|claim| claim.evidence.kind == kind);
        let mut directions: Vec<_> = of_kind.map(|claim| (claim.source, claim.recovery)).collect();
        directions.sort_unstable();
        directions.dedup();
        match directions.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}

type Ends = (NetworkIndex, NetworkIndex);

impl Builder {
    pub(super) fn pairs(&mut self) {
        let mut couples: BTreeMap<Ends, Couple> = BTreeMap::new();
        for claim in claims(&self.estate) {
            let ends = (claim.source.min(claim.recovery), claim.source.max(claim.recovery));
            let couple =
                couples.entry(ends).or_insert_with(|| Couple { claims: Vec::new(), direction: None });
            couple.claims.push(claim);
        }
        for (ends, couple) in &mut couples {
            couple.direction = direction(&self.estate, *ends, couple);
        }
        drop_reverse_mappings(&mut couples);
        self.suppose_by_name(&couples);
        self.decide(couples);
    }

    /// Of the recoveries that are claimed for one source in one region, the one of the strongest evidence wins.
    fn decide(&mut self, couples: BTreeMap<Ends, Couple>) {
        let mut by_source: BTreeMap<NetworkIndex, Vec<(NetworkIndex, Couple)>> = BTreeMap::new();
        for (ends, couple) in couples {
            match couple.direction {
                Some((source, recovery)) => by_source.entry(source).or_default().push((recovery, couple)),
                None => self.suppose(ends, Uncertain::Direction, couple.evidence()),
            }
        }
        for (source, mut candidates) in by_source {
            candidates.sort_by_key(|(recovery, couple)| (couple.strength(), *recovery));
            let mut won: Vec<PairRecord> = Vec::new();
            for (recovery, couple) in candidates {
                let strength = couple.strength();
                let retain_ip = couple.claims.iter().find_map(|claim| claim.retain_ip.clone());
                let evidence = couple.evidence();
                let stronger = won.iter().find(|pair| {
                    let first = pair.evidence.first().map(|evidence| evidence.kind);
                    first.is_some_and(|kind| kind < strength)
                        && !regions_differ(&self.estate, pair.recovery, recovery)
                });
                match stronger.and_then(|pair| Some((pair.recovery, pair.evidence.first()?.clone()))) {
                    Some((winner, stronger)) => {
                        let contradictions = evidence.into_iter().map(|weaker| Contradiction {
                            source,
                            recovery: winner,
                            other: recovery,
                            stronger: stronger.clone(),
                            weaker,
                        });
                        self.estate.contradictions.extend(contradictions);
                    }
                    None => won.push(PairRecord { source, recovery, retain_ip, evidence }),
                }
            }
            self.estate.pairs.append(&mut won);
        }
        self.sort_pairs();
    }

    fn sort_pairs(&mut self) {
        let estate = &mut self.estate;
        let id = |index: NetworkIndex| estate.networks.get(index.position()).map(|network| &network.id);
        estate
            .pairs
            .sort_by(|one, two| (id(one.source), id(one.recovery)).cmp(&(id(two.source), id(two.recovery))));
        for (at, pair) in estate.pairs.iter().enumerate() {
            let index = PairIndex::at(at);
            if let Some(lists) = estate.by_network.get_mut(pair.source.position()) {
                lists.pairs_as_source.push(index);
            }
            if let Some(lists) = estate.by_network.get_mut(pair.recovery.position()) {
                lists.pairs_as_recovery.push(index);
            }
        }
    }

    fn suppose(&mut self, (source, recovery): Ends, why: Uncertain, evidence: Vec<Evidence>) {
        self.estate.supposed_pairs.push(SupposedPair { source, recovery, why, evidence });
    }

    /// Site Recovery names a network it creates with the suffix `-asr` (network mapping page, 2026-02-12). Alone
    /// that is no evidence.
    fn suppose_by_name(&mut self, couples: &BTreeMap<Ends, Couple>) {
        let mut supposed = Vec::new();
        for recovery in &self.estate.networks {
            let name = recovery.id.name().to_lowercase();
            let Some(name) = name.strip_suffix("-asr") else { continue };
            let Some(source) = self.estate.find_network(name).one() else { continue };
            let ends = (source.index.min(recovery.index), source.index.max(recovery.index));
            if couples.contains_key(&ends) {
                continue;
            }
            let evidence = Evidence {
                kind: EvidenceKind::Name,
                place: recovery.place.clone(),
                text: format!("the name `{}`", recovery.name),
                resource: Some(recovery.id.clone()),
            };
            supposed.push(((source.index, recovery.index), evidence));
        }
        for (ends, evidence) in supposed {
            self.suppose(ends, Uncertain::NameAlone, vec![evidence]);
        }
    }
}

/// Which end is the source: stated; else by items, tag, the only mapping; else the only end that holds machines.
fn direction(estate: &Estate, (one, two): Ends, couple: &Couple) -> Option<Ends> {
    let stated = couple.claims.iter().find(|claim| claim.evidence.kind == EvidenceKind::Declared);
    if let Some(claim) = stated {
        return Some((claim.source, claim.recovery));
    }
    let kinds = [EvidenceKind::Item, EvidenceKind::Tag, EvidenceKind::Mapping, EvidenceKind::Intent];
    if let Some(direction) = kinds.into_iter().find_map(|kind| couple.direction_by(kind)) {
        return Some(direction);
    }
    let holds = |index: NetworkIndex| {
        let network = estate.networks.get(index.position());
        network.is_some_and(|network| estate.machines_in(network).any(|machine| !machine.is_replica()))
    };
    match (holds(one), holds(two)) {
        (true, false) => Some((one, two)),
        (false, true) => Some((two, one)),
        _ => None,
    }
}

/// A mapping that leads from a recovery somewhere else is that recovery's way back, gone astray, and no pair.
fn drop_reverse_mappings(couples: &mut BTreeMap<Ends, Couple>) {
    let by_mapping_alone =
        |couple: &Couple| couple.strength() == EvidenceKind::Mapping && couple.only_mapped();
    let recoveries = |couples: &BTreeMap<Ends, Couple>, alone: bool| -> BTreeSet<NetworkIndex> {
        let fitting = couples.values().filter(|couple| by_mapping_alone(couple) == alone);
        fitting.filter_map(|couple| couple.direction).map(|(_, recovery)| recovery).collect()
    };
    let mapped = recoveries(couples, true);
    let mut certain = recoveries(couples, false);
    // Mappings that start at no other's recovery come first: what they lead to is a recovery.
    for couple in couples.values().filter(|couple| by_mapping_alone(couple)) {
        let starts_afresh = |(source, _): &Ends| !mapped.contains(source) && !certain.contains(source);
        if let Some((_, recovery)) = couple.direction.filter(starts_afresh) {
            certain.insert(recovery);
        }
    }
    couples.retain(|_, couple| {
        let source = couple.direction.map(|(source, _)| source);
        !(by_mapping_alone(couple) && source.is_some_and(|source| certain.contains(&source)))
    });
}

impl Couple {
    fn only_mapped(&self) -> bool {
        self.claims.iter().all(|claim| claim.evidence.kind == EvidenceKind::Mapping)
    }
}

fn regions_differ(estate: &Estate, one: NetworkIndex, two: NetworkIndex) -> bool {
    let region = |index: NetworkIndex| {
        estate.networks.get(index.position()).and_then(|network| network.region.known())
    };
    region(one).zip(region(two)).is_some_and(|(one, two)| one != two)
}
