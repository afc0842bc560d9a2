//! What says that one network recovers another.

use std::collections::BTreeMap;

use crate::{Estate, Evidence, EvidenceKind, NetworkIndex, Placed, ProtectedItem, ProtectionIntent};
use drlint_resource::Origin;

/// Something that says that `recovery` recovers `source`.
pub(super) struct Claim {
    pub(super) source: NetworkIndex,
    pub(super) recovery: NetworkIndex,
    pub(super) evidence: Evidence,
    pub(super) retain_ip: Option<Placed<bool>>,
}

/// All claims, in an order that depends on ids and places alone.
pub(super) fn claims(estate: &Estate) -> Vec<Claim> {
    let mut claims = Vec::new();
    declared(estate, &mut claims);
    mappings(estate, &mut claims);
    items(estate, &mut claims);
    tags(estate, &mut claims);
    intents(estate, &mut claims);
    claims.retain(|claim| claim.source != claim.recovery);
    claims
}

fn declared(estate: &Estate, claims: &mut Vec<Claim>) {
    for declared in &estate.intent.recoveries {
        let source = estate.find_network(&declared.source).one();
        let recovery = estate.find_network(&declared.recovery).one();
        let (Some(source), Some(recovery)) = (source, recovery) else { continue };
        claims.push(Claim {
            source: source.index,
            recovery: recovery.index,
            evidence: Evidence {
                kind: EvidenceKind::Declared,
                place: Origin::at(declared.place),
                text: "`[[recovery]]`".to_owned(),
                resource: None,
            },
            retain_ip: declared.retain_ip.clone(),
        });
    }
}

fn mappings(estate: &Estate, claims: &mut Vec<Claim>) {
    for mapping in &estate.mappings {
        let (Some(source), Some(recovery)) = (mapping.primary_network, mapping.recovery_network) else {
            continue;
        };
        let evidence = Evidence {
            kind: EvidenceKind::Mapping,
            place: mapping.recovery.origin().unwrap_or(&mapping.place).clone(),
            text: format!("network mapping `{}`", mapping.name),
            resource: Some(mapping.id.clone()),
        };
        claims.push(Claim { source, recovery, evidence, retain_ip: None });
    }
}

/// One claim for all items between the same two networks, told of the first.
fn items(estate: &Estate, claims: &mut Vec<Claim>) {
    let mut found: BTreeMap<(NetworkIndex, NetworkIndex), (&ProtectedItem, Origin, usize)> = BTreeMap::new();
    for item in &estate.items {
        for (ends, place) in directions(item) {
            let entry = found.entry(ends).or_insert_with(|| (item, place.clone(), 0));
            entry.2 += 1;
        }
    }
    for ((source, recovery), (item, place, count)) in found {
        let name = &item.machine_name;
        let text = match count {
            1 => format!("protected item of `{name}`"),
            _ => format!("protected item of `{name}` and {} more", count - 1),
        };
        let resource = Some(item.id.clone());
        let evidence = Evidence { kind: EvidenceKind::Item, place, text, resource };
        claims.push(Claim { source, recovery, evidence, retain_ip: None });
    }
}

/// Between which networks an item replicates, each once, with the place that says so.
fn directions(item: &ProtectedItem) -> BTreeMap<(NetworkIndex, NetworkIndex), &Origin> {
    let of_item = item.recovery_network.origin().unwrap_or(&item.place);
    let mut found = BTreeMap::new();
    for nic in &item.nics {
        if let (Some(source), Some(recovery)) = (nic.source_network_index, nic.recovery_network_index) {
            found.entry((source, recovery)).or_insert(nic.recovery_network.origin().unwrap_or(of_item));
        }
    }
    let ends = item.source_network.zip(item.target_network).filter(|_| found.is_empty());
    if let Some(ends) = ends {
        found.insert(ends, of_item);
    }
    found
}

fn tags(estate: &Estate, claims: &mut Vec<Claim>) {
    for network in &estate.networks {
        let (Some(tag), Some(source)) = (network.tags.recovers.placed(), estate.tagged_source(network))
        else {
            continue;
        };
        let evidence = Evidence {
            kind: EvidenceKind::Tag,
            place: tag.origin.clone(),
            text: format!("tag `dr-recovers` of `{}`", network.name),
            resource: Some(network.id.clone()),
        };
        claims.push(Claim { source: source.index, recovery: network.index, evidence, retain_ip: None });
    }
}

/// One claim for all intents between the same two networks, told of the first.
fn intents(estate: &Estate, claims: &mut Vec<Claim>) {
    let mut found: BTreeMap<(NetworkIndex, NetworkIndex), (&ProtectionIntent, usize)> = BTreeMap::new();
    for intent in &estate.protection_intents {
        if let Some(ends) = intent.source_network.zip(intent.recovery_network) {
            found.entry(ends).or_insert((intent, 0)).1 += 1;
        }
    }
    for ((source, recovery), (intent, count)) in found {
        let name = intent.machine.map_or(intent.id.name(), |machine| estate.machine(machine).name());
        let text = match count {
            1 => format!("protection intent of `{name}`"),
            _ => format!("protection intent of `{name}` and {} more", count - 1),
        };
        let place = intent.recovery.origin().unwrap_or(&intent.place).clone();
        let resource = Some(intent.id.clone());
        let evidence = Evidence { kind: EvidenceKind::Intent, place, text, resource };
        claims.push(Claim { source, recovery, evidence, retain_ip: None });
    }
}
