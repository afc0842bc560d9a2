//! One check: read, judge, sort, name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use drlint_drill::Verdict;
use drlint_estate::Estate;
use drlint_policy::{Builtin, Date, Finding, Suppressed, Verdicts, agreed, findings_of_notes, tidy};
use drlint_resource::Note;
use drlint_source::{Document, FileId, Paths};

use crate::baseline::Baseline;
use crate::config::{Config, SeverityChange};
use crate::fingerprint::fingerprint;
use crate::outcome::{DrillVerdict, Input, Outcome, Reported, Summary, SuppressedReport};
use crate::repository::Repository;
use crate::scope::Scope;
use crate::show::{files_with_places, masks};
use crate::suppressions;
use crate::world::{Understood, World, understand, understand_in, unknown_rule};

/// What to check, and how.
#[derive(Debug)]
pub struct Job<'j> {
    /// The working directory: paths are relative to it and shown relative to it.
    pub here: &'j Path,
    /// Files and folders; none means the working directory.
    pub paths: &'j [PathBuf],
    /// The configuration, if it is named.
    pub config: Option<&'j Path>,
    /// Rules and groups to run; none means all.
    pub select: &'j [String],
    /// Rules and groups to leave out.
    pub ignore: &'j [String],
    /// All rules there are.
    pub rules: &'j [&'static Builtin],
    /// Findings that are known and not reported.
    pub baseline: Option<&'j Baseline>,
    /// The day of the run.
    pub today: Date,
}

/// Why the job could not be done, ready to be printed.
#[derive(Debug)]
pub struct Failure(pub String);

/// Checks.
///
/// # Errors
///
/// When the arguments or the configuration are wrong. What is wrong with the input is in the outcome.
pub fn check(job: &Job<'_>) -> Result<Outcome, Failure> {
    check_in(job, &Scope::default())
}

/// Checks in a scope.
///
/// # Errors
///
/// As [`check`].
pub fn check_in(job: &Job<'_>, scope: &Scope) -> Result<Outcome, Failure> {
    for name in job.select.iter().chain(job.ignore) {
        if let Some(help) = unknown_rule(job.rules, name) {
            return Err(Failure(format!("error: there is no rule or group `{name}`\n  = help: {help}\n")));
        }
    }
    let understood = understand_in(job, scope)?;
    Ok(judge(job, understood, scope))
}

fn drill_verdicts(estate: &Estate) -> Vec<DrillVerdict> {
    let played =
        drlint_drill::scenarios(estate).into_iter().map(|scenario| drlint_drill::play(estate, scenario));
    played
        .map(|drill| DrillVerdict {
            scenario: drill.scenario.name,
            verdict: drill.verdict,
            faults: drill.breaches.len(),
        })
        .collect()
}

/// Leaves undecided what another version of the estate comes to otherwise, or does not have.
fn agree_on_drills(drills: &mut Vec<DrillVerdict>, version: &Estate) {
    let mut others = drill_verdicts(version);
    for drill in &mut *drills {
        let same = others.iter().position(|other| other.scenario == drill.scenario);
        let other = same.map(|at| others.remove(at));
        drill.faults = other.as_ref().map_or(0, |other| drill.faults.min(other.faults));
        drill.verdict = other.map_or(Verdict::Undecided, |other| drill.verdict.agreed(other.verdict));
    }
    drills.extend(others.into_iter().map(|other| DrillVerdict {
        verdict: Verdict::Undecided,
        faults: 0,
        ..other
    }));
}

/// Reads what the job names and joins it, without judging it.
///
/// # Errors
///
/// When the arguments or the configuration are wrong.
pub fn estate(job: &Job<'_>) -> Result<Estate, Failure> {
    understand(job).map(|understood| understood.estate)
}

fn judge(job: &Job<'_>, understood: Understood, scope: &Scope) -> Outcome {
    let Understood { world, inputs, estate, mut versions, notes, entries, summary } = understood;
    let world = &world;
    let enabled: Vec<&'static Builtin> =
        job.rules.iter().copied().filter(|rule| runs(job, world, rule)).collect();
    let mut verdicts = drlint_policy::check(&estate, &enabled);
    let mut drills = if scope.drills { drill_verdicts(&estate) } else { Vec::new() };
    let mut others = Vec::new();
    for version in versions.by_ref() {
        others.push(drlint_policy::check(&version, &enabled));
        if scope.drills {
            agree_on_drills(&mut drills, &version);
        }
    }
    verdicts = agreed(verdicts, others, versions.differences());
    say_notes(&enabled, world, notes, &mut verdicts);
    tidy(&mut verdicts);
    let complete = enabled.len() == job.rules.len();
    let rule = |name: &str| enabled.iter().copied().find(|rule| rule.name == name);
    let suppressed = suppressions::apply(&mut verdicts, &entries, job.today, complete, rule);
    adjust(&mut verdicts, &world.config);
    // The process is about to end; taking a large estate apart piece by piece would be a tenth of its work.
    std::mem::forget(estate);
    Outcome { drills, ..finish(job, world, inputs, verdicts, suppressed, summary) }
}

