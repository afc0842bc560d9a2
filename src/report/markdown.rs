//! A comment for a pull request: a table of what is wrong, with the details folded.

use std::io::{self, Write};

use drlint_drill::Verdict;
use drlint_policy::{Severity, Told};
use drlint_source::Span;

use super::causes::causes;
use super::page::shortened;
use super::place::Place;
use super::words::{account, counted, told_gravest_first, verdict};
use crate::outcome::{InputKind, Outcome};
use crate::terminal::printable_char;

/// Bytes of the table, and of each of the lists below it: GitHub takes comments of 65,536 characters.
const TABLE: usize = 30_000;
const LIST: usize = 10_000;
/// Characters of a message or a path; longer ones are cut.
const LENGTH: usize = 500;

pub(super) fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    // A bot finds its former comment by this mark.
    writeln!(out, "<!-- drlint -->")?;
    writeln!(out, "### drlint: {}\n", verdict(&outcome.summary))?;
    let findings = told_gravest_first(outcome);
    table(outcome, &findings, out)?;
    drills(outcome, out)?;
    details(outcome, &findings, out)?;
    undecided(outcome, out)?;
    unread(outcome, out)?;
    writeln!(out, "{}", account(&outcome.summary))
}

fn table(outcome: &Outcome, findings: &[Told<'_>], out: &mut dyn Write) -> io::Result<()> {
    if findings.is_empty() {
        return writeln!(out, "Nothing is wrong with what could be checked.\n");
    }
    writeln!(out, "| | where | what is wrong | rule |\n| --- | --- | --- | --- |")?;
    let rows = findings.iter().map(|told| {
        let finding = &told.finding;
        let icon = match finding.severity {
            Severity::Error => "❌",
            Severity::Warning => "⚠️",
            Severity::Note => "ℹ️",
        };
        let (place, mut message) = (place(outcome, finding.place), sentence(&finding.message));
        if let Some(rest) = &told.rest {
            message.push_str(&format!(", {}", sentence(rest)));
        }
        format!("| {icon} {} | {place} | {message} | `{}` |\n", finding.severity, finding.rule)
    });
    match within(rows, TABLE, out)? {
        0 => writeln!(out),
        rest => writeln!(out, "\n… and {rest} more.\n"),
    }
}

/// What each failover comes to when it is played, in a line.
fn drills(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    if outcome.drills.is_empty() {
        return Ok(());
    }
    let items = outcome.drills.iter().map(|drill| {
        let icon = match drill.verdict {
            Verdict::Holds => "✅",
            Verdict::Undecided => "❔",
            Verdict::Violated => "❌",
        };
        let faults = match drill.faults {
            0 => String::new(),
            number => format!(", {}", counted(number, "fault", "faults")),
        };
        format!("- {icon} drill {}: {}{faults}\n", code(&drill.scenario), drill.verdict.name())
    });
    match within(items, LIST, out)? {
        0 => writeln!(out),
        rest => writeln!(out, "- … and {rest} more\n"),
    }
}

fn details(outcome: &Outcome, findings: &[Told<'_>], out: &mut dyn Write) -> io::Result<()> {
    let detailed =
        findings.iter().filter(|told| !told.finding.related.is_empty() || told.finding.help.is_some());
    let items = detailed.map(|told| {
        let finding = &told.finding;
        let mut item = format!("- {}\n", sentence(&finding.message));
        if let Some(at_place) = told.at_place {
            item.push_str(&format!("  - {}: {}\n", place(outcome, finding.place), sentence(at_place)));
        }
        for related in &finding.related {
            item.push_str(&format!(
                "  - {}: {}\n",
                place(outcome, related.place),
                sentence(&related.message)
            ));
        }
        if let Some(rest) = &told.rest {
            item.push_str(&format!("  - {}\n", sentence(rest)));
        }
        if let Some(help) = &finding.help {
            item.push_str(&format!("  - help: {}\n", sentence(help)));
        }
        item
    });
    folded("Why, and what to do", items, out)
}

fn undecided(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let items = causes(&outcome.undecided).into_iter().map(|cause| {
        let rules = cause.what();
        format!("- {rules}: {}, in {}\n", sentence(cause.reason), code(outcome.files.path(cause.place.file)))
    });
    folded(&format!("{} undecided", outcome.undecided.len()), items, out)
}

fn unread(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let unread: Vec<_> = outcome.inputs.iter().filter(|input| input.kind == InputKind::Unreadable).collect();
    let items = unread.iter().map(|input| {
        let reason = input.reason.as_deref().map(sentence).unwrap_or_default();
        format!("- {}: {reason}\n", code(&input.path))
    });
    folded(&counted(unread.len(), "unreadable file", "unreadable files"), items, out)
}

/// A list behind a line that opens it; nothing if it is empty.
fn folded(title: &str, items: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "<details><summary>{title}</summary>\n")?;
    match within(items, LIST, out)? {
        0 => {}
        rest => writeln!(out, "- … and {rest} more")?,
    }
    writeln!(out, "\n</details>\n")
}

/// Writes pieces while there is room for them, and counts the rest.
fn within(pieces: impl Iterator<Item = String>, room: usize, out: &mut dyn Write) -> io::Result<usize> {
    let (mut used, mut rest) = (0, 0);
    for piece in pieces {
        used += piece.len();
        if used <= room {
            out.write_all(piece.as_bytes())?;
        } else {
            rest += 1;
        }
    }
    Ok(rest)
}

fn place(outcome: &Outcome, span: Span) -> String {
    let Place { path, start, .. } = Place::new(outcome, span);
    code(&format!("{path}:{}", start.line))
}

/// A sentence whose backticks mark code. Code is written as HTML, so that an odd backtick from a stranger's name
/// can spoil the look of its own sentence and nothing else.
fn sentence(text: &str) -> String {
    let text = shortened(text, LENGTH);
    let pieces = text.split('`').enumerate();
    pieces.map(|(at, piece)| if at % 2 == 1 { code(piece) } else { literal(piece) }).collect()
}

fn code(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("<code>{}</code>", literal(&shortened(text, LENGTH)))
    }
}

