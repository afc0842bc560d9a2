//! What every bench is measured against, in the same run.

#![allow(dead_code, reason = "each bench uses its own part")]
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::path::{Path, PathBuf};
use std::time::Instant;

/// On which side of the bound the figure should be.
#[derive(Clone, Copy)]
pub(crate) enum Wanted {
    AtLeast,
    AtMost,
}

/// The JSON files of `../shared/corpus`, or of `fixtures/` where that is not at hand.
pub(crate) fn corpus() -> Vec<(PathBuf, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = root.join("../shared/corpus");
    let folder = if shared.is_dir() { shared } else { root.join("fixtures") };
    println!("measured on {}", folder.display());
    let mut files = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            // The exports have an index of their own; the corpus is the templates.
            if path.is_dir() {
                if !path.ends_with("corpus/exports") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "json")
                && let Ok(bytes) = std::fs::read(&path)
            {
                files.push((path, bytes));
            }
        }
    }
    files.sort();
    files
}

/// The shortest of `times` runs, in seconds.
pub(crate) fn best(times: u32, mut work: impl FnMut()) -> f64 {
    let runs = (0..times).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    });
    runs.fold(f64::INFINITY, f64::min)
}

/// Prints a figure, its bound, and whether it holds.
pub(crate) fn report(what: &str, figure: f64, bound: f64, wanted: Wanted) {
    let (word, holds) = match wanted {
        Wanted::AtLeast => ("at least", figure >= bound),
        Wanted::AtMost => ("at most", figure <= bound),
    };
    println!("{what}: {figure:.2} ({word} {bound}): {}", if holds { "holds" } else { "MISSED" });
}
