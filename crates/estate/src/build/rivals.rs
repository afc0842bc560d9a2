//! Several tellings of one thing of which nobody knows which holds.

use std::ops::Range;

use drlint_resource::{Input, Resource, ResourceId};
use drlint_source::{FileId, Span};
use rustc_hash::FxHashSet;

use super::compare::compare;
use crate::intake::Record;
use crate::{Difference, Saying};

/// The most exports of one thing that are held against each other: people keep a few.
const MOST: usize = 32;

/// Takes what two tellings say differently.
pub(crate) type Differing<'f> = dyn FnMut(Saying, Saying) + 'f;

/// What one input tells of one thing.
pub(super) trait Tells {
    fn id(&self) -> &ResourceId;
    fn input<'i>(&'i self, inputs: &'i [Input]) -> Option<&'i Input>;
    fn compare(&self, other: &Self, found: &mut Differing<'_>);
    /// Whether both say the same and leave the same open.
    fn is_same(&self, other: &Self) -> bool;
}

impl Tells for Resource {
    fn id(&self) -> &ResourceId {
        &self.id
    }

    fn input<'i>(&'i self, _: &'i [Input]) -> Option<&'i Input> {
        Some(&self.input)
    }

    fn compare(&self, other: &Self, found: &mut Differing<'_>) {
        compare(&self.body, &other.body, found);
    }

    fn is_same(&self, other: &Self) -> bool {
        self.body == other.body
    }
}

impl<R: Record> Tells for R {
    fn id(&self) -> &ResourceId {
        Record::id(self)
    }

    fn input<'i>(&'i self, inputs: &'i [Input]) -> Option<&'i Input> {
        inputs.get(self.telling().number())
    }

    fn compare(&self, other: &Self, found: &mut Differing<'_>) {
        Record::compare(self, other, found);
    }

    fn is_same(&self, other: &Self) -> bool {
        Record::is_same(self, other)
    }
}

/// Who tells a thing otherwise than others: a file, and which of its tellings, since one may tell a thing twice.
pub(super) type Teller = (FileId, usize);

/// Things that several exports tell of differently, none of which is known to be newer than the others.
#[derive(Clone, Debug, Default)]
pub(super) struct Rivals {
    runs: Vec<Run>,
}

/// The tellings of one thing.
#[derive(Clone, Debug)]
struct Run {
    /// Where they stand.
    range: Range<usize>,
    /// Those that disagree with another, by position in the run, each with who tells it.
    disagreeing: Vec<(usize, Teller)>,
}

impl Rivals {
    /// Those among `all`, which are sorted by id and weight. What their tellings differ in is added to `differences`.
    pub(super) fn among<T: Tells>(all: &[T], inputs: &[Input], differences: &mut Vec<Difference>) -> Self {
        let mut rivals = Self::default();
        let mut start = 0;
        for run in all.chunk_by(|one, two| one.id() == two.id()) {
            let range = start..start + run.len();
            start = range.end;
            if run.len() == 1 {
                continue;
            }
            let disagreeing = disagreeing(run, inputs, differences);
            if !disagreeing.is_empty() {
                rivals.runs.push(Run { range, disagreeing });
            }
        }
        rivals
    }

    /// Everybody who tells something otherwise.
    pub(super) fn tellers(&self) -> impl Iterator<Item = Teller> {
        self.runs.iter().flat_map(|run| run.disagreeing.iter().map(|(_, teller)| *teller))
    }

    /// Which telling of each thing counts if that of `teller` does wherever there is one, by position in its run.
    pub(super) fn choice(&self, teller: Teller) -> impl Iterator<Item = usize> {
        self.runs.iter().map(move |run| run.chosen(teller))
    }

