//! Long exports: read in pieces, so that the file is never held as a whole.

use std::fs::File;

use drlint_estate::{expect_types, is_of_interest};
use drlint_export::{StreamError, Streamed, read_stream};
use drlint_source::FileId;

use super::FileReading;
use super::classify::leave_out_cut;
use super::document::{Unreadable, no_text, notes_of_errors, unreadable_note};
use crate::discover::Found;
use crate::outcome::InputKind;

/// From this many bytes on a file is worth the trouble.
pub(super) const LONG: u64 = 16 << 20;

/// Reads a long list; nothing for a short file, or for one that has to be read as a whole.
pub(super) fn read(id: FileId, found: &Found) -> Option<FileReading> {
    if std::fs::metadata(&found.path).ok()?.len() < LONG {
        return None;
    }
    let file = File::open(&found.path).ok()?;
    let (mut resources, mut notes) = (Vec::new(), Vec::new());
    let mut sink = |mut resource: drlint_resource::Resource| {
        if is_of_interest(resource.id.kind()) {
            expect_types(&mut resource, &mut notes);
            resources.push(resource);
        }
    };
    let mut reading = match read_stream(file, id, &mut sink) {
        Ok(streamed) => {
            for resource in &mut resources {
                streamed.settle(resource);
            }
            reading_of(id, found, streamed)
        }
        Err(error) => {
            let unreadable = match error {
                StreamError::Decode(error) => no_text(found, error),
                StreamError::Io(error) => Unreadable::whole(format!("cannot be read: {error}")),
                StreamError::NoList => return None,
            };
            let problem = unreadable.problem.clone();
            let mut reading = FileReading::new(InputKind::Unreadable, Some(problem));
            reading.notes.push(unreadable_note(&found.shown, id, &unreadable));
            reading
        }
    };
    reading.resources = resources;
    reading.notes.extend(notes);
    Some(reading)
}

fn reading_of(id: FileId, found: &Found, streamed: Streamed) -> FileReading {
    let kind = if streamed.skipped.is_some() { InputKind::Skipped } else { InputKind::Export };
    let mut reading = FileReading::new(kind, streamed.skipped);
    reading.count = streamed.resources;
    reading.notes = streamed.notes;
    let syntax = notes_of_errors(&found.shown, id, &streamed.errors);
    leave_out_cut(&syntax, &mut reading.notes);
    reading.notes.extend(syntax);
    reading
}
