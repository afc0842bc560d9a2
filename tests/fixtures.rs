//! The estates under `fixtures/`: whatever shape tells one, the same is said, and it is what `expected.txt` says.
//!
//! A line is `severity[rule] resource` for a finding and `undecided[rule] resource` for what could not be decided.
//! The estates below `fixtures/faults/` name only the rules that must speak; the failovers below `fixtures/drills/`
//! say it in comments.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]
#![expect(clippy::expect_used, reason = "a test that cannot look at its fixtures has failed")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use drlint::outcome::Outcome;
use drlint::run::{Job, check};

#[test]
fn every_telling_of_an_estate_says_what_is_expected() {
    let mut problems = Vec::new();
    let mut tellings = 0;
    for estate in estates() {
        let expected = expected(&estate);
        for telling in folders(&estate) {
            tellings += 1;
            let said = lines(&outcome(&telling, None));
            problems.extend(difference(&telling, &expected, &said));
        }
    }
    assert!(tellings > 0, "there are no estates");
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn every_telling_is_read_whole() {
    for estate in estates() {
        for telling in folders(&estate) {
            let outcome = outcome(&telling, None);
            assert!(outcome.summary.pairs > 0, "{}: no pair of networks is seen", telling.display());
            let skipped: Vec<_> =
                outcome.inputs.iter().filter(|input| input.kind.name() == "skipped").collect();
            assert!(skipped.is_empty(), "{}: {skipped:?}", telling.display());
        }
    }
}

#[test]
fn each_fault_is_found_by_the_rules_that_carry_it() {
    let mut problems = Vec::new();
    let mut faults = 0;
    for fault in folders(&fixtures().join("faults")) {
        faults += 1;
        let rules = outcome(&fault, None).findings.iter().map(|said| said.finding.rule.to_owned()).collect();
        problems.extend(difference(&fault, &expected(&fault), &rules));
    }
    assert!(faults > 0, "there are no faults");
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn each_failover_is_judged_as_it_says() {
    let mut problems = Vec::new();
    let mut failovers = 0;
    for scenario in folders(&fixtures().join("drills")) {
        let own = scenario.join("estate");
        let name = scenario.file_name().expect("a name");
        let estate = if own.is_dir() { own } else { fixtures().join(name).join("azure-cli") };
        for failover in files(&scenario) {
            failovers += 1;
            let text = read(&failover);
            let says = text.lines().filter_map(|line| line.strip_prefix("# says: "));
            let said = lines(&outcome(&estate, Some(&failover)));
            problems.extend(difference(&failover, &says.map(str::to_owned).collect(), &said));
        }
    }
    assert!(failovers > 0, "there are no failovers");
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The folders of a folder, in order.
fn folders(parent: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    entries(parent).into_iter().filter(|path| path.is_dir())
}

/// The files of a folder, in order.
fn files(parent: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    entries(parent).into_iter().filter(|path| path.is_file())
}

fn entries(parent: &Path) -> BTreeSet<PathBuf> {
    let entries = std::fs::read_dir(parent).unwrap_or_else(|error| panic!("{}: {error}", parent.display()));
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The estates that are told in several shapes.
fn estates() -> impl Iterator<Item = PathBuf> {
    folders(&fixtures()).filter(|folder| folder.join("expected.txt").is_file())
}

fn outcome(folder: &Path, config: Option<&Path>) -> Outcome {
    let job = Job {
        here: folder,
        paths: &[],
        config,
        select: &[],
        ignore: &[],
        baseline: None,
        rules: drlint_rules::ALL,
        today: "2026-11-23".parse().expect("a day"),
    };
    check(&job).unwrap_or_else(|failure| panic!("{}: {}", folder.display(), failure.0))
}

fn lines(outcome: &Outcome) -> BTreeSet<String> {
    let findings = outcome.findings.iter().map(|said| {
        let finding = &said.finding;
        format!("{}[{}] {}", finding.severity.name(), finding.rule, last_segment(&finding.resource))
    });
    let undecided = outcome
        .undecided
        .iter()
        .map(|entry| format!("undecided[{}] {}", entry.rule, last_segment(&entry.resource)));
    findings.chain(undecided).collect()
}

/// The name alone: tellings differ in the spelling of ids, and some know no subscription.
fn last_segment(resource: &str) -> &str {
    resource.rsplit('/').next().unwrap_or(resource)
}

/// The lines of `expected.txt`.
fn expected(folder: &Path) -> BTreeSet<String> {
    let text = read(&folder.join("expected.txt"));
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.is_sorted(), "{} is not sorted", folder.join("expected.txt").display());
    lines.into_iter().map(str::to_owned).collect()
}

fn difference(folder: &Path, expected: &BTreeSet<String>, said: &BTreeSet<String>) -> Option<String> {
    let missing = expected.difference(said).map(|line| format!("  not said: {line}"));
    let surplus = said.difference(expected).map(|line| format!("  said too: {line}"));
    let lines: Vec<_> = missing.chain(surplus).collect();
    (!lines.is_empty()).then(|| format!("{}\n{}", folder.display(), lines.join("\n")))
}
