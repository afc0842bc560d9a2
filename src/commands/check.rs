//! `drlint check`

use std::path::Path;

use drlint_policy::Severity;

use super::{fail, print, today};
use crate::Exit;
use crate::baseline::Baseline;
use crate::cli::{CheckArgs, Color, FailOn};
use crate::discover::NO_SUCH_FILE;
use crate::outcome::{Input, InputKind, Outcome};
use crate::report::{self, Style};
use crate::run::{Failure, Job, check};
use crate::terminal::colored;
use crate::write::replace_file;

pub(super) fn run(args: &CheckArgs, color: Color) -> Exit {
    let here = match std::env::current_dir() {
        Ok(here) => here,
        Err(error) => return fail(&format!("error: the working directory cannot be found: {error}\n")),
    };
    let baseline = match args.baseline.as_deref().map(|path| read_baseline(&here.join(path))).transpose() {
        Ok(baseline) => baseline,
        Err(problem) => return fail(&problem),
    };
    let job = Job {
        here: &here,
        paths: &args.paths,
        config: args.config.as_deref(),
        select: &args.select,
        ignore: &args.ignore,
        rules: drlint_rules::ALL,
        baseline: baseline.as_ref(),
        today: today(),
    };
    let outcome = match check(&job) {
        Ok(outcome) => outcome,
        Err(Failure(message)) => return fail(&message),
    };
    finish(&outcome, args, color)
}

fn read_baseline(path: &Path) -> Result<Baseline, String> {
    let problem = |what: String| format!("error: baseline `{}`: {what}\n", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| problem(error.to_string()))?;
    Baseline::parse(&text).map_err(problem)
}

/// Writes the reports, and says how the run ends.
fn finish(outcome: &Outcome, args: &CheckArgs, color: Color) -> Exit {
    let style = Style { color: colored(color), verbose: args.verbose };
    let mut problems = Vec::new();
    for (format, path) in &args.output {
        let style = Style { color: false, verbose: args.verbose };
        let mut bytes = Vec::new();
        let written =
            report::write(*format, outcome, style, &mut bytes).and_then(|()| replace_file(path, &bytes));
        if let Err(error) = written {
            problems.push(format!("cannot write `{}`: {error}", path.display()));
        }
    }
    problems.extend(print(|out| report::write(args.format, outcome, style, out)).err());
    if !problems.is_empty() {
        return fail(&problems.iter().map(|problem| format!("error: {problem}\n")).collect::<String>());
    }
    if let Some(message) = nothing_to_check(outcome) {
        return fail(&message);
    }
    let failed = match args.fail_on {
        FailOn::Never => false,
        FailOn::Error => outcome.worst() >= Some(Severity::Error),
        FailOn::Warning => outcome.worst() >= Some(Severity::Warning),
        FailOn::Note => outcome.worst() >= Some(Severity::Note),
    };
    if failed || (args.strict && !outcome.undecided.is_empty()) { Exit::Findings } else { Exit::Clean }
}

/// A run that read no network at all must not look like a clean one.
fn nothing_to_check(outcome: &Outcome) -> Option<String> {
    let read = |kind: InputKind| matches!(kind, InputKind::Template | InputKind::Export);
    if outcome.inputs.iter().any(|input| read(input.kind)) {
        return None;
    }
    let met = outcome.inputs.iter().filter(|input| input.kind != InputKind::Config).count();
    // What exists and cannot be read is a finding; a path that leads nowhere is a mistake in the arguments.
    let broken =
        |input: &Input| input.kind == InputKind::Unreadable && input.reason.as_deref() != Some(NO_SUCH_FILE);
    if outcome.inputs.iter().any(broken) {
        return None;
    }
    let mut message =
        "error: there is nothing to check: no ARM template and no exported network among ".to_owned();
    message.push_str(&match met {
        0 => "the files here".to_owned(),
        1 => "1 file".to_owned(),
        many => format!("{many} files"),
    });
    message.push_str("\n  = help: name the folder that holds the templates or the exports, or see why each file was skipped with --verbose\n");
    Some(message)
}
