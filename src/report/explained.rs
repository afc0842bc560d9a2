//! A rule's page for people at a terminal: its marks become looks, and of an example is shown what is said.

use std::io::{self, Write};

use drlint_policy::Builtin;

/// Columns of prose.
const WIDTH: usize = 80;

const BOLD: &str = "\u{1b}[1m";
const ITALIC: &str = "\u{1b}[3m";
const PLAIN: &str = "\u{1b}[0m";

/// Writes the page of a rule.
///
/// # Errors
///
/// Those of the writer.
pub(crate) fn write(rule: &Builtin, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let looks = Looks { color };
    let mut lines = rule.page.lines();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut files: Vec<&str> = Vec::new();
    while let Some(line) = lines.next() {
        if line.trim().is_empty() {
            looks.prose(&mut paragraph, out)?;
        } else if let Some(title) = line.strip_prefix("# ") {
            writeln!(out, "{} ({}, {})\n", looks.bold(title), rule.severity, rule.group)?;
        } else if let Some(heading) = line.strip_prefix("## ") {
            looks.prose(&mut paragraph, out)?;
            writeln!(out, "{}\n", looks.bold(heading))?;
        } else if let Some(fence) = line.strip_prefix("```") {
            looks.prose(&mut paragraph, out)?;
            let inside: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
            match fence.split_once(' ') {
                Some((_, file)) if file != "drlint.toml" => files.push(file),
                _ => {
                    if !files.is_empty() && fence == "text" {
                        writeln!(out, "  ({})\n", files.join(", "))?;
                        files.clear();
                    }
                    indented(&inside, out)?;
                }
            }
        } else {
            paragraph.push(line);
        }
    }
    looks.prose(&mut paragraph, out)?;
    writeln!(out, "`drlint explain {} --format markdown` shows the files of the examples, too.", rule.name)
}

fn indented(lines: &[&str], out: &mut dyn Write) -> io::Result<()> {
    for line in lines {
        writeln!(out, "{}", format!("    {line}").trim_end())?;
    }
    writeln!(out)
}

struct Looks {
    color: bool,
}

impl Looks {
    fn bold(&self, text: &str) -> String {
        if self.color { format!("{BOLD}{text}{PLAIN}") } else { text.to_owned() }
    }

    /// Writes what has come together as a paragraph, if anything has.
    fn prose(&self, paragraph: &mut Vec<&str>, out: &mut dyn Write) -> io::Result<()> {
        if paragraph.is_empty() {
            return Ok(());
        }
        let text = paragraph.join(" ");
        paragraph.clear();
        let mut column = 0;
        for word in text.split_whitespace() {
            let width = word.chars().filter(|letter| *letter != '*').count();
            if column > 0 && column + 1 + width > WIDTH {
                writeln!(out)?;
                column = 0;
            }
            if column > 0 {
                write!(out, " ")?;
                column += 1;
            }
            write!(out, "{}", self.emphasized(word))?;
            column += width;
        }
        writeln!(out, "\n")
    }

    /// A word without the stars that begin and end an emphasis.
    fn emphasized(&self, word: &str) -> String {
        let mut shown = String::with_capacity(word.len());
        for (at, piece) in word.split('*').enumerate() {
            if at > 0 && self.color {
                let begins = !piece.is_empty() && shown.is_empty();
                shown.push_str(if begins { ITALIC } else { PLAIN });
            }
            shown.push_str(piece);
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use drlint_policy::{Check, Severity};

    use super::*;
    use crate::report::sample;

    static RULE: Builtin = Builtin {
        name: "some-rule",
        group: "links",
        summary: "something is wrong",
        severity: Severity::Warning,
        page: "# some-rule\n\nSomething is\nwrong.\n\n## Fires\n\nHere.\n\n```toml drlint.toml\n[[recovery]]\n```\n\n\
               ```json a.json\n{}\n```\n\n```json b.json\n{}\n```\n\n```text\nwarning: x\n\n  y\n```\n\n## Source\n\n\
               *A long title*, part one.\n",
        check: Check::Engine,
    };

    #[test]
    fn a_page_without_colours_has_no_marks_and_no_files() {
        let text = sample::text(|out| write(&RULE, false, out));
        let expected = "some-rule (warning, links)\n\nSomething is wrong.\n\nFires\n\nHere.\n\n    [[recovery]]\n\n  \
                        (a.json, b.json)\n\n    warning: x\n\n      y\n\nSource\n\nA long title, part one.\n\n";
        assert!(text.starts_with(expected), "{text}");
    }

    #[test]
    fn a_page_with_colours_leaves_none_open() {
        let text = sample::text(|out| write(&RULE, true, out));
        assert!(text.starts_with("\u{1b}[1msome-rule\u{1b}[0m (warning"), "{text:?}");
        assert!(text.contains("\u{1b}[3mA long title\u{1b}[0m, part"), "{text:?}");
    }

    #[test]
    fn prose_is_wrapped_and_what_is_said_is_not() {
        for rule in drlint_rules::ALL {
            let text = sample::text(|out| write(rule, false, out));
            let prose = text.lines().filter(|line| !line.starts_with(' ') && !line.starts_with("`drlint"));
            for line in prose {
                assert!(line.chars().count() <= WIDTH || !line.contains(' '), "{}: {line}", rule.name);
            }
        }
    }
}
