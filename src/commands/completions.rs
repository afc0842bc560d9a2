//! `drlint completions`

use clap::CommandFactory;

use super::{fail, print};
use crate::Exit;
use crate::cli::{Cli, CompletionsArgs};

pub(super) fn run(args: &CompletionsArgs) -> Exit {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "drlint", &mut bytes);
    match print(|out| out.write_all(&bytes)) {
        Ok(()) => Exit::Clean,
        Err(problem) => fail(&format!("error: {problem}\n")),
    }
}
