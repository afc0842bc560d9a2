//! Linked templates: followed inside the root only, never fetched.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use drlint_arm::Links;
use drlint_source::{Document, FileId};

use super::open;
use crate::discover::{Found, Role};

/// Opens linked templates among the files of the run.
#[derive(Debug)]
pub(crate) struct RootLinks<'f> {
    /// Where each file lies, resolved when the first link is met: most runs meet none.
    by_path: OnceLock<BTreeMap<PathBuf, FileId>>,
    files: &'f [Found],
    opened: Mutex<BTreeMap<FileId, Arc<Document>>>,
    /// Which file links to which.
    links: Mutex<BTreeSet<(FileId, FileId)>>,
}

impl<'f> RootLinks<'f> {
    /// The files of the run in the order of their ids. Skipped ones are not followed.
    pub(crate) fn new(files: &'f [Found]) -> Self {
        Self { by_path: OnceLock::new(), files, opened: Mutex::default(), links: Mutex::default() }
    }

    fn file_at(&self, path: &Path) -> Option<FileId> {
        let by_path = self.by_path.get_or_init(|| {
            let read = self.files.iter().zip(0..).filter(|(file, _)| !matches!(file.role, Role::Skip(_)));
            read.filter_map(|(file, id)| Some((resolve(&file.path)?, FileId(id)))).collect()
        });
        by_path.get(path).copied()
    }

    /// The files that some other template deploys. Of templates that link to each other in a circle, the first is the
    /// one that deploys.
    pub(crate) fn followed(&self) -> Vec<FileId> {
        let links = self.links.lock().map(|links| links.clone()).unwrap_or_default();
        let targets: BTreeSet<FileId> = links.iter().map(|(_, to)| *to).collect();
        let mut deployed = BTreeSet::new();
        let starts = links.iter().map(|(from, _)| *from);
        let (inner, outer): (Vec<FileId>, Vec<FileId>) = starts.partition(|from| targets.contains(from));
        for start in outer.into_iter().chain(inner) {
            if !deployed.contains(&start) {
                follow(start, &links, &mut deployed);
                deployed.remove(&start);
            }
        }
        deployed.into_iter().collect()
    }
}

impl Links for RootLinks<'_> {
    fn open(&self, from: FileId, relative_path: &str) -> Result<Arc<Document>, String> {
        let here = self.files.get(from.0 as usize).and_then(|file| file.path.parent());
        let relative = relative_path.replace('\\', "/");
        let target = here.map(|folder| folder.join(relative.trim()));
        let file = target
            .and_then(|target| resolve(&target))
            .and_then(|target| self.file_at(&target))
            .ok_or_else(|| format!("`{relative_path}` is not among the files that drlint was given"))?;
        if let Ok(mut links) = self.links.lock() {
            links.insert((from, file));
        }
        if let Ok(opened) = self.opened.lock()
            && let Some(document) = opened.get(&file)
        {
            return Ok(Arc::clone(document));
        }
        let (document, _) = open(&self.files[file.0 as usize], file).map_err(|problem| problem.problem)?;
        let document = Arc::new(document);
        if let Ok(mut opened) = self.opened.lock() {
            opened.insert(file, Arc::clone(&document));
        }
        Ok(document)
    }
}

/// Adds all files that `start` leads to.
fn follow(start: FileId, links: &BTreeSet<(FileId, FileId)>, found: &mut BTreeSet<FileId>) {
    let mut rest = vec![start];
    while let Some(from) = rest.pop() {
        for (_, to) in links.range((from, FileId(0))..=(from, FileId(u32::MAX))) {
            if found.insert(*to) {
                rest.push(*to);
            }
        }
    }
}

fn resolve(path: &Path) -> Option<PathBuf> {
    std::fs::canonicalize(path).ok()
}
