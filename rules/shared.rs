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

/// `vm-a`, `vm-b` and 3 more: the first five names, the rest counted.
pub(crate) fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    let (shown, rest) = names.split_at(names.len().min(5));
    match (shown, rest.len()) {
        ([one], 0) => one.clone(),
        ([before @ .., last], 0) => format!("{} and {last}", before.join(", ")),
        (shown, rest) => format!("{} and {rest} more", shown.join(", ")),
    }
}
