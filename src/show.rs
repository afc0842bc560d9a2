//! The files that a report shows, read again, and what must not be shown of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use drlint_policy::{Suppressed, Verdicts};
use drlint_source::{
    DecodeError, DecodeProblem, Document, Encoding, Files, MAX_BYTES, SourceFile, decode, decode_lossy,
};
use rayon::prelude::*;

use crate::discover::{Found, Role};
use crate::masks::{Masks, all_parameters, secure_parameters};
use crate::read;
use crate::world::{World, file_id};

/// Reads again the files that have a place to show. The others keep their path alone. Of a file that is no text, what
/// cannot be read is shown as `\u{fffd}`.
pub(crate) fn files_with_places(verdicts: &Verdicts, suppressed: &[Suppressed], found: &[Found]) -> Files {
    let mut wanted = BTreeSet::new();
    for finding in verdicts.findings.iter().chain(suppressed.iter().map(|entry| &entry.finding)) {
        wanted.insert(finding.place.file);
        wanted.extend(finding.related.iter().map(|related| related.place.file));
        wanted.extend(finding.fix.iter().map(|fix| fix.place.file));
    }
    for entry in &verdicts.undecided {
        wanted.extend(entry.places().map(|place| place.file));
    }
    let read: Vec<Arc<SourceFile>> = found
        .par_iter()
        .enumerate()
        .map(|(at, found)| if wanted.contains(&file_id(at)) { read_again(found) } else { unread(found) })
        .collect();
    Files::new(read)
}

fn read_again(found: &Found) -> Arc<SourceFile> {
    // What is too long to be shown is not held either.
    let length = std::fs::metadata(&found.path).map_or(0, |file| file.len());
    if !matches!(found.role, Role::Given(_)) && length > MAX_BYTES as u64 {
        return unread(found);
    }
    let Ok(bytes) = found.bytes() else { return unread(found) };
    let (text, encoding) = match decode(bytes) {
        Ok(decoded) => (decoded.text, decoded.encoding),
        Err(DecodeError { problem: DecodeProblem::TooLarge, .. }) => return unread(found),
        Err(error) => {
            let Ok(bytes) = found.bytes() else { return unread(found) };
            (decode_lossy(&bytes, error).0, Encoding::Utf8 { mark: false })
        }
    };
    Arc::new(SourceFile::new(found.shown.clone(), Arc::from(text), encoding))
}

fn unread(found: &Found) -> Arc<SourceFile> {
    Arc::new(SourceFile::new(found.shown.clone(), Arc::from(""), Encoding::Utf8 { mark: false }))
}

/// What must not be shown of the documents.
pub(crate) fn masks(documents: &[Option<Document>], world: &World) -> Masks {
    let mut masks = Masks::default();
    for document in documents.iter().flatten() {
        let mut secure = Vec::new();
        for template in world.plan.templates_of(document.file) {
            let found = &world.files[template.0 as usize];
            if let Ok((template, _)) = read::open(found, template) {
                secure.extend(secure_parameters(&template));
            }
        }
        if world.plan.templates_of(document.file).is_empty() && drlint_arm::is_parameters(document) {
            secure.extend(all_parameters(document));
        }
        masks.add(document, &secure);
    }
    masks
}
