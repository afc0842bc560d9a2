//! Results of a what-if: the estate as it will be after the deployment.

use drlint_resource::{Note, NoteKind};
use drlint_source::{Node, NodeKind, Span};

use crate::collect::Collector;
use crate::element::Element;
use crate::identity::Around;

/// The list of changes, if `object` is the result of a what-if: at its top by Azure CLI, below `properties` by REST.
pub(crate) fn changes(object: Node<'_>) -> Option<Node<'_>> {
    let changes = object.get("changes").or_else(|| object.get("properties")?.get("changes"))?;
    let is_change =
        |change: Node<'_>| change.get("resourceId").is_some() || change.get("changeType").is_some();
    let fits = changes.kind() == NodeKind::Array && changes.elements().all(is_change);
    (fits && (changes.size() > 1 || object.get("status").is_some())).then_some(changes)
}

/// Takes what each change leaves behind. What is deleted is left out.
///
/// Source: one real result and the REST example (`AZURE.md`, section 2, shape 11).
pub(crate) fn gather(collector: &mut Collector, result: Node<'_>, changes: Node<'_>) {
    collector.habits.expressions = true;
    for change in changes.elements() {
        let kind = change.get("changeType").and_then(Node::as_str);
        if kind.is_some_and(|kind| kind.eq_ignore_ascii_case("Delete")) {
            continue;
        }
        let id = change.get("resourceId");
        // A change that was not analyzed may have nothing after it: no more is known than that the resource exists.
        let element = match change.get("after").filter(|after| after.kind() == NodeKind::Object) {
            Some(after) => Element::of(after),
            None => Element { fields: Vec::new(), node: change },
        };
        collector.element(&element, Around { id, kind: None });
    }
    collector.prefer_known();
    collector.notes.extend(incomplete(collector, result));
}

/// A result with expressions in it doesn't show what will be.
fn incomplete(collector: &Collector, result: Node<'_>) -> Option<Note> {
    let diagnostics = result.get("diagnostics").into_iter().flat_map(Node::elements);
    let mut short_circuited = diagnostics.filter_map(|diagnostic| {
        let code = diagnostic.get("code")?;
        (code.as_str()? == "NestedDeploymentShortCircuited").then(|| code.span())
    });
    let (message, place): (String, Span) = match (collector.builder.expressions, short_circuited.next()) {
        (Some((1, place)), _) => ("one expression of this what-if was not evaluated".to_owned(), place),
        (Some((count, place)), _) => {
            (format!("{count} expressions of this what-if were not evaluated; this is the first"), place)
        }
        (None, Some(place)) => ("a nested deployment was left out of this what-if".to_owned(), place),
        (None, None) => return None,
    };
    let help = "give the nested deployments parameters that are known before the deployment";
    Some(Note::new(NoteKind::Truncated, place, message).help(help))
}
