#![doc = include_str!("README.md")]

use std::collections::BTreeMap;

use drlint_estate::{Network, NetworkIndex, Peering, PeeringState, Placed, UnknownLink};
use drlint_policy::{Builtin, Check, Estate, Finding, Report, Severity};
use drlint_resource::Origin;

pub(crate) static RULE: Builtin = Builtin {
    name: "peering-one-sided",
    group: "links",
    summary: "a peering has no counterpart, or its two halves do not fit",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    let halves = estate.peerings_by_ends();
    let unknown = estate.unknown_links_by_network();
    for network in estate.networks() {
        for peering in &network.peerings {
            let back = peering.remote_network.and_then(|remote| halves.get(&(remote, network.index)));
            let doubt = match (&peering.condition, back) {
                (Some(unknown), None) => Some(unknown),
                (None, Some(back)) => back.condition.as_ref(),
                // Two halves that have conditions mostly have the same one.
                (Some(_), Some(_)) | (None, None) => None,
            };
            if let Some(unknown) = doubt {
                report.blocked(&peering.id, unknown);
                continue;
            }
            if back.is_none() && is_alone(estate, network, peering, &unknown, report) {
                continue;
            }
            let other = back.and_then(|back| {
                let owner = peering.remote_network.map(|index| estate.network(index))?;
                Some((owner, disagreement(owner, back)?))
            });
            // Where both halves say that they do not fit, it is one fault.
            if other.as_ref().is_some_and(|(owner, _)| owner.index < network.index) {
                continue;
            }
            if let Some((place, message)) = disagreement(network, peering) {
                let finding = judge(estate, network, peering, place, message, report);
                if back.is_some() && peering.is_down() {
                    finding.help("delete the peering on both sides and create both again");
                }
                if let Some((_, (place, message))) = other {
                    finding.related(place, message);
                }
            }
        }
    }
}

/// Says that the other network has no peering back, or why nobody knows. Whether it did say so.
fn is_alone(
    estate: &Estate,
    network: &Network,
    peering: &Peering,
    unknown: &BTreeMap<NetworkIndex, Vec<UnknownLink<'_>>>,
    report: &mut Report,
) -> bool {
    // Azure says it: `Connected` takes both halves, the other states are said as they are.
    let told = matches!(
        peering.state.known(),
        Some(PeeringState::Connected | PeeringState::Initiated | PeeringState::Disconnected)
    );
    let remote = peering.remote_network.map(|index| estate.network(index));
    let shown = remote.filter(|remote| remote.peerings_shown);
    let Some(remote) = shown else {
        if !told {
            match (remote, peering.remote.unknown()) {
                (Some(remote), _) => {
                    let reason = format!("no input shows the peerings of `{}`", remote.name);
                    report.undecided(&peering.id, peering.remote.origin().unwrap_or(&peering.place), reason);
                }
                (None, Some(unknown)) => report.blocked(&peering.id, unknown),
                (None, None) => {}
            }
        }
        return false;
    };
    // A peering of the other network that leads nobody knows where may be the counterpart.
    if let Some(link) = unknown.get(&remote.index).and_then(|links| links.first()) {
        report.blocked(&peering.id, link.unknown);
        return false;
    }
    let place = peering.remote.origin().unwrap_or(&peering.place);
    let message =
        format!("peering `{}` of `{}` has no counterpart in `{}`", peering.name, network.name, remote.name);
    let finding = report.finding(place, message);
    finding.about(&network.id);
    finding.help(format!(
        "create the peering in `{}`; after one side was deleted, delete and create both",
        remote.name
    ));
    finding.related(&remote.place, "the other network");
    true
}

/// What the peering itself says is wrong with it.
fn disagreement<'e>(network: &Network, peering: &'e Peering) -> Option<(&'e Origin, String)> {
    let said = |what: &str| format!("peering `{}` of `{}` is {what}", peering.name, network.name);
    if let Some(Placed { value, origin }) = peering.state.placed() {
        match value {
            PeeringState::Initiated => return Some((origin, said("`Initiated`: the other half is missing"))),
            PeeringState::Disconnected => {
                return Some((origin, said("`Disconnected`: the other half was deleted")));
            }
            PeeringState::Connected | PeeringState::Other(_) => {}
        }
    }
    let level = peering.sync_level.placed().filter(|level| !level.eq_ignore_ascii_case("FullyInSync"))?;
    Some((&level.origin, said(&format!("not in sync: `{}`", level.value))))
}

fn judge<'r>(
    estate: &Estate,
    network: &Network,
    peering: &Peering,
    place: &Origin,
    message: String,
    report: &'r mut Report,
) -> &'r mut Finding {
    let finding = report.finding(place, message);
    finding.about(&network.id);
    let remote = peering.remote_network.map(|index| estate.network(index));
    finding.help(match (peering.state.known(), remote) {
        (Some(PeeringState::Initiated), Some(remote)) => format!("create the peering in `{}`", remote.name),
        (Some(PeeringState::Initiated | PeeringState::Disconnected), _) => {
            "delete the peering on both sides and create both again".to_owned()
        }
        _ => "synchronize the peering on both sides, so that each knows the address space of the other"
            .to_owned(),
    });
    if let Some(remote) = remote {
        finding.related(&remote.place, "the other network");
    }
    finding
}
