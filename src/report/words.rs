//! What several formats say in the same words.

use std::cmp::Reverse;

use drlint_policy::Told;

use crate::outcome::{Outcome, Reported, Summary};

/// `1 error`, `2 errors`.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `1 error, 2 warnings, 0 notes`, and what is undecided or suppressed if anything is.
pub(super) fn verdict(summary: &Summary) -> String {
    let mut verdict = vec![
        counted(summary.errors, "error", "errors"),
        counted(summary.warnings, "warning", "warnings"),
        counted(summary.notes, "note", "notes"),
    ];
    if summary.undecided > 0 {
        verdict.push(format!("{} undecided", summary.undecided));
    }
    if summary.suppressed > 0 {
        verdict.push(format!("{} suppressed", summary.suppressed));
    }
    verdict.join(", ")
}

/// What was read, for the last line of a log: `9 files read, 41 resources, 2 recovery pairs`.
pub(super) fn account(summary: &Summary) -> String {
    format!(
        "{} read ({} skipped), {}, {}",
        counted(summary.files, "file", "files"),
        summary.skipped,
        counted(summary.resources, "resource", "resources"),
        counted(summary.pairs, "recovery pair", "recovery pairs"),
    )
}

/// The findings, the gravest first, then by place: where a viewer shows only the first, these are they.
pub(super) fn gravest_first(outcome: &Outcome) -> Vec<&Reported> {
    let mut findings: Vec<&Reported> = outcome.findings.iter().collect();
    findings.sort_by_key(|reported| Reverse(reported.finding.severity));
    findings
}

/// The same as people are told them: many of one fault in one.
pub(super) fn told_gravest_first(outcome: &Outcome) -> Vec<Told<'_>> {
    let mut findings = outcome.told();
    findings.sort_by_key(|told| Reverse(told.finding.severity));
    findings
}
