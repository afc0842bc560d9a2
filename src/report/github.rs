//! Annotations of GitHub Actions: workflow commands on standard output.
//!
//! GitHub shows the first ten errors, warnings and notices of a step and drops the rest without a word
//! (`actions/toolkit`, `docs/problem-matchers.md`), so the gravest come first and the last line says how many
//! there are.

use std::io::{self, Write};

use drlint_policy::{Severity, Told};

use super::place::Place;
use super::words::{account, told_gravest_first, verdict};
use crate::outcome::Outcome;
use crate::terminal::printable;

/// Annotations of one severity that GitHub shows for a step.
const SHOWN: usize = 10;

pub(super) fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let annotations = told_gravest_first(outcome);
    for told in &annotations {
        writeln!(out, "{}", annotation(outcome, told))?;
    }
    write!(out, "drlint: {}; {}", verdict(&outcome.summary), account(&outcome.summary))?;
    if annotations
        .chunk_by(|one, next| one.finding.severity == next.finding.severity)
        .any(|same| same.len() > SHOWN)
    {
        write!(out, "; GitHub shows the first {SHOWN} annotations of each severity")?;
    }
    writeln!(out)
}

fn annotation(outcome: &Outcome, told: &Told<'_>) -> String {
    let finding = &told.finding;
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let Place { path, start, end } = Place::new(outcome, finding.place);
    let mut properties = format!("file={},line={}", property(&path), start.line);
    // Columns are shown only where the annotation is of one line.
    if start.line == end.line {
        properties.push_str(&format!(",col={},endLine={},endColumn={}", start.column, end.line, end.column));
    } else {
        properties.push_str(&format!(",endLine={}", end.line));
    }
    properties.push_str(&format!(",title={}", property(finding.rule)));
    let mut message = printable(&finding.message);
    if let Some(at_place) = told.at_place {
        message.push_str(&format!("\nhere: {}", printable(at_place)));
    }
    for related in &finding.related {
        let Place { path, start, .. } = Place::new(outcome, related.place);
        let text = printable(&related.message);
        message.push_str(&format!("\n{path}:{}:{}: {text}", start.line, start.column));
    }
    if let Some(rest) = &told.rest {
        message.push_str(&format!("\n{}", printable(rest)));
    }
    if let Some(help) = &finding.help {
        message.push_str(&format!("\nhelp: {}", printable(help)));
    }
    format!("::{command} {properties}::{}", data(&message))
}

/// Escapes of npm `@actions/core` 3.0.1, `command.js`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn written(outcome: &Outcome) -> String {
        sample::text(|out| write(outcome, out))
    }

    #[test]
    fn the_gravest_come_first_and_the_last_line_counts() {
        let text = written(&sample::estate());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            "::error file=recovery.json,line=2,col=3,endLine=2,endColumn=9,title=target-ip-changed::recovery network \
             `vnet-b` lacks `10.0.0.0/16`%0Asource.json:1:2: the source declares it here%0Asource.json:2:1: the pair: \
             drlint.toml%0Ahelp: give `vnet-b` the address space of `vnet-a`"
        );
        assert!(lines[1].starts_with("::warning file=source.json,line=1,endLine=2,title="), "{}", lines[1]);
        assert!(lines[2].starts_with("::notice file=recovery.json,"), "{}", lines[2]);
        assert_eq!(
            lines[3],
            "drlint: 1 error, 1 warning, 1 note, 1 undecided; 2 files read (0 skipped), 5 resources, 1 recovery pair"
        );
    }

    #[test]
    fn more_than_github_shows_is_said() {
        let mut outcome = sample::estate();
        assert!(!written(&outcome).contains("GitHub shows"));
        outcome.findings = vec![outcome.findings[0].clone(); 11];
        assert!(written(&outcome).ends_with("GitHub shows the first 10 annotations of each severity\n"));
    }

    #[test]
    fn strangers_cannot_add_properties_or_commands() {
        let text = written(&sample::hostile());
        assert_eq!(text.lines().count(), 2, "{text}");
        let line = text.lines().next().unwrap();
        let (properties, message) = line.strip_prefix("::error ").unwrap().split_once("::").unwrap();
        assert!(properties.starts_with("file=50%25 a%2Cline=9%3A%3Ax␊"), "{properties}");
        let names: Vec<_> = properties.split(',').filter_map(|property| property.split('=').next()).collect();
        assert_eq!(names, ["file", "line", "col", "endLine", "endColumn", "title"]);
        assert!(message.contains("100%25"), "{message}");
        assert!(!line.contains(char::is_control), "{line:?}");
    }
}
