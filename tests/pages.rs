//! Every rule's page is true: each of its examples is checked, and what the rule says is what the page shows.
//!
//! An example is one or more named fences (`json vnets.json`, `toml drlint.toml`), then a `text` fence with what
//! is said. `BLESS=1` rewrites the `text` fences; `PAGE=rule-name` runs one page.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use drlint::outcome::Outcome;
use drlint::report::{Style, human};
use drlint::run::{Job, check};
use drlint_policy::Builtin;

const SILENCE: &str = "no findings\n";

/// A stretch of a page.
enum Part {
    /// Prose, or a fence that is no part of an example.
    Prose(String),
    /// A file of an example.
    File { name: String, fence: String, content: String },
    /// What is said.
    Said,
}

#[test]
fn every_page_is_true() {
    let bless = std::env::var_os("BLESS").is_some();
    let only = std::env::var("PAGE").ok();
    let mut problems = String::new();
    for rule in drlint_rules::ALL {
        if only.as_ref().is_some_and(|only| only != rule.name) {
            continue;
        }
        let path = page_path(rule);
        let page =
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let parts = split(&page);
        let (rewritten, examples) = replay(rule, &parts);
        let fires = examples.iter().any(|said| said != SILENCE && !said.starts_with("undecided:"));
        let silent = examples.iter().any(|said| said == SILENCE);
        if !(fires && silent) && rule.name != "value-unknown" {
            let _ = writeln!(
                problems,
                "{}: the page needs an example that fires and one that is silent",
                rule.name
            );
        }
        if rewritten != page {
            if bless {
                std::fs::write(&path, rewritten).expect("the page can be written");
            } else {
                let _ = writeln!(problems, "{}", difference(rule.name, &page, &rewritten));
            }
        }
    }
    assert!(problems.is_empty(), "\n{problems}\nBLESS=1 rewrites what the pages show: read the difference");
}

fn page_path(rule: &Builtin) -> PathBuf {
    let folder = rule.name.replace('-', "_");
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules").join(rule.group).join(folder).join("README.md")
}

/// Checks each example. Gives the page as it should be, and what was said for each example.
fn replay(rule: &Builtin, parts: &[Part]) -> (String, Vec<String>) {
    let mut page = String::new();
    let mut said = Vec::new();
    let mut files: Vec<(&str, &str)> = Vec::new();
    for part in parts {
        match part {
            Part::Prose(text) => page.push_str(text),
            Part::File { name, fence, content } => {
                let _ = write!(page, "{fence}\n{content}```\n");
                files.push((name, content));
            }
            Part::Said => {
                let now = say(rule, &files);
                files.clear();
                let _ = write!(page, "```text\n{now}```\n");
                said.push(now);
            }
        }
    }
    assert!(files.is_empty(), "{}: the last example has no `text` fence", rule.name);
    (page, said)
}

fn say(rule: &Builtin, files: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, content).expect("a file");
    }
    let job = Job {
        here: folder.path(),
        paths: &[],
        config: None,
        select: &[],
        ignore: &[],
        rules: drlint_rules::ALL,
        baseline: None,
        today: "2026-11-23".parse().expect("a day"),
    };
    let mut outcome: Outcome = match check(&job) {
        Ok(outcome) => outcome,
        Err(failure) => return failure.0,
    };
    outcome.findings.retain(|reported| reported.finding.rule == rule.name);
    outcome.undecided.retain(|entry| entry.rule == rule.name || rule.name == "value-unknown");
    let mut text = Vec::new();
    human::write_findings(&outcome, Style::default(), &mut text).expect("writing to memory");
    let text = String::from_utf8(text).expect("text");
    let trimmed: Vec<&str> = text.lines().map(str::trim_end).collect();
    let trimmed = trimmed.join("\n").trim_end().to_owned();
    if trimmed.is_empty() { SILENCE.to_owned() } else { format!("{trimmed}\n") }
}

fn split(page: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut lines = page.split_inclusive('\n');
    let mut prose = String::new();
    while let Some(line) = lines.next() {
        let Some(info) = line.trim_end().strip_prefix("```") else {
            prose.push_str(line);
            continue;
        };
        let mut content = String::new();
        for inner in lines.by_ref() {
            if inner.trim_end() == "```" {
                break;
            }
            content.push_str(inner);
        }
        let mut words = info.split_whitespace();
        match (words.next(), words.next()) {
            (Some("text"), None) => {
                parts.push(Part::Prose(std::mem::take(&mut prose)));
                parts.push(Part::Said);
            }
            (Some("json" | "toml"), Some(name)) => {
                parts.push(Part::Prose(std::mem::take(&mut prose)));
                parts.push(Part::File { name: name.to_owned(), fence: line.trim_end().to_owned(), content });
            }
            _ => prose.push_str(&format!("{line}{content}```\n")),
        }
    }
    parts.push(Part::Prose(prose));
    parts
}

fn difference(name: &str, page: &str, rewritten: &str) -> String {
    let mut text = format!("--- {name}: the page, +++ what is said now\n");
    let (old, new): (Vec<&str>, Vec<&str>) = (page.lines().collect(), rewritten.lines().collect());
    let same_start = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let same_end = old[same_start..]
        .iter()
        .rev()
        .zip(new[same_start..].iter().rev())
        .take_while(|(o, n)| o == n)
        .count();
    for line in &old[same_start..old.len() - same_end] {
        let _ = writeln!(text, "- {line}");
    }
    for line in &new[same_start..new.len() - same_end] {
        let _ = writeln!(text, "+ {line}");
    }
    text
}
