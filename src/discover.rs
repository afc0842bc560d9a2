//! Finds the files of a run.

mod left_out;

use std::fs::{File, FileType};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use self::left_out::{Folders, LEFT_OUT};
use crate::config::CONFIGURATION;
use crate::repository::normal;

/// A file that was named or found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The path as it is shown: relative to the working directory where it lies below it, with `/`.
    pub(crate) shown: String,
    /// Where to open it.
    pub(crate) path: PathBuf,
    /// What to do with it.
    pub(crate) role: Role,
}

/// What to do with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Read it.
    Read,
    /// Leave it out, for this reason.
    Skip(&'static str),
    /// It could not be opened or listed.
    Missing(String),
    /// Its bytes came on standard input.
    Given(Arc<[u8]>),
    /// It is the run's configuration, read already.
    Configuration,
}

impl Found {
    /// What the file holds.
    pub(crate) fn bytes(&self) -> io::Result<Vec<u8>> {
        match &self.role {
            Role::Given(bytes) => Ok(bytes.to_vec()),
            _ => std::fs::read(&self.path),
        }
    }

    /// The same, or nothing if a file on disk holds `most` bytes or more.
    pub(crate) fn bytes_below(&self, most: u64) -> io::Result<Option<Vec<u8>>> {
        if let Role::Given(bytes) = &self.role {
            return Ok(Some(bytes.to_vec()));
        }
        let file = File::open(&self.path)?;
        let length = file.metadata()?.len();
        if length >= most {
            return Ok(None);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        // Not `File::read_to_end`: it would ask for the length once more.
        file.take(u64::MAX).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }
}

/// The files of the named paths, sorted by the shown path; each file once.
pub(crate) fn discover(here: &Path, paths: &[PathBuf]) -> Vec<Found> {
    let mut found = Files { here, found: Vec::new() };
    for path in paths {
        let path = &here.join(path);
        if path.is_dir() {
            found.walk(path);
        } else {
            let role = match std::fs::metadata(path) {
                Ok(_) => Role::Read,
                Err(error) => Role::Missing(reason(&error)),
            };
            found.add(path, role);
        }
    }
    let mut files = found.found;
    let is_named =
        |file: &Found| paths.iter().any(|path| normal(&here.join(path)).starts_with(normal(&file.path)));
    files.retain(|file| file.role != Role::Skip(LEFT_OUT) || !is_named(file));
    // Of several ways to name a file the first stays.
    files.sort_by(|one, two| one.shown.cmp(&two.shown));
    files.dedup_by(|later, first| later.shown == first.shown);
    files
}

/// A walk over the files below `root`.
fn walker(root: &Path) -> WalkBuilder {
    let mut walker = WalkBuilder::new(root);
    walker
        .add_custom_ignore_filename(".drlintignore")
        .require_git(false)
        .hidden(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .follow_links(false)
        .sort_by_file_name(std::cmp::Ord::cmp);
    walker
}

/// A file that is not discovered but belongs to the run, such as `drlint.toml`.
pub(crate) fn add_file(here: &Path, path: PathBuf, role: Role, files: &mut Vec<Found>) {
    let shown = shown(here, &path);
    match files.binary_search_by(|file| file.shown.cmp(&shown)) {
        Ok(at) => files[at].role = role,
        Err(at) => files.insert(at, Found { shown, path, role }),
    }
}

/// Why a path that leads nowhere could not be read.
pub(crate) const NO_SUCH_FILE: &str = "there is no such file or folder";

/// Why a file could not be read, as a phrase.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => NO_SUCH_FILE.to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

struct Files<'h> {
    here: &'h Path,
    found: Vec<Found>,
}

impl Files<'_> {
    fn walk(&mut self, root: &Path) {
        let shown_root = ShownRoot::new(self.here, root);
        let mut folders = Folders::default();
        for entry in walker(root).build() {
            match entry {
                Ok(entry) => {
                    let Some(kind) = entry.file_type() else { continue };
                    folders.pass(entry.path(), entry.depth(), kind);
                    if kind.is_dir() {
                        continue;
                    }
                    if let Some(role) = role_of(entry.path(), kind) {
                        let shown = shown_root.shown(entry.path());
                        self.found.push(Found { shown, path: entry.into_path(), role });
                    }
                }
                Err(error) => {
                    let path = path_of(&error).unwrap_or_else(|| root.to_owned());
                    let role = Role::Missing(error.io_error().map_or_else(|| error.to_string(), reason));
                    self.add(&path, role);
                }
            }
        }
        for path in folders.left_out() {
            self.found.push(Found { shown: shown_root.shown(&path), path, role: Role::Skip(LEFT_OUT) });
        }
    }

