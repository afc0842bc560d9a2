#![doc = include_str!("README.md")]

use drlint_estate::{Absence, End, GatewayKind, Link, LinkKind, Pair, PlannedLink};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "recovery-gateway-missing",
    group: "links",
    summary: "a recovery network has no gateway of a kind that its source connects through",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

const GATEWAY: &str = "Microsoft.Network/virtualNetworkGateways";

fn check(estate: &Estate, report: &mut Report) {
    let planned = estate.planned_links();
    for pair in estate.pairs().filter(|pair| !uses_another_gateway(estate, pair)) {
        for (kind, needed) in
            [(LinkKind::Vpn, GatewayKind::Vpn), (LinkKind::ExpressRoute, GatewayKind::ExpressRoute)]
        {
            let carried: Vec<&Link> =
                estate.links_of(pair.source).filter(|link| link.kind == kind && !link.down).collect();
            let replaced = !carried.is_empty()
                && carried.iter().all(|link| is_replaced_by_peering(estate, &pair, link, &planned));
            if !carried.is_empty() && !replaced {
                judge(estate, &pair, &carried, &needed, report);
            }
        }
    }
}

/// Whether the recovery reaches others by a peered network's gateway, or by a hub.
fn uses_another_gateway(estate: &Estate, pair: &Pair<'_>) -> bool {
    let recovery = pair.recovery;
    recovery.peerings.iter().any(|peering| peering.use_remote_gateways.known() == Some(&true))
        || estate.links_of(recovery).any(|link| link.kind == LinkKind::Hub)
}

/// Whether failovers join the recovery with the other end, and each time by a peering.
fn is_replaced_by_peering(
    estate: &Estate,
    pair: &Pair<'_>,
    link: &Link,
    planned: &[PlannedLink<'_>],
) -> bool {
    let Some(place) = link.other(End::Network(pair.source.index)) else { return false };
    let places = estate.stand_ins(place);
    let recovery = End::Network(pair.recovery.index);
    let joins = |step: &&PlannedLink<'_>| step.other(recovery).is_some_and(|end| places.contains(&end));
    let mut steps = planned.iter().filter(joins).peekable();
    steps.peek().is_some() && steps.all(|step| step.via.value == LinkKind::Peering)
}

fn judge(estate: &Estate, pair: &Pair<'_>, carried: &[&Link], needed: &GatewayKind, report: &mut Report) {
    let (source, recovery) = (pair.source, pair.recovery);
    let doubt = carried.iter().find_map(|link| link.condition());
    if let Some(unknown) = doubt.filter(|_| carried.iter().all(|link| link.condition().is_some())) {
        return report.blocked(&recovery.id, unknown);
    }
    let own: Vec<_> = estate.gateways_of(recovery).collect();
    if own.iter().any(|gateway| gateway.kind.known() == Some(needed)) {
        return;
    }
    if let Some(unknown) = recovery.peerings.iter().find_map(|peering| peering.use_remote_gateways.unknown())
    {
        return report.blocked(&recovery.id, unknown);
    }
    if let Some(gateway) = own.iter().find(|gateway| gateway.kind.known().is_none()) {
        let reason = format!("the type of gateway `{}` is not known", gateway.name);
        return report.undecided(&recovery.id, &gateway.place, reason);
    }
    let occupied = recovery.subnets.iter().find(|subnet| subnet.is_gateway_subnet() && subnet.occupied);
    if let Some(subnet) = occupied.filter(|_| own.is_empty()) {
        let reason = format!("the gateway in `{}` of `{}` is not in the input", subnet.name, recovery.name);
        return report.undecided(&recovery.id, &subnet.place, reason);
    }
    if let Absence::Undecided(unknown) = estate.absence(GATEWAY, &recovery.id, recovery.place.span) {
        return report.blocked(&recovery.id, &unknown);
    }
    let word = match needed {
        GatewayKind::ExpressRoute => "expressroute",
        _ => "vpn",
    };
    let message = format!(
        "recovery network `{}` has no {word} gateway; its source `{}` connects through one",
        recovery.name, source.name
    );
    let finding = report.finding(&recovery.place, message);
    finding.about(&recovery.id);
    finding.help("build the gateway before a failover is needed; it can take up to 45 minutes");
    for gateway in estate.gateways_of(source).filter(|gateway| gateway.kind.known() == Some(needed)) {
        finding.related(&gateway.place, "the source's gateway");
    }
    for link in carried.iter().take(20) {
        if let Some(declaration) = link.declared_by(source.index) {
            finding.related(&declaration.place, declaration.text.clone());
        }
    }
    with_evidence(finding, pair);
}
