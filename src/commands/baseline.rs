//! `drlint baseline`

use super::{fail, print, today};
use crate::Exit;
use crate::baseline::Baseline;
use crate::cli::BaselineArgs;
use crate::outcome::Reported;
use crate::run::{Failure, Job, check};
use crate::write::replace_file;

pub(super) fn run(args: &BaselineArgs) -> Exit {
    let here = match std::env::current_dir() {
        Ok(here) => here,
        Err(error) => return fail(&format!("error: the working directory cannot be found: {error}\n")),
    };
    let job = Job {
        here: &here,
        paths: &args.paths,
        config: args.config.as_deref(),
        select: &[],
        ignore: &[],
        rules: drlint_rules::ALL,
        baseline: None,
        today: today(),
    };
    let outcome = match check(&job) {
        Ok(outcome) => outcome,
        Err(Failure(message)) => return fail(&message),
    };
    let path = |reported: &Reported| outcome.files.path(reported.finding.place.file).to_owned();
    let text = match Baseline::of(&outcome.findings, path).text() {
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
