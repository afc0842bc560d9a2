//! `drlint check`

use std::io::Read;
use std::path::{Path, PathBuf};

use drlint_policy::Severity;

use super::{fail, print, today, working_directory};
use crate::Exit;
use crate::baseline::Baseline;
use crate::cli::{CheckArgs, CheckOptions, Color, FailOn, Format};
use crate::discover::NO_SUCH_FILE;
use crate::outcome::{Input, InputKind, Outcome};
use crate::report::{self, Style};
use crate::repository::normal;
use crate::run::{Failure, Job, check_in};
use crate::scope::Scope;
use crate::terminal::colored;
use crate::write::replace_file;

pub(super) fn run(args: &CheckArgs, color: Color) -> Exit {
    let mut scope = Scope::default();
    let mut paths = args.paths.clone();
    if let Some(name) = &args.stdin_filename {
        let mut bytes = Vec::new();
        if let Err(error) = std::io::stdin().lock().read_to_end(&mut bytes) {
            return fail(&format!("error: cannot read standard input: {error}\n"));
        }
        if paths.is_empty() {
            paths.push(name.clone());
        }
        scope.given = Some((name.clone(), bytes));
    }
    run_in(&paths, scope, &args.options, color, |_, _| {})
}

/// Checks the files of a scope. `narrow` may take findings out of what is reported.
pub(super) fn run_in(
    paths: &[PathBuf],
    mut scope: Scope,
    options: &CheckOptions,
    color: Color,
    narrow: impl FnOnce(&mut Outcome, &Path),
) -> Exit {
    let here = match working_directory() {
        Ok(here) => here,
        Err(failed) => return failed,
    };
    if let Some(path) = written_twice(&options.output, &here) {
        return fail(&format!(
            "error: two reports go to `{}`; the second would replace the first\n",
            path.display()
        ));
    }
    let baseline = match options.baseline.as_deref().map(|path| read_baseline(&here.join(path))).transpose() {
        Ok(baseline) => baseline,
        Err(problem) => return fail(&problem),
    };
    let job = Job {
        here: &here,
        paths,
        config: options.config.as_deref(),
        select: &options.select,
        ignore: &options.ignore,
        rules: drlint_rules::ALL,
        baseline: baseline.as_ref(),
        today: today(),
    };
    let mut formats = options.output.iter().map(|(format, _)| *format).chain([options.format]);
    scope.drills = formats.any(|format| format == Format::Markdown);
    let mut outcome = match check_in(&job, &scope) {
        Ok(outcome) => outcome,
        Err(Failure(message)) => return fail(&message),
    };
    narrow(&mut outcome, &here);
    finish(&outcome, options, color)
}

/// The first file that two reports would go to. Pipes and devices take any number.
fn written_twice<'o>(outputs: &'o [(Format, PathBuf)], here: &Path) -> Option<&'o Path> {
    let is_file = |path: &Path| std::fs::metadata(path).is_ok_and(|found| found.is_file()) || !path.exists();
    let same = |one: &Path, two: &Path| normal(&here.join(one)) == normal(&here.join(two));
    let mut later = outputs.iter().enumerate().skip(1);
    let twice = later.find(|(at, (_, path))| outputs.iter().take(*at).any(|(_, before)| same(before, path)));
    twice.map(|(_, (_, path))| path.as_path()).filter(|path| is_file(&here.join(path)))
}

fn read_baseline(path: &Path) -> Result<Baseline, String> {
    let problem = |what: String| format!("error: baseline `{}`: {what}\n", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| problem(error.to_string()))?;
    Baseline::parse(&text).map_err(problem)
}

/// Writes the reports, and says how the run ends.
fn finish(outcome: &Outcome, options: &CheckOptions, color: Color) -> Exit {
    let style =
        Style { color: colored(color), verbose: options.verbose, suppressed: options.show_suppressed };
    let mut problems = Vec::new();
    for (format, path) in &options.output {
        let style = Style { color: false, ..style };
        let mut bytes = Vec::new();
        let written =
            report::write(*format, outcome, style, &mut bytes).and_then(|()| replace_file(path, &bytes));
        if let Err(error) = written {
            problems.push(format!("cannot write `{}`: {error}", path.display()));
        }
    }
    problems.extend(print(|out| report::write(options.format, outcome, style, out)).err());
    if !problems.is_empty() {
        return fail(&format!("error: {}\n", problems.join("\nerror: ")));
    }
    if let Some(message) = nothing_to_check(outcome) {
        return fail(&message);
    }
    let failed = match options.fail_on {
        FailOn::Never => false,
        FailOn::Error => outcome.worst() >= Some(Severity::Error),
        FailOn::Warning => outcome.worst() >= Some(Severity::Warning),
        FailOn::Note => outcome.worst() >= Some(Severity::Note),
    };
    if failed || (options.strict && !outcome.undecided.is_empty()) { Exit::Findings } else { Exit::Clean }
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
