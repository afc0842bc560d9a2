//! Findings that people chose to live with, for a reason and perhaps for a time.

use drlint_source::Span;

use crate::{Date, Finding};

/// An entry `[[suppress]]` of `drlint.toml`, or an `ignore` in a resource's metadata.
#[derive(Clone, Debug)]
pub struct Suppression {
    /// The rule.
    pub rule: String,
    /// The resource: a name or a full id.
    pub resource: String,
    /// Why it is suppressed.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Option<Date>,
    /// Where the entry names its rule.
    pub place: Span,
    /// Where the entry names its last day.
    pub until_place: Option<Span>,
}

/// A finding that is not reported, and why.
#[derive(Clone, Debug)]
pub struct Suppressed {
    /// The finding.
    pub finding: Finding,
    /// The reason of the entry that hid it.
    pub reason: String,
}

/// What [`suppress`] found out about the entries.
#[derive(Debug, Default)]
pub struct Suppressions {
    /// The findings that are hidden.
    pub suppressed: Vec<Suppressed>,
    /// Indices of entries that matched nothing.
    pub unused: Vec<usize>,
    /// Indices of entries that have ended, each with the findings they hid before.
    pub expired: Vec<(usize, Vec<Span>)>,
}

impl Suppression {
    /// Whether it speaks of this finding.
    pub fn matches(&self, finding: &Finding) -> bool {
        self.speaks_of(finding.rule, &finding.resource)
    }

    /// Whether it speaks of this rule and resource.
    pub fn speaks_of(&self, rule: &str, resource: &str) -> bool {
        self.rule == rule && names(&self.resource, resource)
    }
}

/// Whether `written`, a name or an id, means the resource `id`.
fn names(written: &str, id: &str) -> bool {
    if written.eq_ignore_ascii_case(id) {
        return true;
    }
    let tail = id.len().checked_sub(written.len() + 1);
    tail.is_some_and(|at| {
        id.as_bytes()[at] == b'/' && id.is_char_boundary(at + 1) && id[at + 1..].eq_ignore_ascii_case(written)
    })
}

/// Takes the suppressed findings out of `findings`.
pub fn suppress(findings: &mut Vec<Finding>, entries: &[Suppression], today: Date) -> Suppressions {
    let mut outcome = Suppressions::default();
    let ended = |entry: &Suppression| entry.until.is_some_and(|until| until < today);
    let mut used = vec![false; entries.len()];
    let mut kept = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        let mut hidden_by = None;
        for (at, entry) in entries.iter().enumerate() {
            if entry.matches(&finding) {
                used[at] = true;
                if !ended(entry) {
                    hidden_by.get_or_insert(at);
                }
            }
        }
        match hidden_by {
            Some(at) => outcome.suppressed.push(Suppressed { finding, reason: entries[at].reason.clone() }),
            None => kept.push(finding),
        }
    }
    for (at, entry) in entries.iter().enumerate() {
        if ended(entry) {
            let places = kept.iter().filter(|finding| entry.matches(finding)).map(|finding| finding.place);
            outcome.expired.push((at, places.collect()));
        } else if !used[at] {
            outcome.unused.push(at);
        }
    }
    *findings = kept;
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_is_named_by_its_id_or_by_the_end_of_it() {
        let id =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/vnet-recovery";
        assert!(names("vnet-recovery", id));
        assert!(names(&id.to_lowercase(), id));
        assert!(names("VNET-Recovery", "Microsoft.Network/virtualNetworks/vnet-recovery"));
        assert!(names("application/payroll", "application/payroll"));
        assert!(!names("recovery", id));
        assert!(!names("", "x"));
    }
}
