//! JUnit XML: a suite for each file, a failed case for each finding, a skipped one for what is undecided.
//!
//! The shape is the one that `ruff` writes (`crates/ruff_db/src/diagnostic/render/junit.rs`). A clean run has one
//! passing case, because publishers complain of a report without cases.

use std::collections::BTreeMap;
use std::io::{self, Write};

use drlint_policy::{Finding, Undecided};
use drlint_source::FileId;

use super::place::Place;
use crate::outcome::Outcome;
use crate::terminal::printable;

/// The cases of one file.
#[derive(Default)]
struct Suite<'o> {
    failures: Vec<&'o Finding>,
    skipped: Vec<&'o Undecided>,
}

pub(super) fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let mut suites: BTreeMap<FileId, Suite<'_>> = BTreeMap::new();
    for reported in &outcome.findings {
        suites.entry(reported.finding.place.file).or_default().failures.push(&reported.finding);
    }
    for entry in &outcome.undecided {
        suites.entry(entry.place.file).or_default().skipped.push(entry);
    }
    let (failures, skipped) = (outcome.findings.len(), outcome.undecided.len());
    let clean = failures == 0;
    let tests = failures + skipped + usize::from(clean);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<testsuites name="drlint" tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}">"#
    )?;
    if clean {
        writeln!(
            out,
            r#"  <testsuite name="drlint" tests="1" disabled="0" errors="0" failures="0" skipped="0" package="org.drlint">"#
        )?;
        writeln!(out, r#"    <testcase name="no findings" classname="drlint"/>"#)?;
        writeln!(out, "  </testsuite>")?;
    }
    for (file, suite) in &suites {
        self::suite(outcome, *file, suite, out)?;
    }
    writeln!(out, "</testsuites>")
}

fn suite(outcome: &Outcome, file: FileId, suite: &Suite<'_>, out: &mut dyn Write) -> io::Result<()> {
    let path = outcome.files.path(file);
    let (failures, skipped) = (suite.failures.len(), suite.skipped.len());
    writeln!(
        out,
        r#"  <testsuite name="{}" tests="{}" disabled="0" errors="0" failures="{failures}" skipped="{skipped}" package="org.drlint">"#,
        xml(path),
        failures + skipped,
    )?;
    let class = xml(path.rsplit_once('.').map_or(path, |(stem, _)| stem));
    for finding in &suite.failures {
        let Place { start, .. } = Place::new(outcome, finding.place);
        writeln!(
            out,
            r#"    <testcase name="org.drlint.{}" classname="{class}" line="{}" column="{}">"#,
            finding.rule, start.line, start.column
        )?;
        let mut body = format!("line {}, col {}, {}", start.line, start.column, xml(&finding.message));
        for related in &finding.related {
            let Place { path, start, .. } = Place::new(outcome, related.place);
            let text = xml(&related.message);
            body.push_str(&format!("\n{}:{}:{}: {text}", xml(&path), start.line, start.column));
        }
        if let Some(help) = &finding.help {
            body.push_str(&format!("\nhelp: {}", xml(help)));
        }
        let message = xml(&finding.message);
        writeln!(out, r#"      <failure message="{message}" type="{}">{body}</failure>"#, finding.severity)?;
        writeln!(out, "    </testcase>")?;
    }
    for entry in &suite.skipped {
        let Place { start, .. } = Place::new(outcome, entry.place);
        writeln!(
            out,
            r#"    <testcase name="org.drlint.{}" classname="{class}" line="{}" column="{}">"#,
            entry.rule, start.line, start.column
        )?;
        let message = format!("undecided for {}: {}", entry.resource, entry.reason);
        writeln!(out, r#"      <skipped message="{}"/>"#, xml(&message))?;
        writeln!(out, "    </testcase>")?;
    }
    writeln!(out, "  </testsuite>")
}

/// Text for an attribute or an element: control characters as pictures, for XML 1.0 has no way to write them, and
/// the two scalar values that it forbids besides as the replacement character.
fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in printable(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn written(outcome: &Outcome) -> String {
        sample::text(|out| write(outcome, out))
    }

    #[test]
    fn a_file_is_a_suite_and_a_finding_a_failed_case() {
        let text = written(&sample::estate());
        let expected = r#"<testsuites name="drlint" tests="4" failures="3" errors="0" skipped="1">
  <testsuite name="recovery.json" tests="2" disabled="0" errors="0" failures="2" skipped="0" package="org.drlint">
    <testcase name="org.drlint.target-ip-changed" classname="recovery" line="2" column="3">
      <failure message="recovery network `vnet-b` lacks `10.0.0.0/16`" type="error">line 2, col 3, recovery"#;
        assert!(text.contains(expected), "{text}");
        assert!(
            text.contains("<skipped message=\"undecided for vnet-c: parameter `prefix` has no value\"/>"),
            "{text}"
        );
        assert_eq!(text.matches("<testcase ").count(), 4);
        assert_eq!(text.matches("<testcase ").count(), text.matches("</testcase>").count());
    }

    #[test]
    fn a_clean_run_has_one_case_that_passes() {
        let text = written(&sample::clean());
        assert!(text.contains(r#"tests="1" failures="0""#), "{text}");
        assert!(text.contains(r#"<testcase name="no findings" classname="drlint"/>"#), "{text}");
    }

    #[test]
    fn strangers_cannot_close_an_attribute() {
        let text = written(&sample::hostile());
        assert_eq!(text.matches("<failure ").count(), 1, "{text}");
        assert!(!text.contains("<script>") && !text.contains('\u{1b}'), "{text}");
        assert!(text.contains("&lt;script&gt;"), "{text}");
        assert!(text.lines().all(|line| !line.contains(char::is_control)), "{text:?}");
    }
}
