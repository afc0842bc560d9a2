//! No rule convicts on a value that is not known.
//!
//! A clean estate stays clean when any of its values becomes unknown: the value it had makes every rule hold, so no
//! rule may be violated by not knowing it. Rules may become undecided.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]

use std::path::{Path, PathBuf};

use drlint::run::{Job, check};
use serde_json::Value;

/// A generator of numbers that gives the same ones in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

fn telling(name: &str) -> Vec<(PathBuf, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name).join("azure-cli");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files
        .into_iter()
        .map(|path| (path.clone(), serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()))
        .collect()
}

/// The ways to all texts of a value, those that identify a resource left out: without them it is another resource.
fn texts(value: &Value, way: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    match value {
        Value::String(_) => {
            let last = way.last().map_or("", String::as_str);
            if !matches!(last, "id" | "name" | "type" | "resourceGroup" | "instanceType" | "fabricObjectId") {
                found.push(way.clone());
            }
        }
        Value::Array(values) => {
            for (at, value) in values.iter().enumerate() {
                way.push(at.to_string());
                texts(value, way, found);
                way.pop();
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                way.push(name.clone());
                texts(value, way, found);
                way.pop();
            }
        }
        _ => {}
    }
}

fn mask(value: &mut Value, way: &[String]) {
    let mut value = value;
    for step in way {
        value = match value {
            Value::Array(values) => &mut values[step.parse::<usize>().unwrap()],
            other => &mut other[step.as_str()],
        };
    }
    *value = Value::String("***".to_owned());
}

#[test]
fn a_clean_estate_stays_clean_when_values_become_unknown() {
    let mut numbers = Numbers(20_261_123);
    let mut problems = Vec::new();
    for name in ["company-a", "company-b", "isolated-application"] {
        let files = telling(name);
        let toml = files[0].0.with_file_name("drlint.toml");
        let mut ways = Vec::new();
        for (at, (_, value)) in files.iter().enumerate() {
            let mut found = Vec::new();
            texts(value, &mut Vec::new(), &mut found);
            ways.extend(found.into_iter().map(|way| (at, way)));
        }
        for _ in 0..60 {
            let mut values: Vec<Value> = files.iter().map(|(_, value)| value.clone()).collect();
            let masked: Vec<(usize, Vec<String>)> =
                (0..=numbers.below(3)).map(|_| ways[numbers.below(ways.len())].clone()).collect();
            for (at, way) in &masked {
                mask(&mut values[*at], way);
            }
            let folder = tempfile::tempdir().unwrap();
            for ((path, _), value) in files.iter().zip(&values) {
                std::fs::write(folder.path().join(path.file_name().unwrap()), value.to_string()).unwrap();
            }
            std::fs::copy(&toml, folder.path().join("drlint.toml")).unwrap();
            for said in findings(folder.path()) {
                let hidden: Vec<String> = masked
                    .iter()
                    .map(|(at, way)| {
                        format!("{}: {}", files[*at].0.file_name().unwrap().display(), way.join("/"))
                    })
                    .collect();
                problems.push(format!("{name}: {said}\n    with {} unknown", hidden.join(" and ")));
            }
        }
    }
    assert!(problems.is_empty(), "{} findings on unknown values:\n{}", problems.len(), problems.join("\n"));
}

/// Where a resource of a template could have a condition: before each `type` of an object that has none.
fn places_for_conditions(template: &str) -> Vec<usize> {
    let types: Vec<usize> = template.match_indices("\"type\": \"Microsoft.").map(|(at, _)| at).collect();
    let end_of = |at: usize| types.iter().copied().find(|next| *next > at).unwrap_or(template.len());
    let start_of = |at: usize| template[..at].rfind('{').unwrap_or(0);
    types
        .iter()
        .copied()
        .filter(|at| !template[start_of(*at)..end_of(*at)].contains("\"condition\""))
        .collect()
}

#[test]
fn a_clean_estate_stays_clean_when_nobody_knows_whether_a_resource_is_deployed() {
    const CONDITION: &str = "\"condition\": \"[equals(subscription().displayName, 'production')]\", ";
    let mut problems = Vec::new();
    let mut tried = 0;
    for name in ["company-a", "company-b", "isolated-application"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name).join("templates");
        let files: Vec<PathBuf> = files_below(&folder);
        for path in &files {
            let Ok(template) = std::fs::read_to_string(path) else { continue };
            for at in places_for_conditions(&template) {
                let copy = tempfile::tempdir().unwrap();
                for other in &files {
                    let to = copy.path().join(other.strip_prefix(&folder).unwrap());
                    std::fs::create_dir_all(to.parent().unwrap()).unwrap();
                    std::fs::copy(other, to).unwrap();
                }
                let changed = format!("{}{CONDITION}{}", &template[..at], &template[at..]);
                let file = path.strip_prefix(&folder).unwrap();
                std::fs::write(copy.path().join(file), changed).unwrap();
                tried += 1;
                for said in findings(copy.path()) {
                    let line = template[..at].lines().count();
                    problems
                        .push(format!("{name}: {said}\n    with a condition at {}:{line}", file.display()));
                }
            }
        }
    }
    assert!(tried > 20, "only {tried} resources were found");
    assert!(
        problems.is_empty(),
        "{} findings on unknown conditions:\n{}",
        problems.len(),
        problems.join("\n")
    );
}

/// All files below `folder`, in order.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(files_below(&path));
        } else {
            found.push(path);
        }
    }
    found
}

fn findings(here: &Path) -> Vec<String> {
    let job = Job {
        here,
        paths: &[],
        config: None,
        select: &[],
        ignore: &[],
        rules: drlint_rules::ALL,
        baseline: None,
        today: "2026-11-23".parse().unwrap(),
    };
    let outcome = check(&job).unwrap_or_else(|failure| panic!("{}", failure.0));
    outcome.findings.iter().map(|one| format!("[{}] {}", one.finding.rule, one.finding.message)).collect()
}
