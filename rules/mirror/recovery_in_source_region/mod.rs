#![doc = include_str!("README.md")]

use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "recovery-in-source-region",
    group: "mirror",
    summary: "a recovery network is in the region of its source",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for pair in estate.pairs().filter(|pair| !estate.is_zone_to_zone(pair)) {
        let (source, recovery) = (pair.source, pair.recovery);
        if let Some(unseen) = [source, recovery].into_iter().find(|network| network.region.is_absent()) {
            let reason = format!("no input shows the region of `{}`", unseen.name);
            report.undecided(&recovery.id, &unseen.place, reason);
            continue;
        }
        let Some(from) = report.known(&recovery.id, &source.region) else { continue };
        let Some(to) = report.known(&recovery.id, &recovery.region) else { continue };
        if from.value != to.value {
            continue;
        }
        if let Some(unknown) = estate.doubt_of_zone_to_zone(&pair) {
            report.blocked(&recovery.id, &unknown);
            continue;
        }
        let message = format!(
            "recovery network `{}` is in `{}`, the region of its source `{}`",
            recovery.name, to.value, source.name
        );
        let finding = report.finding(to, message);
        finding.about(&recovery.id);
        finding.help(format!("create `{}` in another region", recovery.name));
        finding.related(from, "the source is here");
        with_evidence(finding, &pair);
    }
}
