#![doc = include_str!("README.md")]

use drlint_estate::{AddressSet, Network, Prefix, Ranges, Subnet};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::{Reason, ResourceId};

use crate::fixes;

pub(crate) static RULE: Builtin = Builtin {
    name: "subnet-layout-invalid",
    group: "platform",
    summary: "Azure refuses the ranges of a network or of its subnets",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for network in estate.networks().iter().filter(|network| !network.is_hub()) {
        if !network.known_from_outside {
            let whose = format!("`{}`", network.name);
            prefixes(network, &whose, &network.address_space, &network.id, report);
            unusable(network, report);
        }
        for subnet in &network.subnets {
            let whose = format!("subnet `{}` of `{}`", subnet.name, network.name);
            prefixes(network, &whose, &subnet.prefixes, &subnet.id, report);
            sizes(network, subnet, report);
            outside(network, subnet, report);
        }
        overlaps(network, report);
    }
}

/// Prefixes that are none, or that have host bits set.
fn prefixes(network: &Network, whose: &str, ranges: &Ranges, id: &ResourceId, report: &mut Report) {
    for invalid in &ranges.invalid {
        let finding = report.finding(invalid, format!("`{}` of {whose} is no prefix", invalid.value));
        finding.about(id).help("write an address and a length, such as `10.1.0.0/16`");
    }
    for prefix in ranges.prefixes.iter().filter(|prefix| prefix.host_bits) {
        let message = format!("`{}` of {whose} has host bits set", prefix.written);
        let finding = report.finding(&prefix.origin, message);
        finding.about(id).help(format!("write `{}`", prefix.net));
        if is_alone(prefix) {
            fixes::replace(finding, network, &prefix.origin, &prefix.net.to_string());
        }
    }
}

/// Whether the literal at its place is the prefix and nothing else.
fn is_alone(prefix: &Prefix) -> bool {
    let with_quotes = prefix.written.len() + 2;
    usize::try_from(prefix.origin.span.len()) == Ok(with_quotes)
}

fn unusable(network: &Network, report: &mut Report) {
    for (prefix, range) in network.unusable_prefixes() {
        let message =
            format!("`{}` uses `{}`, but no network may use `{range}`", network.name, prefix.written);
        let finding = report.finding(&prefix.origin, message);
        finding.about(&network.id).help(format!("choose a range without `{range}`"));
    }
}

fn sizes(network: &Network, subnet: &Subnet, report: &mut Report) {
    for prefix in &subnet.prefixes.prefixes {
        let length = prefix.net.prefix_len();
        let (wrong, help) = match prefix.net.addr().is_ipv4() {
            // A gateway subnet of this size is the business of `gateway-subnet-invalid`.
            true if length > 29 && !subnet.is_gateway_subnet() => (
                "is smaller than `/29`",
                "use `/29` or larger, since Azure keeps five addresses of each subnet",
            ),
            false if length != 64 => ("is not `/64`", "use a prefix of length `/64`"),
            _ => continue,
        };
        let message =
            format!("subnet `{}` (`{}`) of `{}` {wrong}", subnet.name, prefix.written, network.name);
        report.finding(&prefix.origin, message).about(&subnet.id).help(help);
    }
}

fn outside(network: &Network, subnet: &Subnet, report: &mut Report) {
    let is_said = |ranges: &Ranges| !ranges.invalid.is_empty();
    if is_mere_name(subnet) || is_said(&subnet.prefixes) || is_said(&network.address_space) {
        return;
    }
    let Some(own) = report.decided(&subnet.id, subnet.prefixes.complete()) else { return };
    let space = &network.address_space;
    if !space.is_shown() && !own.is_empty() {
        let reason = format!("no input shows the address space of `{}`", network.name);
        report.undecided(&subnet.id, &subnet.place, reason);
        return;
    }
    if report.decided(&subnet.id, space.complete()).is_none() {
        return;
    }
    let addresses = space.addresses();
    for prefix in own.iter().filter(|prefix| !addresses.covers(&AddressSet::from(prefix.net))) {
        let message = format!(
            "subnet `{}` (`{}`) lies outside `{}` (`{}`)",
            subnet.name,
            prefix.written,
            network.name,
            space.written()
        );
        let finding = report.finding(&prefix.origin, message);
        finding.about(&subnet.id).help(format!("choose a range inside `{}`", space.written()));
        if let Some(origin) = &space.origin {
            finding.related(origin, format!("the address space of `{}`", network.name));
        }
    }
}

/// Whether the input tells no more of the subnet than that it exists.
fn is_mere_name(subnet: &Subnet) -> bool {
    let ranges = &subnet.prefixes;
    ranges.origin.is_none()
        && ranges.unknown.as_ref().is_none_or(|unknown| matches!(unknown.reason, Reason::NotInInput(_)))
}

fn overlaps(network: &Network, report: &mut Report) {
    for overlap in network.overlapping_subnets() {
        let ((later, range), (earlier, other)) = (overlap.later, overlap.earlier);
        // Of two subnets with conditions of their own, one may stand in for the other.
        let condition = later.condition.as_ref().or(earlier.condition.as_ref());
        if let Some(unknown) = condition.filter(|_| network.condition.is_none()) {
            report.blocked(&later.id, unknown);
            continue;
        }
        let message = format!(
            "subnets `{}` (`{}`) and `{}` (`{}`) of `{}` overlap",
            earlier.name, other.written, later.name, range.written, network.name
        );
        let finding = report.finding(&range.origin, message);
        finding.about(&later.id).help(format!("give `{}` a range of its own", later.name));
        finding.related(&other.origin, format!("subnet `{}`", earlier.name));
    }
}
