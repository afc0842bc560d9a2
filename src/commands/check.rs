//! `drlint check`

use std::io::Write;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use drlint_policy::{Date, Severity};

use super::{fail, print};
use crate::Exit;
use crate::cli::{CheckArgs, Color, FailOn, Format};
use crate::outcome::{InputKind, Outcome};
use crate::report::{self, Style};
use crate::run::{Failure, Job, check};
use crate::terminal::colored;

pub(super) fn run(args: &CheckArgs, color: Color) -> Exit {
    let here = match std::env::current_dir() {
        Ok(here) => here,
        Err(error) => return fail(&format!("error: the working directory cannot be found: {error}\n")),
    };
    let job = Job {
        here: &here,
        paths: &args.paths,
        config: args.config.as_deref(),
        select: &args.select,
        ignore: &args.ignore,
        rules: drlint_rules::ALL,
        today: today(),
    };
    let outcome = match check(&job) {
        Ok(outcome) => outcome,
        Err(Failure(message)) => return fail(&message),
    };
    finish(&outcome, args, color)
}

/// Writes the reports, and says how the run ends.
fn finish(outcome: &Outcome, args: &CheckArgs, color: Color) -> Exit {
    let style = Style { color: colored(color), verbose: args.verbose };
    let mut problems = Vec::new();
    for (format, path) in &args.output {
        if let Err(problem) = write_file(*format, outcome, args.verbose, path) {
            problems.push(problem);
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
    let unreadable = outcome.inputs.iter().filter(|input| input.kind == InputKind::Unreadable).count();
    let met = outcome.inputs.iter().filter(|input| input.kind != InputKind::Config).count();
    if unreadable > 0 && unreadable < met || unreadable > 1 {
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

/// Writes a report beside its place and moves it there, so that no half of a report is ever seen.
fn write_file(format: Format, outcome: &Outcome, verbose: bool, path: &Path) -> Result<(), String> {
    let mut bytes = Vec::new();
    let style = Style { color: false, verbose };
    let problem = |error: std::io::Error| format!("cannot write `{}`: {error}", path.display());
    report::write(format, outcome, style, &mut bytes).map_err(problem)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = std::fs::File::create(&beside)
        .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|error| {
        // What could not be finished is not left behind; if that fails too, the first error is the one to tell.
        let _ = std::fs::remove_file(&beside);
        problem(error)
    })
}

/// The day of the run, in UTC. `DRLINT_TODAY` sets it, for tests.
fn today() -> Date {
    let given = std::env::var("DRLINT_TODAY").ok().and_then(|day| day.parse().ok());
    given.unwrap_or_else(|| {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Date::of_unix_seconds(seconds)
    })
}
