//! A resource as it is written.

use drlint_source::{Member, Node, NodeKind};

/// What a member of a resource says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Type,
    Name,
    Condition,
    Copy,
    Resources,
    Existing,
    Scope,
    Comments,
    /// What the resource is.
    Body,
}

impl Says {
    /// What `member` says. Names are told apart by their length first: each resource asks this of all its members.
    pub(super) fn of(member: &Member<'_>) -> Self {
        let key = member.key.as_str().unwrap_or_default();
        let known: &[(&str, Self)] = match key.len() {
            4 => &[("type", Self::Type), ("name", Self::Name), ("copy", Self::Copy)],
            5 => &[("scope", Self::Scope)],
            8 => &[("existing", Self::Existing), ("comments", Self::Comments)],
            9 => &[("condition", Self::Condition), ("resources", Self::Resources)],
            _ => &[],
        };
        let says = known.iter().find(|(name, _)| key.eq_ignore_ascii_case(name));
        says.map_or(Self::Body, |(_, says)| *says)
    }
}

/// A resource's object, and what in it says how it is deployed; of members that stand twice the last.
#[derive(Clone, Copy)]
pub(super) struct Written<'d> {
    pub(super) node: Node<'d>,
    pub(super) kind: Option<Node<'d>>,
    pub(super) name: Option<Node<'d>>,
    pub(super) condition: Option<Node<'d>>,
    /// Its loop.
    pub(super) copy: Option<Node<'d>>,
    /// Its children.
    pub(super) resources: Option<Node<'d>>,
    pub(super) scope: Option<Node<'d>>,
    /// Whether it is only looked up.
    pub(super) is_existing: bool,
}

impl<'d> Written<'d> {
    pub(super) fn of(node: Node<'d>) -> Self {
        let mut written = Self {
            node,
            kind: None,
            name: None,
            condition: None,
            copy: None,
            resources: None,
            scope: None,
            is_existing: false,
        };
        for member in node.members() {
            let value = member.value;
            match Says::of(&member) {
                Says::Type => written.kind = Some(value),
                Says::Name => written.name = Some(value),
                Says::Condition => written.condition = Some(value),
                Says::Copy => written.copy = Some(value).filter(|copy| copy.kind() == NodeKind::Object),
                Says::Resources => written.resources = Some(value),
                Says::Scope => written.scope = Some(value),
                Says::Existing => written.is_existing = value.kind() == NodeKind::Bool(true),
                Says::Comments | Says::Body => {}
            }
        }
        written
    }
}

/// The resources of a list, in both spellings.
pub(super) fn resources_of(resources: Node<'_>) -> impl Iterator<Item = Written<'_>> {
    let nodes = resources.elements().chain(resources.members().map(|member| member.value));
    nodes.map(Written::of)
}
