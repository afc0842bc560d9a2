//! Remarks of readers become findings of the engine's own rules.

use drlint_resource::{Note, NoteKind};

use crate::{Builtin, Finding, Related, Undecided, Verdicts};

/// The findings and undecided entries that `notes` amount to. `rule` gives a rule by its name, `None` if it is off;
/// `path` the path of the file a note stands in, which is what such a finding is about.
pub fn findings_of_notes(
    notes: Vec<Note>,
    rule: impl Fn(&str) -> Option<&'static Builtin>,
    path: impl Fn(&Note) -> String,
) -> Verdicts {
    let mut verdicts = Verdicts::default();
    for note in notes {
        let Some(builtin) = rule(name_of(note.kind)) else { continue };
        let resource = note.resource.clone().unwrap_or_else(|| path(&note));
        if note.kind == NoteKind::Unknown {
            let Note { place, message: reason, .. } = note;
            verdicts.undecided.push(Undecided {
                place,
                rule: builtin.name,
                resource,
                reason,
                declared: None,
                other: None,
            });
            continue;
        }
        verdicts.findings.push(Finding {
            place: note.place,
            rule: builtin.name,
            message: note.message,
            group: builtin.group,
            severity: builtin.severity,
            help: note.help.or_else(|| help_of(note.kind)),
            resource,
            related: note.related.into_iter().map(|(place, message)| Related { place, message }).collect(),
            fix: None,
            parameters: Vec::new(),
            common: None,
        });
    }
    verdicts
}

/// What to do where the reader has nothing better to say.
fn help_of(kind: NoteKind) -> Option<String> {
    (kind == NoteKind::Unreadable).then(|| "mend the file, or exclude it in a `.drlintignore`".to_owned())
}

fn name_of(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Unreadable => "input-unreadable",
        NoteKind::Truncated => "export-truncated",
        NoteKind::Secret => "secret-in-export",
        NoteKind::DuplicateKey => "key-duplicated",
        NoteKind::Unknown => "value-unknown",
        NoteKind::Refused => "template-limit-exceeded",
    }
}
