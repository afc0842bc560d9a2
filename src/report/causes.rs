//! What is undecided, grouped by its cause.

use std::collections::BTreeMap;

use drlint_policy::Undecided;
use drlint_source::FileId;

/// Rules that one cause left undecided.
#[derive(Debug)]
pub(super) struct Cause<'o> {
    /// Why, as a sentence without full stop.
    pub(super) reason: &'o str,
    /// The file that has to change.
    pub(super) file: FileId,
    /// What it left undecided.
    pub(super) entries: Vec<&'o Undecided>,
}

/// The causes, those that block most first.
pub(super) fn causes(undecided: &[Undecided]) -> Vec<Cause<'_>> {
    let mut grouped: BTreeMap<(&str, FileId), Vec<&Undecided>> = BTreeMap::new();
    for entry in undecided {
        let file = entry.declared.unwrap_or(entry.place).file;
        grouped.entry((&entry.reason, file)).or_default().push(entry);
    }
    let mut causes: Vec<Cause<'_>> =
        grouped.into_iter().map(|((reason, file), entries)| Cause { reason, file, entries }).collect();
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.entries.len()));
    causes
}
