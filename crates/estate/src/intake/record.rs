//! Several tellings of one thing, each already in its final form, made one.

use drlint_resource::{Origin, ResourceId};
use drlint_source::Span;

use crate::build::Differing;
use crate::{Fact, Saying};

/// A thing in its final form, as one input tells of it.
pub(crate) trait Record {
    fn id(&self) -> &ResourceId;
    fn id_mut(&mut self) -> &mut ResourceId;
    /// Where its name was written.
    fn span(&self) -> Span;
    fn telling(&self) -> TellingOf;
    fn telling_mut(&mut self) -> &mut TellingOf;
    /// Tells `found` what both say, and say differently.
    fn compare(&self, other: &Self, found: &mut Differing<'_>);
    /// Whether both say the same and leave the same open.
    fn is_same(&self, other: &Self) -> bool;
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said(u8);

impl Said {
    pub(crate) fn add(&mut self, fact: u8) {
        self.0 |= 1 << fact;
    }

    pub(crate) fn has(self, fact: u8) -> bool {
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

/// Compares two facts by how they are shown, where both are known.
pub(crate) fn compare_facts<T>(
    one: &Fact<T>,
    two: &Fact<T>,
    shown: impl Fn(&T) -> String,
    found: &mut Differing<'_>,
) {
    let (Fact::Known(one), Fact::Known(two)) = (one, two) else { return };
    let (here, there) = (shown(&one.value), shown(&two.value));
    if here != there {
        let saying = |text, origin: &Origin| Saying { text, place: origin.span };
        found(saying(here, &one.origin), saying(there, &two.origin));
    }
}

/// The same for references. Where a scope is not known, the names tell what is meant.
pub(crate) fn compare_references(one: &Fact<ResourceId>, two: &Fact<ResourceId>, found: &mut Differing<'_>) {
    let known = [one, two].iter().all(|fact| fact.known().is_some_and(ResourceId::scope_is_known));
    let meant = |id: &ResourceId| if known { id.key() } else { id.full_name().to_lowercase() };
    compare_facts(one, two, meant, found);
}
