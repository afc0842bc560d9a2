//! A folder of files, and the command line over it.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A new folder with these files.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

/// `drlint` as typed in the folder `here`, on a day that stays the same, with nothing in its environment.
pub(crate) fn drlint(here: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_drlint"));
    command.args(arguments).current_dir(here).env_clear().env("DRLINT_TODAY", "2026-11-23").output().unwrap()
}

/// The JSON report of `drlint check` over the folder.
pub(crate) fn json(here: &Path, arguments: &[&str]) -> serde_json::Value {
    let arguments: Vec<&str> = ["check", "--format", "json"].iter().chain(arguments).copied().collect();
    serde_json::from_slice(&drlint(here, &arguments).stdout).unwrap()
}
