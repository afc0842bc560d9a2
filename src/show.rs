//! The files that a report shows, read again, and what must not be shown of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use drlint_policy::Verdicts;
use drlint_source::{Document, Encoding, Files, SourceFile};
use rayon::prelude::*;

use crate::discover::Found;
use crate::masks::{Masks, secure_parameters};
use crate::read;
use crate::world::{World, file_id};

/// Reads again the files that have a place to show. The others keep their path alone.
pub(crate) fn files_with_places(verdicts: &Verdicts, found: &[Found]) -> Files {
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

/// What must not be shown of the documents.
pub(crate) fn masks(documents: &[Option<Document>], world: &World) -> Masks {
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
