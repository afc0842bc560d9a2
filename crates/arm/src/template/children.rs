//! Child resources written inside their parents.

use std::sync::Arc;

use drlint_resource::{Residual, Unknown, Value};
use drlint_source::Node;

use super::resources::{Visit, Walk};
use super::written::resources_of;
use crate::budget::LIMITS;
use crate::context::Context;
use crate::functions::ids;
use crate::machine::Machine;
use crate::text::Composer;

/// The resource around a child.
pub(crate) struct Parent {
    pub(crate) kind: Arc<str>,
    pub(crate) name: Value,
}

impl Parent {
    /// The full type of a child; a child that is written with its full type keeps it.
    pub(crate) fn child_kind(&self, own: &str) -> String {
        let full = own.get(..self.kind.len()).is_some_and(|start| {
            start.eq_ignore_ascii_case(&self.kind) && own[start.len()..].starts_with('/')
        });
        if full { own.to_owned() } else { format!("{}/{own}", self.kind) }
    }
}

/// `parent/child`; the place stays the child's own.
pub(crate) fn child_name(parent: Option<&Parent>, own: Value) -> Value {
    let Some(parent) = parent else { return own };
    let mut name = Composer::default();
    ids::push_value(&mut name, &parent.name);
    name.push("/");
    ids::push_value(&mut name, &own);
    let arguments = vec![Residual::of(&parent.name), Residual::of(&own)];
    let mut full = name.finish(own.origin.span, || {
        let template = Value::text("{0}/{1}", own.origin.span);
        let mut all = vec![Residual::Known(template)];
        all.extend(arguments);
        Residual::call("format", all)
    });
    full.origin = own.origin;
    full
}

impl<'d> Machine<'d> {
    pub(super) fn children(
        &self,
        children: Node<'d>,
        visit: &Visit<'_, 'd>,
        parent: &Parent,
        condition: Option<&Arc<Unknown>>,
        context: &Context<'d>,
        walk: &mut Walk,
    ) {
        if visit.depth >= LIMITS.child_depth {
            let message =
                format!("child resources are nested deeper than the {} levels allowed", LIMITS.child_depth);
            self.notes.limit(children.span(), message);
            return;
        }
        for written in resources_of(children) {
            let child = Visit {
                written,
                deployed: visit.deployed,
                parent: Some(parent),
                condition,
                depth: visit.depth + 1,
            };
            self.resource(&child, context, walk);
        }
    }

    /// The children of a resource that is not deployed itself.
    pub(super) fn children_of_absent(&self, visit: &Visit<'_, 'd>, context: &Context<'d>, walk: &mut Walk) {
        let written = &visit.written;
        let Some(children) = written.resources else { return };
        let (Some(kind), Some(name)) = (written.kind.and_then(Node::as_str), written.name) else {
            return;
        };
        let kind = visit.parent.map_or(kind.to_string(), |parent| parent.child_kind(&kind));
        let name = child_name(visit.parent, self.value(name, context));
        let parent = Parent { kind: kind.into(), name };
        self.children(children, visit, &parent, visit.condition, context, walk);
    }
}
