//! What two inputs tell differently of one network.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use drlint_estate::{Fact, Network, Placed, Ranges, SubnetPlace, Telling};
use drlint_policy::Report;
use drlint_resource::Origin;
use drlint_source::Span;

/// One thing that two inputs tell differently.
pub(super) struct Difference {
    /// What the template says instead, if it says something.
    pub(super) written: Option<String>,
    /// Where it says so.
    pub(super) written_at: Origin,
    /// What the export shows, after "is deployed".
    pub(super) deployed: String,
    /// Where it shows it.
    pub(super) deployed_at: Origin,
}

/// The differences between `written`, which counts, and `deployed`.
pub(super) fn differences(
    network: &Network,
    written: &Telling,
    deployed: &Telling,
    report: &mut Report,
) -> Vec<Difference> {
    let mut found = Vec::new();
    found.extend(address_space(network, written, deployed, report));
    found.extend(region(network, written, deployed, report));
    found.extend(dns_servers(network, written, deployed, report));
    if let Some(unknown) = written.subnets_unknown.as_ref().or(deployed.subnets_unknown.as_ref()) {
        report.blocked(&network.id, unknown);
    } else if written.subnets_shown && deployed.subnets_shown && !written.subnets.is_empty() {
        subnets(network, written, deployed, report, &mut found);
    }
    found
}

fn address_space(
    network: &Network,
    written: &Telling,
    deployed: &Telling,
    report: &mut Report,
) -> Option<Difference> {
    let (own, other) = (&written.address_space, &deployed.address_space);
    if !differ(network, own, other, report) {
        return None;
    }
    Some(Difference {
        written: Some(format!("`{}`", own.written())),
        written_at: place(own, written.declaration.span),
        deployed: format!("with `{}`", other.written()),
        deployed_at: place(other, deployed.declaration.span),
    })
}

fn region(
    network: &Network,
    written: &Telling,
    deployed: &Telling,
    report: &mut Report,
) -> Option<Difference> {
    let own = report.known(&network.id, &written.region)?;
    let other = report.known(&network.id, &deployed.region)?;
    (own.value != other.value).then(|| Difference {
        written: Some(format!("`{}`", own.value)),
        written_at: own.origin.clone(),
        deployed: format!("in `{}`", other.value),
        deployed_at: other.origin.clone(),
    })
}

/// No list and an empty one both mean Azure's own servers; an export without a list shows that only if it shows the
/// network as a whole.
fn dns_servers(
    network: &Network,
    written: &Telling,
    deployed: &Telling,
    report: &mut Report,
) -> Option<Difference> {
    let whole = deployed.address_space.is_shown() && deployed.subnets_shown;
    if deployed.dns_servers.is_absent() && !whole {
        return None;
    }
    let own = servers(network, &written.dns_servers, report)?;
    let other = servers(network, &deployed.dns_servers, report)?;
    (own != other).then(|| Difference {
        written: Some(shown(&own)),
        written_at: at(&written.dns_servers, written.declaration.span),
        deployed: format!("with {}", shown(&other)),
        deployed_at: at(&deployed.dns_servers, deployed.declaration.span),
    })
}

fn servers(
    network: &Network,
    fact: &Fact<Vec<Placed<IpAddr>>>,
    report: &mut Report,
) -> Option<BTreeSet<IpAddr>> {
    if fact.is_absent() {
        return Some(BTreeSet::new());
    }
    report.known(&network.id, fact).map(|list| list.value.iter().map(|server| server.value).collect())
}

fn shown(servers: &BTreeSet<IpAddr>) -> String {
    if servers.is_empty() {
        return "no DNS servers".to_owned();
    }
    let list: Vec<String> = servers.iter().map(IpAddr::to_string).collect();
    format!("DNS servers `{}`", list.join(", "))
}

fn subnets(
    network: &Network,
    written: &Telling,
    deployed: &Telling,
    report: &mut Report,
    found: &mut Vec<Difference>,
) {
    let key = |subnet: &SubnetPlace| subnet.name.to_lowercase();
    let others: BTreeMap<String, &SubnetPlace> =
        deployed.subnets.iter().map(|subnet| (key(subnet), subnet)).collect();
    let names: BTreeSet<String> = written.subnets.iter().map(key).collect();
    for own in &written.subnets {
        match others.get(&key(own)) {
            Some(other) if differ(network, &own.prefixes, &other.prefixes, report) => {
                found.push(Difference {
                    written: Some(format!("`{}`", own.prefixes.written())),
                    written_at: place(&own.prefixes, own.place.span),
                    deployed: format!("with `{}` as `{}`", other.prefixes.written(), other.name),
                    deployed_at: place(&other.prefixes, other.place.span),
                });
            }
            Some(_) => {}
            None => found.push(Difference {
                written: None,
                written_at: own.place.clone(),
                deployed: format!("without subnet `{}`", own.name),
                deployed_at: Origin::at(deployed.declaration.span),
            }),
        }
    }
    for other in deployed.subnets.iter().filter(|subnet| !names.contains(&key(subnet))) {
        found.push(Difference {
            written: None,
            written_at: Origin::at(written.declaration.span),
            deployed: format!("with subnet `{}`", other.name),
            deployed_at: other.place.clone(),
        });
    }
}

/// Whether both lists are shown and known, and differ as sets of addresses.
fn differ(network: &Network, own: &Ranges, other: &Ranges, report: &mut Report) -> bool {
    if !own.is_shown() || !other.is_shown() {
        return false;
    }
    let known = report.decided(&network.id, own.complete()).is_some()
        && report.decided(&network.id, other.complete()).is_some();
    known && own.addresses() != other.addresses()
}

fn place(ranges: &Ranges, name: Span) -> Origin {
    match ranges.prefixes.as_slice() {
        [only] => only.origin.clone(),
        _ => ranges.origin.clone().unwrap_or_else(|| Origin::at(name)),
    }
}

fn at<T>(fact: &Fact<T>, name: Span) -> Origin {
    fact.origin().cloned().unwrap_or_else(|| Origin::at(name))
}

impl Difference {
    /// It as one of several: "in `eastasia` instead of `southeastasia`".
    pub(super) fn in_a_list(&self) -> String {
        match &self.written {
            Some(written) => format!("{} instead of {written}", self.deployed),
            None => self.deployed.clone(),
        }
    }
}
