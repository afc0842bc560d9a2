//! The files that a report shows, read again, and what must not be shown of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::sync::Arc;

use drlint_policy::{Suppressed, Verdicts};
use drlint_source::{Document, Encoding, FileId, Files, SourceFile};
use rayon::prelude::*;

use crate::discover::{Found, Role};
use crate::masks::{Masks, secure_parameters};
use crate::read;
use crate::world::{World, file_id};

/// What is kept of a file that is no text: enough to hash its first line.
const BEGINNING: usize = 4096;

/// Reads again the files that have a place to show. The others keep their path alone. Files that are no text are
/// given apart, by how they begin.
pub(crate) fn files_with_places(
    verdicts: &Verdicts,
    suppressed: &[Suppressed],
    found: &[Found],
) -> (Files, BTreeMap<FileId, String>) {
    let mut wanted = BTreeSet::new();
    for finding in verdicts.findings.iter().chain(suppressed.iter().map(|entry| &entry.finding)) {
        wanted.insert(finding.place.file);
        wanted.extend(finding.related.iter().map(|related| related.place.file));
        wanted.extend(finding.fix.iter().map(|fix| fix.place.file));
    }
    for entry in &verdicts.undecided {
        wanted.insert(entry.place.file);
        wanted.extend(entry.declared.map(|place| place.file));
    }
    let read: Vec<(Arc<SourceFile>, Option<String>)> = found
        .par_iter()
        .enumerate()
        .map(
            |(at, found)| {
                if wanted.contains(&file_id(at)) { read_again(found) } else { (unread(found), None) }
            },
        )
        .collect();
    let (files, undecoded): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    let undecoded = undecoded.into_iter().enumerate();
    let undecoded = undecoded.filter_map(|(at, beginning)| Some((file_id(at), beginning?))).collect();
    (Files::new(files), undecoded)
}

fn read_again(found: &Found) -> (Arc<SourceFile>, Option<String>) {
    // What is too long to be shown is not held either.
    let is_given = matches!(found.role, Role::Given(_));
    let length = std::fs::metadata(&found.path).map_or(0, |file| file.len());
    if !is_given && length > drlint_source::MAX_BYTES as u64 {
        let mut beginning = Vec::with_capacity(BEGINNING);
        let read =
            File::open(&found.path).and_then(|file| file.take(BEGINNING as u64).read_to_end(&mut beginning));
        return (unread(found), read.is_ok().then(|| String::from_utf8_lossy(&beginning).into_owned()));
    }
    let Ok(bytes) = found.bytes() else { return (unread(found), None) };
    let beginning = bytes.get(..BEGINNING).unwrap_or(&bytes).to_vec();
    match drlint_source::decode(bytes) {
        Ok(decoded) => {
            let text = Arc::from(decoded.text);
            (Arc::new(SourceFile::new(found.shown.clone(), text, decoded.encoding)), None)
        }
        Err(_) => (unread(found), Some(String::from_utf8_lossy(&beginning).into_owned())),
    }
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
        masks.add(document, &secure);
    }
    masks
}
