//! One run: discover, read each file in parallel, join, judge, sort.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use drlint_estate::Estate;
use drlint_policy::{Builtin, Date, Severity, Suppressed, Verdicts, findings_of_notes, tidy};
use drlint_resource::Note;
use drlint_source::{Document, Encoding, FileId, Files, SourceFile};
use rayon::prelude::*;

use crate::baseline::Baseline;
use crate::config::{self, Config, SeverityChange};
use crate::discover::{Found, Role, add_file, discover, shown};
use crate::fingerprint::fingerprint;
use crate::masks::{Masks, secure_parameters};
use crate::outcome::{Input, InputKind, Outcome, Reported, Summary};
use crate::read::{self, FileReading, Plan, RootLinks, read_file};
use crate::suppressions;

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

/// What a job is about to read.
struct World {
    files: Vec<Found>,
    config: Config,
    config_file: Option<FileId>,
    plan: Plan,
}

/// Checks.
///
/// # Errors
///
/// When the arguments or the configuration are wrong. What is wrong with the input is in the outcome.
pub fn check(job: &Job<'_>) -> Result<Outcome, Failure> {
    for name in job.select.iter().chain(job.ignore) {
        if let Some(help) = unknown_rule(job.rules, name) {
            return Err(Failure(format!("error: there is no rule or group `{name}`\n  = help: {help}\n")));
        }
    }
    let world = look(job)?;
    let links = RootLinks::new(world.files.iter().map(|file| file.path.clone()).collect());
    let mut readings: Vec<FileReading> = world
        .files
        .par_iter()
        .enumerate()
        .map(|(at, found)| read_file(file_id(at), found, &world.files, &world.plan, &links))
        .collect();
    leave_out_linked(&links, &world.plan, &mut readings);
    Ok(judge(job, &world, readings))
}

/// Finds the files, reads the configuration, and pairs templates with parameter files.
fn look(job: &Job<'_>) -> Result<World, Failure> {
    let default = [PathBuf::from(".")];
    let paths = if job.paths.is_empty() { &default } else { job.paths };
    let config_path = match job.config {
        Some(path) => Some(job.here.join(path)),
        None => paths.first().and_then(|first| config::find(&job.here.join(first))),
    };
    let mut files = discover(job.here, paths);
    let mut config = Config::default();
    let mut config_file = None;
    let mut text = String::new();
    if let Some(path) = &config_path {
        text = std::fs::read_to_string(path)
            .map_err(|error| Failure(format!("error: `{}` cannot be read: {error}\n", path.display())))?;
        config = Config::parse(&text, &|name| unknown_rule(job.rules, name))
            .map_err(|problems| Failure(config::render(&shown(job.here, path), &text, &problems)))?;
        add_file(job.here, path.clone(), Role::Configuration, &mut files);
        let at = files.iter().position(|file| file.role == Role::Configuration);
        config_file = at.map(file_id);
    }
    let plan = read::plan(&files, &config, config_path.as_deref()).map_err(|problems| {
        let path = config_path.as_deref().map(|path| shown(job.here, path)).unwrap_or_default();
        Failure(config::render(&path, &text, &problems))
    })?;
    Ok(World { files, config, config_file, plan })
}

/// A template that another one links to is deployed by that one, not for itself, unless somebody gave it parameters.
fn leave_out_linked(links: &RootLinks, plan: &Plan, readings: &mut [FileReading]) {
    for file in links.followed() {
        if !plan.names(file)
            && let Some(reading) = readings.get_mut(file.0 as usize)
        {
            reading.resources.clear();
            reading.notes.clear();
            reading.reason = Some("read as a linked template".to_owned());
        }
    }
}

