//! `drlint man`: the manual page, with a section for each command.

use std::io;

use clap::CommandFactory;

use super::{fail, print};
use crate::Exit;
use crate::cli::Cli;

pub(super) fn run() -> Exit {
    let written = page().map_err(|error| error.to_string());
    match written.and_then(|page| print(|out| out.write_all(&page))) {
        Ok(()) => Exit::Clean,
        Err(problem) => fail(&format!("error: {problem}\n")),
    }
}

fn page() -> io::Result<Vec<u8>> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    let whole = clap_mangen::Man::new(command.clone());
    whole.render_title(&mut page)?;
    whole.render_name_section(&mut page)?;
    whole.render_synopsis_section(&mut page)?;
    whole.render_description_section(&mut page)?;
    whole.render_options_section(&mut page)?;
    for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
        let name = command.get_name().to_uppercase();
        page.extend_from_slice(format!(".SH \"DRLINT {name}\"\n").as_bytes());
        let mut section = Vec::new();
        let man = clap_mangen::Man::new(command.clone());
        man.render_description_section(&mut section)?;
        man.render_synopsis_section(&mut section)?;
        man.render_options_section(&mut section)?;
        // What is a section of a page of its own is a part of this one.
        page.extend_from_slice(String::from_utf8_lossy(&section).replace("\n.SH ", "\n.SS ").as_bytes());
    }
    whole.render_extra_section(&mut page)?;
    whole.render_version_section(&mut page)?;
    Ok(page)
}
