//! The command line.

use std::process::ExitCode;

use clap::Parser;
use drlint::cli::Cli;

fn main() -> ExitCode {
    drlint::execute(&Cli::parse()).into()
}
