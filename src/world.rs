//! What a run reads, and the estate it adds up to.

use std::path::{Path, PathBuf};

use drlint_estate::{Estate, Versions};
use drlint_policy::{Builtin, Suppression};
use drlint_resource::Note;
use drlint_source::{FileId, decode};
use rayon::prelude::*;

use crate::config::{self, Config};
use crate::discover::{Found, Role, add_file, discover, reason, shown};
use crate::outcome::{Input, InputKind, Summary};
use crate::read::{self, FileReading, Plan, RootLinks, read_file};
use crate::run::{Failure, Job};
use crate::scope::Scope;
use crate::suppressions::{self, Suppressions};

/// The files of a run with its configuration.
pub(crate) struct World {
    pub(crate) files: Vec<Found>,
    pub(crate) config: Config,
    pub(crate) config_file: Option<FileId>,
    pub(crate) plan: Plan,
}

/// What the files of a run add up to.
pub(crate) struct Understood {
    pub(crate) world: World,
    pub(crate) inputs: Vec<Input>,
    pub(crate) estate: Estate,
    /// What it would be if other exports held.
    pub(crate) versions: Versions,
    /// What the readers had to say.
    pub(crate) notes: Vec<Note>,
    /// All suppressions.
    pub(crate) entries: Vec<Suppression>,
    /// Numbers, as far as they are known before the rules have run.
    pub(crate) summary: Summary,
}

/// Reads all files in parallel and joins them.
pub(crate) fn understand(job: &Job<'_>) -> Result<Understood, Failure> {
    understand_in(job, &Scope::default())
}

/// The same in a scope.
pub(crate) fn understand_in(job: &Job<'_>, scope: &Scope) -> Result<Understood, Failure> {
    let world = look(job, scope)?;
    let links = RootLinks::new(&world.files);
    let mut readings: Vec<FileReading> = world
        .files
        .par_iter()
        .enumerate()
        .map(|(at, found)| read_file(file_id(at), found, &world.files, &world.plan, &links))
        .collect();
    leave_out_linked(&links, &world.plan, &mut readings);
    Ok(join(world, readings))
}

/// Finds the files, reads the configuration, and pairs templates with parameter files.
fn look(job: &Job<'_>, scope: &Scope) -> Result<World, Failure> {
    let default = [PathBuf::from(".")];
    let paths = if job.paths.is_empty() { &default } else { job.paths };
    let config_path = match job.config {
        Some(path) => Some(job.here.join(path)),
        None => paths.first().and_then(|first| config::find(&job.here.join(first))),
    };
    let mut files = discover(job.here, paths);
    scope.apply(job.here, &mut files);
    let mut config = Config::default();
    let mut config_file = None;
    let mut text = String::new();
    if let Some(path) = &config_path {
        text = configuration_text(path)
            .map_err(|problem| Failure(format!("error: `{}` {problem}\n", shown(job.here, path))))?;
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

/// The text of the configuration, in any encoding that Windows gives it.
fn configuration_text(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("cannot be read: {}", reason(&error)))?;
    decode(bytes).map(|decoded| decoded.text).map_err(|error| error.to_string())
}

/// A template that another one links to is deployed by that one, not for itself, unless somebody gave it parameters.
fn leave_out_linked(links: &RootLinks<'_>, plan: &Plan, readings: &mut [FileReading]) {
    for file in links.followed() {
        if !plan.names(file)
            && let Some(reading) = readings.get_mut(file.0 as usize)
        {
            reading.intake.forget_resources();
            reading.suppressions = Suppressions::default();
            reading.notes.clear();
            if reading.kind == InputKind::Template {
                reading.reason = Some("read as a linked template".to_owned());
            }
        }
    }
}

fn join(world: World, readings: Vec<FileReading>) -> Understood {
    let mut summary = Summary { files: readings.len(), ..Summary::default() };
    let mut inputs = Vec::with_capacity(readings.len());
    let mut intakes = Vec::with_capacity(readings.len());
    let mut notes = Vec::new();
    let mut suppressions = Suppressions::default();
    for (found, reading) in world.files.iter().zip(readings) {
        summary.resources += reading.count;
        match reading.kind {
            InputKind::Template => summary.templates += 1,
            InputKind::Export => summary.exports += 1,
            InputKind::Skipped | InputKind::Unreadable => summary.skipped += 1,
            InputKind::Parameters | InputKind::Config => {}
        }
        intakes.push(reading.intake);
        suppressions.append(reading.suppressions);
        notes.extend(reading.notes);
        notes.extend(reading.faults);
        inputs.push(Input { path: found.shown.clone(), kind: reading.kind, reason: reading.reason });
    }
    let mut entries =
        world.config_file.map(|file| suppressions::of_config(&world.config, file)).unwrap_or_default();
    entries.extend(suppressions.entries);
    notes.extend(suppressions.notes);
    let intent = world.config_file.map(|file| config::intent(&world.config, file)).unwrap_or_default();
    let (estate, versions) = Versions::of(intakes, intent);
    summary.pairs = estate.pairs().count();
    Understood { world, inputs, estate, versions, notes, entries, summary }
}

/// Why there is no rule or group of that name, or nothing if there is one.
pub(crate) fn unknown_rule(rules: &[&'static Builtin], name: &str) -> Option<String> {
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

/// The id of the file at a place of the sorted list.
pub(crate) fn file_id(at: usize) -> FileId {
    FileId(u32::try_from(at).unwrap_or(u32::MAX))
}
