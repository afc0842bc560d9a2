//! `drlint init`: writes a first `drlint.toml` from what the estate shows. It never overwrites one.

mod failovers;
mod text;

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{fail, print, say_unread, today, working_directory};
use crate::Exit;
use crate::cli::InitArgs;
use crate::run::{Failure, Job};
use crate::world::understand;

pub(super) fn run(args: &InitArgs) -> Exit {
    let here = match working_directory() {
        Ok(here) => here,
        Err(failed) => return failed,
    };
    let path = target(&here, args.paths.first().map_or(Path::new("."), PathBuf::as_path));
    let shown = crate::discover::shown(&here, &path);
    if path.exists() {
        let help = "remove it first, or see `drlint estate` for what the estate shows";
        return fail(&format!("error: `{shown}` exists already\n  = help: {help}\n"));
    }
    let job = Job {
        here: &here,
        paths: &args.paths,
        config: None,
        select: &[],
        ignore: &[],
        rules: drlint_rules::ALL,
        baseline: None,
        today: today(),
    };
    let understood = match understand(&job) {
        Ok(understood) => understood,
        Err(Failure(message)) => return fail(&message),
    };
    let unread = say_unread(&understood);
    if understood.estate.networks().is_empty() {
        return fail("error: there is no network among the files, so there is nothing to write\n");
    }
    let file = |id: drlint_source::FileId| {
        understood.world.files.get(id.0 as usize).map_or("", |found| found.shown.as_str())
    };
    let written = text::write(&understood.estate, &file);
    if let Err(error) = create(&path, written.text.as_bytes()) {
        return fail(&format!("error: cannot write `{shown}`: {error}\n"));
    }
    match print(|out| writeln!(out, "`{shown}` is written: {}. Read it before you rely on it", written.holds))
    {
        Ok(()) => unread,
        Err(problem) => fail(&format!("error: {problem}\n")),
    }
}

/// Where the file goes: to the folder that was named, or to the folder of the file that was named.
fn target(here: &Path, first: &Path) -> PathBuf {
    let first = here.join(first);
    let folder = if first.is_dir() { first.as_path() } else { first.parent().unwrap_or(here) };
    folder.join("drlint.toml")
}

/// Writes a file that was not there before. What cannot be finished is not left behind.
fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).inspect_err(|_| {
        // If this fails too, the first error is the one to tell.
        let _ = std::fs::remove_file(path);
    })
}
