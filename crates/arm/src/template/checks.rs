//! What Azure refuses of a template though everything in it can be evaluated.

use drlint_resource::{Data, Note, NoteKind, Value};
use drlint_source::{Node, Span};

use super::Deployed;
use super::declaration::Declaration;
use crate::machine::{Machine, kind};

impl<'d> Machine<'d> {
    /// Says which sections of a template are longer than Azure allows (docs, `best-practices.md`).
    pub(crate) fn check_counts(&self, deployed: &Deployed<'d>) {
        let template = &deployed.context.template;
        let sections = [
            ("parameters", template.sections.parameters, template.parameters.len(), 256),
            ("variables", template.sections.variables, template.variables.len(), 512),
            ("outputs", template.sections.outputs, deployed.outputs.len(), 64),
        ];
        for (name, section, count, allowed) in sections {
            if let Some(member) = section.filter(|_| count > allowed) {
                let message =
                    format!("the template has {count} {name}, more than the {allowed} Azure allows");
                self.notes.add(Note::new(NoteKind::Refused, member.key.span(), message));
            }
        }
    }

    /// Says that a parameter's value is not of its declared type.
    pub(super) fn check_type(&self, name: &str, declaration: &Declaration<'d>, value: &Value, place: Span) {
        if matches!(value.data, Data::Null | Data::Unknown(_)) {
            return;
        }
        let Some(declared) = declaration.kind.and_then(Node::as_str) else { return };
        let is = |name: &str| declared.eq_ignore_ascii_case(name);
        let fits = match &value.data {
            Data::Null | Data::Unknown(_) => true,
            // Azure takes a string that spells an integer or a boolean.
            Data::Text(text) => {
                !(is("array")
                    || is("object")
                    || is("secureObject")
                    || is("int") && text.parse::<i64>().is_err()
                    || is("bool") && value.as_bool().is_none())
            }
            Data::Number(number) => is("int") && number.as_integer().is_some(),
            Data::Bool(_) => is("bool"),
            Data::Array(_) => is("array"),
            Data::Object(_) => is("object") || is("secureObject"),
        };
        if fits {
            return;
        }
        let message =
            format!("parameter `{name}` is of type `{declared}`, its value is {}", kind(&value.data));
        self.notes.refused(place, message);
    }
}
