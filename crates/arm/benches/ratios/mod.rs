//! What must hold on every machine: ratios of times in one run.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::hint::black_box;
use std::time::Instant;

use drlint_arm::is_template;
use drlint_source::{Document, FileId};

/// Prints each ratio, its bound, and whether it holds.
pub(crate) fn print() {
    corpus();
    per_step("turn of a loop", super::looped, 1_000, 10_000);
    per_step("nested deployment", super::deployments, 16, 32);
    per_step("variable made of another", super::variables, 50, 250);
    per_step("loop inside a loop", super::properties, 20, 40);
    // So deep that both are evaluated on a thread of their own.
    per_step("function that calls another", super::functions, 60, 120);
    // A file as deep as 50 nested deployments is refused as a whole.
    let (allowed, refused) = (super::deployments(20), super::deployments(50));
    report("50 nested deployments, times 20 of them", time(&refused) / time(&allowed), 1.0);
}

/// File by file, as a run goes: each is opened, decoded, parsed and looked through for keys that stand twice, and a
/// template is evaluated at once, resources of every type.
fn corpus() {
    let paths = super::paths();
    let [mut reading, mut parsing, mut evaluating] = [f64::INFINITY; 3];
    for _ in 0..RUNS {
        let [mut read, mut parsed, mut evaluated] = [0.0; 3];
        for path in &paths {
            let start = Instant::now();
            let Some(text) = super::read(path) else { continue };
            let before = start.elapsed().as_secs_f64();
            let document = Document::parse(FileId(0), text);
            parsed += start.elapsed().as_secs_f64() - before;
            black_box(document.duplicate_keys());
            read += start.elapsed().as_secs_f64();
            if is_template(&document) {
                let start = Instant::now();
                black_box(super::run(&document));
                evaluated += start.elapsed().as_secs_f64();
            }
        }
        reading = f64::min(reading, read);
        parsing = f64::min(parsing, parsed);
        evaluating = f64::min(evaluating, evaluated);
    }
    report("corpus: evaluating, times reading", evaluating / reading, 1.0);
    println!("corpus: evaluating, times parsing alone: {:.2}", evaluating / parsing);
}

const RUNS: usize = 20;

/// How much dearer a step is where there are many of them.
#[expect(clippy::cast_precision_loss, reason = "steps are few")]
fn per_step(what: &str, make: fn(usize) -> Document, few: usize, many: usize) {
    let step = |count: usize| time(&make(count)) / count as f64;
    // Half-way between a line and a square: memory that goes back to the system between runs costs some, too.
    let bound = (many as f64 / few as f64).sqrt();
    let dearer = step(many) / step(few);
    report(&format!("{what}: time of one among {many}, times one among {few}"), dearer, bound);
}

fn time(document: &Document) -> f64 {
    best(|| {
        black_box(super::run(document));
    })
}

/// The shortest of some runs, in seconds.
fn best(mut work: impl FnMut()) -> f64 {
    let runs = (0..RUNS).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    });
    runs.fold(f64::INFINITY, f64::min)
}

fn report(what: &str, ratio: f64, bound: f64) {
    println!("{what}: {ratio:.2} (at most {bound:.2}): {}", if ratio <= bound { "holds" } else { "MISSED" });
}
