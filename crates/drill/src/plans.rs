//! What recovery plans show of a failover: which machines move. What their actions do nobody can read.

use drlint_estate::{Estate, MachineIndex, Plan};

use crate::{Action, Origin, Scenario, Step};

/// One scenario for each recovery plan whose members are known.
///
/// All machines move in one step: a plan shuts down and fails over all its members before its boot groups start one
/// after another (`groupType` `Shutdown`, `Failover`, `Boot`), so that at no time one half of a network runs in each
/// region.
pub fn planned(estate: &Estate) -> Vec<Scenario> {
    let known =
        estate.plans().iter().filter(|plan| plan.groups_unknown.is_none() && plan.members().next().is_some());
    known.map(|plan| scenario(estate, plan)).collect()
}

fn scenario(estate: &Estate, plan: &Plan) -> Scenario {
    let mut machines: Vec<MachineIndex> = Vec::new();
    let mut steps = Vec::new();
    for member in plan.members() {
        match member.item.and_then(|item| estate.item(item).machine) {
            Some(machine) => machines.push(machine),
            None => {
                let why = format!("the estate has no machine of the item `{}`", member.id.value.name());
                let place = member.id.origin.span;
                steps.push(Step { place: Some(place), action: Action::Nothing { why, place } });
            }
        }
    }
    if !machines.is_empty() {
        let place = plan.groups_place.as_ref().unwrap_or(&plan.place).span;
        // Behind what nobody knows of: who stays is not known either.
        steps.push(Step { place: Some(place), action: Action::MoveMachines(machines) });
    }
    let towards = |action: &&drlint_estate::Action| {
        action.directions.is_empty() || action.runs_towards("PrimaryToRecovery")
    };
    let actions = plan.actions().filter(towards).map(|action| action.name.clone()).collect();
    Scenario {
        name: format!("{} (recovery plan)", plan.name),
        origin: Origin::RecoveryPlan { place: plan.place.span, actions },
        steps,
    }
}
