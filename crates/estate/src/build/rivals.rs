//! Several tellings of one thing of which nobody knows which holds.

use std::ops::Range;

use drlint_resource::{Input, Resource, ResourceId};

use super::compare::compare;
use crate::intake::Record;
use crate::{Difference, Saying};

/// The most exports of one thing that are held against each other: people keep a few, and each costs a run.
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
            for (at, disagreeing) in different.iter().skip(1) {
                let Some(first) = disagreeing.first() else { continue };
                run[*first].compare(&run[*at], &mut |one, two| {
                    differences.push(Difference { resource: run[*first].id().clone(), one, two });
                });
            }
            if different.is_empty() {
                continue;
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
            if let (Some((first, _)), Some((chosen, _))) = (different.first(), chosen) {
                run[*first..=*chosen].rotate_right(1);
            }
        }
    }
}

/// The positions of the exports that may each be the one that holds and disagree with others, each with those it
/// disagrees with. Of those that disagree with the same others the first speaks for all. All are tellings of one thing
/// in the order of their weight.
fn different<T: Tells>(run: &[T], inputs: &[Input]) -> Vec<(usize, Vec<usize>)> {
    let inputs: Vec<Option<&Input>> = run.iter().map(|telling| telling.input(inputs)).collect();
    let Some(strongest) = inputs.iter().flatten().find_map(|input| rank(input)) else { return Vec::new() };
    let newest = inputs.iter().flatten().filter_map(|input| taken(input)).max();
    let may_hold =
        |own: &Input| rank(own) == Some(strongest) && (taken(own).is_none() || taken(own) == newest);
    let rivals = inputs.iter().enumerate().filter(|(_, input)| input.is_some_and(may_hold));
    let rivals: Vec<usize> = rivals.map(|(at, _)| at).take(MOST).collect();
    let mut disagreeing: Vec<(usize, Vec<usize>)> = rivals.iter().map(|at| (*at, Vec::new())).collect();
    for (one, at) in rivals.iter().enumerate() {
        for (two, other) in rivals.iter().enumerate().skip(one + 1) {
            let mut any = false;
            run[*at].compare(&run[*other], &mut |_, _| any = true);
            if any {
                disagreeing[one].1.push(*other);
                disagreeing[two].1.push(*at);
            }
        }
    }
    let mut different: Vec<(usize, Vec<usize>)> = Vec::new();
    for (at, others) in disagreeing {
        if !others.is_empty() && different.iter().all(|(_, known)| *known != others) {
            different.push((at, others));
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

/// When an export was taken, by its own word.
fn taken(input: &Input) -> Option<&str> {
    match input {
        Input::Template(_) => None,
        Input::Export(export) => export.taken.as_deref(),
    }
}

/// Whether `newer` is the later of two exports of one shape, by what their content says of their time.
pub(crate) fn supersedes(newer: &Input, other: &Input) -> bool {
    let (Input::Export(one), Input::Export(two)) = (newer, other) else { return false };
    one.shape == two.shape && taken(other).is_some() && taken(newer) > taken(other)
}
