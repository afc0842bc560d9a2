//! `drlint rules`

use std::io::{self, Write};

use serde_json::json;

use super::{fail, print};
use crate::Exit;
use crate::cli::{ListFormat, RulesArgs};

pub(super) fn run(args: &RulesArgs) -> Exit {
    let written = print(|out| match args.format {
        ListFormat::Human => table(out),
        ListFormat::Json => json(out),
    });
    match written {
        Ok(()) => Exit::Clean,
        Err(problem) => fail(&format!("error: {problem}\n")),
    }
}

fn table(out: &mut dyn Write) -> io::Result<()> {
    let width = drlint_rules::ALL.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut group = "";
    for rule in drlint_rules::ALL {
        if rule.group != group {
            group = rule.group;
            writeln!(out, "{group}")?;
        }
        writeln!(out, "  {:width$}  {:7}  {}", rule.name, rule.severity.name(), rule.summary)?;
    }
    Ok(())
}

fn json(out: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<_> = drlint_rules::ALL
        .iter()
        .map(|rule| {
            json!({"name": rule.name, "group": rule.group, "severity": rule.severity.name(), "summary": rule.summary})
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &rules)?;
    out.write_all(b"\n")
}
