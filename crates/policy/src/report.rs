//! What one rule has to say about an estate.

use std::sync::Arc;

use drlint_estate::{Fact, Placed};
use drlint_resource::{ResourceId, Unknown};
use drlint_source::Span;

use crate::{Builtin, Finding, Place};

/// Collects what one rule says.
#[derive(Debug)]
pub struct Report {
    rule: &'static Builtin,
    pub(crate) findings: Vec<Finding>,
    pub(crate) undecided: Vec<Undecided>,
}

/// A rule that could not decide about a subject.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Undecided {
    /// What blocked it: the expression, or the reference that leads outside the input.
    pub place: Span,
    /// The rule.
    pub rule: &'static str,
    /// The subject.
    pub resource: String,
    /// Why, as a sentence without full stop.
    pub reason: String,
    /// Where the thing that has no value is declared.
    pub declared: Option<Span>,
    /// Where another input says something else.
    pub other: Option<Span>,
}

impl Undecided {
    /// All places that have to do with it.
    pub fn places(&self) -> impl Iterator<Item = Span> + use<> {
        [Some(self.place), self.declared, self.other].into_iter().flatten()
    }
}

impl Report {
    /// An empty report of `rule`.
    pub fn new(rule: &'static Builtin) -> Self {
        Self { rule, findings: Vec::new(), undecided: Vec::new() }
    }

    /// Says that something is wrong. The place is the value to change; name the resource with [`Finding::about`].
    pub fn finding(&mut self, place: impl Into<Place>, message: impl Into<String>) -> &mut Finding {
        let place = place.into();
        let finding = Finding {
            place: place.span(),
            rule: self.rule.name,
            message: message.into(),
            group: self.rule.group,
            severity: self.rule.severity,
            help: None,
            resource: String::new(),
            related: place.carriers(),
            fix: None,
            parameters: Vec::new(),
            common: None,
        };
        self.findings.push(finding);
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    /// Says that the rule cannot decide about `subject`, and why.
    pub fn undecided(&mut self, subject: &ResourceId, place: impl Into<Place>, reason: impl Into<String>) {
        self.undecided_named(subject.to_string(), place, reason);
    }

    /// The same for a subject that is no resource.
    pub fn undecided_named(
        &mut self,
        subject: impl Into<String>,
        place: impl Into<Place>,
        reason: impl Into<String>,
    ) {
        let entry = Undecided {
            place: place.into().span(),
            rule: self.rule.name,
            resource: subject.into(),
            reason: reason.into(),
            declared: None,
            other: None,
        };
        self.undecided.push(entry);
    }

    /// Says that the rule cannot decide about `subject` because of an unknown value.
    pub fn blocked(&mut self, subject: &ResourceId, unknown: &Unknown) {
        self.blocked_named(subject.to_string(), unknown);
    }

    /// The same for a subject that is no resource.
    pub fn blocked_named(&mut self, subject: impl Into<String>, unknown: &Unknown) {
        let entry = Undecided {
            place: unknown.place,
            rule: self.rule.name,
            resource: subject.into(),
            reason: unknown.reason.to_string(),
            declared: unknown.declared,
            other: None,
        };
        self.undecided.push(entry);
    }

    /// The value of a fact; if it is unknown, the rule is undecided about `subject`. An absent fact is just absent.
    pub fn known<'f, T>(&mut self, subject: &ResourceId, fact: &'f Fact<T>) -> Option<&'f Placed<T>> {
        match fact {
            Fact::Known(placed) => Some(placed),
            Fact::Unknown(unknown) => {
                self.blocked(subject, unknown);
                None
            }
            Fact::Absent => None,
        }
    }

    /// The value of what may be unknown; if it is, the rule is undecided about `subject`.
    pub fn decided<T>(&mut self, subject: &ResourceId, value: Result<T, &Arc<Unknown>>) -> Option<T> {
        match value {
            Ok(value) => Some(value),
            Err(unknown) => {
                self.blocked(subject, unknown);
                None
            }
        }
    }
}
