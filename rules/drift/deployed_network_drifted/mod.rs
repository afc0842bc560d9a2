#![doc = include_str!("README.md")]

mod difference;

use drlint_estate::{Network, Telling};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::{Export, Input};

use self::difference::{Difference, differences};

pub(crate) static RULE: Builtin = Builtin {
    name: "deployed-network-drifted",
    group: "drift",
    summary: "a deployed network differs from its template",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

/// Differences that a message lists.
const LISTED: usize = 5;

fn check(estate: &Estate, report: &mut Report) {
    for network in estate.networks() {
        let Some((judged, rest)) = network.tellings.split_first() else { continue };
        for other in deployed(judged, rest) {
            let found = differences(network, judged, other, report);
            if !found.is_empty() {
                say(network, judged, &found, report);
                break;
            }
        }
    }
}

/// The exports to compare with: all others, but beside a template only the newest ones.
fn deployed<'t>(judged: &Telling, rest: &'t [Telling]) -> impl Iterator<Item = &'t Telling> {
    let exports = |telling: &'t Telling| Some((telling, export(telling)?));
    let newest = rest.iter().find_map(export).and_then(|export| export.taken.clone());
    let by_template = export(judged).is_none();
    rest.iter()
        .filter_map(exports)
        .filter(move |(_, export)| !by_template || export.taken == newest)
        .map(|(telling, _)| telling)
}

fn export(telling: &Telling) -> Option<&Export> {
    match &telling.declaration.input {
        Input::Export(export) => Some(export),
        Input::Template(_) => None,
    }
}

fn say(network: &Network, judged: &Telling, found: &[Difference], report: &mut Report) {
    let Some(first) = found.first() else { return };
    let (who, help) = match export(judged) {
        None => ("its template", "deploy the template, or bring it up to date"),
        Some(export) if export.planned => ("what is planned", "deploy what is planned, or plan anew"),
        Some(_) => ("another export", "leave out the export that is out of date"),
    };
    let finding = report.finding(&first.written_at, message(network, who, found));
    finding.about(&network.id).help(help);
    for one in found {
        finding.related(&one.deployed_at, format!("deployed {}", one.deployed));
        if let Some(written) = &one.written {
            finding.related(&one.written_at, format!("{who} says {written}"));
        }
    }
}

fn message(network: &Network, who: &str, found: &[Difference]) -> String {
    if let [Difference { deployed, written: Some(written), .. }] = found {
        return format!("`{}` is deployed {deployed}; {who} says {written}", network.name);
    }
    let mut list: Vec<String> = found.iter().take(LISTED).map(Difference::in_a_list).collect();
    if let Some(more) = found.len().checked_sub(LISTED).filter(|more| *more > 0) {
        list.push(format!("and {more} more"));
    }
    format!("`{}` differs from {who}: it is deployed {}", network.name, list.join(", "))
}
