//! How the rules on partial failovers show who moves and who stays.

use drlint_estate::{Network, PartialFailover, Subnet};
use drlint_policy::{Estate, Finding};

use crate::shared::listed;

/// Items that a finding shows.
const SHOWN: usize = 20;

/// `Subnet1` and `Subnet2`.
pub(crate) fn subnet_names(subnets: &[&Subnet]) -> String {
    listed(subnets.iter().map(|subnet| subnet.name.as_str()))
}

/// Adds what moves the machines, a plan, a failover or the items, and a machine that stays.
pub(crate) fn show_movers(
    estate: &Estate,
    source: &Network,
    partial: &PartialFailover<'_>,
    finding: &mut Finding,
) {
    let mut plans = estate.plans_covering(source).peekable();
    if let Some(failover) = partial.failover {
        finding
            .related(&failover.name, format!("failover `{}` moves only these machines", failover.name.value));
    } else if plans.peek().is_some() {
        for plan in plans.take(SHOWN) {
            finding.related(&plan.place, format!("recovery plan `{}` moves part of it", plan.name));
        }
    } else {
        let items = estate.items_of(source).filter(|item| {
            item.machine.is_some_and(|machine| partial.movement.moving.binary_search(&machine).is_ok())
        });
        for item in items.take(SHOWN) {
            finding.related(&item.place, format!("`{}` moves", item.machine_name));
        }
    }
    if let Some(machine) = partial.movement.staying.first().map(|at| estate.machine(*at)) {
        let interface = machine.interfaces.first().map(|at| estate.interface(*at));
        let place = interface.map_or(&machine.place, |interface| &interface.place);
        finding.related(place, format!("`{}` stays", machine.name()));
    }
}
