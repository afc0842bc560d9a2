#![doc = include_str!("README.md")]

use drlint_estate::{Estate, SupposedPair, Uncertain};
use drlint_policy::{Builtin, Check, Report, Severity};

pub(crate) static RULE: Builtin = Builtin {
    name: "value-unknown",
    group: "input",
    summary: "a rule could not decide because a value is not known",
    severity: Severity::Note,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

/// What no rule asks for, since without it there is no pair to judge. What rules ask for they say themselves.
fn check(estate: &Estate, report: &mut Report) {
    for supposed in estate.supposed_pairs() {
        supposed_pair(estate, supposed, report);
    }
    for network in estate.networks() {
        if let Some(unknown) = network.tags.recovers.unknown() {
            report.blocked(&network.id, unknown);
        }
    }
}

fn supposed_pair(estate: &Estate, supposed: &SupposedPair, report: &mut Report) {
    let (source, recovery) = (estate.network(supposed.source), estate.network(supposed.recovery));
    let reason = match supposed.why {
        Uncertain::NameAlone => format!(
            "`{}` looks like the recovery of `{}` by its name alone; say it with the tag `dr-recovers` or a `[[recovery]]`",
            recovery.name, source.name
        ),
        Uncertain::Direction => format!(
            "nothing says which of `{}` and `{}` is the source; say it with a `[[recovery]]`",
            source.name, recovery.name
        ),
    };
    let place = supposed.evidence.first().map_or(&recovery.place, |evidence| &evidence.place);
    report.undecided(&recovery.id, place, reason);
}
