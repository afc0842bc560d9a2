#![doc = include_str!("README.md")]

use drlint_drill::{BreachKind, LostAddress, Topic, Why};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::drill::played::{drills, of_steps, place_of, say_open};
use crate::shared::counted;

pub(crate) static RULE: Builtin = Builtin {
    name: "drill-ip-lost",
    group: "drill",
    summary: "a step of a failover brings up machines that cannot have their addresses",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

/// Machines that the message names; the rest is counted.
const NAMED: usize = 5;

fn check(estate: &Estate, report: &mut Report) {
    for drill in drills(estate) {
        say_open(&drill, Topic::Addresses, report);
        for (breach, number) in of_steps(&drill) {
            let BreachKind::AddressesLost { recovery, lost } = &breach.kind else { continue };
            let recovery = estate.network(*recovery);
            let mut told: Vec<String> = lost.iter().take(NAMED).map(tell).collect();
            if let Some(more) = lost.len().checked_sub(NAMED).filter(|more| *more > 0) {
                told.push(format!("and {more} more"));
            }
            let addresses =
                if lost.len() == 1 { "1 address".to_owned() } else { format!("{} addresses", lost.len()) };
            let message = format!(
                "step {number} of `{}` cannot keep {addresses}: {}",
                drill.scenario.name,
                told.join(", ")
            );
            let finding = report.finding(place_of(&drill.scenario, number), message);
            finding.about(&recovery.id);
            finding.help("mend the recovery's subnets and free the addresses before the failover");
            for one in lost {
                match &one.why {
                    Why::Outside { subnet, place: Some(place) }
                    | Why::Reserved { subnet, place: Some(place) } => {
                        finding.related(place, format!("subnet `{subnet}`"));
                    }
                    Why::Taken { by, place: Some(place) } => {
                        finding.related(place, format!("`{by}` holds it"));
                    }
                    _ => {}
                }
            }
            if lost.iter().any(|one| matches!(one.why, Why::SubnetMissing(_)))
                && let Some(place) = &recovery.subnets_place
            {
                finding.related(
                    place,
                    format!("`{}` has {}", recovery.name, counted(recovery.subnets.len(), "subnet")),
                );
            }
        }
    }
}

fn tell(lost: &LostAddress) -> String {
    let machine = match &lost.address {
        Some(address) if !matches!(lost.why, Why::SubnetMissing(_)) => {
            format!("`{}` `{address}`", lost.machine)
        }
        _ => format!("`{}`", lost.machine),
    };
    match &lost.why {
        Why::SubnetMissing(subnet) => format!("{machine} finds no `{subnet}`"),
        Why::Outside { subnet, .. } => format!("{machine} is outside `{subnet}`"),
        Why::Reserved { subnet, .. } => format!("{machine} is reserved in `{subnet}`"),
        Why::Taken { by, .. } => format!("{machine} is taken by `{by}`"),
    }
}
