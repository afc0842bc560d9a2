//! Gate: what a hostile file must not be able to do (`ARM.md`, section 10). Each bomb is evaluated in a process
//! of its own, which must end well, quickly and in little memory.

#![expect(
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a gate reports its figures and fails on broken data"
)]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use drlint_arm::{Evaluation, Target};
use drlint_resource::NoteKind;
use drlint_source::Document;

/// Names the bomb for the process that evaluates it.
const BOMB: &str = "DRLINT_TEST_BOMB";

/// Milliseconds for one bomb; code without optimisation is allowed more.
const MILLISECONDS: u128 = if cfg!(debug_assertions) { 2_000 } else { 100 };

/// Files that demand much and may have it; in all others something is not looked at, and that must be said.
const HARMLESS: [&str; 4] = ["keys", "long-ways", "unknown-loops", "used-twice"];

/// Mebibytes for one bomb, the process included.
const MEBIBYTES: u64 = 100;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/hostile")
}

fn read(path: &Path) -> Document {
    let text = drlint_source::decode(std::fs::read(path).unwrap()).unwrap().text;
    common::document(0, text)
}

fn evaluated(document: &Document) -> Evaluation {
    common::run(document, &[], &Target::default())
}

/// The most memory this process ever had, in mebibytes; only Linux says so.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
}

/// Milliseconds of processor time this process has had, which other processes do not disturb; only Linux says so.
fn processor_time() -> Option<u128> {
    let status = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = status.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: u128 = fields.get(11)?.parse::<u128>().ok()? + fields.get(12)?.parse::<u128>().ok()?;
    // A tick is a hundredth of a second on every Linux that Rust runs on.
    Some(ticks * 10)
}

/// Does the work of one process; alone it has nothing to do.
#[test]
fn one_bomb() {
    let Some(path) = std::env::var_os(BOMB) else { return };
    let document = read(Path::new(&path));
    let (start, spent) = (Instant::now(), processor_time());
    let evaluation = evaluated(&document);
    let took = match (processor_time(), spent) {
        (Some(now), Some(before)) => now - before,
        _ => start.elapsed().as_millis(),
    };
    let errors = evaluation.reading.notes.iter().filter(|note| note.kind == NoteKind::Unreadable).count();
    let resources = evaluation.reading.resources.len();
    let memory = memory().unwrap_or(0);
    // It must be possible to walk all of it, too, and to let it go.
    let printed: usize =
        evaluation.outputs.iter().map(|output| common::output_json(&output.value).to_string().len()).sum();
    // And once more it must be the same.
    let again = evaluated(&document);
    assert_eq!(evaluation.reading.notes, again.reading.notes);
    assert_eq!(evaluation.incomplete, again.incomplete);
    println!("FIGURES {took} {memory} {resources} {errors} {printed}");
}

#[test]
fn each_bomb_is_defused() {
    let mut bombs: Vec<PathBuf> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    bombs.sort();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let bad: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers)
            .map(|worker| {
                let bombs = bombs.iter().skip(worker).step_by(workers);
                scope.spawn(move || bombs.filter_map(|bomb| trouble(bomb)).collect::<Vec<_>>())
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(bad.is_empty(), "{bad:#?}");
}

/// What is wrong with how a bomb ended.
fn trouble(bomb: &Path) -> Option<String> {
    let name = bomb.file_stem().unwrap().to_string_lossy().into_owned();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "one_bomb", "--nocapture"])
        .env(BOMB, bomb)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let figures = text.lines().find_map(|line| line.split_once("FIGURES ").map(|(_, figures)| figures));
    let Some(figures) = figures.filter(|_| output.status.success()) else {
        return Some(format!("{name} did not end well: {}", String::from_utf8_lossy(&output.stderr)));
    };
    eprintln!("{name}: {figures}");
    let figures: Vec<u64> = figures.split(' ').map(|figure| figure.parse().unwrap()).collect();
    let (took, memory, errors) = (figures[0], figures[1], figures[3]);
    if u128::from(took) > MILLISECONDS || memory > MEBIBYTES {
        return Some(format!("{name} took {took} ms and {memory} MiB"));
    }
    (errors == 0 && !HARMLESS.contains(&name.as_str())).then(|| format!("{name} says nothing"))
}
