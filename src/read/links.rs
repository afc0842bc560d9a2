//! Linked templates: followed inside the root only, never fetched.

use std::collections::{BTreeMap, BTreeSet};
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
    /// Which file links to which.
    links: Mutex<BTreeSet<(FileId, FileId)>>,
}

impl<'f> RootLinks<'f> {
    /// The files of the run in the order of their ids. Skipped ones are not followed.
    pub(crate) fn new(files: &'f [Found]) -> Self {
        Self { files, by_place: OnceLock::new(), opened: Mutex::default(), links: Mutex::default() }
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
        let relative = relative_path.replace('\\', "/");
        let file = self
            .files
            .get(from.0 as usize)
            .and_then(|from| self.file_at(from, relative.trim()))
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

fn is_followed(file: &Found) -> bool {
    !matches!(file.role, Role::Skip(_))
}

fn resolve(path: &Path) -> Option<PathBuf> {
    std::fs::canonicalize(path).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::discover;

    #[cfg(unix)]
    #[test]
    fn links_lead_to_files_of_the_run_by_whatever_way_and_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let (inside, outside) = (folder.path().join("in"), folder.path().join("out"));
        for (path, text) in [
            ("in/main.json", "{}"),
            ("in/a/one.json", "[1]"),
            ("in/b/two.json", "[2]"),
            ("out/three.json", "[3]"),
        ] {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        std::os::unix::fs::symlink("b", inside.join("to-b")).unwrap();
        std::os::unix::fs::symlink(&outside, inside.join("to-out")).unwrap();
        std::os::unix::fs::symlink("../../out/three.json", inside.join("a/three.json")).unwrap();

        let files = discover(&inside, &[".".into()]);
        let links = RootLinks::new(&files);
        let main = files.iter().position(|file| file.shown == "main.json").map(file_id).unwrap();
        let leads_to = |path: &str| links.open(main, path).ok().map(|document| document.text().to_owned());
        for path in ["a/one.json", "./b/../a/one.json", " a\\one.json", "to-b/../a/one.json"] {
            assert_eq!(leads_to(path).as_deref(), Some("[1]"), "{path}");
        }
        assert_eq!(leads_to("to-b/two.json").as_deref(), Some("[2]"));
        for path in
            ["../out/three.json", "to-out/three.json", "a/three.json", "a/none.json", "to-out/../a/one.json"]
        {
            assert_eq!(leads_to(path), None, "{path}");
        }
    }
}
