//! What the declaration of a parameter says.

use drlint_source::{Node, NodeKind};

use super::Template;

/// The members of a declaration, or of a definition, found at one walk through it; of those that stand twice the last.
#[derive(Clone, Copy)]
pub(super) struct Declaration<'d> {
    /// The value without another.
    pub(super) default: Option<Node<'d>>,
    /// Its type.
    pub(super) kind: Option<Node<'d>>,
    nullable: Option<Node<'d>>,
    /// `$ref`: the definition that says the rest.
    definition: Option<Node<'d>>,
}

impl<'d> Declaration<'d> {
    pub(super) fn of(node: Node<'d>) -> Self {
        let said = node.members_of(["type", "defaultValue", "nullable", "$ref"]);
        let [kind, default, nullable, definition] = said.map(|member| member.map(|member| member.value));
        Self { default, kind, nullable, definition }
    }

    /// Whether null is a value of it.
    pub(super) fn is_nullable(&self, template: &Template<'_>) -> bool {
        self.somewhere(template, |said| {
            said.nullable.is_some_and(|nullable| nullable.kind() == NodeKind::Bool(true))
        })
    }

    /// Whether its value is a secret.
    pub(super) fn is_secure(&self, template: &Template<'_>) -> bool {
        self.somewhere(template, |said| {
            said.kind.and_then(Node::as_str).is_some_and(|kind| {
                kind.eq_ignore_ascii_case("secureString") || kind.eq_ignore_ascii_case("secureObject")
            })
        })
    }

    /// Whether `test` holds for the declaration or for the definition that its `$ref` leads to.
    fn somewhere(&self, template: &Template<'_>, test: impl Fn(&Declaration<'_>) -> bool) -> bool {
        let mut said = Declaration { ..*self };
        // Definitions may refer to each other in a circle: legal for optional members.
        for _ in 0..16 {
            if test(&said) {
                return true;
            }
            let Some(definition) = said.definition.and_then(Node::as_str) else { return false };
            let Some(name) = definition.strip_prefix("#/definitions/") else { return false };
            let Some(next) = template.node.get("definitions").and_then(|all| all.get(name)) else {
                return false;
            };
            said = Declaration::of(next);
        }
        false
    }
}
