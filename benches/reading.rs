//! Reading alone: the reader against `serde_json`, one thread, the same bytes. Prints what `DESIGN.md` asks to hold.
//!
//! `cargo bench --bench reading`

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench may stop")]
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

mod floor;

use std::hint::black_box;

use drlint_source::Tree;

fn main() {
    let files = floor::corpus();
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let texts: Vec<String> = files
        .iter()
        .filter_map(|(_, bytes)| drlint_source::decode(bytes.clone()).ok())
        .map(|decoded| decoded.text)
        .collect();
    let strict: Vec<String> = texts
        .iter()
        .filter(|text| serde_json::from_str::<serde_json::Value>(text).is_ok())
        .cloned()
        .collect();
    println!("{} files, {bytes} bytes, {} of them strict JSON", files.len(), strict.len());

    let floor = floor::best(20, || {
        for text in &strict {
            let _ = black_box(serde_json::from_str::<serde_json::Value>(text));
        }
    });
    let ours = floor::best(20, || {
        for text in &strict {
            black_box(Tree::parse(text));
        }
    });
    let memory: usize = texts.iter().map(|text| Tree::parse(text).memory() + text.len()).sum();
    let size: usize = texts.iter().map(String::len).sum();
    floor::report(
        "reading: bytes per CPU second, times serde_json",
        floor / ours,
        3.0,
        floor::Wanted::AtLeast,
    );
    floor::report("reading: memory, times the input", ratio(memory, size), 1.5, floor::Wanted::AtMost);
}

#[expect(clippy::cast_precision_loss, reason = "a ratio of sizes needs no more than 52 bits")]
fn ratio(one: usize, two: usize) -> f64 {
    one as f64 / two as f64
}
