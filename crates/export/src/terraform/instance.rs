//! The resources of a plan or a state, wherever in the document they stand.

use std::borrow::Cow;
use std::cell::OnceCell;

use drlint_resource::ResourceId;
use drlint_source::{Node, NodeKind, Span};

/// How deep modules may stand in each other.
const DEEPEST: u32 = 32;

/// One resource, or one of those that `count` and `for_each` make.
#[derive(Debug)]
pub(super) struct Instance<'d> {
    /// The path of its module without indices: `network.hub`; empty at the root.
    pub(super) module: String,
    /// The address of its module as written.
    pub(super) module_address: Cow<'d, str>,
    pub(super) kind: Cow<'d, str>,
    pub(super) name: Cow<'d, str>,
    /// The key of `count` or `for_each`, as JSON.
    pub(super) index: Option<&'d str>,
    /// Read from Azure instead of managed.
    pub(super) is_data: bool,
    pub(super) attributes: Node<'d>,
    /// The attributes that are known only after the apply.
    pub(super) unknown: Option<Node<'d>>,
    /// The resource as the document has it.
    pub(super) node: Node<'d>,
    pub(super) id: OnceCell<Option<ResourceId>>,
}

impl<'d> Instance<'d> {
    fn new(resource: Node<'d>, attributes: Node<'d>, unknown: Option<Node<'d>>) -> Option<Self> {
        let text = |name: &str| resource.get(name).and_then(Node::as_str);
        let (kind, name) = (text("type")?, text("name")?);
        let module_address = text("module_address").unwrap_or_else(|| match text("address") {
            Some(address) => before_resource(&address, &kind).into(),
            None => text("module").unwrap_or_default(),
        });
        Some(Self {
            module: without_indices(&module_address),
            module_address,
            kind,
            name,
            index: resource.get("index").map(Node::raw),
            is_data: text("mode").is_some_and(|mode| mode == "data"),
            attributes,
            unknown,
            node: resource,
            id: OnceCell::new(),
        })
    }

    /// The value of an attribute; null and the empty string count as absent, since the provider writes them so.
    pub(super) fn attribute(&self, name: &str) -> Option<Node<'d>> {
        attribute(self.attributes, name)
    }

    /// Where the resource is told of.
    pub(super) fn place(&self) -> Span {
        let node =
            self.attribute("name").or_else(|| self.node.get("address")).or_else(|| self.node.get("name"));
        node.unwrap_or(self.node).span()
    }
}

/// The value of `name` in a block.
pub(super) fn attribute<'d>(block: Node<'d>, name: &str) -> Option<Node<'d>> {
    let value = block.get(name)?;
    let absent = value.kind() == NodeKind::Null || value.as_str().is_some_and(|text| text.is_empty());
    (!absent).then_some(value)
}

/// What a plan will leave behind: every change that isn't a deletion, or the planned values where it has no changes.
pub(super) fn of_plan(plan: Node<'_>) -> Vec<Instance<'_>> {
    let mut found = Vec::new();
    if let Some(changes) = plan.get("resource_changes").filter(|node| node.kind() == NodeKind::Array) {
        for resource in changes.elements() {
            let change = resource.get("change");
            let after =
                change.and_then(|change| change.get("after")).filter(|node| node.kind() == NodeKind::Object);
            if let Some(after) = after {
                let unknown = change.and_then(|change| change.get("after_unknown"));
                found.extend(Instance::new(resource, after, unknown));
            }
        }
    } else if let Some(values) = plan.get("planned_values") {
        of_module(values.get("root_module"), DEEPEST, &mut found);
    }
    // What data sources read stands in the state before the plan.
    let mut before = Vec::new();
    let state = plan.get("prior_state").and_then(|state| state.get("values"));
    of_module(state.and_then(|values| values.get("root_module")), DEEPEST, &mut before);
    found.extend(before.into_iter().filter(|instance| instance.is_data));
    found
}

/// What a state holds: `terraform show -json`.
pub(super) fn of_state(state: Node<'_>) -> Vec<Instance<'_>> {
    let mut found = Vec::new();
    of_module(state.get("values").and_then(|values| values.get("root_module")), DEEPEST, &mut found);
    found
}

/// What a raw state of version 4 holds.
pub(super) fn of_raw_state(state: Node<'_>) -> Vec<Instance<'_>> {
    let mut found = Vec::new();
    for resource in state.get("resources").into_iter().flat_map(Node::elements) {
        for instance in resource.get("instances").into_iter().flat_map(Node::elements) {
            let attributes = instance.get("attributes").filter(|node| node.kind() == NodeKind::Object);
            let made = attributes.and_then(|attributes| Instance::new(resource, attributes, None));
            found.extend(
                made.map(|made| Instance { index: instance.get("index_key").map(Node::raw), ..made }),
            );
        }
    }
    found
}

fn of_module<'d>(module: Option<Node<'d>>, levels: u32, found: &mut Vec<Instance<'d>>) {
    let (Some(module), Some(levels)) = (module, levels.checked_sub(1)) else { return };
    for resource in module.get("resources").into_iter().flat_map(Node::elements) {
        let values = resource.get("values").filter(|node| node.kind() == NodeKind::Object);
        found.extend(values.and_then(|values| Instance::new(resource, values, None)));
    }
    for child in module.get("child_modules").into_iter().flat_map(Node::elements) {
        of_module(Some(child), levels, found);
    }
}

/// `module.a[0].azurerm_subnet.b` without the resource.
fn before_resource(address: &str, kind: &str) -> String {
    let end =
        [format!(".{kind}."), format!(".data.{kind}.")].iter().filter_map(|part| address.find(part)).min();
    address.get(..end.unwrap_or(0)).unwrap_or_default().to_owned()
}

/// `module.a["x"].module.b` as `a.b`.
fn without_indices(address: &str) -> String {
    let mut names = String::new();
    let mut inside = false;
    for character in address.chars() {
        match character {
            '[' => inside = true,
            ']' => inside = false,
            _ if !inside => names.push(character),
            _ => {}
        }
    }
    let names: Vec<&str> = names.split('.').filter(|name| *name != "module" && !name.is_empty()).collect();
    names.join(".")
}

#[cfg(test)]
mod tests {
    use super::{before_resource, without_indices};

    #[test]
    fn a_module_is_named_without_its_indices() {
        assert_eq!(without_indices(r#"module.hub["east.asia"].module.net[0]"#), "hub.net");
        assert_eq!(before_resource("module.hub[0].azurerm_subnet.a", "azurerm_subnet"), "module.hub[0]");
        assert_eq!(before_resource("azurerm_subnet.a", "azurerm_subnet"), "");
    }
}
