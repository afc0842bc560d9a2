//! GitLab's Code Quality report: a JSON array (gitlabhq, `doc/ci/testing/code_quality.md`).

use std::collections::BTreeSet;
use std::io::{self, Write};

use drlint_policy::Severity;
use serde::Serialize;

use super::place::Place;
use crate::fingerprint::fingerprint;
use crate::outcome::{Outcome, Reported};
use crate::terminal::printable;

#[derive(Serialize)]
struct Issue<'o> {
    description: String,
    check_name: &'o str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

pub(super) fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let mut taken = BTreeSet::new();
    let issues: Vec<Issue<'_>> =
        outcome.findings.iter().map(|reported| issue(outcome, reported, &mut taken)).collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    out.write_all(b"\n")
}

fn issue<'o>(outcome: &Outcome, reported: &'o Reported, taken: &mut BTreeSet<String>) -> Issue<'o> {
    let finding = &reported.finding;
    let Place { path, start, end } = Place::new(outcome, finding.place);
    // GitLab does not show the check's name, so the description begins with it.
    let mut description = format!("{}: {}", finding.rule, printable(&finding.message));
    if let Some(help) = &finding.help {
        description.push_str(&format!("; {}", printable(help)));
    }
    Issue {
        description,
        check_name: finding.rule,
        fingerprint: unique(&reported.fingerprint, taken),
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        location: Location { path, lines: Lines { begin: start.line, end: end.line } },
    }
}

/// Of two issues with one fingerprint GitLab shows the first only, so the second hashes its own once more.
fn unique(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name = name.to_owned();
    while !taken.insert(name.clone()) {
        name = fingerprint(&[&name, "again"]);
    }
    name
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::report::sample;

    fn written(outcome: &Outcome) -> Vec<Value> {
        serde_json::from_str(&sample::text(|out| write(outcome, out))).unwrap()
    }

    #[test]
    fn an_issue_says_what_gitlab_shows() {
        let issues = written(&sample::estate());
        assert_eq!(issues.len(), 3);
        assert_eq!(
            issues[0]["description"],
            "target-ip-changed: recovery network `vnet-b` lacks `10.0.0.0/16`; give `vnet-b` the address space of \
             `vnet-a`"
        );
        assert_eq!(issues[0]["severity"], "major");
        assert_eq!(issues[0]["location"]["path"], "recovery.json");
        assert_eq!(issues[0]["location"]["lines"]["begin"], 2);
        assert_eq!((&issues[1]["severity"], &issues[2]["severity"]), (&"info".into(), &"minor".into()));
    }

    #[test]
    fn equal_fingerprints_are_told_apart_the_same_way_each_time() {
        let mut outcome = sample::estate();
        for reported in &mut outcome.findings {
            reported.fingerprint = "00".to_owned();
        }
        let names = |issues: Vec<Value>| -> Vec<String> {
            issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap().to_owned()).collect()
        };
        let first = names(written(&outcome));
        assert_eq!(first.iter().collect::<BTreeSet<_>>().len(), 3, "{first:?}");
        assert_eq!(first, names(written(&outcome)));
    }

    #[test]
    fn a_clean_run_is_an_empty_array_and_strangers_names_are_shown_plainly() {
        assert_eq!(written(&sample::clean()), Vec::<Value>::new());
        let issues = written(&sample::hostile());
        let description = issues[0]["description"].as_str().unwrap();
        assert!(!description.contains(char::is_control), "{description:?}");
        assert!(!issues[0]["location"]["path"].as_str().unwrap().contains(char::is_control));
    }
}
