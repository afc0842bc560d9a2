//! Which shape a document has, and where in it the elements are.
//!
//! The order of the tests is that of `AZURE.md`, section 2.2.

use drlint_resource::{Note, NoteKind};
use drlint_source::{Document, Node, NodeKind};

use crate::collect::Collector;
use crate::element::{Element, Style};
use crate::identity::Around;
use crate::{Outcome, Shape, complete, graph, terraform, topology, whatif};

/// How deep lists of pages and wrappers may stand in each other.
const NESTED: u32 = 4;

const NO_CONFIGURATION: &str = "no network configuration";

/// Members of which one is enough to suspect a network.
const NETWORK_MEMBERS: [&str; 9] = [
    "addressSpace",
    "localNetworkAddressSpace",
    "virtualNetworkPeerings",
    "remoteVirtualNetwork",
    "ipConfigurations",
    "networkProfile",
    "virtualNetworkGateway1",
    "vmNics",
    "nicDetailsList",
];

/// The members under which `az ... create` wraps what it made, with the type.
///
/// Source: output of Azure CLI, 2017 to 2025 (`AZURE.md`, section 2, shape 3).
const WRAPPERS: [(&str, &str); 8] = [
    ("newVNet", "Microsoft.Network/virtualNetworks"),
    ("newNIC", "Microsoft.Network/networkInterfaces"),
    ("publicIp", "Microsoft.Network/publicIPAddresses"),
    ("newNSG", "Microsoft.Network/networkSecurityGroups"),
    ("loadBalancer", "Microsoft.Network/loadBalancers"),
    ("applicationGateway", "Microsoft.Network/applicationGateways"),
    ("vmss", "Microsoft.Compute/virtualMachineScaleSets"),
    ("TrafficManagerProfile", "Microsoft.Network/trafficManagerProfiles"),
];

/// Reads the document that begins at `root`.
pub(crate) fn read(document: &Document) -> Outcome {
    let root = document.root();
    let mut collector = Collector::new(document.file);
    collector.broken = !document.tree().errors().is_empty();
    match form(root) {
        Form::Scalar => Outcome::Skipped("neither a JSON object nor a list".to_owned()),
        Form::Page(elements) => {
            page(&mut collector, root, elements);
            gather(&mut collector, elements);
            let shape = shape(&collector, ListForm::Page);
            finish(collector, shape, elements)
        }
        Form::List if root.elements().next().is_none() => {
            Outcome::Skipped("an empty list, which doesn't say of what".to_owned())
        }
        Form::List => {
            gather(&mut collector, root);
            let shape = shape(&collector, ListForm::Bare);
            finish(collector, shape, root)
        }
        Form::GraphAnswer => {
            graph::gather(&mut collector, root);
            finish(collector, Shape::ResourceGraph, root)
        }
        Form::WhatIf(changes) => {
            whatif::gather(&mut collector, root, changes);
            finish(collector, Shape::WhatIf, root)
        }
        Form::Topology => {
            topology::gather(&mut collector, root);
            finish(collector, Shape::Topology, root)
        }
        Form::Terraform(form) => terraform::read(collector, root, form),
        Form::Object => {
            let (object, kind) = unwrap(root);
            collector.element(&Element::of(object), Around { kind, id: None });
            let shape = match (collector.style(), collector.is_site_recovery()) {
                (Some(Style::Pascal), _) => Shape::PowerShell,
                (Some(Style::Nested), true) => Shape::SiteRecoveryShow,
                (Some(Style::Nested), false) if kind.is_none() => Shape::RestResource,
                _ => Shape::CliShow,
            };
            finish(collector, shape, object)
        }
    }
}

