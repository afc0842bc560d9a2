//! For people: each finding with its lines, then what could not be decided, then an account of every file.

use std::collections::BTreeMap;
use std::io::{self, Write};

use codespan_reporting::diagnostic::{Diagnostic, Label};
use codespan_reporting::term::{self, termcolor::Buffer};
use drlint_policy::{Severity, Told};
use drlint_source::{FileId, Span};

use super::Style;
use super::causes::causes;
use super::snippet::{Snippet, Snippets};
use super::words::{counted, verdict};
use crate::outcome::{Input, InputKind, Outcome};
use crate::terminal::printable;

/// Causes of undecided rules that are listed without `--verbose`.
const CAUSES: usize = 5;

/// Writes everything.
///
/// # Errors
///
/// Those of the writer.
pub fn write(outcome: &Outcome, style: Style, out: &mut dyn Write) -> io::Result<()> {
    write_findings(outcome, style, out)?;
    account(outcome, style, out)
}

/// Writes the findings and what is undecided, without the account of the files.
///
/// # Errors
///
/// Those of the writer.
pub fn write_findings(outcome: &Outcome, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for told in outcome.told() {
        finding(outcome, &told, style, out)?;
    }
    undecided(outcome, style, out)
}

fn finding(outcome: &Outcome, told: &Told<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let finding = &told.finding;
    let first_line = |span: Span| outcome.files.get(span.file).map_or(span, |file| file.first_line(span));
    let mut places: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
    for span in [finding.place].into_iter().chain(finding.related.iter().map(|related| related.place)) {
        places.entry(span.file).or_default().push(first_line(span));
    }
    let mut snippets = Snippets::default();
    let mut numbers = BTreeMap::new();
    for (file, spans) in &places {
        let Some(source) = outcome.files.get(*file) else { continue };
        numbers.insert(*file, snippets.0.len());
        snippets.0.push(Snippet::new(source, spans, outcome.masks.of(*file)));
    }
    let label = |span: Span| numbers.get(&span.file).map(|id| (*id, snippets.0[*id].range(first_line(span))));
    let mut labels = Vec::new();
    if let Some((id, range)) = label(finding.place) {
        let message = told.at_place.map(printable).unwrap_or_default();
        labels.push(Label::primary(id, range).with_message(message));
    }
    for related in &finding.related {
        if let Some((id, range)) = label(related.place) {
            labels.push(Label::secondary(id, range).with_message(printable(&related.message)));
        }
    }
    let mut notes: Vec<String> = told.rest.iter().map(|rest| printable(rest)).collect();
    notes.extend(finding.help.iter().map(|help| format!("help: {}", printable(help))));
    if finding.parameters.len() > 1 {
        let files: Vec<String> =
            finding.parameters.iter().map(|file| printable(outcome.files.path(*file))).collect();
        notes.push(format!("with the parameters of {}", files.join(", ")));
    }
    let diagnostic = match finding.severity {
        Severity::Error => Diagnostic::error(),
        Severity::Warning => Diagnostic::warning(),
        Severity::Note => Diagnostic::note(),
    };
    let diagnostic = diagnostic
        .with_code(finding.rule)
        .with_message(printable(&finding.message))
        .with_labels(labels)
        .with_notes(notes);
    let mut buffer = if style.color { Buffer::ansi() } else { Buffer::no_color() };
    let config = term::Config { start_context_lines: 1, end_context_lines: 1, ..term::Config::default() };
    term::emit_to_write_style(&mut buffer, &config, &snippets, &diagnostic).map_err(io::Error::other)?;
    out.write_all(buffer.as_slice())
}

fn undecided(outcome: &Outcome, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let causes = causes(&outcome.undecided);
    let listed = if style.verbose { causes.len() } else { CAUSES };
    for cause in causes.iter().take(listed) {
        let rules = cause.what();
        let mut places = located(outcome, cause.place);
        if let Some(other) = cause.other {
            places.push_str(&format!(", otherwise in {}", located(outcome, other)));
        }
        writeln!(out, "undecided: {rules}: {} ({})", printable(cause.reason), printable(&places))?;
        if style.verbose {
            for entry in &cause.entries {
                writeln!(out, "  {} for {}", entry.rule, printable(&entry.resource))?;
            }
        }
    }
    if let Some(rest) = causes.len().checked_sub(listed).filter(|rest| *rest > 0) {
        writeln!(out, "undecided: {rest} more causes (--verbose lists them)")?;
    }
    if !causes.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}

fn located(outcome: &Outcome, place: Span) -> String {
    let path = outcome.files.path(place.file);
    match outcome.files.get(place.file) {
        Some(file) if !file.text.is_empty() => {
            let (start, _) = file.positions(place);
            format!("{path}:{}:{}", start.line, start.column)
        }
        _ => path.to_owned(),
    }
}

fn account(outcome: &Outcome, style: Style, out: &mut dyn Write) -> io::Result<()> {
    if style.verbose {
        for input in &outcome.inputs {
            let reason =
                input.reason.as_ref().map(|reason| format!(" ({})", printable(reason))).unwrap_or_default();
            writeln!(out, "{}: {}{reason}", printable(&input.path), input.kind.name())?;
        }
        writeln!(out)?;
    }
    let summary = &outcome.summary;
    let count = |kind: InputKind| outcome.inputs.iter().filter(|input| input.kind == kind).count();
    let mut kinds = Vec::new();
    for (kind, one, many) in [
        (InputKind::Template, "template", "templates"),
        (InputKind::Parameters, "parameter file", "parameter files"),
        (InputKind::Export, "export", "exports"),
        (InputKind::Config, "configuration", "configurations"),
        (InputKind::Unreadable, "unreadable", "unreadable"),
    ] {
        match count(kind) {
            0 => {}
            number => kinds.push(counted(number, one, many)),
        }
    }
    kinds.extend(skipped(&outcome.inputs));
    writeln!(
        out,
        "{} read: {}; {}, {}",
        counted(summary.files, "file", "files"),
        if kinds.is_empty() { "nothing of use".to_owned() } else { kinds.join(", ") },
        counted(summary.resources, "resource", "resources"),
        counted(summary.pairs, "recovery pair", "recovery pairs"),
    )?;
    writeln!(out, "{}", verdict(summary))?;
    let fixed: usize = outcome.fixed.iter().map(|entry| entry.count).sum();
    if fixed > 0 {
        let known = counted(fixed, "finding of the baseline is", "findings of the baseline are");
        writeln!(out, "{known} gone: write the baseline anew")?;
    }
    Ok(())
}

/// The skipped files, counted by reason, the commonest first.
fn skipped(inputs: &[Input]) -> Option<String> {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for input in inputs.iter().filter(|input| input.kind == InputKind::Skipped) {
        *reasons.entry(input.reason.as_deref().unwrap_or("no reason given")).or_default() += 1;
    }
    let total: usize = reasons.values().sum();
    let mut reasons: Vec<(&str, usize)> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let told: Vec<String> =
        reasons
            .iter()
            .map(|(reason, count)| {
                if reasons.len() == 1 { printable(reason) } else { format!("{count} {}", printable(reason)) }
            })
            .collect();
    (total > 0).then(|| format!("{total} skipped ({})", told.join("; ")))
}
