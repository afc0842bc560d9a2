//! Answers of Azure Resource Graph: objects, or a table whose rows carry no keys.

use drlint_source::{Node, NodeKind};

use crate::collect::Collector;
use crate::complete;
use crate::element::Element;
use crate::identity::Around;

/// Whether `object` is an answer: `data`, and how much of it there is.
pub(crate) fn is_answer(object: Node<'_>) -> bool {
    let counted = ["count", "totalRecords", "total_records"].iter().any(|name| object.get(name).is_some());
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
    collector.notes.extend(complete::graph_answer(answer, count));
}