/// What a document is at its top.
enum Form<'d> {
    Scalar,
    /// `{"value": [...]}`
    Page(Node<'d>),
    List,
    /// An answer of Resource Graph.
    GraphAnswer,
    /// The result of a what-if, with its changes.
    WhatIf(Node<'d>),
    Topology,
    Terraform(terraform::Form),
    Object,
}

fn form(node: Node<'_>) -> Form<'_> {
    match node.kind() {
        NodeKind::Array => Form::List,
        NodeKind::Object => object_form(node),
        _ => Form::Scalar,
    }
}

fn object_form(node: Node<'_>) -> Form<'_> {
    if let Some(form) = terraform::form(node) {
        return Form::Terraform(form);
    }
    match node.get("value").filter(|value| value.kind() == NodeKind::Array) {
        Some(elements) if node.get("type").is_none() => Form::Page(elements),
        _ if graph::is_answer(node) => Form::GraphAnswer,
        _ if topology::is_topology(node) => Form::Topology,
        _ => whatif::changes(node).map_or(Form::Object, Form::WhatIf),
    }
}

/// What holds a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListForm {
    /// Nothing.
    Bare,
    /// A page of REST.
    Page,
    /// An answer of Resource Graph.
    GraphAnswer,
}

/// Takes each element of a list; an element may itself be a page, a wrapper or a list.
pub(crate) fn gather(collector: &mut Collector, list: Node<'_>) {
    gather_within(collector, list, NESTED);
}

fn gather_within(collector: &mut Collector, list: Node<'_>, levels: u32) {
    for node in list.elements() {
        // Most elements are plain resources: one look, not all the tests.
        let element = Element::of(node);
        if element.has("id") && (element.has("name") || element.has("properties")) {
            collector.element(&element, Around::default());
            continue;
        }
        match form(node) {
            Form::Page(elements) if levels > 0 => {
                page(collector, node, elements);
                gather_within(collector, elements, levels - 1);
            }
            Form::List if levels > 0 => gather_within(collector, node, levels - 1),
            Form::GraphAnswer => graph::gather(collector, node),
            Form::WhatIf(changes) => whatif::gather(collector, node, changes),
            Form::Topology => topology::gather(collector, node),
            Form::Scalar if matches!(node.kind(), NodeKind::Null | NodeKind::Invalid) => {}
            Form::Scalar | Form::List | Form::Page(_) | Form::Terraform(_) => collector.stranger(node.span()),
            Form::Object => {
                let (object, kind) = unwrap(node);
                collector.element(&Element::of(object), Around { kind, id: None });
            }
        }
    }
}

/// Notes what is missing behind a page.
fn page(collector: &mut Collector, page: Node<'_>, elements: Node<'_>) {
    let Some(note) = complete::next_link(page) else { return };
    collector.notes.push(note);
    if elements.elements().next().is_none() {
        collector.missing.push(complete::missing(page));
    }
}

/// What stands in a wrapper, with the type the wrapper promises.
fn unwrap(object: Node<'_>) -> (Node<'_>, Option<&'static str>) {
    let mut members = object.members();
    let (Some(member), None) = (members.next(), members.next()) else { return (object, None) };
    if member.value.kind() != NodeKind::Object {
        return (object, None);
    }
    match WRAPPERS.iter().find(|(name, _)| member.is(name)) {
        Some((_, kind)) => (member.value, Some(kind)),
        None if member.value.get("id").is_some() => (member.value, None),
        None => (object, None),
    }
}

/// The shape of a list that gave what is collected.
pub(crate) fn shape(collector: &Collector, form: ListForm) -> Shape {
    match (form, collector.style()) {
        (ListForm::GraphAnswer, _) => Shape::ResourceGraph,
        (_, Some(Style::Pascal)) => Shape::PowerShell,
        _ if collector.is_site_recovery() => Shape::SiteRecoveryList,
        _ if collector.is_inventory() => Shape::ResourceList,
        (ListForm::Bare, Some(Style::Flat)) => Shape::CliList,
        _ => Shape::RestList,
    }
}

/// A reading if there is a resource in it; else why there is none.
fn finish(collector: Collector, shape: Shape, container: Node<'_>) -> Outcome {
    let empty_page = container.kind() == NodeKind::Array && container.size() == 1;
    // These two shapes are no one else's: without a resource they are empty, or wrong.
    let certain = matches!(shape, Shape::WhatIf | Shape::Topology);
    let stranger = collector.first_stranger();
    if collector.count() > 0 || !collector.missing.is_empty() || empty_page || (certain && stranger.is_none())
    {
        return collector.outcome(shape);
    }
    if let Some(place) = stranger.filter(|_| certain) {
        let message = "nothing here says which resource it is about";
        return Outcome::Unreadable(Note::new(NoteKind::Unreadable, place, message));
    }
    let suspect = match container.kind() {
        _ if collector.no_resource().is_some() => None,
        NodeKind::Array => container.elements().find_map(network_member),
        _ => network_member(container),
    };
    if let Some((member, place)) = suspect {
        let message =
            format!("has `{member}` but neither an id nor a type, so that nobody can say what it is");
        let note = Note::new(NoteKind::Unreadable, place, message).help("keep `id` in what is exported");
        return Outcome::Unreadable(note);
    }
    Outcome::Skipped(reason(&collector, container).to_owned())
}

/// Why a list of strangers is no export.
pub(crate) fn reason_of_list(collector: &Collector) -> &'static str {
    collector.no_resource().unwrap_or("a list whose elements have neither an id nor a type of Azure")
}

fn network_member(object: Node<'_>) -> Option<(&'static str, drlint_source::Span)> {
    let properties = object.get("properties").filter(|node| node.kind() == NodeKind::Object);
    let holder = properties.unwrap_or(object);
    NETWORK_MEMBERS.iter().find_map(|name| Some((*name, holder.member(name)?.key.span())))
}

fn reason(collector: &Collector, container: Node<'_>) -> &'static str {
    let has = |name: &str| container.get(name).is_some();
    if let Some(what) = collector.no_resource() {
        what
    } else if container.kind() == NodeKind::Array && collector.first_stranger().is_some() {
        reason_of_list(collector)
    } else if has("error") {
        "an error answer, no network configuration"
    } else if has("status") && container.members().count() <= 6 {
        "the state of an operation, no network configuration"
    } else {
        NO_CONFIGURATION
    }
}
