//! `drlint estate`

mod human;
mod json;

use super::{fail, print, say_unread, whole_job, working_directory};
use crate::Exit;
use crate::cli::{EstateArgs, EstateFormat};
use crate::picture;
use crate::run::Failure;
use crate::world::understand;

pub(super) fn run(args: &EstateArgs) -> Exit {
    let here = match working_directory() {
        Ok(here) => here,
        Err(failed) => return failed,
    };
    let job = whole_job(&here, &args.paths, args.config.as_deref());
    let understood = match understand(&job) {
        Ok(understood) => understood,
        Err(Failure(message)) => return fail(&message),
    };
    let unread = say_unread(&understood);
    let estate = &understood.estate;
    let written = print(|out| match args.format {
        EstateFormat::Human => human::write(&understood, out),
        EstateFormat::Json => json::write(&understood, out),
        EstateFormat::Mermaid => out.write_all(picture::mermaid(&picture::of_estate(estate)).as_bytes()),
        EstateFormat::Svg => out.write_all(picture::svg(&picture::of_estate(estate)).as_bytes()),
    });
    match written {
        Ok(()) if estate.networks().is_empty() => fail("error: there is no network among the files\n"),
        Ok(()) => unread,
        Err(problem) => fail(&format!("error: {problem}\n")),
    }
}
