//! Drills as text: a table of steps with what holds after each.

use std::io::{self, Write};

use super::told::{Instant, Told};
use crate::terminal::printable;

/// The widest column of steps; a longer step pushes its first remark to the right.
const WIDEST: usize = 56;

pub(super) fn write<'t>(all: impl Iterator<Item = &'t Told>, out: &mut dyn Write) -> io::Result<()> {
    for (at, told) in all.enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        write_one(told, out)?;
    }
    Ok(())
}

fn write_one(told: &Told, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}: {}", printable(&told.name), told.verdict.name())?;
    writeln!(out, "  {}", printable(&told.said_by()))?;
    let steps = told.steps.iter().zip(0..);
    let mut rows = vec![("before".to_owned(), Instant::Start)];
    rows.extend(
        steps.map(|(step, at)| (format!("{}  {}", at + 1, printable(&step.words)), Instant::After(at))),
    );
    rows.push(("at the end".to_owned(), Instant::End));
    let width = rows.iter().map(|(words, _)| words.chars().count()).max().unwrap_or(0).min(WIDEST);
    for (words, at) in rows {
        let mut first = words.as_str();
        for remark in told.remarks(at) {
            writeln!(out, "  {first:width$}  {} {}", remark.mark.sign(), printable(&remark.text))?;
            first = "";
        }
        if !first.is_empty() {
            writeln!(out, "  {first}")?;
        }
    }
    for window in &told.windows {
        writeln!(out, "  note: {}", printable(&window.message))?;
    }
    if !told.actions.is_empty() {
        let actions = told.actions.join("`, `");
        writeln!(out, "  note: what `{}` of the plan does is not known", printable(&actions))?;
    }
    Ok(())
}
