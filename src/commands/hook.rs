//! `drlint hook`: for pre-commit.
//!
//! Names never limit what is read: a change of the source network breaks the recovery network in a file that is
//! not part of the commit. They limit what is reported, to the findings that have some place in them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::check::run_in;
use super::working_directory;
use crate::Exit;
use crate::cli::{Color, HookArgs};
use crate::config;
use crate::repository::{git_root, normal};
use crate::scope::Scope;

pub(super) fn run(args: &HookArgs, color: Color) -> Exit {
    let here = match working_directory() {
        Ok(here) => here,
        Err(failed) => return failed,
    };
    let root = root(&here);
    let scope = Scope { tracked: tracked(root), ..Scope::default() };
    run_in(&[upwards(&here, root)], scope, &args.options, color, |outcome, here| {
        if args.files.is_empty() {
            return;
        }
        let named: BTreeSet<PathBuf> = args.files.iter().map(|file| normal(&here.join(file))).collect();
        let touched: BTreeSet<_> = outcome
            .files
            .iter()
            .filter(|(_, file)| named.contains(&normal(&here.join(&file.path))))
            .map(|(id, _)| id)
            .collect();
        outcome.retain_touching(|file| touched.contains(&file));
    })
}

/// The root of the project: the folder of `drlint.toml` if it lies in the repository, else the repository, else the
/// working directory.
fn root(here: &Path) -> &Path {
    let repository = git_root(here);
    let config = config::find(here);
    let folder = config.as_deref().and_then(Path::parent);
    // Both are the working directory or a folder above it.
    let folder = folder.and_then(|folder| here.ancestors().find(|ancestor| *ancestor == folder));
    match (folder, repository) {
        (Some(folder), Some(repository)) if !folder.starts_with(repository) => repository,
        (Some(folder), _) => folder,
        (None, Some(repository)) => repository,
        (None, None) => here,
    }
}

/// The path from the working directory to a folder above it, so that files are shown as they are everywhere else.
fn upwards(here: &Path, root: &Path) -> PathBuf {
    let steps = here.strip_prefix(root).map_or(0, |below| below.components().count());
    if steps == 0 { PathBuf::from(".") } else { std::iter::repeat_n("..", steps).collect() }
}

/// The files below `root` that git tracks. `None` where there is no repository, or no git to ask: then all files
/// count, which is more, never less.
fn tracked(root: &Path) -> Option<BTreeSet<PathBuf>> {
    let listing = Command::new("git").args(["ls-files", "-z", "--cached"]).current_dir(root).output().ok()?;
    if !listing.status.success() {
        return None;
    }
    let names = listing.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    Some(names.map(|name| root.join(path(name))).collect())
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_the_folder_of_the_configuration_within_the_repository() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        std::fs::create_dir_all(at("repository/infra/dr")).unwrap();
        assert_eq!(root(&at("repository/infra/dr")), at("repository/infra/dr"));
        std::fs::create_dir(at("repository/.git")).unwrap();
        assert_eq!(root(&at("repository/infra/dr")), at("repository"));
        std::fs::write(at("drlint.toml"), "").unwrap();
        assert_eq!(root(&at("repository/infra/dr")), at("repository"));
        std::fs::write(at("repository/infra/drlint.toml"), "").unwrap();
        assert_eq!(root(&at("repository/infra/dr")), at("repository/infra"));
        assert_eq!(upwards(&at("repository/infra/dr"), &at("repository")), Path::new("../.."));
        assert_eq!(upwards(&at("x"), &at("x")), Path::new("."));
    }
}
