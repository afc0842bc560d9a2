#![doc = include_str!("README.md")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use drlint_estate::{Absence, Connection, ConnectionKind, Gateway, GatewayIndex, VpnType};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::Unknown;

pub(crate) static RULE: Builtin = Builtin {
    name: "vpn-connection-one-sided",
    group: "links",
    summary: "a connection between two gateways has no counterpart, or a gateway that cannot carry it",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    let connections = estate.connections().iter();
    let between = connections.filter(|one| one.kind.known() == Some(&ConnectionKind::NetworkToNetwork));
    let between: Vec<(GatewayIndex, GatewayIndex, &Connection)> =
        between.filter_map(|one| Some((one.gateway_index?, one.other_gateway?, one))).collect();
    let certain = between.iter().filter(|(_, _, connection)| connection.condition.is_none());
    let certain: BTreeSet<_> = certain.map(|(from, to, _)| (*from, *to)).collect();
    let doubtful = between.iter().filter_map(|(from, to, one)| Some(((*from, *to), one.condition.as_ref()?)));
    let doubtful: BTreeMap<_, _> = doubtful.collect();
    // A connection of the other gateway that leads nobody knows where may be the counterpart.
    let open = estate
        .connections()
        .iter()
        .filter_map(|back| Some((back.gateway_index?, back.other.unknown().or(back.kind.unknown())?)));
    let open: BTreeMap<GatewayIndex, &Arc<Unknown>> = open.collect();
    // Columns that a query leaves out; it may be the counterpart of any.
    let without_gateways = estate.connections().iter().find(|one| {
        let between = one.kind.is_absent() || one.kind.known() == Some(&ConnectionKind::NetworkToNetwork);
        between && (one.gateway.is_absent() || one.other.is_absent())
    });
    let mut gateways: BTreeMap<GatewayIndex, &Connection> = BTreeMap::new();
    for (from, to, connection) in &between {
        gateways.entry(*from).or_insert(connection);
        gateways.entry(*to).or_insert(connection);
        let back = (*to, *from);
        match (&connection.condition, doubtful.get(&back)) {
            _ if certain.contains(&back) => {}
            // Two connections that have conditions mostly have the same one.
            (Some(_), Some(_)) => {}
            (Some(unknown), None) => report.blocked(&connection.id, unknown),
            (None, Some(unknown)) => report.blocked(&connection.id, unknown),
            (None, None) => {
                one_sided(estate, connection, estate.gateway(*to), &open, without_gateways, report);
            }
        }
    }
    for (gateway, connection) in gateways {
        policy_based(estate.gateway(gateway), connection, report);
    }
}

fn one_sided(
    estate: &Estate,
    connection: &Connection,
    other: &Gateway,
    open: &BTreeMap<GatewayIndex, &Arc<Unknown>>,
    without_gateways: Option<&Connection>,
    report: &mut Report,
) {
    if other.known_from_outside {
        let reason = format!("gateway `{}` is not in the input", other.name);
        report.undecided(&connection.id, connection.other.origin().unwrap_or(&connection.place), reason);
        return;
    }
    if let Some(unknown) = open.get(&other.index) {
        return report.blocked(&connection.id, unknown);
    }
    if let Some(half) = without_gateways {
        let reason = format!("connection `{}` does not show its gateways", half.name);
        return report.undecided(&connection.id, &half.place, reason);
    }
    let place = connection.other.origin().unwrap_or(&connection.place);
    if let Absence::Undecided(unknown) = estate.absence(connection.id.kind(), &other.id, place.span) {
        return report.blocked(&connection.id, &unknown);
    }
    let from = match other.network.map(|index| estate.network(index)) {
        Some(network) => format!("the gateway of `{}`", network.name),
        None => format!("gateway `{}`", other.name),
    };
    let message = format!("connection `{}` has no counterpart from {from}", connection.name);
    let finding = report.finding(place, message);
    finding.about(&connection.id);
    finding.help("create the connection in the other direction with the same shared key");
    finding.related(&other.place, "the other gateway");
}

fn policy_based(gateway: &Gateway, connection: &Connection, report: &mut Report) {
    let Some(kind) = report.known(&gateway.id, &gateway.vpn_type) else { return };
    if kind.value != VpnType::PolicyBased {
        return;
    }
    if let Some(unknown) = gateway.condition.as_ref().or(connection.condition.as_ref()) {
        return report.blocked(&gateway.id, unknown);
    }
    let message = format!(
        "gateway `{}` is policy-based, which connection `{}` to another network does not work with",
        gateway.name, connection.name
    );
    let finding = report.finding(kind, message);
    finding.about(&gateway.id);
    finding.help(format!("replace `{}` by a route-based gateway", gateway.name));
    finding.related(connection.other.origin().unwrap_or(&connection.place), "the connection");
}
