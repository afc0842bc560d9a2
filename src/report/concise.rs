//! One line a finding, for editors and problem matchers: `path:line:column: severity[rule]: message`.

use std::io::{self, Write};

use drlint_source::Position;

use super::causes::causes;
use crate::outcome::Outcome;
use crate::terminal::printable;

pub(super) fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    for reported in &outcome.findings {
        let finding = &reported.finding;
        let start = match outcome.files.get(finding.place.file) {
            Some(file) => file.positions(finding.place).0,
            None => Position::default(),
        };
        writeln!(
            out,
            "{}:{}:{}: {}[{}]: {}",
            printable(outcome.files.path(finding.place.file)),
            start.line,
            start.column,
            finding.severity,
            finding.rule,
            printable(&finding.message)
        )?;
    }
    for cause in causes(&outcome.undecided) {
        let rules = cause.what();
        let mut files = outcome.files.path(cause.place.file).to_owned();
        if let Some(other) = cause.other {
            files.push_str(&format!(" and {}", outcome.files.path(other.file)));
        }
        writeln!(out, "undecided: {rules}: {}, in {}", printable(cause.reason), printable(&files))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn written(outcome: &Outcome) -> String {
        sample::text(|out| write(outcome, out))
    }

    #[test]
    fn a_finding_is_a_line_that_a_problem_matcher_reads() {
        let text = written(&sample::estate());
        assert_eq!(
            text,
            "recovery.json:2:3: error[target-ip-changed]: recovery network `vnet-b` lacks `10.0.0.0/16`\n\
             recovery.json:3:12: note[key-duplicated]: key `é` stands twice; the last one counts\n\
             source.json:1:2: warning[export-truncated]: page 2 is missing\n\
             undecided: `target-ip-changed`: parameter `prefix` has no value, in source.json\n"
        );
    }

    #[test]
    fn strangers_cannot_break_the_line() {
        let text = written(&sample::hostile());
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(!text.trim_end().contains(char::is_control), "{text:?}");
    }
}
