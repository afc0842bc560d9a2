//! Long exports: read in pieces, so that the file is never held as a whole.

use std::fs::File;

use drlint_export::{StreamError, Streamed, read_stream};
use drlint_source::FileId;

use super::FileReading;
use super::document::{Unreadable, notes_of_errors, unreadable_note};
use crate::discover::Found;
use crate::outcome::InputKind;
use crate::progress::Progress;

/// From this many bytes on a file is worth the trouble.
const LONG: u64 = 4 << 20;

/// Reads a long list; nothing for a short file, or for one that has to be read as a whole.
pub(super) fn read(id: FileId, found: &Found) -> Option<FileReading> {
    let length = std::fs::metadata(&found.path).ok()?.len();
    if length < LONG {
        return None;
    }
    let file = Progress::of(File::open(&found.path).ok()?, &found.shown, length);
    let mut reading = FileReading::new(InputKind::Export, None);
    match read_stream(file, id, drlint_estate::members_of_interest, &mut |resource| reading.take(resource)) {
        Ok(streamed) => {
            reading.intake.inputs_mut().for_each(|input| streamed.settle(input));
            reading.intake.add_missing(&streamed.export);
            finish(&mut reading, id, found, streamed);
        }
        Err(StreamError::NoList) => return None,
        Err(error @ (StreamError::Io(_) | StreamError::Decode(_))) => {
            let problem = match &error {
                StreamError::Io(error) => format!("cannot be read: {error}"),
                other => other.to_string(),
            };
            reading.kind = InputKind::Unreadable;
            reading.reason = Some(problem.clone());
            reading.count = 0;
            reading.notes.push(unreadable_note(&found.shown, id, &Unreadable(problem)));
        }
    }
    Some(reading)
}

fn finish(reading: &mut FileReading, id: FileId, found: &Found, streamed: Streamed) {
    if streamed.skipped.is_some() {
        reading.kind = InputKind::Skipped;
        reading.reason = streamed.skipped;
    }
    reading.notes = streamed.notes;
    reading.notes.extend(notes_of_errors(&found.shown, id, &streamed.errors));
}
