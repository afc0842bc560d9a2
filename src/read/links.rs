//! Linked templates: followed inside the root only, never fetched.

use std::collections::BTreeMap;
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
}

impl<'f> RootLinks<'f> {
    /// The files of the run in the order of their ids. Skipped ones are not followed.
    pub(crate) fn new(files: &'f [Found]) -> Self {
        Self { by_path: OnceLock::new(), files, opened: Mutex::default() }
    }

    fn file_at(&self, path: &Path) -> Option<FileId> {
        let by_path = self.by_path.get_or_init(|| {
            let read = self.files.iter().zip(0..).filter(|(file, _)| !matches!(file.role, Role::Skip(_)));
            read.filter_map(|(file, id)| Some((resolve(&file.path)?, FileId(id)))).collect()
        });
        by_path.get(path).copied()
    }

    /// The files that some template links to.
    pub(crate) fn followed(&self) -> Vec<FileId> {
        self.opened.lock().map(|opened| opened.keys().copied().collect()).unwrap_or_default()
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

fn resolve(path: &Path) -> Option<PathBuf> {
    std::fs::canonicalize(path).ok()
}
