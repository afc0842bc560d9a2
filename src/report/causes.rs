//! What is undecided, grouped by its cause.

use std::collections::{BTreeMap, BTreeSet};

use drlint_policy::Undecided;
use drlint_source::{FileId, Span};

/// Rules that one cause left undecided.
#[derive(Debug)]
pub(super) struct Cause<'o> {
    /// Why, as a sentence without full stop.
    pub(super) reason: &'o str,
    /// The first place that has to change: the declaration of what has no value, else the expression.
    pub(super) place: Span,
    /// Where another input says something else.
    pub(super) other: Option<Span>,
    /// What it left undecided.
    pub(super) entries: Vec<&'o Undecided>,
}

impl<'o> Cause<'o> {
    /// What it left undecided, in words.
    pub(super) fn what(&self) -> String {
        let rules: BTreeSet<&str> = self.entries.iter().map(|entry| entry.rule).collect();
        let resources: BTreeSet<&str> = self.entries.iter().map(|entry| &*entry.resource).collect();
        let only = rules.first().filter(|_| rules.len() == 1);
        let what = only.map_or_else(|| format!("{} rules", rules.len()), |rule| format!("`{rule}`"));
        // Each rule is undecided once for each resource, unless it has no such subject.
        if resources.len() == 1 || self.entries.len() == rules.len() {
            what
        } else {
            format!("{what} about {} resources", resources.len())
        }
    }

    fn of(reason: &'o str, entries: Vec<&'o Undecided>) -> Option<Self> {
        let place = entries.iter().map(|entry| entry.declared.unwrap_or(entry.place)).min()?;
        let other = entries.iter().filter_map(|entry| entry.other).min();
        Some(Self { reason, place, other, entries })
    }
}

/// The causes, those that block most first.
pub(super) fn causes(undecided: &[Undecided]) -> Vec<Cause<'_>> {
    let mut grouped: BTreeMap<(&str, FileId), Vec<&Undecided>> = BTreeMap::new();
    for entry in undecided {
        let file = entry.declared.unwrap_or(entry.place).file;
        grouped.entry((&entry.reason, file)).or_default().push(entry);
    }
    let mut causes: Vec<Cause<'_>> =
        grouped.into_iter().filter_map(|((reason, _), entries)| Cause::of(reason, entries)).collect();
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.entries.len()));
    causes
}
