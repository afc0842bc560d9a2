#![doc = include_str!("README.md")]

use drlint_estate::{Absence, Fact, Network, Peering, Placed};
use drlint_policy::{Builtin, Check, Estate, Finding, Report, Severity};

pub(crate) static RULE: Builtin = Builtin {
    name: "gateway-transit-mismatch",
    group: "links",
    summary: "a peering uses a remote gateway that it cannot use",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

const GATEWAY: &str = "Microsoft.Network/virtualNetworkGateways";

fn check(estate: &Estate, report: &mut Report) {
    let halves = estate.peerings_by_ends();
    for network in estate.networks() {
        let mut first: Option<&Peering> = None;
        for peering in &network.peerings {
            let Some(flag) = report.known(&network.id, &peering.use_remote_gateways) else { continue };
            if !flag.value {
                continue;
            }
            if let Some(unknown) = &peering.condition {
                report.blocked(&network.id, unknown);
                continue;
            }
            if let Some(first) = first {
                let message = format!(
                    "peerings `{}` and `{}` of `{}` both use a remote gateway; only one may",
                    first.name, peering.name, network.name
                );
                let help = format!("unset `useRemoteGateways` on `{}` or `{}`", first.name, peering.name);
                let finding = say(network, flag, message, help, report);
                if let Some(other) = first.use_remote_gateways.origin() {
                    finding.related(other, "the other peering");
                }
            }
            first = first.or(Some(peering));
            own_gateway(estate, network, flag, report);
            let back = peering.remote_network.and_then(|remote| halves.get(&(remote, network.index)));
            remote_gateway(estate, network, (peering, back.copied()), flag, report);
        }
    }
}

fn say<'r>(
    network: &Network,
    flag: &Placed<bool>,
    message: String,
    help: String,
    report: &'r mut Report,
) -> &'r mut Finding {
    let finding = report.finding(flag, message);
    finding.about(&network.id);
    finding.help(help);
    finding
}

/// A network with a gateway of its own cannot use another one.
fn own_gateway(estate: &Estate, network: &Network, flag: &Placed<bool>, report: &mut Report) {
    let Some(own) = estate.gateways_of(network).min_by_key(|gateway| gateway.condition.is_some()) else {
        return;
    };
    if let Some(unknown) = &own.condition {
        return report.blocked(&network.id, unknown);
    }
    let message =
        format!("`{}` is to use a remote gateway, but has gateway `{}` of its own", network.name, own.name);
    let help = format!("unset `useRemoteGateways`, or remove `{}`", own.name);
    say(network, flag, message, help, report).related(&own.place, "its own gateway");
}

/// The other network has to have a gateway and to allow its use.
fn remote_gateway(
    estate: &Estate,
    network: &Network,
    (peering, back): (&Peering, Option<&Peering>),
    flag: &Placed<bool>,
    report: &mut Report,
) {
    let Some(remote) = peering.remote_network.map(|index| estate.network(index)) else {
        if let Some(unknown) = peering.remote.unknown() {
            report.blocked(&network.id, unknown);
        }
        return;
    };
    match back {
        Some(back) => not_allowed(network, remote, back, flag, report),
        // A peering without counterpart is the business of `peering-one-sided`.
        None if remote.peerings_shown => {}
        None => {
            let reason = format!("no input shows the peerings of `{}`", remote.name);
            report.undecided(&network.id, flag, reason);
        }
    }
    if remote.known_from_outside || has_gateway(estate, remote, peering) {
        return;
    }
    match estate.absence(GATEWAY, &remote.id, flag.origin.span) {
        Absence::Undecided(unknown) => report.blocked(&network.id, &unknown),
        Absence::Absent => {
            let message =
                format!("`{}` is to use the gateway of `{}`, which has none", network.name, remote.name);
            let help = format!("build the gateway in `{}`, or unset `useRemoteGateways`", remote.name);
            say(network, flag, message, help, report).related(&remote.place, "the other network");
        }
    }
}

fn not_allowed(
    network: &Network,
    remote: &Network,
    back: &Peering,
    flag: &Placed<bool>,
    report: &mut Report,
) {
    if let Some(unknown) = &back.condition {
        return report.blocked(&network.id, unknown);
    }
    let allowed = match &back.allow_gateway_transit {
        Fact::Known(allowed) => allowed.value,
        Fact::Unknown(unknown) => return report.blocked(&network.id, unknown),
        Fact::Absent => false,
    };
    if allowed {
        return;
    }
    let message = format!(
        "`{}` uses the gateway of `{}`, but the peering of `{}` does not allow gateway transit",
        network.name, remote.name, remote.name
    );
    let help = format!("set `allowGatewayTransit` on the peering of `{}`", remote.name);
    let place = back.allow_gateway_transit.origin().unwrap_or(&back.place);
    say(network, flag, message, help, report).related(place, format!("peering `{}`", back.name));
}

/// Whether something shows a gateway of `remote`, or a route server, which stands for one.
fn has_gateway(estate: &Estate, remote: &Network, peering: &Peering) -> bool {
    let occupied = |name: &str| remote.subnet(name).is_some_and(|subnet| subnet.occupied);
    estate.gateways_of(remote).next().is_some()
        || !peering.remote_gateways.is_empty()
        || occupied("GatewaySubnet")
        || remote.subnet("RouteServerSubnet").is_some()
}
