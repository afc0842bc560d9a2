//! Steps that fail over what has no recovery.

use drlint_estate::{Estate, Found, NETWORK_MAPPING, Network, PROTECTED_ITEM, Placed, StepAction};
use drlint_policy::Report;

pub(super) fn check(estate: &Estate, report: &mut Report) {
    for step in estate.intent().failovers.iter().flat_map(|failover| &failover.steps) {
        match &step.action {
            StepAction::FailOver(sources) => {
                for name in sources {
                    let Found::One(network) = estate.find_network(name) else { continue };
                    if !has_recovery(estate, network) {
                        say(estate, name, &network.name, report);
                    }
                }
            }
            StepAction::FailOverMachines(machines) => {
                for name in machines {
                    let Found::One(machine) = estate.find_machine(name) else { continue };
                    let home = estate.home_of(machine);
                    if home.is_some_and(|home| !has_recovery(estate, estate.network(home))) {
                        say(estate, name, machine.name(), report);
                    }
                }
            }
            _ => {}
        }
    }
}

fn has_recovery(estate: &Estate, network: &Network) -> bool {
    estate.pairs_of_source(network).next().is_some()
}

fn say(estate: &Estate, name: &Placed<String>, shown: &str, report: &mut Report) {
    if let Some(unknown) = estate.incomplete(&[NETWORK_MAPPING, PROTECTED_ITEM], name.origin.span) {
        return report.blocked_named("drlint.toml", &unknown);
    }
    let finding = report.finding(name, format!("a step fails over `{shown}`, which has no recovery"));
    finding
        .about_named("drlint.toml")
        .help("state a `[[recovery]]`, or add the network mappings and the protected items to the input");
}
