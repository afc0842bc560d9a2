//! SARIF 2.1.0, as GitHub code scanning reads it.
//!
//! Facts of GitHub: `github/docs`, `sarif-support-for-code-scanning.md` and `sarif-limits.md`, read in November
//! 2026. An upload with more than 5,000 results loses the rest by a rule of its own, so the choice is made here.

mod log;
mod notifications;
mod places;
mod results;
mod rules;
mod uri;

use std::io::{self, Write};

use self::log::{Driver, Invocation, Log, Run, Tool};
use self::notifications::notifications;
use self::places::Places;
use self::results::results;
use crate::outcome::Outcome;

/// Writes the log. `show_suppressed` adds what people chose to live with, which GitHub would show as open alerts.
pub(super) fn write(outcome: &Outcome, show_suppressed: bool, out: &mut dyn Write) -> io::Result<()> {
    let places = Places::new(outcome);
    let results = results(outcome, &places, show_suppressed);
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "drlint",
                    full_name: concat!("drlint ", env!("CARGO_PKG_VERSION")),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    information_uri: env!("CARGO_PKG_REPOSITORY"),
                    rules: rules::rules(&outcome.rules),
                },
            },
            invocations: [Invocation {
                // False makes GitHub reject the upload, and one unreadable file among many is no reason for that.
                execution_successful: true,
                tool_execution_notifications: notifications(outcome, &places, results.left_out),
            }],
            column_kind: "utf16CodeUnits",
            results: results.kept,
        }],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests;
