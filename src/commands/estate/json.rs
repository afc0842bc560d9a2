//! The estate as JSON.

use std::io::{self, Write};

use drlint_estate::{Difference, Estate, Evidence, EvidenceKind, Network, Ranges};
use serde_json::{Value, json};

use crate::commands::places::{Places, placed};
use crate::picture::role;
use crate::world::Understood;

pub(super) fn write(understood: &Understood, out: &mut dyn Write) -> io::Result<()> {
    let estate = &understood.estate;
    let name = |index| estate.network(index).name.as_str();
    let links: Vec<Value> = estate
        .links()
        .iter()
        .map(|link| {
            let declared: Vec<String> =
                link.declarations.iter().map(|declaration| declaration.resource.to_string()).collect();
            json!({
                "ends": link.ends.map(|end| estate.name_of(end)),
                "kind": link.kind.to_string(),
                "down": link.down,
                "declaredBy": declared,
            })
        })
        .collect();
    let pairs: Vec<Value> = estate
        .pairs()
        .map(|pair| {
            json!({
                "source": pair.source.id.to_string(),
                "recovery": pair.recovery.id.to_string(),
                "retainIp": pair.retain_ip,
                "evidence": pair.evidence().iter().map(evidence).collect::<Vec<_>>(),
            })
        })
        .collect();
    let supposed: Vec<Value> = estate
        .supposed_pairs()
        .iter()
        .map(|pair| json!({"source": name(pair.source), "recovery": name(pair.recovery)}))
        .collect();
    let sites: Vec<Value> = estate
        .sites()
        .iter()
        .map(|site| json!({"id": site.id.to_string(), "name": site.name, "ranges": ranges(&site.ranges)}))
        .collect();
    let machines: Vec<Value> = estate
        .machines()
        .iter()
        .map(|machine| {
            json!({
                "id": machine.id.to_string(),
                "name": machine.name(),
                "protected": estate.item_of(machine).is_some(),
            })
        })
        .collect();
    let plans: Vec<Value> = estate
        .plans()
        .iter()
        .map(|plan| {
            let members: usize = plan.groups.iter().map(|group| group.members.len()).sum();
            json!({"id": plan.id.to_string(), "name": plan.name, "membersKnown": plan.groups_unknown.is_none(), "members": members})
        })
        .collect();
    let mut places = Places::new(&understood.world.files);
    let differences = understood.versions.differences().iter();
    let differences: Vec<Value> = differences.map(|one| told_differently(one, &mut places)).collect();
    let report = json!({
        "version": 1,
        "networks": estate.networks().iter().map(|one| network(estate, one)).collect::<Vec<_>>(),
        "links": links,
        "sites": sites,
        "pairs": pairs,
        "supposedPairs": supposed,
        "machines": machines,
        "plans": plans,
        "toldDifferently": differences,
    });
    serde_json::to_writer_pretty(&mut *out, &report)?;
    out.write_all(b"\n")
}

fn told_differently(difference: &Difference, places: &mut Places<'_>) -> Value {
    let said = [&difference.one, &difference.two]
        .map(|saying| placed(json!({"value": saying.text}), places.place(saying.place).as_ref()));
    json!({"resource": difference.resource.to_string(), "said": said})
}

fn network(estate: &Estate, network: &Network) -> Value {
    let subnets: Vec<Value> = network
        .subnets
        .iter()
        .map(|subnet| json!({"name": subnet.name, "ranges": ranges(&subnet.prefixes)}))
        .collect();
    json!({
        "id": network.id.to_string(),
        "name": network.name,
        "region": network.region.known().map(ToString::to_string),
        "role": role(estate, network),
        "ranges": ranges(&network.address_space),
        "subnets": subnets,
        "inInput": !network.known_from_outside,
    })
}

fn ranges(ranges: &Ranges) -> Value {
    let known: Vec<&str> = ranges.prefixes.iter().map(|prefix| &*prefix.written).collect();
    match &ranges.unknown {
        Some(unknown) => json!({"known": known, "unknown": unknown.reason.to_string()}),
        None => json!({"known": known}),
    }
}

fn evidence(evidence: &Evidence) -> Value {
    let kind = match evidence.kind {
        EvidenceKind::Declared => "declared",
        EvidenceKind::Mapping => "mapping",
        EvidenceKind::Item => "item",
        EvidenceKind::Tag => "tag",
        EvidenceKind::Intent => "intent",
        EvidenceKind::Name => "name",
    };
    json!({"kind": kind, "text": evidence.text})
}
