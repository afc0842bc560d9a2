//! A long export through the whole process, and read piece by piece alone: against a typed `serde_json` stream over a
//! buffered reader of the same file. Prints what is to hold.
//!
//! `cargo bench --bench exports` measures up to 100,000 resources, `cargo bench --bench exports -- 1000000` up to those. CPU
//! time and memory come from `/proc`, so this bench runs on Linux.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench may stop")]
#![expect(clippy::print_stdout, clippy::expect_used, reason = "a bench prints its figures and may stop")]

mod exported;

mod floor;
mod process;

use std::fs::File;
use std::hint::black_box;
use std::io::BufReader;
use std::path::Path;

use drlint_source::FileId;

fn main() {
    let most = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut per_resource = Vec::new();
    for resources in [10_000, 100_000, 1_000_000].into_iter().filter(|count| *count <= most) {
        let path = folder.path().join(format!("{resources}.json"));
        let bytes = exported::write(&path, resources).expect("room for the export");
        println!("{resources} resources, {} MB", bytes >> 20);
        // `/proc` counts in hundredths of a second, and a short run meets whatever else the machine does.
        let runs: u32 = match resources {
            1_000_000 => 1,
            100_000 => 5,
            _ => 40,
        };
        let (stream, ()) = process::cpu(|| (0..runs).for_each(|_| stream(&path, resources)));
        let (floor, ()) = process::cpu(|| (0..runs).for_each(|_| read_typed(&path, resources)));
        let (whole, peak) = process::check(&path, runs);
        let floor = floor / f64::from(runs);
        println!("a typed stream takes {floor:.2} s of CPU, `drlint check` {whole:.2} s and {peak:.0} MB");
        let stream = stream / f64::from(runs) / floor;
        floor::report("exports: reading alone, times a typed stream", stream, 2.0, floor::Wanted::AtMost);
        floor::report("exports: CPU, times a typed stream", whole / floor, 2.0, floor::Wanted::AtMost);
        let size = ratio(bytes, 1 << 20);
        // In a shorter file the program itself takes the most.
        if resources >= 100_000 {
            floor::report("exports: memory, times the file", peak / size, 0.5, floor::Wanted::AtMost);
        }
        per_resource.push(whole / ratio(resources as u64, 1));
    }
    if let (Some(first), Some(last)) = (per_resource.first(), per_resource.last()) {
        floor::report("exports: CPU per resource, last to first", last / first, 1.2, floor::Wanted::AtMost);
    }
}

fn stream(path: &Path, resources: usize) {
    let mut count = 0;
    let mut sink = |resource| {
        count += 1;
        black_box(resource);
    };
    let file = File::open(path).expect("the export");
    drlint_export::read_stream(file, FileId(0), drlint_estate::members_of_interest, &mut sink)
        .expect("a list");
    assert_eq!(count, resources);
}

fn read_typed(path: &Path, resources: usize) {
    let file = File::open(path).expect("the export");
    let count = exported::floor(BufReader::new(file)).expect("a page");
    assert_eq!(count, resources);
}

#[expect(clippy::cast_precision_loss, reason = "a ratio of sizes needs no more than 52 bits")]
fn ratio(one: u64, two: u64) -> f64 {
    one as f64 / two as f64
}
