//! Topologies of Network Watcher: what exists and what hangs on what, without one address.

use drlint_source::{Node, NodeKind};

use crate::collect::Collector;
use crate::element::Element;
use crate::identity::Around;

/// Whether `object` is a topology.
///
/// Source: a recorded answer and the output of Azure CLI (`AZURE.md`, section 2, shape 10).
pub(crate) fn is_topology(object: Node<'_>) -> bool {
    let resources = object.get("resources").filter(|node| node.kind() == NodeKind::Array);
    object.get("createdDateTime").is_some()
        && resources.is_some_and(|list| list.elements().any(|node| node.get("associations").is_some()))
}

/// Takes each resource of a topology.
pub(crate) fn gather(collector: &mut Collector, topology: Node<'_>) {
    collector.taken = topology.get("createdDateTime").and_then(Node::as_str).map(String::from);
    let resources = topology.get("resources").into_iter().flat_map(Node::elements);
    // A list that was cut by hand ends in something that is no object.
    for resource in resources.filter(|node| node.kind() == NodeKind::Object) {
        collector.element(&Element::of(resource), Around::default());
    }
}
