//! The command line.

use std::process::ExitCode;

use clap::Parser;
use drlint::cli::Cli;

fn main() -> ExitCode {
    // This thread works, too, instead of waiting for the others. A pool that stands already does as well.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
    drlint::execute(&Cli::parse()).into()
}
