//! Several tellings of one thing, each already in its final form, made one.

use drlint_resource::ResourceId;
use drlint_source::{FileId, Span};

use crate::Fact;

/// A thing in its final form, as one input tells of it.
pub(crate) trait Record {
    fn id(&self) -> &ResourceId;
    fn id_mut(&mut self) -> &mut ResourceId;
    /// Where its name was written.
    fn span(&self) -> Span;
    fn telling(&self) -> TellingOf;
    fn telling_mut(&mut self) -> &mut TellingOf;
    /// Makes unknown what one of `rivals`, files whose word counts as much as that of `other`, and `other` say
    /// differently.
    fn dispute(&mut self, other: &Self, rivals: &[FileId]);
    /// Fills what this telling leaves open with what a weaker one says.
    fn fill(&mut self, weaker: &mut Self);
}

/// What told of a record, and what of it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TellingOf {
    /// The number of the input.
    input: u32,
    pub(crate) said: Said,
    /// Whether the list was there, be it empty.
    pub(crate) lists: bool,
}

impl TellingOf {
    pub(crate) fn input(at: usize) -> Self {
        Self { input: u32::try_from(at).unwrap_or(u32::MAX), ..Self::default() }
    }

    pub(crate) fn number(self) -> usize {
        self.input as usize
    }
}

/// Which facts the strongest telling had a value for, be it one that could not be read: that value counts.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Said(u8);

impl Said {
    pub(crate) fn add(&mut self, fact: u8) {
        self.0 |= 1 << fact;
    }

    fn has(self, fact: u8) -> bool {
        self.0 & (1 << fact) != 0
    }

    /// Whether the value of a fact gives way to that of a weaker telling.
    fn yields(&mut self, weaker: Self, fact: u8, is_absent: bool) -> bool {
        if self.has(fact) {
            return false;
        }
        if weaker.has(fact) {
            self.add(fact);
            return true;
        }
        is_absent
    }

    /// A fact takes the value of a weaker telling if it has none: a value before an unknown one before none.
    pub(crate) fn fill<T>(&mut self, weaker: Self, fact: u8, own: &mut Fact<T>, other: &mut Fact<T>) {
        if self.yields(weaker, fact, own.is_absent()) {
            *own = std::mem::take(other);
        }
    }

    /// The same for a value that is kept as it is.
    pub(crate) fn fill_plain<T: Default>(&mut self, weaker: Self, fact: u8, own: &mut T, other: &mut T) {
        if self.yields(weaker, fact, false) {
            *own = std::mem::take(other);
        }
    }
}

/// Adds records of a file whose inputs are counted from `inputs` on.
pub(crate) fn append<R: Record>(records: &mut Vec<R>, mut more: Vec<R>, inputs: usize) {
    if inputs > 0 {
        for record in &mut more {
            let telling = record.telling_mut();
            telling.input = telling.input.saturating_add(TellingOf::input(inputs).input);
        }
    }
    if records.is_empty() {
        *records = more;
    } else {
        records.append(&mut more);
    }
}
