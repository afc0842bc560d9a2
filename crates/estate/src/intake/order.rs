//! Records in the order of their ids, one for each id.

use std::cmp::Ordering;

use drlint_resource::Input;

use super::Record;
use crate::build::{is_superseded, weight};

/// Sorts by id, then by weight, so that the order of files and resources makes no difference.
pub(crate) fn sort<R: Record>(records: &mut [R], inputs: &[Input]) {
    let mut order = order(records, inputs);
    arrange(records, &mut order);
}

/// Makes the tellings of one id one record; `records` are sorted. `take` sees each telling that counts.
pub(crate) fn join<R: Record>(records: &mut Vec<R>, inputs: &[Input], mut take: impl FnMut(&R, &Input)) {
    let input = |record: &R| inputs.get(record.telling().number());
    // The inputs of the record that is being filled, once there are several.
    let mut told: Vec<&Input> = Vec::new();
    if let Some(first) = records.first()
        && let Some(input) = input(first)
    {
        take(first, input);
    }
    records.dedup_by(|weaker, strongest| {
        if weaker.id() != strongest.id() {
            told.clear();
            if let Some(input) = input(weaker) {
                take(weaker, input);
            }
            return false;
        }
        if told.is_empty() {
            told.extend(input(strongest));
        }
        if let Some(own) = input(weaker)
            && !is_superseded(own, told.iter().copied())
        {
            take(weaker, own);
            strongest.fill(weaker);
            told.push(own);
        }
        true
    });
}

/// The positions of the records in their order.
///
/// A file lists what lives together side by side, so that most records are compared by name alone.
fn order<R: Record>(records: &[R], inputs: &[Input]) -> Vec<u32> {
    let positions = 0..u32::try_from(records.len()).unwrap_or(u32::MAX);
    let record = |at: u32| &records[at as usize];
    let mut runs: Vec<Vec<u32>> = Vec::new();
    for at in positions {
        let last = runs
            .last_mut()
            .filter(|run| run.last().is_some_and(|last| record(*last).id().shares_home(record(at).id())));
        match last {
            Some(run) => run.push(at),
            None => runs.push(vec![at]),
        }
    }
    let first = |run: &Vec<u32>| run.first().map(|at| record(*at).id());
    let homes = |one: &Vec<u32>, two: &Vec<u32>| match (first(one), first(two)) {
        (Some(one), Some(two)) => one.compare_homes(two),
        _ => Ordering::Equal,
    };
    runs.sort_by(homes);
    let weigh = |at: u32| {
        let record = record(at);
        inputs.get(record.telling().number()).map(|input| weight(input, record.span()))
    };
    let mut order = Vec::with_capacity(records.len());
    for same in runs.chunk_by(|one, two| homes(one, two).is_eq()) {
        let from = order.len();
        order.extend(same.iter().flatten().copied());
        order[from..].sort_by(|one, two| {
            record(*one).id().cmp(record(*two).id()).then_with(|| weigh(*one).cmp(&weigh(*two)))
        });
    }
    order
}

/// Moves each record to its place: `order` tells for each place which record belongs there.
fn arrange<R>(records: &mut [R], order: &mut [u32]) {
    for start in 0..order.len() {
        let mut place = start;
        while let Some(from) = order.get(place).map(|from| *from as usize) {
            order[place] = u32::try_from(place).unwrap_or(u32::MAX);
            if from == start || from == place {
                break;
            }
            records.swap(place, from);
            place = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::arrange;

    #[test]
    fn records_go_where_they_belong() {
        for order in [vec![], vec![0], vec![2, 0, 1, 3], vec![3, 2, 1, 0], vec![1, 2, 3, 4, 0]] {
            let mut records: Vec<u32> = (0..order.len()).map(|at| 10 * u32::try_from(at).unwrap()).collect();
            let expected: Vec<u32> = order.iter().map(|at| at * 10).collect();
            arrange(&mut records, &mut order.clone());
            assert_eq!(records, expected);
        }
    }
}
