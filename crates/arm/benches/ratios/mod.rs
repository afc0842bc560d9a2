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

fn corpus() {
    let paths = super::paths();
    let reading = best(|| {
        for path in &paths {
            black_box(super::read(path).map(|text| Document::parse(FileId(0), text)));
        }
    });
    let texts = super::corpus();
    let parsing = best(|| {
        for text in &texts {
            black_box(Document::parse(FileId(0), text.clone()));
        }
    });
    let documents: Vec<Document> =
        texts.into_iter().map(|text| Document::parse(FileId(0), text)).filter(is_template).collect();
    let evaluating = best(|| {
        for document in &documents {
            black_box(super::run(document));
        }
    });
    report("corpus: evaluating, times reading the files", evaluating / reading, 1.0);
    report("corpus: evaluating, times parsing texts in memory", evaluating / parsing, 1.0);
}

/// How much dearer a step is where there are many of them.
#[expect(clippy::cast_precision_loss, reason = "steps are few")]
fn per_step(what: &str, make: fn(usize) -> Document, few: usize, many: usize) {
    let step = |count: usize| time(&make(count)) / count as f64;
    report(&format!("{what}: time of one among {many}, times one among {few}"), step(many) / step(few), 1.5);
}

fn time(document: &Document) -> f64 {
    best(|| {
        black_box(super::run(document));
    })
}

/// The shortest of some runs, in seconds.
fn best(mut work: impl FnMut()) -> f64 {
    let runs = (0..20).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    });
    runs.fold(f64::INFINITY, f64::min)
}

fn report(what: &str, ratio: f64, bound: f64) {
    println!("{what}: {ratio:.2} (at most {bound}): {}", if ratio <= bound { "holds" } else { "MISSED" });
}
