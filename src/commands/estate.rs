//! `drlint estate`

mod human;
mod json;

use super::{fail, print, today};
use crate::Exit;
use crate::cli::{EstateArgs, EstateFormat};
use crate::picture;
use crate::run::{Failure, Job};
use crate::world::understand;

pub(super) fn run(args: &EstateArgs) -> Exit {
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
    let understood = match understand(&job) {
        Ok(understood) => understood,
        Err(Failure(message)) => return fail(&message),
    };
    let estate = &understood.estate;
    let written = print(|out| match args.format {
        EstateFormat::Human => human::write(estate, out),
        EstateFormat::Json => json::write(estate, out),
        EstateFormat::Mermaid => out.write_all(picture::mermaid(&picture::of_estate(estate)).as_bytes()),
        EstateFormat::Svg => out.write_all(picture::svg(&picture::of_estate(estate)).as_bytes()),
    });
    match written {
        Ok(()) if estate.networks().is_empty() => fail("error: there is no network among the files\n"),
        Ok(()) => Exit::Clean,
        Err(problem) => fail(&format!("error: {problem}\n")),
    }
}
