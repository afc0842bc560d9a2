//! What a file is, and what it gives.

use std::collections::BTreeMap;

use drlint_arm::{Links, Request};
use drlint_estate::{Intake, expect_types, is_of_interest};
use drlint_export::Outcome;
use drlint_resource::{Note, NoteKind, Resource};
use drlint_source::{Document, FileId, Span};

use super::document::{duplicate_notes, parsed, syntax_notes, unreadable_note};
use super::secrets::{has_secret_field, secrets_in_clear};
use super::{Plan, long};
use crate::discover::{Found, Role};
use crate::outcome::InputKind;
use crate::suppressions::Suppressions;

/// All that reading one file gave.
#[derive(Debug)]
pub(crate) struct FileReading {
    pub(crate) kind: InputKind,
    pub(crate) reason: Option<String>,
    pub(crate) intake: Intake,
    /// The suppressions in the metadata of resources.
    pub(crate) suppressions: Suppressions,
    /// How many resources there were, those of no interest included.
    pub(crate) count: usize,
    pub(crate) notes: Vec<Note>,
    /// What is wrong with the file itself, whoever uses it.
    pub(crate) faults: Vec<Note>,
}

impl FileReading {
    pub(super) fn new(kind: InputKind, reason: Option<String>) -> Self {
        Self {
            kind,
            reason,
            intake: Intake::default(),
            suppressions: Suppressions::default(),
            count: 0,
            notes: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// That nothing of a file can be used, and why.
    pub(super) fn unreadable(reason: String, note: Note) -> Self {
        let mut reading = Self::new(InputKind::Unreadable, Some(reason));
        reading.intake.add_lost(note.place);
        reading.faults.push(note);
        reading
    }

    /// Takes in what is wrong with the syntax of the file. What stood at a fault is lost.
    pub(super) fn break_at(&mut self, syntax: Vec<Note>) {
        if let Some(first) = syntax.first() {
            self.intake.add_lost(first.place);
        }
        self.faults.extend(syntax);
    }

    /// Takes a resource in.
    pub(super) fn take(&mut self, resource: Resource) {
        self.count += 1;
        self.keep(resource);
    }

    /// Keeps what the estate looks at. A remark that two deployments of one template share is made once.
    fn keep(&mut self, mut resource: Resource) {
        if !is_of_interest(resource.id.kind()) {
            return;
        }
        let mut notes = Vec::new();
        expect_types(&mut resource, &mut notes);
        if let Some(first) = notes.first() {
            self.intake.add_unread(resource.id.kind(), first.place);
        }
        for note in notes {
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
        self.suppressions.add_those_of(&resource);
        self.intake.add(resource);
    }
}

/// Reads one file, evaluates it if it is a template, and drops its text.
pub(crate) fn read_file(
    id: FileId,
    found: &Found,
    files: &[Found],
    plan: &Plan,
    links: &dyn Links,
) -> FileReading {
    let shown = &found.shown;
    match &found.role {
        Role::Skip(reason) => return FileReading::new(InputKind::Skipped, Some((*reason).to_owned())),
        Role::Missing(reason) => {
            let message = format!("`{shown}` cannot be read: {reason}");
            let note = Note::new(NoteKind::Unreadable, Span::new(id, 0, 0), message);
            return FileReading::unreadable(reason.clone(), note);
        }
        Role::Configuration => return FileReading::new(InputKind::Config, None),
        Role::Read | Role::Given(_) => {}
    }
    let bytes = match found.bytes_below(long::LONG) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => match long::read(id, found) {
            Some(reading) => return reading,
            None => found.bytes(),
        },
        Err(error) => Err(error),
    };
    let document = match parsed(found, bytes, id) {
        Ok((document, _)) => document,
        Err(problem) => {
            let note = unreadable_note(shown, id, &problem);
            return FileReading::unreadable(problem.problem, note);
        }
    };
    let mut reading = recognise(&document, found, files, plan, links);
    if reading.kind != InputKind::Skipped {
        reading.faults.extend(duplicate_notes(&document));
    }
    let syntax = syntax_notes(shown, &document);
    leave_out_cut(&syntax, &mut reading.notes);
    if !syntax.is_empty() && reading.kind == InputKind::Skipped {
        reading.kind = InputKind::Unreadable;
        reading.reason = Some("not valid JSON".to_owned());
    }
    reading.break_at(syntax);
    reading
}

/// What a cut left of an element is no fault of its own.
pub(super) fn leave_out_cut(syntax: &[Note], notes: &mut Vec<Note>) {
    notes.retain(|note| {
        let is_cut = |error: &Note| note.place.contains(error.place) && note.place != error.place;
        note.kind != NoteKind::Unreadable || !syntax.iter().any(is_cut)
    });
}

fn recognise(
    document: &Document,
    found: &Found,
    files: &[Found],
    plan: &Plan,
    links: &dyn Links,
) -> FileReading {
    if drlint_arm::is_template(document) {
        return evaluate(document, files, plan, links);
    }
    if drlint_arm::is_parameters(document) {
        if plan.uses(document.file) {
            return FileReading::new(InputKind::Parameters, None);
        }
        let reason = match super::deployments::template_stem(&found.shown) {
            Some(_) => "parameter file without its template beside it",
            None => "parameter file that no [[deployment]] names",
        };
        return FileReading::new(InputKind::Skipped, Some(reason.to_owned()));
    }
    match drlint_export::read(document) {
        Outcome::Read(given, export) => {
            let mut reading = FileReading::new(InputKind::Export, None);
            reading.intake.add_missing(&export);
            reading.notes = given.notes;
            given.resources.into_iter().for_each(|resource| reading.take(resource));
            reading
        }
        Outcome::Skipped(reason) => FileReading::new(InputKind::Skipped, Some(reason)),
        Outcome::Unreadable(note) => FileReading::unreadable(note.message.clone(), note),
    }
}

fn evaluate(template: &Document, files: &[Found], plan: &Plan, links: &dyn Links) -> FileReading {
    let mut reading = FileReading::new(InputKind::Template, None);
    let mut opened: BTreeMap<FileId, Document> = BTreeMap::new();
    for planned in plan.of(template.file) {
        for id in &planned.parameters {
            if let Some(document) = parameter_file(*id, files) {
                opened.entry(*id).or_insert(document);
            }
        }
        let parameters: Vec<&Document> = planned.parameters.iter().filter_map(|id| opened.get(id)).collect();
        let evaluation = drlint_arm::evaluate(&Request {
            template,
            parameters: &parameters,
            overrides: &[],
            target: &planned.target,
            links,
            wanted: |kind, written| is_of_interest(kind) || has_secret_field(written),
        });
        reading.count += evaluation.count;
        let secrets = secrets_in_clear(&evaluation.reading.resources);
        evaluation.reading.resources.into_iter().for_each(|resource| reading.keep(resource));
        for note in evaluation.reading.notes.into_iter().chain(secrets) {
            if !reading.notes.contains(&note) {
                reading.notes.push(note);
            }
        }
    }
    reading
}

/// Parameter files are opened here a second time; what is wrong with one is said where it is read as a file.
fn parameter_file(id: FileId, files: &[Found]) -> Option<Document> {
    super::open(files.get(id.0 as usize)?, id).ok().map(|(document, _)| document)
}
