//! Values of a template's JSON: literals, expressions, and objects with loops in them.

use std::sync::Arc;

use drlint_resource::{Data, Key, Number, Object, Reason, Residual, Value};
use drlint_source::{Member, Node, NodeKind};

use super::Machine;
use crate::context::{Context, Site};
use crate::expression::{Form, form};
use crate::unknowns::{unknown, unknown_key};
use crate::weight::weigh;

impl<'d> Machine<'d> {
    /// The value of a node. Its depth was checked when its file was taken in.
    pub(crate) fn value(&self, node: Node<'d>, context: &Context<'d>) -> Value {
        match node.kind() {
            NodeKind::String => self.string(node, context),
            NodeKind::Array => {
                if let Err(value) = self.charge(node) {
                    return value;
                }
                let Some(_frame) = self.frame() else { return self.too_deep(Site::new(node, "")) };
                let mut values = Vec::with_capacity(node.elements().count());
                values.extend(node.elements().map(|element| self.value(element, context)));
                values.extend(Value::rest_of(node));
                if let Err(breach) = self.meter.nodes(values.len() as u64) {
                    return self.broken_at(breach, node);
                }
                Value::new(Data::Array(Arc::new(values)), node.span())
            }
            NodeKind::Object => self.object(node, context),
            _ => Value::new(scalar(node), node.span()),
        }
    }

    fn string(&self, node: Node<'d>, context: &Context<'d>) -> Value {
        if node.is_cut() {
            return Value::cut(node.span());
        }
        let text = node.as_str().unwrap_or_default();
        match form(&text) {
            Form::Plain(plain) => Value::text(plain, node.span()),
            Form::Expression(text) => {
                let value = self.expression(node, text, context);
                self.weighed(value, node)
            }
        }
    }

    /// Charges the parts of an expression's value, which stand at each place that uses it.
    pub(super) fn weighed(&self, value: Value, node: Node<'d>) -> Value {
        if !matches!(value.data, Data::Array(_) | Data::Object(_)) {
            return value;
        }
        match weigh(&value).map(|weight| self.meter.nodes(weight as u64)) {
            Ok(Ok(())) => value,
            Ok(Err(breach)) => self.broken_at(breach, node),
            Err(too_large) => {
                let message = too_large.to_string();
                self.notes.limit(node.span(), message.clone());
                unknown(Reason::Budget(message.into()), Residual::Nothing, None, node.span())
            }
        }
    }

    pub(super) fn charge(&self, node: Node<'d>) -> Result<(), Value> {
        self.meter.nodes(1).map_err(|breach| self.broken_at(breach, node))
    }

    fn object(&self, node: Node<'d>, context: &Context<'d>) -> Value {
        if let Err(value) = self.charge(node) {
            return value;
        }
        let Some(_frame) = self.frame() else { return self.too_deep(Site::new(node, "")) };
        let mut members = Vec::with_capacity(node.members().count());
        for member in node.members() {
            self.member(member, context, &mut members);
        }
        Value::new(Data::Object(Arc::new(Object::new(members))), node.span())
    }

    /// The value of a member, or the members that a property loop makes.
    pub(crate) fn member(&self, member: Member<'d>, context: &Context<'d>, into: &mut Vec<(Key, Value)>) {
        if member.is("copy") && is_property_loop(member.value) {
            self.property_loops(member.value, context, into);
            return;
        }
        if let Err(value) = self.charge(member.value) {
            into.push((self.key(member.key, context), value));
            return;
        }
        into.push((self.key(member.key, context), self.value(member.value, context)));
    }

    /// A name, which may be an expression (`ARM.md`, section 2).
    pub(crate) fn key(&self, node: Node<'d>, context: &Context<'d>) -> Key {
        let span = node.span();
        let text = node.as_str().unwrap_or_default();
        let name = match form(&text) {
            Form::Plain(plain) => plain.into(),
            Form::Expression(text) => {
                let value = self.expression(node, text, context);
                match &value.data {
                    Data::Text(name) => Arc::clone(name),
                    Data::Unknown(unknown) => unknown_key(&unknown.residual).into(),
                    _ => unknown_key(&Residual::Known(value)).into(),
                }
            }
        };
        Key { name, span }
    }
}

/// The value of a node that holds no other.
pub(crate) fn scalar(node: Node<'_>) -> Data {
    match node.kind() {
        NodeKind::Bool(value) => Data::Bool(value),
        NodeKind::Number => Data::Number(Number::parse(node.raw())),
        NodeKind::String => Data::Text(node.as_str().unwrap_or_default().into()),
        _ => Data::Null,
    }
}

/// Whether some string in it, names included, is an expression.
pub(crate) fn has_expression(node: Node<'_>) -> bool {
    match node.kind() {
        NodeKind::String => {
            node.raw_inside().is_some_and(|raw| raw.starts_with('[') && !raw.starts_with("[["))
        }
        NodeKind::Array => node.elements().any(has_expression),
        NodeKind::Object => {
            node.members().any(|member| has_expression(member.key) || has_expression(member.value))
        }
        _ => false,
    }
}

/// Whether `copy` holds loops over properties: an array of objects with `name`, `count` and `input`.
pub(super) fn is_property_loop(node: Node<'_>) -> bool {
    node.kind() == NodeKind::Array
        && node.size() > 1
        && node.elements().all(|element| element.get("name").is_some() && element.get("input").is_some())
}
