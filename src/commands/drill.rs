//! `drlint drill`

mod agree;
mod html;
mod human;
mod json;
mod told;
mod words;

use drlint_drill::{Action, Drill, Scenario, Verdict, play, scenarios};
use drlint_estate::Estate;

use self::agree::{agree, leave_open};
use self::told::{DECLARED, Told, tell};
use super::places::Places;
use super::{fail, print, say_unread, whole_job, working_directory};
use crate::Exit;
use crate::cli::{DrillArgs, DrillFormat};
use crate::picture::{self, Picture};
use crate::run::Failure;
use crate::terminal::printable;
use crate::world::understand;

pub(super) fn run(args: &DrillArgs) -> Exit {
    let here = match working_directory() {
        Ok(here) => here,
        Err(failed) => return failed,
    };
    let job = whole_job(&here, &args.paths, args.config.as_deref());
    let mut understood = match understand(&job) {
        Ok(understood) => understood,
        Err(Failure(message)) => return fail(&message),
    };
    let unread = say_unread(&understood);
    let estate = &understood.estate;
    let chosen = match choose(estate, args.scenario.as_deref()) {
        Ok(chosen) => chosen,
        Err(message) => return fail(&message),
    };
    if args.format == DrillFormat::Svg && chosen.len() > 1 {
        return fail(&several(&chosen));
    }
    let mut places = Places::new(&understood.world.files);
    let mut misnamed = false;
    let counts = |origin: &str| args.scenario.is_some() || origin == DECLARED;
    let mut played: Vec<(Told, Vec<Picture>)> = Vec::new();
    for scenario in chosen {
        let (drill, pictures) = play_for(args.format, estate, scenario);
        let told = tell(estate, &drill, &mut places);
        misnamed |= counts(told.origin) && names_nothing(&drill.scenario);
        played.push((told, pictures));
    }
    for version in understood.versions.by_ref() {
        play_version(args, &version, &mut played, &mut places);
    }
    let is_violated = |told: &Told| counts(told.origin) && told.verdict == Verdict::Violated;
    let violated = misnamed || played.iter().any(|(told, _)| is_violated(told));
    let told = || played.iter().map(|(told, _)| told);
    let pictures = || played.iter().flat_map(|(_, pictures)| pictures);
    let written = print(|out| match args.format {
        DrillFormat::Human => human::write(told(), out),
        DrillFormat::Json => json::write(told(), out),
        DrillFormat::Mermaid => {
            for picture in pictures() {
                writeln!(out, "%% state {}\n{}", printable(&picture.title), picture::mermaid(picture))?;
            }
            Ok(())
        }
        DrillFormat::Svg => out.write_all(picture::svg_of_all(pictures()).as_bytes()),
        DrillFormat::Html => out.write_all(html::page(&played).as_bytes()),
    });
    match written {
        Err(problem) => fail(&format!("error: {problem}\n")),
        Ok(()) if violated => Exit::Findings,
        Ok(()) => unread,
    }
}

/// Plays the same failovers in another version of the estate, and leaves open what comes out in one alone.
fn play_version(
    args: &DrillArgs,
    version: &Estate,
    played: &mut Vec<(Told, Vec<Picture>)>,
    places: &mut Places<'_>,
) {
    let mut rest = scenarios(version);
    for (told, _) in &mut *played {
        let same = rest.iter().position(|scenario| scenario.name == told.name);
        match same.map(|at| rest.remove(at)) {
            Some(scenario) => agree(told, tell(version, &play(version, scenario), places)),
            None => leave_open(told),
        }
    }
    for scenario in rest.into_iter().filter(|_| args.scenario.is_none()) {
        let (drill, pictures) = play_for(args.format, version, scenario);
        let mut told = tell(version, &drill, places);
        leave_open(&mut told);
        played.push((told, pictures));
    }
}

/// Pictures cost more than the drill itself, so only the formats that show them get any.
fn play_for(format: DrillFormat, estate: &Estate, scenario: Scenario) -> (Drill, Vec<Picture>) {
    match format {
        DrillFormat::Human | DrillFormat::Json => (play(estate, scenario), Vec::new()),
        DrillFormat::Mermaid | DrillFormat::Svg | DrillFormat::Html => picture::of_drill(estate, scenario),
    }
}

fn choose(estate: &Estate, name: Option<&str>) -> Result<Vec<Scenario>, String> {
    let mut all = scenarios(estate);
    if all.is_empty() {
        return Err(
            "error: there is no failover to play\n  = help: state a `[[recovery]]` and a `[[failover]]` in \
                    `drlint.toml`; `drlint init` begins one\n"
                .to_owned(),
        );
    }
    let Some(name) = name else { return Ok(all) };
    let near = drlint_estate::near_names(name, all.iter().map(|scenario| scenario.name.as_str()));
    let names = listed(&all);
    all.retain(|scenario| scenario.name.eq_ignore_ascii_case(name));
    if !all.is_empty() {
        return Ok(all);
    }
    let help = if near.is_empty() {
        format!("there are {names}")
    } else {
        format!("did you mean `{}`", near.join("` or `"))
    };
    Err(format!("error: there is no failover `{}`\n  = help: {}\n", printable(name), printable(&help)))
}

/// Whether a name in a step names nothing: whoever wrote it meant something else.
fn names_nothing(scenario: &Scenario) -> bool {
    scenario.steps.iter().any(|step| matches!(step.action, Action::Nothing { .. }))
}

fn several(chosen: &[Scenario]) -> String {
    format!(
        "error: a picture shows one failover\n  = help: choose one with `--scenario`: {}\n",
        printable(&listed(chosen))
    )
}

fn listed(scenarios: &[Scenario]) -> String {
    let names: Vec<String> = scenarios.iter().map(|scenario| format!("`{}`", scenario.name)).collect();
    names.join(", ")
}
