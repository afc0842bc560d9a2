#![doc = include_str!("README.md")]

use std::collections::{BTreeMap, BTreeSet};

use drlint_estate::{
    AddressSet, Connection, ConnectionIndex, ConnectionKind, Fact, LinkKind, Network, NetworkIndex, Prefix,
    Site, SiteIndex, SiteTelling, Space,
};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::ResourceId;
use drlint_source::Span;

use super::words::{listed, with_prefix};

pub(crate) static RULE: Builtin = Builtin {
    name: "local-gateway-overlaps-network",
    group: "links",
    summary: "a site announces addresses of a network behind the same gateway",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

/// By site and prefix: the networks it overlaps, and the connections that make it so.
type Clashes<'e> = BTreeMap<(SiteIndex, Span), Clash<'e>>;

struct Clash<'e> {
    prefix: &'e Prefix,
    /// By id: those whose prefix it is. Two gateways may have it from one place in a template.
    tellings: BTreeMap<&'e ResourceId, &'e SiteTelling>,
    networks: BTreeSet<NetworkIndex>,
    connections: BTreeSet<ConnectionIndex>,
}

fn check(estate: &Estate, report: &mut Report) {
    let mut clashes = Clashes::new();
    for connection in estate.connections() {
        if connection.kind.known() != Some(&ConnectionKind::Ipsec) {
            continue;
        }
        let gateway = connection.gateway_index.map(|index| estate.gateway(index));
        let network = gateway.and_then(|gateway| gateway.network).map(|index| estate.network(index));
        let (Some(network), Some(site)) = (network, connection.site) else { continue };
        compare(estate, connection, network, estate.site(site), &mut clashes, report);
    }
    for ((site, _), clash) in &clashes {
        judge(estate, estate.site(*site), clash, report);
    }
}

fn compare<'e>(
    estate: &'e Estate,
    connection: &'e Connection,
    network: &'e Network,
    site: &'e Site,
    clashes: &mut Clashes<'e>,
    report: &mut Report,
) {
    let telling = telling(connection, site);
    let announced = telling.map_or(&site.ranges, |telling| &telling.ranges);
    if let Some(unknown) = &announced.unknown {
        report.blocked(&site.id, unknown);
    }
    let users = estate
        .neighbors(network)
        .filter(|(user, link)| link.kind == LinkKind::Peering && estate.uses_remote_gateways(link, user));
    for network in users.map(|(user, _)| user).chain([network]) {
        let seen = estate.after_nat(connection, &connection.nat.egress, network.space());
        for prefix in announced.prefixes.iter().filter(|prefix| prefix.net.prefix_len() > 0) {
            let space = Space { addresses: prefix.net.into(), unknown: None };
            match estate.after_nat(connection, &connection.nat.ingress, space).shared(&seen) {
                Ok(shared) if shared.is_empty() => {}
                Ok(_) if is_summary(estate, connection, network, prefix, report) => {}
                Ok(_) if connection.condition.is_some() => {
                    connection.condition.iter().for_each(|unknown| report.blocked(&site.id, unknown));
                }
                Ok(_) => {
                    let clash = clashes.entry((site.index, prefix.origin.span)).or_insert_with(|| Clash {
                        prefix,
                        tellings: BTreeMap::new(),
                        networks: BTreeSet::new(),
                        connections: BTreeSet::new(),
                    });
                    clash.tellings.extend(telling.map(|telling| (&telling.id, telling)));
                    clash.networks.insert(network.index);
                    clash.connections.insert(connection.index);
                }
                Err(unknown) => report.blocked(&site.id, &unknown),
            }
        }
    }
}

/// The local network gateway that the connection names.
fn telling<'e>(connection: &Connection, site: &'e Site) -> Option<&'e SiteTelling> {
    site.tellings.iter().find(|telling| connection.other.known() == Some(&telling.id))
}

/// Whether the prefix strictly contains the network and BGP tells what is where in it, or nobody knows.
fn is_summary(
    estate: &Estate,
    connection: &Connection,
    network: &Network,
    prefix: &Prefix,
    report: &mut Report,
) -> bool {
    let (summary, space) = (AddressSet::from(prefix.net), network.address_space.addresses());
    let space = if prefix.net.addr().is_ipv4() { space.v4() } else { space.v6() };
    if !summary.covers(&space) || summary == space {
        return false;
    }
    let gateway = connection.gateway_index.map(|index| estate.gateway(index));
    let facts: [&Fact<bool>; 2] = [&connection.bgp, gateway.map_or(&Fact::Absent, |gateway| &gateway.bgp)];
    if facts.iter().any(|fact| matches!(fact, Fact::Known(on) if !on.value) || fact.is_absent()) {
        return false;
    }
    for fact in facts {
        report.known(&network.id, fact);
    }
    true
}

fn judge(estate: &Estate, site: &Site, clash: &Clash<'_>, report: &mut Report) {
    let networks: Vec<&Network> = clash.networks.iter().map(|index| estate.network(*index)).collect();
    let mut names: Vec<&str> = clash.tellings.values().map(|telling| telling.name.as_str()).collect();
    if names.is_empty() {
        names.push(&site.name);
    }
    let (sites, announce) = if names.len() == 1 { ("site", "announces") } else { ("sites", "announce") };
    let gateways = listed(names);
    let message = format!(
        "{sites} {gateways} {announce} `{}`, which overlaps {} behind the same gateway",
        clash.prefix.written,
        listed(networks.iter().map(|network| &network.name))
    );
    let finding = report.finding(&clash.prefix.origin, message);
    finding.about(clash.tellings.keys().next().map_or(&site.id, |id| *id));
    finding.help(format!("correct the prefixes of {gateways}, or translate them with NAT rules"));
    for network in networks.iter().take(20) {
        with_prefix(finding, network, &clash.prefix.net.into());
    }
    for connection in clash.connections.iter().take(20).map(|index| estate.connection(*index)) {
        let place = connection.other.origin().unwrap_or(&connection.place);
        finding.related(place, format!("connection `{}`", connection.name));
    }
}
