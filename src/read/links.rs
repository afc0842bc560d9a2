//! Linked templates: followed inside the root only, never fetched.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use drlint_arm::Links;
use drlint_source::{Document, FileId};

use super::open;

/// Opens linked templates among the files of the run.
#[derive(Debug)]
pub(crate) struct RootLinks {
    /// Where each file lies, resolved.
    by_path: BTreeMap<PathBuf, FileId>,
    paths: Vec<PathBuf>,
    opened: Mutex<BTreeMap<FileId, Arc<Document>>>,
}

impl RootLinks {
    /// The files of the run in the order of their ids.
    pub(crate) fn new(paths: Vec<PathBuf>) -> Self {
        let resolved = paths.iter().zip(0..).filter_map(|(path, id)| Some((resolve(path)?, FileId(id))));
        Self { by_path: resolved.collect(), paths, opened: Mutex::default() }
    }

    /// The files that some template links to.
    pub(crate) fn followed(&self) -> Vec<FileId> {
        self.opened.lock().map(|opened| opened.keys().copied().collect()).unwrap_or_default()
    }
}

impl Links for RootLinks {
    fn open(&self, from: FileId, relative_path: &str) -> Result<Arc<Document>, String> {
        let here = self.paths.get(from.0 as usize).and_then(|path| path.parent());
        let relative = relative_path.replace('\\', "/");
        let target = here.map(|folder| folder.join(relative.trim()));
        let file = target
            .and_then(|target| resolve(&target))
            .and_then(|target| self.by_path.get(&target).copied())
            .ok_or_else(|| format!("`{relative_path}` is not among the files that drlint was given"))?;
        if let Ok(opened) = self.opened.lock()
            && let Some(document) = opened.get(&file)
        {
            return Ok(Arc::clone(document));
        }
        let (document, _) = open(&self.paths[file.0 as usize], file).map_err(|problem| problem.0)?;
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
