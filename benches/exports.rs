//! A long export, read piece by piece: against a typed `serde_json` stream over the same file. Prints what `DESIGN.md`
//! asks to hold.
//!
//! `cargo bench --bench exports` measures up to 100,000 resources, `cargo bench --bench exports -- 1000000` up to those.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench may stop")]
#![expect(clippy::print_stdout, clippy::expect_used, reason = "a bench prints its figures and may stop")]

mod exported;

mod floor;

use std::fs::File;
use std::hint::black_box;
use std::io::BufReader;

use drlint_source::FileId;

fn main() {
    let most = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut per_resource = Vec::new();
    for resources in [10_000, 100_000, 1_000_000].into_iter().filter(|count| *count <= most) {
        let path = folder.path().join(format!("{resources}.json"));
        let bytes = exported::write(&path, resources).expect("room for the export");
        println!("{resources} resources, {} MB", bytes >> 20);
        let open = || File::open(&path).expect("the export");
        let ours = floor::best(3, || {
            let mut count = 0;
            let mut sink = |resource| {
                count += 1;
                black_box(resource);
            };
            drlint_export::read_stream(open(), FileId(0), &mut sink).expect("a list");
            assert_eq!(count, resources);
        });
        if let Some(peak) = exported::peak_memory() {
            floor::report("exports: memory, times the file", ratio(peak, bytes), 0.5, floor::Wanted::AtMost);
        }
        let floor = floor::best(3, || {
            let count = exported::floor(BufReader::new(open())).expect("a page");
            assert_eq!(count, resources);
        });
        floor::report("exports: time, times a typed stream", ours / floor, 2.0, floor::Wanted::AtMost);
        per_resource.push(ours / ratio(resources as u64, 1));
    }
    if let (Some(first), Some(last)) = (per_resource.first(), per_resource.last()) {
        floor::report("exports: time per resource, last to first", last / first, 1.2, floor::Wanted::AtMost);
    }
}

#[expect(clippy::cast_precision_loss, reason = "a ratio of sizes needs no more than 52 bits")]
fn ratio(one: u64, two: u64) -> f64 {
    one as f64 / two as f64
}
