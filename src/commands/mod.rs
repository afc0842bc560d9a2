//! The commands.

mod check;
mod explain;
mod rules;

use std::io::{self, Write};

use crate::Exit;
use crate::cli::{Cli, Command};

/// Does what the command line says.
pub fn execute(cli: &Cli) -> Exit {
    match &cli.command {
        Command::Check(args) => check::run(args, cli.color),
        Command::Rules(args) => rules::run(args),
        Command::Explain(args) => explain::run(args),
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

/// Says on standard error why a job could not be done.
fn fail(message: &str) -> Exit {
    // There is nowhere left to say that standard error is gone.
    let _ = io::stderr().lock().write_all(message.as_bytes());
    Exit::Failed
}
