//! What ignore files leave out of a walk: exports hold a network's plan, so that many a repository ignores them, and a
//! run that passed over them in silence would look like a clean one.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{DirEntry, FileType};
use std::path::{Path, PathBuf};

use super::{Role, role_of, walker};

/// Why it is not read, and the way out.
pub(super) const LEFT_OUT: &str = "a .gitignore, .ignore or .drlintignore leaves it out: name it to read it";

/// The folders of a walk, each with how many of its entries the walk gave.
#[derive(Debug, Default)]
pub(super) struct Folders {
    /// From the root of the walk to the folder it is in.
    open: Vec<(PathBuf, usize)>,
    done: Vec<(PathBuf, usize)>,
}

impl Folders {
    /// Takes note of an entry; the walk gives the entries of a folder right behind it.
    pub(super) fn pass(&mut self, path: &Path, depth: usize, kind: FileType) {
        while self.open.len() > depth {
            self.done.extend(self.open.pop());
        }
        if let Some((_, given)) = self.open.last_mut() {
            *given += 1;
        }
        if kind.is_dir() {
            self.open.push((path.to_owned(), 0));
        }
    }

    /// The files that were left out and might have been read, and the folders that hold such files themselves.
    pub(super) fn left_out(self) -> Vec<PathBuf> {
        let all = self.done.into_iter().chain(self.open);
        let missed = all.filter(|(folder, given)| entries(folder).count() > *given);
        missed.flat_map(|(folder, _)| left_out_of(&folder)).collect()
    }
}

fn left_out_of(folder: &Path) -> Vec<PathBuf> {
    let given = walker(folder).max_depth(Some(1)).build().filter_map(Result::ok);
    let given: HashSet<OsString> = given.skip(1).map(|entry| entry.file_name().to_owned()).collect();
    let missed = entries(folder).filter(|entry| !given.contains(&entry.file_name()));
    let holds_any = |entry: &DirEntry| {
        is_readable(entry)
            || (entry.path().is_dir() && entries(&entry.path()).any(|inner| is_readable(&inner)))
    };
    missed.filter(holds_any).map(|entry| entry.path()).collect()
}

/// What a folder holds, as far as a walk would ever give it.
fn entries(folder: &Path) -> impl Iterator<Item = DirEntry> + use<> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.filter(|entry| entry.file_name() != ".git")
}

fn is_readable(entry: &DirEntry) -> bool {
    let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
    let role = entry.file_type().ok().and_then(|kind| role_of(&entry.path(), kind));
    !is_hidden && role == Some(Role::Read)
}
