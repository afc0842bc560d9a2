#![doc = include_str!("README.md")]

use std::net::IpAddr;
use std::sync::Arc;

use drlint_estate::{
    Absence, Allocation, Frontend, IpConfiguration, LoadBalancer, Network, Pair, Placed, ProtectedItem,
};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::Unknown;

use crate::shared::{listed, with_evidence};

pub(crate) static RULE: Builtin = Builtin {
    name: "internal-load-balancer-not-mirrored",
    group: "platform",
    summary: "an internal load balancer of a source has no counterpart in the recovery",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

const LOAD_BALANCER: &str = "Microsoft.Network/loadBalancers";

/// Items that a finding shows.
const SHOWN: usize = 20;

fn check(estate: &Estate, report: &mut Report) {
    for pair in estate.pairs() {
        for balancer in estate.load_balancers_in(pair.source) {
            let items = items_behind(estate, &pair, balancer);
            if !items.is_empty() {
                judge(estate, &pair, balancer, &items, report);
            }
        }
    }
}

/// The items of the pair whose machines are behind the load balancer.
fn items_behind<'e>(estate: &'e Estate, pair: &Pair<'e>, balancer: &LoadBalancer) -> Vec<&'e ProtectedItem> {
    let is_behind = |item: &&ProtectedItem| {
        let interfaces = item.nics.iter().filter_map(|nic| nic.interface);
        let machine =
            item.machine.into_iter().flat_map(|machine| estate.machine(machine).interfaces.iter().copied());
        interfaces.chain(machine).any(|at| {
            let pools =
                estate.interface(at).ip_configurations.iter().flat_map(IpConfiguration::backend_pools);
            pools.into_iter().any(|pool| balancer.backend_pools.contains(&pool.value))
        })
    };
    pair.items().filter(is_behind).collect()
}

fn judge(
    estate: &Estate,
    pair: &Pair<'_>,
    balancer: &LoadBalancer,
    items: &[&ProtectedItem],
    report: &mut Report,
) {
    for (frontend, address) in fixed_frontends(balancer, pair.source) {
        let Some(fault) = fault(estate, pair, address.value, items) else { continue };
        let runbook = estate.plans_covering(pair.source).find_map(|plan| plan.actions().next());
        if let Some(action) = runbook {
            let reason = format!("action `{}` may build and attach the load balancer", action.name);
            report.undecided(&balancer.id, &action.place, reason);
        } else if let Some(plan) = estate.plan_without_members(pair.source) {
            let reason = format!("the groups of recovery plan `{}` are not in the input", plan.name);
            report.undecided(&balancer.id, &plan.place, reason);
        } else if let Some(unknown) =
            unknown_frontend(estate, pair).filter(|_| matches!(fault, Fault::NoFrontend))
        {
            report.blocked(&balancer.id, unknown);
        } else if let (Fault::NoFrontend, Absence::Undecided(unknown)) =
            (&fault, estate.absence(LOAD_BALANCER, &pair.recovery.id, address.origin.span))
        {
            report.blocked(&balancer.id, &unknown);
        } else if let Some(item) =
            items.iter().find(|item| matches!(fault, Fault::NoPool) && !item.nics_known)
        {
            let reason = format!("the interfaces of protected item `{}` are not in the input", item.name);
            report.undecided(&balancer.id, item.nics_place.as_ref().unwrap_or(&item.place), reason);
        } else {
            say(pair, balancer, frontend, address, &fault, items, report);
        }
        return;
    }
}

/// The frontends in `network` with an address of their own choice.
fn fixed_frontends<'b>(
    balancer: &'b LoadBalancer,
    network: &Network,
) -> impl Iterator<Item = (&'b Frontend, &'b Placed<IpAddr>)> {
    let index = network.index;
    let fixed = move |frontend: &&Frontend| {
        frontend.network == Some(index) && frontend.method.known() == Some(&Allocation::Static)
    };
    balancer
        .frontends
        .iter()
        .filter(fixed)
        .filter_map(|frontend| Some((frontend, frontend.address.placed()?)))
}

/// Why nobody knows which addresses the load balancers of the recovery have.
fn unknown_frontend<'e>(estate: &'e Estate, pair: &Pair<'_>) -> Option<&'e Arc<Unknown>> {
    let mut there = estate.load_balancers_in(pair.recovery).flat_map(|balancer| &balancer.frontends);
    there.find_map(|frontend| frontend.address.unknown())
}

/// What the recovery lacks.
enum Fault {
    /// A frontend with the address, or any internal load balancer.
    NoFrontend,
    /// A backend pool that an item names.
    NoPool,
}

fn fault(estate: &Estate, pair: &Pair<'_>, address: IpAddr, items: &[&ProtectedItem]) -> Option<Fault> {
    let mut there = estate.load_balancers_in(pair.recovery).flat_map(|balancer| &balancer.frontends);
    let fits = |frontend: &Frontend| {
        frontend.network == Some(pair.recovery.index)
            && (!pair.retain_ip || frontend.address.known() == Some(&address))
    };
    if !there.any(fits) {
        return Some(Fault::NoFrontend);
    }
    items.iter().any(|item| !names_a_pool(item)).then_some(Fault::NoPool)
}

fn names_a_pool(item: &ProtectedItem) -> bool {
    item.ip_configurations().any(|(_, ip)| !ip.recovery_pools.is_empty())
}

fn say(
    pair: &Pair<'_>,
    balancer: &LoadBalancer,
    frontend: &Frontend,
    address: &Placed<IpAddr>,
    fault: &Fault,
    items: &[&ProtectedItem],
    report: &mut Report,
) {
    let (source, recovery) = (&pair.source.name, &pair.recovery.name);
    let shown = format!("load balancer `{}` (`{}`) of `{source}`", balancer.name, address.value);
    let message = match fault {
        Fault::NoFrontend => format!("{shown} has no counterpart in `{recovery}`"),
        Fault::NoPool => {
            let without = items.iter().filter(|item| !names_a_pool(item));
            let names = listed(without.map(|item| item.machine_name.as_str()));
            format!("{names} behind {shown} would stand behind none in `{recovery}`")
        }
    };
    let finding = report.finding(address, message);
    finding.about(&balancer.id);
    finding.help(match fault {
        Fault::NoFrontend if pair.retain_ip => format!(
            "create the load balancer with frontend `{}` in `{recovery}` and set its backend pool on the items",
            address.value
        ),
        Fault::NoFrontend => {
            format!("create the load balancer in `{recovery}` and set its backend pool on the items")
        }
        Fault::NoPool => "set `recoveryLBBackendAddressPoolIds` on the items".to_owned(),
    });
    finding.related(&frontend.place, format!("frontend `{}`", frontend.name));
    let lacking = items.iter().filter(|item| matches!(fault, Fault::NoFrontend) || !names_a_pool(item));
    for item in lacking.take(SHOWN) {
        finding.related(&item.place, format!("`{}` is behind it", item.machine_name));
    }
    finding.related(&pair.recovery.place, format!("`{recovery}`"));
    with_evidence(finding, pair);
}
