#![doc = include_str!("README.md")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use drlint_estate::{Application, Machine, MachineIndex, Network, NetworkIndex};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::Unknown;

use crate::shared::listed;

pub(crate) static RULE: Builtin = Builtin {
    name: "application-shares-network",
    group: "isolation",
    summary: "an isolated application shares its network with other machines",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

/// The other machines that a finding shows.
const SHOWN: usize = 20;

fn check(estate: &Estate, report: &mut Report) {
    // Nobody knows whether such a network is declared to be an application's own.
    for network in estate.networks() {
        if let Some(unknown) = network.tags.application.unknown()
            && estate.machines_in(network).next().is_some()
        {
            report.blocked(&network.id, unknown);
        }
    }
    let owners = owners(estate);
    for application in estate.applications().iter().filter(|application| application.isolated) {
        let own = estate.machines_of_application(application);
        for network in homes(estate, application, &own) {
            let whole = application.networks.contains(&network.index);
            let is_other = |machine: &&Machine| {
                let claimed = owners.get(&machine.index);
                // A network of its own is shared only with machines that belong to somebody else.
                let other = if whole { claimed.is_some() } else { !own.contains(&machine.index) };
                other && !machine.is_replica() && claimed.is_none_or(|owner| *owner != &*application.name)
            };
            let (unknown, others): (Vec<&Machine>, Vec<&Machine>) =
                estate.machines_in(network).filter(is_other).partition(|machine| unread(machine).is_some());
            if !others.is_empty() {
                say(estate, application, network, &others, report);
            } else if let Some(unknown) = unknown.into_iter().find_map(unread) {
                let subject = format!("application/{}", application.name);
                report.blocked_named(subject, unknown);
            }
        }
    }
}

/// Why nobody knows whether a machine is a replica, or whose it is.
fn unread(machine: &Machine) -> Option<&Arc<Unknown>> {
    machine.tags().role.unknown().or(machine.tags().application.unknown())
}

/// The application that a machine itself says it belongs to, or that names it.
fn owners(estate: &Estate) -> BTreeMap<MachineIndex, &str> {
    let claims = estate
        .applications()
        .iter()
        .flat_map(|application| application.machines.iter().map(|machine| (*machine, &*application.name)));
    claims.collect()
}

/// The networks it lives in, but for recoveries, where it is not yet.
fn homes<'e>(
    estate: &'e Estate,
    application: &Application,
    own: &BTreeSet<MachineIndex>,
) -> impl Iterator<Item = &'e Network> {
    let of_machines = own
        .iter()
        .flat_map(|at| &estate.machine(*at).interfaces)
        .flat_map(|at| estate.interface(*at).ip_configurations.iter().filter_map(|ip| ip.network));
    let of_subnets = application.subnets.iter().map(|(network, _)| *network);
    let all: BTreeSet<NetworkIndex> =
        application.networks.iter().copied().chain(of_subnets).chain(of_machines).collect();
    all.into_iter()
        .map(|at| estate.network(at))
        .filter(|network| estate.pairs_of_recovery(network).next().is_none())
}

fn say(
    estate: &Estate,
    application: &Application,
    network: &Network,
    others: &[&Machine],
    report: &mut Report,
) {
    let message = format!(
        "application `{}` is isolated but shares `{}` with {}",
        application.name,
        network.name,
        listed(others.iter().map(|machine| machine.name()))
    );
    let finding = report.finding(&application.place, message);
    finding.about_named(format!("application/{}", application.name));
    finding.help(format!(
        "give `{}` its own virtual network, and connect the networks as needed",
        application.name
    ));
    for machine in others.iter().take(SHOWN) {
        let interface = machine.interfaces.first().map(|at| estate.interface(*at));
        let place = interface.map_or(&machine.place, |interface| &interface.place);
        finding.related(place, format!("`{}` is not its own", machine.name()));
    }
    finding.related(&network.place, format!("`{}`", network.name));
}
