//! `drlint baseline`

use super::{fail, print, whole_job, working_directory};
use crate::Exit;
use crate::baseline::Baseline;
use crate::cli::BaselineArgs;
use crate::run::{Failure, check};
use crate::write::replace_file;

pub(super) fn run(args: &BaselineArgs) -> Exit {
    let here = match working_directory() {
        Ok(here) => here,
        Err(failed) => return failed,
    };
    let job = whole_job(&here, &args.paths, args.config.as_deref());
    let outcome = match check(&job) {
        Ok(outcome) => outcome,
        Err(Failure(message)) => return fail(&message),
    };
    let text = match Baseline::of(&outcome.findings).text() {
        Ok(text) => text,
        Err(error) => return fail(&format!("error: {error}\n")),
    };
    if let Err(error) = replace_file(&args.file, text.as_bytes()) {
        return fail(&format!("error: cannot write `{}`: {error}\n", args.file.display()));
    }
    let count = outcome.findings.len();
    match print(|out| writeln!(out, "{count} findings are known now, in {}", args.file.display())) {
        Ok(()) => Exit::Clean,
        Err(problem) => fail(&format!("error: {problem}\n")),
    }
}