fn judge(job: &Job<'_>, world: &World, readings: Vec<FileReading>) -> Outcome {
    let mut summary = Summary { files: readings.len(), ..Summary::default() };
    let mut inputs = Vec::with_capacity(readings.len());
    let mut resources = Vec::new();
    let mut notes = Vec::new();
    for (found, reading) in world.files.iter().zip(readings) {
        summary.resources += reading.count;
        match reading.kind {
            InputKind::Template => summary.templates += 1,
            InputKind::Export => summary.exports += 1,
            InputKind::Skipped | InputKind::Unreadable => summary.skipped += 1,
            InputKind::Parameters | InputKind::Config => {}
        }
        resources.extend(reading.resources);
        notes.extend(reading.notes);
        inputs.push(Input { path: found.shown.clone(), kind: reading.kind, reason: reading.reason });
    }
    let mut entries =
        world.config_file.map(|file| suppressions::of_config(&world.config, file)).unwrap_or_default();
    entries.extend(suppressions::of_resources(&resources, &mut notes));
    let intent = world.config_file.map(|file| config::intent(&world.config, file)).unwrap_or_default();
    let estate = Estate::build(resources, intent);
    summary.pairs = estate.pairs().count();

    let enabled: Vec<&'static Builtin> =
        job.rules.iter().copied().filter(|rule| runs(job, world, rule)).collect();
    let mut verdicts = drlint_policy::check(&estate, &enabled);
    say_notes(&enabled, world, notes, &mut verdicts);
    tidy(&mut verdicts);
    let complete = enabled.len() == job.rules.len();
    let rule = |name: &str| enabled.iter().copied().find(|rule| rule.name == name);
    let suppressed = suppressions::apply(&mut verdicts, &entries, job.today, complete, rule);
    adjust(&mut verdicts, &world.config);
    finish(job, world, inputs, verdicts, suppressed, summary)
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
    let files = files_with_places(&verdicts, &world.files);
    let documents: Vec<Option<Document>> = files
        .iter()
        .zip(0..)
        .map(|((_, file), id)| {
            (!file.text.is_empty()).then(|| Document::parse(FileId(id), Arc::clone(&file.text)))
        })
        .collect();
    let mut findings: Vec<Reported> = verdicts
        .findings
        .into_iter()
        .map(|finding| {
            let file = finding.place.file.0 as usize;
            let property = documents
                .get(file)
                .and_then(Option::as_ref)
                .map(|document| document.path_to(finding.place))
                .unwrap_or_default();
            let path = world.files.get(file).map_or("", |file| file.shown.as_str());
            let fingerprint = fingerprint(&[finding.rule, path, &finding.resource.to_lowercase(), &property]);
            Reported { finding, fingerprint, property }
        })
        .collect();
    let mut fixed = Vec::new();
    if let Some(baseline) = job.baseline {
        let path = |reported: &Reported| files.path(reported.finding.place.file).to_owned();
        let (known, gone) = baseline.apply(&mut findings, path);
        summary.suppressed += known;
        fixed = gone;
    }
    let count = |severity| findings.iter().filter(|reported| reported.finding.severity == severity).count();
    summary.errors = count(Severity::Error);
    summary.warnings = count(Severity::Warning);
    summary.notes = count(Severity::Note);
    summary.undecided = verdicts.undecided.len();
    summary.suppressed += suppressed.len();
    Outcome {
        masks: masks(&documents, world),
        files,
        inputs,
        findings,
        undecided: verdicts.undecided,
        suppressed,
        fixed,
        summary,
        rules: job.rules.to_vec(),
    }
}

/// Why there is no rule or group of that name, or nothing if there is one.
fn unknown_rule(rules: &[&'static Builtin], name: &str) -> Option<String> {
    if rules.iter().any(|rule| rule.name == name || rule.group == name) {
        return None;
    }
    let names = rules.iter().flat_map(|rule| [rule.name, rule.group]);
    let near = drlint_estate::near_names(name, names);
    Some(match near.first() {
        Some(near) => format!("did you mean `{near}`"),
        None => "`drlint rules` lists them".to_owned(),
    })
}

fn runs(job: &Job<'_>, world: &World, rule: &Builtin) -> bool {
    let named = |names: &[String]| names.iter().any(|name| name == rule.name || name == rule.group);
    let off = world.config.severity_of(rule.name, rule.group) == Some(SeverityChange::Off);
    (job.select.is_empty() || named(job.select)) && !named(job.ignore) && !off
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

/// Reads again the files that have a place to show. The others keep their path alone.
fn files_with_places(verdicts: &Verdicts, found: &[Found]) -> Files {
    let mut wanted = BTreeSet::new();
    for finding in &verdicts.findings {
        wanted.insert(finding.place.file);
        wanted.extend(finding.related.iter().map(|related| related.place.file));
        wanted.extend(finding.fix.iter().map(|fix| fix.place.file));
    }
    for entry in &verdicts.undecided {
        wanted.insert(entry.place.file);
        wanted.extend(entry.declared.map(|place| place.file));
    }
    let files = found
        .par_iter()
        .enumerate()
        .map(|(at, found)| {
            let decoded = wanted
                .contains(&file_id(at))
                .then(|| std::fs::read(&found.path).ok())
                .flatten()
                .and_then(|bytes| drlint_source::decode(bytes).ok());
            let (text, encoding) = match decoded {
                Some(decoded) => (Arc::from(decoded.text), decoded.encoding),
                None => (Arc::from(""), Encoding::Utf8 { mark: false }),
            };
            Arc::new(SourceFile::new(found.shown.clone(), text, encoding))
        })
        .collect();
    Files::new(files)
}

fn masks(documents: &[Option<Document>], world: &World) -> Masks {
    let mut masks = Masks::default();
    for document in documents.iter().flatten() {
        let mut secure = Vec::new();
        for template in world.plan.templates_of(document.file) {
            let found = &world.files[template.0 as usize];
            if let Ok((template, _)) = read::open(&found.path, template) {
                secure.extend(secure_parameters(&template));
            }
        }
        masks.add(document, &secure);
    }
    masks
}

fn file_id(at: usize) -> FileId {
    FileId(u32::try_from(at).unwrap_or(u32::MAX))
}
