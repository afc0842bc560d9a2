//! The commands.

mod baseline;
mod check;
mod completions;
mod drill;
mod estate;
mod expand;
mod explain;
mod hook;
mod init;
mod man;
mod places;
mod rules;
mod schema;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use drlint_policy::Date;
use drlint_resource::NoteKind;

use crate::Exit;
use crate::cli::{Cli, Command};
use crate::run::Job;
use crate::terminal::printable;
use crate::world::Understood;

/// Does what the command line says.
pub fn execute(cli: &Cli) -> Exit {
    match &cli.command {
        Command::Check(args) => check::run(args, cli.color),
        Command::Hook(args) => hook::run(args, cli.color),
        Command::Baseline(args) => baseline::run(args),
        Command::Estate(args) => estate::run(args),
        Command::Drill(args) => drill::run(args),
        Command::Expand(args) => {
            match expand::run(args, &mut io::stdout().lock(), &mut io::stderr().lock()) {
                0 => Exit::Clean,
                1 => Exit::Findings,
                _ => Exit::Failed,
            }
        }
        Command::Rules(args) => rules::run(args),
        Command::Explain(args) => explain::run(args, cli.color),
        Command::Init(args) => init::run(args),
        Command::Completions(args) => completions::run(args),
        Command::Man => man::run(),
        Command::Schema => schema::run(),
    }
}

/// Prints to standard output. A reader that has gone away wanted no more: that is no failure.
fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), String> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(format!("cannot write to standard output: {error}")),
        Ok(()) => Ok(()),
    }
}

/// The working directory, or how the run ends without one.
fn working_directory() -> Result<PathBuf, Exit> {
    std::env::current_dir()
        .map_err(|error| fail(&format!("error: the working directory cannot be found: {error}\n")))
}

/// A job of these paths with all rules, nothing selected and nothing left out.
fn whole_job<'j>(here: &'j Path, paths: &'j [PathBuf], config: Option<&'j Path>) -> Job<'j> {
    Job {
        here,
        paths,
        config,
        select: &[],
        ignore: &[],
        rules: drlint_rules::ALL,
        baseline: None,
        today: today(),
    }
}

/// Says on standard error what of the input could not be read, and how the run ends for it.
fn say_unread(understood: &Understood) -> Exit {
    let unread = understood.notes.iter().filter(|note| note.kind == NoteKind::Unreadable);
    let mut exit = Exit::Clean;
    for note in unread {
        let path = understood.world.files.get(note.place.file.0 as usize).map_or("", |file| &file.shown);
        let message = format!("error: {}: {}\n", printable(path), printable(&note.message));
        // There is nowhere left to say that standard error is gone.
        let _ = io::stderr().lock().write_all(message.as_bytes());
        exit = Exit::Findings;
    }
    exit
}

/// Says on standard error why a job could not be done.
fn fail(message: &str) -> Exit {
    // There is nowhere left to say that standard error is gone.
    let _ = io::stderr().lock().write_all(message.as_bytes());
    Exit::Failed
}

/// The day of the run, in UTC. `DRLINT_TODAY` sets it, for tests.
fn today() -> Date {
    let given = std::env::var("DRLINT_TODAY").ok().and_then(|day| day.parse().ok());
    given.unwrap_or_else(|| {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Date::of_unix_seconds(seconds)
    })
}
