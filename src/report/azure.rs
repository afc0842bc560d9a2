//! Logging commands of Azure Pipelines, on standard output.
//!
//! `##vso[task.logissue]` knows errors and warnings only, so a note is a warning there. Paths are absolute, as the
//! documentation of logging commands asks (`azure-devops-docs`, `docs/pipelines/scripts/logging-commands.md`).

use std::io::{self, Write};

use drlint_policy::Severity;

use super::words::{account, gravest_first, verdict};
use crate::outcome::{Outcome, Reported};
use crate::terminal::printable;

pub(super) fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    for reported in gravest_first(outcome) {
        writeln!(out, "{}", issue(outcome, reported))?;
    }
    writeln!(out, "drlint: {}; {}", verdict(&outcome.summary), account(&outcome.summary))
}

fn issue(outcome: &Outcome, reported: &Reported) -> String {
    let finding = &reported.finding;
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning | Severity::Note => "warning",
    };
    let place = outcome.files.get(finding.place.file);
    let start = place.map_or_else(Default::default, |file| file.positions(finding.place).0);
    let path = outcome.repository.absolute(outcome.files.path(finding.place.file));
    let mut message = printable(&finding.message);
    if let Some(help) = &finding.help {
        message.push_str(&format!(" (help: {})", printable(help)));
    }
    format!(
        "##vso[task.logissue type={kind};sourcepath={};linenumber={};columnnumber={};code={};]{}",
        property(&printable(&path)),
        start.line,
        start.column,
        property(finding.rule),
        data(&message)
    )
}

/// Escapes of `microsoft/azure-pipelines-task-lib`, `node/taskcommand.ts`.
fn data(text: &str) -> String {
    text.replace('%', "%AZP25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(']', "%5D").replace(';', "%3B")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn written(outcome: &Outcome) -> String {
        sample::text(|out| write(outcome, out))
    }

    #[test]
    fn an_issue_has_its_place_and_its_rule() {
        let text = written(&sample::estate());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            "##vso[task.logissue type=error;sourcepath=/repository/recovery.json;linenumber=2;columnnumber=3;\
             code=target-ip-changed;]recovery network `vnet-b` lacks `10.0.0.0/16` (help: give `vnet-b` the address \
             space of `vnet-a`)"
        );
        assert!(lines[1].contains("type=warning;sourcepath=/repository/source.json"), "{}", lines[1]);
        assert!(
            lines[2].contains("type=warning;") && lines[2].contains("code=key-duplicated;"),
            "{}",
            lines[2]
        );
        assert!(lines[3].starts_with("drlint: 1 error, 1 warning, 1 note"), "{}", lines[3]);
    }

    #[test]
    fn strangers_cannot_end_the_command() {
        let text = written(&sample::hostile());
        assert_eq!(text.lines().count(), 2, "{text}");
        let line = text.lines().next().unwrap();
        let (command, message) = line.split_once(']').unwrap();
        assert!(command.contains("50%AZP25 a,line=9"), "{command}");
        assert!(command.ends_with("code=target-ip-changed;"), "{command}");
        assert!(message.contains("100%AZP25"), "{message}");
        assert!(!line.contains(char::is_control), "{line:?}");
    }
}
