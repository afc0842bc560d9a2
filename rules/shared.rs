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