    /// Puts first what `teller` tells.
    pub(super) fn prefer<T>(&self, teller: Teller, all: &mut [T]) {
        for run in &self.runs {
            let first = run.disagreeing.first().map_or(0, |(at, _)| *at);
            if let Some(tellings) = all.get_mut(run.range.clone()) {
                tellings[first..=run.chosen(teller)].rotate_right(1);
            }
        }
    }
}

impl Run {
    fn chosen(&self, teller: Teller) -> usize {
        let own = self.disagreeing.iter().find(|(_, other)| *other == teller);
        own.or(self.disagreeing.first()).map_or(0, |(at, _)| *at)
    }
}

/// The exports that may each be the one that holds and disagree with others, by position. All are tellings of one thing
/// in the order of their weight.
fn disagreeing<T: Tells>(
    run: &[T],
    inputs: &[Input],
    differences: &mut Vec<Difference>,
) -> Vec<(usize, Teller)> {
    let of_all: Vec<Option<&Input>> = run.iter().map(|telling| telling.input(inputs)).collect();
    let Some(strongest) = of_all.iter().flatten().find_map(|input| rank(input)) else { return Vec::new() };
    let newest = of_all.iter().flatten().filter_map(|input| taken(input)).max();
    let may_hold =
        |own: &Input| rank(own) == Some(strongest) && (taken(own).is_none() || taken(own) == newest);
    // What is said word for word as before counts as said there.
    let mut rivals: Vec<usize> = Vec::new();
    let mut tellers: Vec<(usize, Teller)> = Vec::new();
    for (at, input) in of_all.iter().enumerate() {
        let Some(input) = input.filter(|input| may_hold(input)) else { continue };
        let known = rivals.iter().position(|known| run[*known].is_same(&run[at]));
        if known.is_none() && rivals.len() == MOST {
            continue;
        }
        if tellers.len() == MOST * MOST {
            break;
        }
        let before = tellers.iter().filter(|(_, (file, _))| *file == input.file()).count();
        tellers.push((known.unwrap_or(rivals.len()), (input.file(), before)));
        if known.is_none() {
            rivals.push(at);
        }
    }
    let mut disagrees = vec![false; rivals.len()];
    for (two, at) in rivals.iter().enumerate() {
        // What contradicts several before it is told once.
        let mut told: FxHashSet<Span> = FxHashSet::default();
        for (one, before) in rivals.iter().enumerate().take(two) {
            let mut found = Vec::new();
            run[*before].compare(&run[*at], &mut |here, there| found.push((here, there)));
            if found.is_empty() {
                continue;
            }
            (disagrees[one], disagrees[two]) = (true, true);
            let resource = run[*before].id();
            found.retain(|(_, there)| !told.contains(&there.place));
            told.extend(found.iter().map(|(_, there)| there.place));
            let found =
                found.into_iter().map(|(one, two)| Difference { resource: resource.clone(), one, two });
            differences.extend(found);
        }
    }
    tellers
        .into_iter()
        .filter(|(rival, _)| disagrees[*rival])
        .map(|(rival, teller)| (rivals[rival], teller))
        .collect()
}

/// How much the word of an export counts: what the next deployment makes true before what is, and that before mere
/// existence. `None` for a template, whose word counts before all exports.
pub(super) fn rank(input: &Input) -> Option<u8> {
    match input {
        Input::Template(_) => None,
        Input::Export(export) if export.planned => Some(0),
        Input::Export(export) => Some(if export.existence_only { 2 } else { 1 }),
    }
}

/// When an export was taken, by its own word.
fn taken(input: &Input) -> Option<&str> {
    match input {
        Input::Template(_) => None,
        Input::Export(export) => export.taken.as_deref(),
    }
}

/// Whether one of `others` is a later export of the same shape than `own`, by what their content says of their time.
pub(crate) fn is_superseded<'i>(own: &Input, mut others: impl Iterator<Item = &'i Input>) -> bool {
    let Input::Export(export) = own else { return false };
    let is_later = |other: &Input| matches!(other, Input::Export(other) if other.shape == export.shape && other.taken > export.taken);
    export.taken.is_some() && others.any(is_later)
}
