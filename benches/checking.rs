//! The whole process: `drlint check` cold, in CPU time and memory, against the floor of `DESIGN.md`: reading the same
//! files and parsing them with `serde_json` in the same number of threads.
//!
//! `cargo bench --bench checking`. CPU time and memory come from `/proc`, so this bench runs on Linux.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench may stop")]
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

mod floor;
mod process;

use std::hint::black_box;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use floor::Wanted;

/// Runs that are added up: `/proc` counts in hundredths of a second.
const RUNS: u32 = 50;

/// So often the floor and the command are run in turn.
const ROUNDS: u32 = 5;

fn main() {
    let files: Vec<PathBuf> = floor::corpus().into_iter().map(|(path, _)| path).collect();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let once = copy(&files, folder.path(), 1);
    let tenfold = copy(&files, folder.path(), 10);
    for (name, copied) in [("the corpus", &once), ("the corpus tenfold", &tenfold)] {
        let runs = if name.ends_with("tenfold") { 1 } else { RUNS / ROUNDS };
        // In turns, so that both meet the machine as it is at the time.
        let (mut floor, mut cpu, mut memory) = (0.0, 0.0, 0.0_f64);
        for _ in 0..ROUNDS {
            floor += process::cpu(|| (0..runs).for_each(|_| parse_all(&copied.files))).0;
            let (once, most) = process::check(&copied.folder, runs);
            cpu += once;
            memory = memory.max(most);
        }
        let (floor, cpu) = (floor / f64::from(runs * ROUNDS), cpu / f64::from(ROUNDS));
        println!("{name}: {:.0} ms of CPU, the floor is {:.0} ms", cpu * 1000.0, floor * 1000.0);
        floor::report(&format!("{name}: CPU, times the floor"), cpu / floor, 2.0, Wanted::AtMost);
        floor::report(&format!("{name}: memory in MB"), memory, 60.0, Wanted::AtMost);
    }
    let small = folder.path().join("small");
    std::fs::create_dir_all(&small).expect("a folder");
    std::fs::write(small.join("main.json"), SMALL).expect("a file");
    let (cpu, memory) = process::check(&small, RUNS * 4);
    floor::report("one small template: CPU in ms", cpu * 1000.0, 10.0, Wanted::AtMost);
    floor::report("one small template: memory in MB", memory, 15.0, Wanted::AtMost);
}

const SMALL: &str = r#"{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {"space": {"type": "string", "defaultValue": "10.1.0.0/16"}},
  "resources": [{
    "type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "vnet-source",
    "location": "eastasia", "properties": {"addressSpace": {"addressPrefixes": ["[parameters('space')]"]}}
  }]
}"#;

struct Copied {
    folder: PathBuf,
    files: Vec<PathBuf>,
}

fn copy(files: &[PathBuf], folder: &Path, times: u32) -> Copied {
    let folder = folder.join(format!("times-{times}"));
    let mut copied = Vec::new();
    for turn in 0..times {
        for (file, number) in files.iter().zip(0..) {
            let target = folder.join(format!("{turn}/{}", number / 100));
            std::fs::create_dir_all(&target).expect("a folder");
            let target = target.join(format!("{number}.json"));
            std::fs::copy(file, &target).expect("a copy");
            copied.push(target);
        }
    }
    Copied { folder, files: copied }
}

fn parse_all(files: &[PathBuf]) {
    files.par_iter().for_each(|file| {
        let bytes = std::fs::read(file).expect("a file");
        let _ = black_box(serde_json::from_slice::<serde_json::Value>(&bytes));
    });
}