    fn add(&mut self, path: &Path, role: Role) {
        self.found.push(Found { shown: shown(self.here, path), path: path.to_owned(), role });
    }
}

/// How a folder is shown, for the paths below it.
struct ShownRoot<'r> {
    here: &'r Path,
    root: &'r Path,
    /// With the slash that ends it, if it is shown at all; `None` where the working directory lies below the folder, so
    /// that some of its files are shown without the way up.
    prefix: Option<String>,
}

impl<'r> ShownRoot<'r> {
    fn new(here: &'r Path, root: &'r Path) -> Self {
        let (inner, outer) = (normal(here), normal(root));
        let is_above = inner != outer && inner.starts_with(outer);
        let mut prefix = shown(here, &root.join("x"));
        prefix.pop();
        Self { here, root, prefix: (!is_above).then_some(prefix) }
    }

    fn shown(&self, below: &Path) -> String {
        let relative = below.strip_prefix(self.root).unwrap_or(below);
        let Some(prefix) = &self.prefix else { return shown(self.here, below) };
        let mut shown = prefix.clone();
        for (at, component) in relative.components().enumerate() {
            if at > 0 {
                shown.push('/');
            }
            shown.push_str(&component.as_os_str().to_string_lossy());
        }
        shown
    }
}

fn path_of(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// What to do with a file found in a folder; nothing for files that cannot be network configuration.
fn role_of(path: &Path, kind: FileType) -> Option<Role> {
    if kind.is_symlink() && path.is_dir() {
        return Some(Role::Skip("symbolic link to a folder: name the folder itself to read it"));
    }
    if path.file_name().is_some_and(|name| name == CONFIGURATION) {
        return Some(Role::Skip(
            "another configuration counts: that of the first path, or of a folder above it",
        ));
    }
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    let role = match extension.as_str() {
        "json" | "jsonc" | "tfstate" if kind.is_symlink() => Role::Skip("symbolic link"),
        // To read a pipe might wait for ever.
        "json" | "jsonc" | "tfstate" if !kind.is_file() => Role::Skip("no regular file"),
        "json" | "jsonc" | "tfstate" => Role::Read,
        "bicep" => Role::Skip("Bicep source: give drlint the output of `bicep build`"),
        "bicepparam" => Role::Skip("Bicep parameters: give drlint the output of `bicep build-params`"),
        "tf" => Role::Skip("Terraform source: give drlint the output of `terraform show -json`"),
        _ => return None,
    };
    Some(role)
}

/// A path as it is shown: without `./`, with `/`, relative to the working directory where it lies below it.
pub(crate) fn shown(here: &Path, path: &Path) -> String {
    // `../here/x.json` is `x.json`, but `../x.json` stays as it was written.
    let inside = normal(path).strip_prefix(normal(here)).map(Path::to_owned);
    let relative = inside.as_deref().unwrap_or_else(|_| path.strip_prefix(here).unwrap_or(path));
    let mut parts: Vec<String> = Vec::new();
    for component in relative.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if parts.last().is_some_and(|last| last != "..") => {
                parts.pop();
            }
            Component::RootDir => parts.push(String::new()),
            other => parts.push(other.as_os_str().to_string_lossy().into_owned()),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_relative_and_with_slashes() {
        let here = Path::new("/here");
        assert_eq!(shown(here, Path::new("./a/../b/x.json")), "b/x.json");
        assert_eq!(shown(here, &here.join("a/x.json")), "a/x.json");
        assert_eq!(shown(here, &here.join("../x.json")), "../x.json");
        assert_eq!(shown(here, &here.join("../here/x.json")), "x.json");
        assert_eq!(shown(here, Path::new("/x.json")), "/x.json");
    }

    #[test]
    fn a_folder_gives_its_files_and_says_what_it_leaves_out() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("b/net.json", "{}");
        write("a.jsonc", "{}");
        write("main.bicep", "");
        write("notes.md", "");
        write("old/net.json", "{}");
        write(".drlintignore", "old/\n");
        let found = discover(folder.path(), &[".".into(), "b/net.json".into()]);
        let names: Vec<_> = found.iter().map(|file| file.shown.as_str()).collect();
        assert_eq!(names, ["a.jsonc", "b/net.json", "main.bicep", "old"]);
        assert!(found[2..].iter().all(|left_out| matches!(left_out.role, Role::Skip(_))));
    }
}
