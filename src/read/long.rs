//! Long exports: read in pieces, so that the file is never held as a whole.

use std::fs::File;

use drlint_export::{StreamError, Streamed, read_stream};
use drlint_source::FileId;

use super::FileReading;
use super::classify::leave_out_cut;
use super::document::{Unreadable, no_text, notes_of_errors, unreadable_note};
use crate::discover::Found;
use crate::outcome::InputKind;
use crate::progress::Progress;

/// From this many bytes on a file is worth the trouble.
pub(super) const LONG: u64 = 4 << 20;

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
        Err(error) => {
            let unreadable = match error {
                StreamError::Decode(error) => no_text(found, error),
                StreamError::Io(error) => Unreadable::whole(format!("cannot be read: {error}")),
                StreamError::NoList => return None,
            };
            let note = unreadable_note(&found.shown, id, &unreadable);
            reading = FileReading::unreadable(unreadable.problem, note);
        }
    }
    Some(reading)
}

fn finish(reading: &mut FileReading, id: FileId, found: &Found, streamed: Streamed) {
    if streamed.skipped.is_some() {
        reading.kind = InputKind::Skipped;
        reading.reason = streamed.skipped;
    }
    reading.notes.extend(streamed.notes);
    let syntax = notes_of_errors(&found.shown, id, &streamed.errors);
    leave_out_cut(&syntax, &mut reading.notes);
    reading.break_at(syntax);
}
