//! Answers of Azure Resource Graph: objects, or a table whose rows carry no keys.

use drlint_resource::{Data, Value};
use drlint_source::{Node, NodeKind};

use crate::collect::Collector;
use crate::complete;
use crate::element::Element;
use crate::identity::Around;
use crate::tree::Tree;

/// How many steps the name of a column may have.
const DEEPEST_COLUMN: usize = 16;

/// Whether `object` is an answer: `data`, and how much of it there is.
pub(crate) fn is_answer(object: Node<'_>) -> bool {
    let marks = ["count", "totalRecords", "total_records", "skip_token", "skipToken", "$skipToken"];
    let counted = marks.iter().any(|name| object.get(name).is_some());
    counted
        && object.get("data").is_some_and(|data| matches!(data.kind(), NodeKind::Array | NodeKind::Object))
}

/// Takes each row of an answer.
///
/// REST gives `{columns, rows}` by default, the command line gives objects (`AZURE.md`, section 2, shape 6).
pub(crate) fn gather(collector: &mut Collector, answer: Node<'_>) {
    let Some(data) = answer.get("data") else { return };
    let mut count = 0;
    let table = data.get("columns").zip(data.get("rows"));
    if let Some((columns, rows)) = table {
        let names: Vec<Node<'_>> =
            columns.elements().map(|column| column.get("name").unwrap_or(column)).collect();
        for row in rows.elements() {
            collector.element(&Element::row(&names, row), Around::default());
            count += 1;
        }
    } else {
        for row in data.elements() {
            collector.element(&Element::of(row), Around::default());
            count += 1;
        }
    }
    let Some(note) = complete::graph_answer(answer, count) else { return };
    collector.notes.push(note);
    if count == 0 {
        collector.missing.push(complete::missing(answer));
    }
}

/// The path of a property that a query picked by itself: `properties_addressSpace` is `addressSpace`.
///
/// Kusto names a column so if the query gives it no name (**unverified**: seen in public queries, in no export).
pub(crate) fn path_of_column(name: &str) -> Option<String> {
    let path = name.strip_prefix("properties_")?;
    let steps = path.split('_');
    (steps.clone().count() <= DEEPEST_COLUMN && steps.clone().all(|step| !step.is_empty()))
        .then(|| path.replace('_', "."))
}

/// The body of a row with the picked properties where they belong.
pub(crate) fn nested(body: &Value) -> Value {
    let Data::Object(object) = &body.data else { return body.clone() };
    let mut tree = Tree::default();
    let mut properties = Tree::default();
    for (key, value) in object.iter() {
        match path_of_column(&key.name) {
            Some(path) => properties.insert(&path, key.span, value.clone()),
            None => tree.insert_member(key.clone(), value.clone()),
        }
    }
    tree.insert_tree("properties", body.origin.span, properties);
    tree.into_value(body.origin.span)
}
