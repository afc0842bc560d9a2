//! Secrets that a person wrote into a template in clear.

use drlint_resource::{Data, Note, NoteKind, Resource, Value, is_secret};
use drlint_source::Node;

/// A remark for each secret field of `resources` that holds a literal. Its value is not part of the remark.
///
/// What a parameter or a variable carries is left to where it is declared.
pub(super) fn secrets_in_clear(resources: &[Resource]) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    for resource in resources {
        let found = notes.len();
        collect(&resource.body, resource.id.name(), &mut notes);
        for note in notes.iter_mut().skip(found) {
            note.resource = Some(resource.id.to_string());
        }
    }
    notes
}

/// Whether some secret field stands in a resource as it is written.
pub(super) fn has_secret_field(written: Node<'_>) -> bool {
    let is_secret = |key: Node<'_>| key.as_str().is_some_and(|name| is_secret(&name));
    written.members().any(|member| is_secret(member.key) || has_secret_field(member.value))
        || written.elements().any(has_secret_field)
}

/// Values are no deeper than evaluation allows.
fn collect(value: &Value, owner: &str, notes: &mut Vec<Note>) {
    match &value.data {
        Data::Array(elements) => elements.iter().for_each(|element| collect(element, owner, notes)),
        Data::Object(object) => {
            for (key, member) in object.iter() {
                if !is_secret(&key.name) {
                    collect(member, owner, notes);
                } else if is_literal(member) {
                    let message = format!("`{owner}` carries a `{}`", key.name);
                    let help = "take the value from a key vault or a secure parameter, and change the key";
                    notes.push(Note::new(NoteKind::Secret, key.span, message).help(help));
                }
            }
        }
        _ => {}
    }
}

fn is_literal(value: &Value) -> bool {
    let is_masked = |text: &str| text.is_empty() || text.bytes().all(|byte| byte == b'*');
    value.origin.carrier.is_none() && value.as_str().is_some_and(|text| !is_masked(text))
}
