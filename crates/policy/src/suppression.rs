//! Findings that people chose to live with, for a reason and perhaps for a time.

use drlint_source::Span;

use crate::{Date, Entries, Finding};

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
    /// Whether it no longer holds on this day.
    fn has_ended(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until < today)
    }
}

/// Takes the suppressed findings out of `findings`.
pub fn suppress(findings: &mut Vec<Finding>, entries: &Entries<'_>, today: Date) -> Suppressions {
    let all = entries.all();
    let mut used = vec![false; all.len()];
    let mut shown_again: Vec<Vec<Span>> = vec![Vec::new(); all.len()];
    let mut suppressed = Vec::new();
    let mut kept = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        let speaking = entries.speaking_of(finding.rule, &finding.resource);
        for at in &speaking {
            used[*at] = true;
        }
        match speaking.iter().find(|at| !all[**at].has_ended(today)) {
            Some(at) => suppressed.push(Suppressed { finding, reason: all[*at].reason.clone() }),
            None => {
                for at in speaking {
                    shown_again[at].push(finding.place);
                }
                kept.push(finding);
            }
        }
    }
    *findings = kept;
    let ended = |at: &usize| all[*at].has_ended(today);
    let unused = (0..all.len()).filter(|at| !used[*at] && !ended(at)).collect();
    let expired = (0..all.len()).filter(ended).map(|at| (at, std::mem::take(&mut shown_again[at])));
    Suppressions { suppressed, unused, expired: expired.collect() }
}
