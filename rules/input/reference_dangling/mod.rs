#![doc = include_str!("README.md")]

mod disconnect;
mod without_recovery;

use drlint_estate::{Dangling, DanglingProblem};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::fixes;

pub(crate) static RULE: Builtin = Builtin {
    name: "reference-dangling",
    group: "input",
    summary: "something names what the estate should hold and does not",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for dangling in estate.dangling() {
        if is_of_a_network_nobody_shows(estate, &dangling) {
            let reason = "no file of the input shows a network";
            report.undecided_named("drlint.toml", &dangling.place, reason);
            continue;
        }
        say(&dangling, report);
    }
    disconnect::check(estate, report);
    without_recovery::check(estate, report);
}

/// Whether `drlint.toml` names what could be in an export that was not made, or not read.
fn is_of_a_network_nobody_shows(estate: &Estate, dangling: &Dangling) -> bool {
    dangling.referrer.is_none()
        && matches!(dangling.problem, DanglingProblem::Nothing(_))
        && estate.networks().iter().all(|network| network.known_from_outside)
}

fn say(dangling: &Dangling, report: &mut Report) {
    let (message, help) = match &dangling.problem {
        DanglingProblem::Nothing(near) => {
            let message =
                format!("{} names {}, which the estate does not have", dangling.text, dangling.target);
            let help = match near.as_slice() {
                [] => "correct the name, or add an export that has it".to_owned(),
                near => format!("correct the name; did you mean {}", alternatives(near)),
            };
            (message, help)
        }
        DanglingProblem::Several(ids) => {
            let message =
                format!("{} names {}, of which there are {}", dangling.text, dangling.target, ids.len());
            (message, format!("write the full id: {}", alternatives(ids)))
        }
    };
    let finding = report.finding(&dangling.place, message);
    match &dangling.referrer {
        Some(id) => finding.about(id),
        None => finding.about_named("drlint.toml"),
    };
    finding.help(help);
    if let (None, DanglingProblem::Nothing(near)) = (&dangling.referrer, &dangling.problem) {
        fixes::correct_name(finding, &dangling.place, &dangling.written, near);
    }
    if let Some((name, place)) = &dangling.container {
        finding.related(place, format!("`{name}`"));
    }
}

/// `a` or `b`; of many, the first three.
fn alternatives(names: &[String]) -> String {
    let names: Vec<String> = names.iter().take(3).map(|name| format!("`{name}`")).collect();
    names.join(" or ")
}
