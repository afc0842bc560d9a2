//! What else there is to say about the run: files that could not be read, rules that could not decide, results
//! that had no room.

use super::log::{Notification, RuleReference, Text};
use super::places::Places;
use super::results::RESULTS;
use crate::outcome::{InputKind, Outcome};
use crate::report::causes::causes;
use crate::report::words::counted;
use crate::terminal::printable;

/// Causes of undecided rules that are told.
const CAUSES: usize = 100;

pub(super) fn notifications(outcome: &Outcome, places: &Places<'_>, left_out: usize) -> Vec<Notification> {
    let mut notifications = Vec::new();
    for input in outcome.inputs.iter().filter(|input| input.kind == InputKind::Unreadable) {
        let reason = input.reason.as_deref().unwrap_or("for an unknown reason");
        notifications.push(Notification {
            level: "error",
            message: Text { text: printable(&format!("`{}` could not be read: {reason}.", input.path)) },
            locations: vec![places.file(&input.path)],
            associated_rule: rule(outcome, "input-unreadable"),
        });
    }
    for cause in causes(&outcome.undecided).iter().take(CAUSES) {
        let rules = counted(cause.entries.len(), "rule", "rules");
        notifications.push(Notification {
            level: "note",
            message: Text { text: printable(&format!("{rules} undecided: {}.", cause.reason)) },
            locations: vec![places.location(cause.place)],
            associated_rule: None,
        });
    }
    if left_out > 0 {
        let text = format!(
            "{} left out: code scanning keeps {RESULTS}, and these are the gravest.",
            counted(left_out, "result was", "results were"),
        );
        notifications.push(Notification {
            level: "warning",
            message: Text { text },
            locations: Vec::new(),
            associated_rule: None,
        });
    }
    notifications
}

fn rule(outcome: &Outcome, name: &str) -> Option<RuleReference> {
    let index = outcome.rules.iter().position(|rule| rule.name == name)?;
    outcome.rules.get(index).map(|rule| RuleReference { id: rule.name, index })
}