/// Gives findings the severities that the project chose.
fn adjust(verdicts: &mut Verdicts, config: &Config) {
    for finding in &mut verdicts.findings {
        if let Some(SeverityChange::To(severity)) = config.severity_of(finding.rule, finding.group) {
            finding.severity = severity;
        }
    }
}

fn finish(
    job: &Job<'_>,
    world: &World,
    inputs: Vec<Input>,
    verdicts: Verdicts,
    suppressed: Vec<Suppressed>,
    mut summary: Summary,
) -> Outcome {
    let first = job.paths.first().map_or(Path::new("."), PathBuf::as_path);
    let repository = Repository::around(job.here, first);
    let files = files_with_places(&verdicts, &suppressed, &world.files);
    let documents: Vec<Option<Document>> = files
        .iter()
        .zip(0..)
        .map(|((_, file), id)| {
            (!file.text.is_empty()).then(|| Document::parse(FileId(id), file.text.to_string()))
        })
        .collect();
    let mut paths: Vec<Option<Paths<'_>>> =
        documents.iter().map(|document| document.as_ref().map(Document::paths)).collect();
    let found = verdicts.findings.iter().chain(suppressed.iter().map(|entry| &entry.finding));
    let told: BTreeSet<FileId> = found.map(|finding| finding.place.file).collect();
    let names = repository.lasting_names(told.iter().map(|file| files.path(*file)));
    let names: BTreeMap<FileId, String> = told.into_iter().zip(names).collect();
    let mut report = |finding: Finding| {
        let paths = paths.get_mut(finding.place.file.0 as usize).and_then(Option::as_mut);
        let property = paths.map(|paths| paths.to(finding.place)).unwrap_or_default();
        let file = names.get(&finding.place.file).cloned().unwrap_or_default();
        let fingerprint = fingerprint(&[finding.rule, &file, &finding.resource.to_lowercase(), &property]);
        Reported { finding, fingerprint, file, property }
    };
    let mut findings: Vec<Reported> = verdicts.findings.into_iter().map(&mut report).collect();
    let suppressed: Vec<SuppressedReport> = suppressed
        .into_iter()
        .map(|entry| SuppressedReport { reported: report(entry.finding), reason: entry.reason })
        .collect();
    let mut fixed = Vec::new();
    if let Some(baseline) = job.baseline {
        let (known, gone) = baseline.apply(&mut findings);
        summary.suppressed += known;
        fixed = gone;
    }
    summary.suppressed += suppressed.len();
    let mut outcome = Outcome {
        masks: masks(&documents, world),
        files,
        inputs,
        findings,
        undecided: verdicts.undecided,
        suppressed,
        fixed,
        drills: Vec::new(),
        summary,
        rules: job.rules.to_vec(),
        repository,
    };
    outcome.count();
    outcome
}

/// The engine's rule on what could not be read.
const UNREADABLE: &str = "input-unreadable";

fn runs(job: &Job<'_>, world: &World, rule: &Builtin) -> bool {
    let named = |names: &[String]| names.iter().any(|name| name == rule.name || name == rule.group);
    let off = world.config.severity_of(rule.name, rule.group) == Some(SeverityChange::Off);
    // Who selects rules wants to know all the same what was not read.
    let selected = job.select.is_empty() || named(job.select) || rule.name == UNREADABLE;
    selected && !named(job.ignore) && !off
}

fn say_notes(enabled: &[&'static Builtin], world: &World, notes: Vec<Note>, verdicts: &mut Verdicts) {
    let rule = |name: &str| enabled.iter().copied().find(|rule| rule.name == name);
    let path = |note: &Note| {
        world.files.get(note.place.file.0 as usize).map(|file| file.shown.clone()).unwrap_or_default()
    };
    let said = findings_of_notes(notes, rule, path);
    verdicts.findings.extend(said.findings);
    verdicts.undecided.extend(said.undecided);
}
