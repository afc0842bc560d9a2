//! Every shape of an export, with the oddities each is known for.

#![expect(clippy::expect_used, clippy::panic, reason = "a test")]

mod completeness;
mod hostile;
mod inventory;
mod network;
mod powershell;
mod recognition;
mod secrets;
mod site_recovery;
mod terraform;
mod what_if;

use std::sync::Arc;

use drlint_export::{Outcome, read};
use drlint_resource::{Data, Export, Note, NoteKind, Reading, Resource, Value};
use drlint_source::{Document, FileId, Span};

const SUBSCRIPTION: &str = "/subscriptions/11111111-2222-3333-4444-555555555555";

/// What `text` gives; `{s}` in it stands for the subscription.
fn outcome(text: &str) -> Outcome {
    read(&document(text))
}

fn document(text: &str) -> Document {
    Document::parse(FileId(0), text.replace("{s}", SUBSCRIPTION))
}

fn exported(text: &str) -> (Reading, Arc<Export>) {
    match outcome(text) {
        Outcome::Read(reading, export) => (reading, export),
        other => panic!("{other:?}"),
    }
}

fn skipped(text: &str) -> String {
    match outcome(text) {
        Outcome::Skipped(reason) => reason,
        other => panic!("{other:?}"),
    }
}

fn unreadable(text: &str) -> Note {
    match outcome(text) {
        Outcome::Unreadable(note) => note,
        other => panic!("{other:?}"),
    }
}

/// The only resource in `text`.
fn only(text: &str) -> Resource {
    let (reading, _) = exported(text);
    assert_eq!(reading.resources.len(), 1, "{:?}", reading.resources);
    reading.resources.into_iter().next().expect("one resource")
}

/// The text at `path` below the properties; `?` if it is not known, empty if it is absent.
fn at(resource: &Resource, path: &str) -> String {
    let found = resource.property(path);
    if found.unknown().is_some() { "?".to_owned() } else { found.found().map_or_else(String::new, shown) }
}

/// A value in one line, whatever its spelling: lists with commas, `?` for what is not known.
fn shown(value: &Value) -> String {
    match &value.data {
        Data::Null => "null".to_owned(),
        Data::Bool(value) => value.to_string(),
        Data::Number(number) => number.to_string(),
        Data::Text(text) => text.to_string(),
        Data::Array(values) => values.iter().map(shown).collect::<Vec<_>>().join(","),
        Data::Object(object) => {
            let members = object.iter().map(|(key, value)| format!("{}={}", key.name, shown(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(" "))
        }
        Data::Unknown(_) => "?".to_owned(),
    }
}

/// The elements of the list at `path`, each as its own value.
fn list(resource: &Resource, path: &str) -> Vec<Value> {
    let found = resource.property(path).found().and_then(Value::as_array);
    found.map(<[Value]>::to_vec).unwrap_or_default()
}

/// The text at `path` of an element of a list, be it nested or flattened.
fn of(value: &Value, path: &str) -> String {
    let properties = value.properties();
    let found = properties.at(path).found().or_else(|| value.at(path).found());
    found.map_or_else(String::new, shown)
}

/// What the text says at `span`.
fn slice(text: &str, span: Span) -> String {
    let text = text.replace("{s}", SUBSCRIPTION);
    text.get(span.start as usize..span.end as usize).unwrap_or_default().to_owned()
}

fn notes(reading: &Reading, kind: NoteKind) -> Vec<&Note> {
    reading.notes.iter().filter(|note| note.kind == kind).collect()
}
