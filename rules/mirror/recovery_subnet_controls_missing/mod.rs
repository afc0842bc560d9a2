#![doc = include_str!("README.md")]

use drlint_estate::{Fact, Network, Pair, Placed, Plan, Subnet};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::{Origin, ResourceId};

use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "recovery-subnet-controls-missing",
    group: "mirror",
    summary: "a recovery subnet lacks a control that its source subnet has",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

/// Something the source subnet has and the recovery subnet lacks.
struct Missing<'e> {
    /// As the message says it: `no route table`.
    text: String,
    /// As the related place says it.
    source: &'static str,
    /// Where the source declares it.
    place: &'e Origin,
}

fn check(estate: &Estate, report: &mut Report) {
    for pair in estate.pairs() {
        if let Some(unseen) = without_properties(&pair) {
            let reason = format!("the properties of `{}` are not in the input", unseen.name);
            report.undecided(&pair.recovery.id, &unseen.place, reason);
            continue;
        }
        for subnet in &pair.source.subnets {
            if let Some(counterpart) = pair.recovery.subnet(&subnet.name) {
                judge(estate, &pair, subnet, counterpart, report);
            }
        }
    }
}

/// A network of the pair of which the input shows no more than that it exists. Without a control in the source, what
/// the recovery has is not asked for.
fn without_properties<'e>(pair: &Pair<'e>) -> Option<&'e Network> {
    let controlled = |subnet: &Subnet| {
        let single = [&subnet.route_table, &subnet.security_group, &subnet.nat_gateway];
        single.into_iter().any(|control| !control.is_absent())
            || !subnet.service_endpoints.is_empty()
            || !subnet.delegations.is_empty()
    };
    let needed = pair.source.subnets.iter().any(controlled);
    let unseen = [(pair.source, true), (pair.recovery, needed)].into_iter();
    unseen.filter(|(network, asked)| *asked && network.tellings.is_empty()).map(|(network, _)| network).next()
}

fn judge(estate: &Estate, pair: &Pair<'_>, subnet: &Subnet, counterpart: &Subnet, report: &mut Report) {
    let missing = missing(estate, pair, subnet, counterpart, report);
    if missing.is_empty() {
        return;
    }
    if let Some(plan) = plan_with_action(estate, pair) {
        let reason = format!("recovery plan `{}` may attach what a subnet lacks", plan.name);
        report.undecided(&counterpart.id, &plan.place, reason);
        return;
    }
    let texts: Vec<&str> = missing.iter().map(|one| one.text.as_str()).collect();
    let (lacks, has) = match texts.as_slice() {
        [one] => ((*one).to_owned(), "one"),
        [one, two] => (format!("{one} and {two}"), "both"),
        [before @ .., last] => (format!("{} and {last}", before.join(", ")), "all of them"),
        [] => return,
    };
    let message = format!(
        "subnet `{}` of `{}` has {lacks}; in `{}` it has {has}",
        counterpart.name, pair.recovery.name, pair.source.name
    );
    let finding = report.finding(&counterpart.place, message);
    finding.about(&counterpart.id);
    finding.help("attach the counterparts before the failover, Site Recovery does not create them");
    for one in &missing {
        finding.related(one.place, one.source);
    }
    with_evidence(finding, pair);
    finding.together(
        &pair.recovery.id,
        &*counterpart.name,
        format!(
            "subnets of `{}` have {lacks}; in `{}` they have {has}",
            pair.recovery.name, pair.source.name
        ),
        "attach the counterparts before the failover, Site Recovery does not create them",
    );
}

fn missing<'e>(
    estate: &Estate,
    pair: &Pair<'_>,
    subnet: &'e Subnet,
    counterpart: &Subnet,
    report: &mut Report,
) -> Vec<Missing<'e>> {
    let mut found = Vec::new();
    let mut single = |source: &'e Fact<ResourceId>, recovery: &Fact<ResourceId>, name: &'static str| {
        let Some(placed) = report.known(&counterpart.id, source) else { return };
        if report.known(&counterpart.id, recovery).is_none() && recovery.is_absent() {
            found.push(Missing { text: format!("no {name}"), source: name, place: &placed.origin });
        }
    };
    single(&subnet.route_table, &counterpart.route_table, "route table");
    if !(counterpart.security_group.is_absent() && brings_its_own_group(estate, pair, subnet)) {
        single(&subnet.security_group, &counterpart.security_group, "network security group");
    }
    single(&subnet.nat_gateway, &counterpart.nat_gateway, "NAT gateway");
    services(&subnet.service_endpoints, &counterpart.service_endpoints, "service endpoint for", &mut found);
    services(&subnet.delegations, &counterpart.delegations, "delegation to", &mut found);
    found
}

fn services<'e>(
    source: &'e [Placed<String>],
    recovery: &[Placed<String>],
    kind: &'static str,
    found: &mut Vec<Missing<'e>>,
) {
    for service in source.iter().filter(|one| !recovery.iter().any(|two| two.eq_ignore_ascii_case(one))) {
        let name = if kind.starts_with("service") { "service endpoint" } else { "delegation" };
        let text = format!("no {kind} `{}`", service.value);
        found.push(Missing { text, source: name, place: &service.origin });
    }
}

/// Whether every machine of the subnet comes up with a network security group of its own.
fn brings_its_own_group(estate: &Estate, pair: &Pair<'_>, subnet: &Subnet) -> bool {
    let items = estate.items_in_subnet(pair.source, subnet);
    !items.is_empty()
        && items.iter().all(|item| {
            let mut nics = pair.moving_nics(item).peekable();
            nics.peek().is_some() && nics.all(|nic| nic.recovery_security_group.known().is_some())
        })
}

/// A plan of the source with an action, or one that may have some.
fn plan_with_action<'e>(estate: &'e Estate, pair: &Pair<'e>) -> Option<&'e Plan> {
    let acting = estate.plans_covering(pair.source).find(|plan| plan.actions().next().is_some());
    acting.or_else(|| estate.plan_without_members(pair.source))
}
