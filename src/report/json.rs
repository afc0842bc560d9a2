//! JSON, version 1.

use std::io::{self, Write};

use drlint_policy::Related;
use drlint_source::Span;
use serde::Serialize;

use crate::baseline::Entry;
use crate::outcome::{Outcome, Reported};

#[derive(Serialize)]
struct Report<'o> {
    version: u32,
    tool: Tool,
    summary: Summary,
    findings: Vec<Finding<'o>>,
    undecided: Vec<Undecided<'o>>,
    inputs: Vec<Input<'o>>,
    /// Entries of the baseline that no finding needs any more; only where there are some.
    #[serde(skip_serializing_if = "<[Entry]>::is_empty")]
    fixed: &'o [Entry],
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    templates: usize,
    exports: usize,
    skipped: usize,
    resources: usize,
    pairs: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    undecided: usize,
    suppressed: usize,
}

#[derive(Serialize)]
struct Finding<'o> {
    rule: &'o str,
    group: &'o str,
    severity: &'static str,
    message: &'o str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'o str>,
    resource: &'o str,
    fingerprint: &'o str,
    location: Location<'o>,
    related: Vec<RelatedPlace<'o>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'o>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parameters: Vec<&'o str>,
}

#[derive(Serialize)]
struct Undecided<'o> {
    rule: &'o str,
    resource: &'o str,
    reason: &'o str,
    location: Location<'o>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<RelatedPlace<'o>>,
}

#[derive(Serialize)]
struct Input<'o> {
    file: &'o str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'o str>,
}

#[derive(Serialize)]
struct RelatedPlace<'o> {
    message: &'o str,
    location: Location<'o>,
}

#[derive(Serialize)]
struct Fix<'o> {
    location: Location<'o>,
    text: &'o str,
}

#[derive(Serialize)]
struct Location<'o> {
    file: &'o str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

/// What the place of another input says that disagrees.
const OTHERWISE: &str = "here otherwise";

pub(super) fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let summary = &outcome.summary;
    let report = Report {
        version: 1,
        tool: Tool { name: "drlint", version: env!("CARGO_PKG_VERSION") },
        summary: Summary {
            files: summary.files,
            templates: summary.templates,
            exports: summary.exports,
            skipped: summary.skipped,
            resources: summary.resources,
            pairs: summary.pairs,
            errors: summary.errors,
            warnings: summary.warnings,
            notes: summary.notes,
            undecided: summary.undecided,
            suppressed: summary.suppressed,
        },
        findings: outcome.findings.iter().map(|reported| finding(outcome, reported)).collect(),
        undecided: outcome
            .undecided
            .iter()
            .map(|entry| Undecided {
                rule: entry.rule,
                resource: &entry.resource,
                reason: &entry.reason,
                location: location(outcome, entry.place),
                related: entry
                    .other
                    .map(|place| RelatedPlace { message: OTHERWISE, location: location(outcome, place) })
                    .into_iter()
                    .collect(),
            })
            .collect(),
        inputs: outcome
            .inputs
            .iter()
            .map(|input| Input {
                file: &input.path,
                kind: input.kind.name(),
                reason: input.reason.as_deref(),
            })
            .collect(),
        fixed: &outcome.fixed,
    };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    out.write_all(b"\n")
}

fn finding<'o>(outcome: &'o Outcome, reported: &'o Reported) -> Finding<'o> {
    let finding = &reported.finding;
    let related = |related: &'o Related| RelatedPlace {
        message: &related.message,
        location: location(outcome, related.place),
    };
    Finding {
        rule: finding.rule,
        group: finding.group,
        severity: finding.severity.name(),
        message: &finding.message,
        help: finding.help.as_deref(),
        resource: &finding.resource,
        fingerprint: &reported.fingerprint,
        location: location(outcome, finding.place),
        related: finding.related.iter().map(related).collect(),
        fix: finding.fix.as_ref().map(|fix| Fix { location: location(outcome, fix.place), text: &fix.text }),
        parameters: finding.parameters.iter().map(|file| outcome.files.path(*file)).collect(),
    }
}

fn location(outcome: &Outcome, span: Span) -> Location<'_> {
    let (start, end) = match outcome.files.get(span.file) {
        Some(file) => file.positions(span),
        None => Default::default(),
    };
    Location {
        file: outcome.files.path(span.file),
        start: Position { line: start.line, column: start.column },
        end: Position { line: end.line, column: end.column },
    }
}
