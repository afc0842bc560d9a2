//! Linked templates: followed inside the root only, never fetched.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use drlint_arm::Links;
use drlint_source::{Document, FileId};

use super::open;
use crate::discover::{Found, Role, shown};
use crate::world::file_id;

/// Opens linked templates among the files of the run.
#[derive(Debug)]
pub(crate) struct RootLinks<'f> {
    /// In the order of their shown paths.
    files: &'f [Found],
    /// Where each file lies, resolved when a link leads to a file by another way than it was found.
    by_place: OnceLock<BTreeMap<PathBuf, FileId>>,
    opened: Mutex<BTreeMap<FileId, Arc<Document>>>,
}

impl<'f> RootLinks<'f> {
    /// The files of the run in the order of their ids. Skipped ones are not followed.
    pub(crate) fn new(files: &'f [Found]) -> Self {
        Self { files, by_place: OnceLock::new(), opened: Mutex::default() }
    }

    /// The file that `relative` leads to from the file `from`.
    fn file_at(&self, from: &Found, relative: &str) -> Option<FileId> {
        let place = resolve(&from.path.parent()?.join(relative))?;
        self.as_written(from, relative, &place).or_else(|| self.by_place(&place))
    }

    /// The file that is shown as the link spells its path, if it lies at `place`: symbolic links may lead elsewhere.
    fn as_written(&self, from: &Found, relative: &str, place: &Path) -> Option<FileId> {
        let folder = Path::new(&from.shown).parent()?;
        let wanted = shown(Path::new(""), &folder.join(relative));
        let at = self.files.binary_search_by(|file| file.shown.as_str().cmp(&wanted)).ok()?;
        let file = &self.files[at];
        (is_followed(file) && resolve(&file.path)? == place).then(|| file_id(at))
    }

    fn by_place(&self, place: &Path) -> Option<FileId> {
        let by_place = self.by_place.get_or_init(|| {
            let followed = self.files.iter().enumerate().filter(|(_, file)| is_followed(file));
            followed.filter_map(|(at, file)| Some((resolve(&file.path)?, file_id(at)))).collect()
        });
        by_place.get(place).copied()
    }

    /// The files that some template links to.
    pub(crate) fn followed(&self) -> Vec<FileId> {
        self.opened.lock().map(|opened| opened.keys().copied().collect()).unwrap_or_default()
    }
}

impl Links for RootLinks<'_> {
    fn open(&self, from: FileId, relative_path: &str) -> Result<Arc<Document>, String> {
        let relative = relative_path.replace('\\', "/");
        let from = self.files.get(from.0 as usize);
        let file = from
            .and_then(|from| self.file_at(from, relative.trim()))
            .ok_or_else(|| format!("`{relative_path}` is not among the files that drlint was given"))?;
        if let Ok(opened) = self.opened.lock()
            && let Some(document) = opened.get(&file)
        {
            return Ok(Arc::clone(document));
        }
        let (document, _) = open(&self.files[file.0 as usize], file).map_err(|problem| problem.0)?;
        let document = Arc::new(document);
        if let Ok(mut opened) = self.opened.lock() {
            opened.insert(file, Arc::clone(&document));
        }
        Ok(document)
    }
}

fn is_followed(file: &Found) -> bool {
    !matches!(file.role, Role::Skip(_))
}

fn resolve(path: &Path) -> Option<PathBuf> {
    std::fs::canonicalize(path).ok()
}
