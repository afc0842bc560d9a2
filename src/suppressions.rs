//! Suppressions: those of `drlint.toml`, those in a resource's own metadata, and what is wrong with them.

use std::collections::BTreeSet;

use drlint_policy::{
    Builtin, Common, Date, Entries, Finding, Related, Severity, Suppressed, Suppression, Undecided, Verdicts,
    suppress,
};
use drlint_resource::{Lookup, Note, NoteKind, Resource, Value};
use drlint_source::{FileId, Span};

use crate::config::{self, Config};

/// The entries of `drlint.toml`.
pub(crate) fn of_config(config: &Config, file: FileId) -> Vec<Suppression> {
    let entries = config.suppress.iter();
    entries
        .map(|entry| Suppression {
            rule: entry.rule.as_ref().clone(),
            resource: entry.resource.as_ref().clone(),
            reason: entry.reason.as_ref().clone(),
            until: entry.until.as_ref().and_then(|until| until.as_ref().parse().ok()),
            place: config::span(file, entry.rule.span()),
            until_place: entry.until.as_ref().map(|until| config::span(file, until.span())),
        })
        .collect()
}

/// The entries in the metadata of resources, with remarks on what cannot be understood of them.
#[derive(Debug, Default)]
pub(crate) struct Suppressions {
    pub(crate) entries: Vec<Suppression>,
    pub(crate) notes: Vec<Note>,
}

impl Suppressions {
    pub(crate) fn add_those_of(&mut self, resource: &Resource) {
        let Lookup::Found(list) = resource.member("metadata.drlint.ignore") else { return };
        for entry in list.as_array().unwrap_or(std::slice::from_ref(list)) {
            match of_entry(resource, entry) {
                Ok(suppression) => self.entries.push(suppression),
                Err(message) => {
                    let note = Note::new(NoteKind::Unreadable, entry.origin.span, message);
                    let help = "write {\"rule\": \"...\", \"reason\": \"...\", \"until\": \"2027-03-31\"}";
                    self.notes.push(note.help(help));
                }
            }
        }
    }

    pub(crate) fn append(&mut self, mut other: Self) {
        self.entries.append(&mut other.entries);
        self.notes.append(&mut other.notes);
    }
}

fn of_entry(resource: &Resource, entry: &Value) -> Result<Suppression, String> {
    let text = |name: &str| entry.at(name).text().map(str::trim).filter(|text| !text.is_empty());
    let place = |name: &str| entry.at(name).found().map(|value| value.origin.span);
    let rule = text("rule").ok_or("a suppression needs the `rule` it is for")?;
    let reason = text("reason").ok_or("a suppression needs a `reason`")?;
    let until = text("until").map(str::parse::<Date>).transpose()?;
    Ok(Suppression {
        rule: rule.to_owned(),
        resource: resource.id.to_string(),
        reason: reason.to_owned(),
        until,
        place: place("rule").unwrap_or(entry.origin.span),
        until_place: place("until"),
    })
}

/// Takes suppressed findings out, and says which entries have ended or match nothing. `complete` tells whether all
/// rules were run; otherwise nobody can say that an entry is unused.
pub(crate) fn apply(
    verdicts: &mut Verdicts,
    entries: &[Suppression],
    today: Date,
    complete: bool,
    rule: impl Fn(&str) -> Option<&'static Builtin>,
) -> Vec<Suppressed> {
    let lookup = Entries::new(entries);
    let outcome = suppress(&mut verdicts.findings, &lookup, today);
    if let Some(builtin) = rule("suppression-expired") {
        for (at, hidden) in &outcome.expired {
            let entry = &entries[*at];
            let Some(until) = entry.until else { continue };
            let message = format!(
                "the suppression of `{}` for `{}` ended on {until}",
                entry.rule,
                name_of(&entry.resource)
            );
            let related =
                hidden.iter().map(|place| Related { place: *place, message: "it hid this".to_owned() });
            let help = "mend the finding, or give the entry a new date and reason";
            let place = entry.until_place.unwrap_or(entry.place);
            verdicts.findings.push(finding(
                builtin,
                place,
                message,
                help,
                &entry.resource,
                related.collect(),
            ));
        }
    }
    if let Some(builtin) = rule("suppression-unused").filter(|_| complete) {
        let speaking = |open: &Undecided| lookup.speaking_of(open.rule, &open.resource);
        let undecided: BTreeSet<usize> = verdicts.undecided.iter().flat_map(speaking).collect();
        for at in outcome.unused.iter().filter(|at| !undecided.contains(*at)) {
            let entry = &entries[*at];
            let message =
                format!("nothing is suppressed by `{}` for `{}`", entry.rule, name_of(&entry.resource));
            let help = "remove the entry";
            let mut finding = finding(builtin, entry.place, message, help, &entry.resource, Vec::new());
            finding.common = Some(Box::new(Common {
                owner: String::new(),
                message: "suppressions match nothing".to_owned(),
                help: "remove the entries".to_owned(),
                member: name_of(&entry.resource).to_owned(),
            }));
            verdicts.findings.push(finding);
        }
    }
    verdicts.findings.sort();
    outcome.suppressed
}

fn name_of(resource: &str) -> &str {
    resource.rsplit('/').next().unwrap_or(resource)
}

fn finding(
    rule: &Builtin,
    place: Span,
    message: String,
    help: &str,
    resource: &str,
    related: Vec<Related>,
) -> Finding {
    Finding {
        place,
        rule: rule.name,
        message,
        group: rule.group,
        severity: Severity::Warning,
        help: Some(help.to_owned()),
        resource: resource.to_owned(),
        related,
        fix: None,
        parameters: Vec::new(),
        common: None,
    }
}
