//! Pairs of source and recovery, from all that says so.

use crate::build::Builder;
use crate::model::PairRecord;
use crate::{Evidence, EvidenceKind, NetworkIndex};

impl Builder {
    pub(super) fn pairs(&mut self) {
        let mut edges: Vec<(NetworkIndex, NetworkIndex, Evidence)> = Vec::new();
        for mapping in &self.estate.mappings {
            let (Some(source), Some(recovery)) = (mapping.primary_network, mapping.recovery_network) else {
                continue;
            };
            let place = mapping.recovery.origin().unwrap_or(&mapping.place).clone();
            let text = format!("network mapping `{}`", mapping.name);
            let resource = Some(mapping.id.clone());
            edges.push((source, recovery, Evidence { kind: EvidenceKind::Mapping, place, text, resource }));
        }
        for (source, recovery, evidence) in edges {
            self.estate.pairs.push(PairRecord {
                source,
                recovery,
                retain_ip: None,
                evidence: vec![evidence],
            });
        }
    }
}
