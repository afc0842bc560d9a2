//! Several tellings of one thing of which nobody knows which holds.

use std::ops::Range;

use drlint_resource::{Input, Resource, ResourceId};

use super::compare::compare;
use crate::intake::Record;
use crate::{Difference, Saying};

/// The most versions of an estate: people keep a few exports beside each other, and each costs a run.
const MOST: usize = 16;

/// Takes what two tellings say differently.
pub(crate) type Differing<'f> = dyn FnMut(Saying, Saying) + 'f;

/// What one input tells of one thing.
pub(super) trait Tells {
    fn id(&self) -> &ResourceId;
    fn input<'i>(&'i self, inputs: &'i [Input]) -> Option<&'i Input>;
    fn compare(&self, other: &Self, found: &mut Differing<'_>);
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
}

/// Things that several exports tell of differently, none of which is known to be newer than the others.
#[derive(Clone, Debug)]
pub(crate) struct Rivals {
    /// Where the tellings of each of them stand.
    runs: Vec<Range<usize>>,
    /// How many versions there are of the thing that has most.
    pub(super) versions: usize,
}

impl Rivals {
    /// Those among `all`, which are sorted by id and weight. What their tellings differ in is added to `differences`.
    pub(super) fn among<T: Tells>(all: &[T], inputs: &[Input], differences: &mut Vec<Difference>) -> Self {
        let mut rivals = Self { runs: Vec::new(), versions: 1 };
        let mut start = 0;
        for run in all.chunk_by(|one, two| one.id() == two.id()) {
            let range = start..start + run.len();
            start = range.end;
            if run.len() == 1 {
                continue;
            }
            let different = different(run, inputs);
            let Some((first, others)) = different.split_first().filter(|(_, others)| !others.is_empty())
            else {
                continue;
            };
            for other in others {
                run[*first].compare(&run[*other], &mut |one, two| {
                    differences.push(Difference { resource: run[*first].id().clone(), one, two });
                });
            }
            rivals.versions = rivals.versions.max(different.len());
            rivals.runs.push(range);
        }
        rivals
    }

    /// Puts first what counts in this version, counted from 0.
    pub(super) fn prefer<T: Tells>(&self, version: usize, all: &mut [T], inputs: &[Input]) {
        for range in &self.runs {
            let Some(run) = all.get_mut(range.clone()) else { continue };
            let different = different(run, inputs);
            let chosen = different.get(version % different.len().max(1));
            if let (Some(first), Some(chosen)) = (different.first(), chosen) {
                run[*first..=*chosen].rotate_right(1);
            }
        }
    }
}

/// The positions of the exports that may each be the one that holds, as far as they differ. All are tellings of one
/// thing in the order of their weight.
fn different<T: Tells>(run: &[T], inputs: &[Input]) -> Vec<usize> {
    let inputs: Vec<Option<&Input>> = run.iter().map(|telling| telling.input(inputs)).collect();
    let Some(strongest) = inputs.iter().flatten().find_map(|input| rank(input)) else { return Vec::new() };
    let is_outdated = |own: &Input| inputs.iter().flatten().any(|other| is_newer(other, own));
    let mut different: Vec<usize> = Vec::new();
    for (at, input) in inputs.iter().enumerate() {
        let may_hold = input.is_some_and(|own| rank(own) == Some(strongest) && !is_outdated(own));
        let differs = |before: &usize| {
            let mut any = false;
            run[*before].compare(&run[at], &mut |_, _| any = true);
            any
        };
        if may_hold && different.iter().all(differs) {
            different.push(at);
        }
        if different.len() == MOST {
            break;
        }
    }
    different
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

/// Whether both say when they were taken, and `one` later.
fn is_newer(one: &Input, other: &Input) -> bool {
    let (Input::Export(one), Input::Export(other)) = (one, other) else { return false };
    one.taken.as_ref().zip(other.taken.as_ref()).is_some_and(|(one, other)| one > other)
}

/// Whether `newer` is the later of two exports of one shape, by what their content says of their time.
pub(crate) fn supersedes(newer: &Input, other: &Input) -> bool {
    let (Input::Export(one), Input::Export(two)) = (newer, other) else { return false };
    one.shape == two.shape && is_newer(newer, other)
}
