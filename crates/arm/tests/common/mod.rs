//! What the gates share: documents from text, evaluation, values as JSON.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "each gate uses a part, and fails where data are broken"
)]

use std::path::PathBuf;

use drlint_arm::{Evaluation, NoLinks, Request, Target, evaluate};
use drlint_resource::{Data, Lookup, Residual, Resource, Value};
use drlint_source::{Document, FileId, Span};
use serde_json::{Value as Json, json};

/// The folder of shared data beside the repository; `None`, and said, where it is absent.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let path = root.join(path);
    if !path.exists() {
        eprintln!("skipped: {} is absent", path.display());
        return None;
    }
    Some(path)
}

/// The lines of a file of cases.
pub(crate) fn cases(name: &str) -> Option<Vec<Json>> {
    let path = shared(&format!("cases/{name}.jsonl"))?;
    let text = std::fs::read_to_string(path).unwrap();
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// A document of its own.
pub(crate) fn document(file: u32, text: impl Into<String>) -> Document {
    Document::parse(FileId(file), text.into())
}

/// Evaluates a template with a parameter document.
pub(crate) fn run(template: &Document, parameters: &[&Document], target: &Target) -> Evaluation {
    evaluate(&Request { template, parameters, overrides: &[], target, links: &NoLinks, wanted: |_, _| true })
}

/// A value as JSON; what is not known prints as an expression in brackets.
pub(crate) fn to_json(value: &Value) -> Json {
    match &value.data {
        Data::Null => Json::Null,
        Data::Bool(value) => json!(value),
        Data::Number(number) => match number.as_integer() {
            Some(integer) => json!(integer),
            None => json!(number.as_float()),
        },
        Data::Text(text) => json!(&**text),
        Data::Array(values) => values.iter().map(to_json).collect(),
        Data::Object(object) => {
            object.iter().map(|(key, value)| (key.name.to_string(), to_json(value))).collect()
        }
        Data::Unknown(unknown) => json!(format!("[{}]", unknown.residual)),
    }
}

/// Whether some part of a value is not known.
pub(crate) fn has_unknown(value: &Value) -> bool {
    match &value.data {
        Data::Unknown(_) => true,
        Data::Array(values) => values.iter().any(has_unknown),
        Data::Object(object) => object.iter().any(|(_, value)| has_unknown(value)),
        _ => false,
    }
}

/// An output as the engine shows it: one expression if some part is not known.
pub(crate) fn output_json(value: &Value) -> Json {
    if has_unknown(value) { json!(format!("[{}]", Residual::of(value))) } else { to_json(value) }
}

/// Equal without order of keys, numbers by value.
pub(crate) fn same(one: &Json, two: &Json) -> bool {
    match (one, two) {
        (Json::Number(one), Json::Number(two)) => one.as_f64() == two.as_f64(),
        (Json::Array(one), Json::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| same(one, two))
        }
        (Json::Object(one), Json::Object(two)) => {
            one.len() == two.len()
                && one.iter().all(|(key, value)| two.get(key).is_some_and(|other| same(value, other)))
        }
        _ => one == two,
    }
}

/// The target that a case's `context` or `metadata` names.
pub(crate) fn target(of: Option<&Json>) -> Target {
    let text = |names: &[&str]| names.iter().find_map(|name| of?.get(name)?.as_str().map(str::to_owned));
    Target {
        subscription: text(&["subscriptionId"]),
        resource_group: text(&["resourceGroup"]),
        location: text(&["location"]),
        tenant: text(&["tenantId"]),
        management_group: text(&["managementGroup", "managementGroupId"]),
        deployment_name: text(&["deploymentName"]),
    }
}

pub(crate) const GROUP: &str =
    "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

/// A template of a resource group with these members.
pub(crate) fn template(members: &str) -> Document {
    document(0, format!("{{\"$schema\": \"{GROUP}\", {members}}}"))
}

/// Its evaluation without parameters.
pub(crate) fn plain(document: &Document) -> Evaluation {
    run(document, &[], &Target::default())
}

/// What was remarked.
pub(crate) fn notes(evaluation: &Evaluation) -> Vec<&str> {
    evaluation.reading.notes.iter().map(|note| note.message.as_str()).collect()
}

/// The names of its resources.
pub(crate) fn names(evaluation: &Evaluation) -> Vec<String> {
    evaluation.reading.resources.iter().map(|resource| resource.id.full_name()).collect()
}

/// What stands at a place.
pub(crate) fn text_at(document: &Document, span: Span) -> &str {
    &document.text()[span.start as usize..span.end as usize]
}

/// Its only resource.
pub(crate) fn only(evaluation: &Evaluation) -> &Resource {
    assert_eq!(evaluation.reading.resources.len(), 1, "{:?}", notes(evaluation));
    &evaluation.reading.resources[0]
}

/// What stands at a path of a resource.
pub(crate) fn found<'r>(resource: &'r Resource, path: &str) -> &'r Value {
    match resource.property(path) {
        Lookup::Found(value) => value,
        other => panic!("{path} is {other:?}"),
    }
}