/// Text that Markdown takes as it is. References stand for every character with a meaning; the comment after `@`
/// and `#` keeps GitHub from calling a person or linking an issue.
fn literal(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars().map(printable_char) {
        match character {
            '@' | '#' => escaped.push_str(&format!("{character}<!-- -->")),
            '.' | ',' | ' ' | '-' | '/' => escaped.push(character),
            _ if character.is_ascii_punctuation() => {
                escaped.push_str(&format!("&#{};", u32::from(character)));
            }
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::DrillVerdict;
    use crate::report::sample;

    fn written(outcome: &Outcome) -> String {
        sample::text(|out| write(outcome, out))
    }

    #[test]
    fn the_comment_is_a_table_with_folded_details() {
        let text = written(&sample::estate());
        let expected = "<!-- drlint -->
### drlint: 1 error, 1 warning, 1 note, 1 undecided

| | where | what is wrong | rule |
| --- | --- | --- | --- |
| ❌ error | <code>recovery.json&#58;2</code> | recovery network <code>vnet-b</code> lacks <code>10.0.0.0/16</code> | `target-ip-changed` |
| ⚠️ warning | <code>source.json&#58;1</code> | page 2 is missing | `export-truncated` |
";
        assert!(text.starts_with(expected), "{text}");
        assert!(text.contains("  - <code>source.json&#58;1</code>: the source declares it here\n"), "{text}");
        assert!(text.contains("<summary>1 undecided</summary>"), "{text}");
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    }

    #[test]
    fn each_drill_has_a_line() {
        let mut outcome = sample::clean();
        let drill =
            |scenario: &str, verdict, faults| DrillVerdict { scenario: scenario.to_owned(), verdict, faults };
        outcome.drills =
            vec![drill("full-region", Verdict::Holds, 0), drill("a`|<b>\n- x", Verdict::Violated, 2)];
        let text = written(&outcome);
        assert!(
            text.contains("- ✅ drill <code>full-region</code>: holds\n- ❌ drill <code>a&#96;&#124;"),
            "{text}"
        );
        assert!(text.contains("x</code>: violated, 2 faults\n"), "{text}");
    }

    #[test]
    fn a_clean_run_says_so() {
        let text = written(&sample::clean());
        assert!(text.contains("Nothing is wrong"), "{text}");
        assert!(!text.contains("| ---"), "{text}");
    }

    #[test]
    fn strangers_cannot_add_rows_markup_or_mentions() {
        let text = written(&sample::hostile());
        let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ❌")).collect();
        assert_eq!(rows.len(), 1, "{text}");
        assert_eq!(rows[0].matches('|').count(), 5, "{}", rows[0]);
        assert!(!text.contains("<script>") && !text.contains("@team") && !text.contains("](1)"), "{text}");
        assert!(text.lines().all(|line| !line.contains(char::is_control)), "{text:?}");
    }

    #[test]
    fn a_comment_stays_below_what_github_takes() {
        let mut outcome = sample::estate();
        let mut first = outcome.findings[0].clone();
        outcome.findings = vec![first.clone(); 5000];
        let text = written(&outcome);
        assert!(text.contains("and 4900 more of <code>target-ip-changed</code>"), "{text}");
        assert!(text.len() < 65_536, "{}", text.len());
        first.finding.message = "&".repeat(100_000);
        outcome.findings = vec![first; 50];
        let long = written(&outcome);
        assert!(
            long.contains("| ❌ error |") && long.contains(" more.\n") && long.len() < 65_536,
            "{}",
            long.len()
        );
    }
}
