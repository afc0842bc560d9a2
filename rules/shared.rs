//! What several rules say in the same way.

use drlint_estate::{Evidence, Pair};
use drlint_policy::Finding;

/// Adds what says that the two networks are a pair, as the last related place of a finding on it.
pub(crate) fn with_evidence(finding: &mut Finding, pair: &Pair<'_>) {
    if let Some(evidence) = pair.evidence().first() {
        finding.related(&evidence.place, said_by(evidence));
    }
}

fn said_by(evidence: &Evidence) -> String {
    format!("the pair: {}", evidence.text)
}

/// `1 machine`, `2 machines`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// `a`, `b` and `c`; beyond five names, the first five and how many more there are.
pub(crate) fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    const SHOWN: usize = 5;
    let mut shown: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    let rest = shown.len().saturating_sub(SHOWN);
    if rest > 0 {
        shown.truncate(SHOWN);
        shown.push(format!("{rest} more"));
    }
    match shown.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        Some((only, _)) => only.clone(),
        None => String::new(),
    }
}
