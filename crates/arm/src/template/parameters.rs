//! The values of parameters: given, by default, or missing.

use std::rc::Rc;
use std::sync::Arc;

use drlint_resource::{Data, Reason, Residual, Transport, Unknown, Value};
use drlint_source::{Node, NodeKind, Span};

use super::declaration::Declaration;
use super::{Template, carry};
use crate::context::Context;
use crate::identity::{DeploymentKey, identity_of_parameter};
use crate::machine::{Machine, Stop, has_expression};
use crate::unknowns::{placed, unknown};

/// Who gives parameters their values.
#[derive(Clone)]
pub(crate) enum Source<'d> {
    /// A parameter file: its values are literal.
    File(Node<'d>),
    /// One value by name, literal.
    Named(String, Node<'d>),
    /// The `parameters` of a nested deployment: expressions of the template around it.
    Nested(Node<'d>, Context<'d>),
    /// The same, made by one expression.
    Computed(Value),
}

impl<'d> Machine<'d> {
    /// `parameters(name)` as seen in `context`, used at `used`.
    pub(crate) fn parameter(&self, name: &str, context: &Context<'d>, used: Span) -> Result<Value, Stop> {
        if let Some(call) = &context.function {
            let found = call.arguments.iter().find(|(node, _)| {
                node.get("name").and_then(Node::as_str).is_some_and(|own| own.eq_ignore_ascii_case(name))
            });
            return match found {
                Some((_, value)) => Ok(value.clone()),
                None => Err(Stop::Refused(format!("function `{}` has no parameter `{name}`", call.name))),
            };
        }
        let template = &context.template;
        let Some(at) = template.parameters.find(name) else {
            return Err(Stop::Refused(format!("parameter `{name}` is not declared")));
        };
        let value = self.parameter_at(template, at, used);
        let is_declared = value.as_unknown().is_some_and(|unknown| unknown.declared.is_some());
        Ok(if is_declared { placed(value, used) } else { value })
    }

    /// The value of the parameter at a place of the template's table.
    pub(crate) fn parameter_at(&self, template: &Rc<Template<'d>>, at: usize, used: Span) -> Value {
        let (Some(slot), Some(member)) = (template.parameter_slots.get(at), template.parameters.get(at))
        else {
            return Value::new(Data::Null, used);
        };
        self.slot(slot, template.supposed, "parameter", member.key, used, || {
            let name = member.key.as_str().unwrap_or_default();
            let declaration = Declaration::of(member.value);
            let value = self.parameter_value(template, &name, &declaration, member.key);
            self.check_type(&name, &declaration, &value, value.origin.used_at());
            protect(value, &name, template, &declaration, member.key)
        })
    }

    fn parameter_value(
        &self,
        template: &Rc<Template<'d>>,
        name: &str,
        declaration: &Declaration<'d>,
        key: Node<'d>,
    ) -> Value {
        // Null stands for no value, as Bicep's modules pass it on (`ARM.md`, section 3).
        let given = template.given.iter().rev().find_map(|source| self.given(source, name, template));
        if let Some(value) = &given
            && !value.is_null()
        {
            return value.clone();
        }
        if let Some(default) = declaration.default {
            return self.value(default, &Context::of(Rc::clone(template)));
        }
        if declaration.is_nullable(template) {
            return Value::new(Data::Null, key.span());
        }
        if let Some(null) = given {
            return null;
        }
        parameter_unknown(Reason::ParameterWithoutValue(name.into()), name, template.key, key.span())
    }

    /// What one source gives; `None` if it does not speak of the parameter.
    fn given(&self, source: &Source<'d>, name: &str, template: &Rc<Template<'d>>) -> Option<Value> {
        match source {
            Source::Named(own, node) => own.eq_ignore_ascii_case(name).then(|| Value::literal(*node)),
            Source::File(root) => self.given_by_file(*root, name, template),
            Source::Nested(parameters, context) => {
                let entry = parameters.get(name)?;
                let span = entry.span();
                if entry.kind() != NodeKind::Object {
                    // The whole entry may be an expression that gives `{value: ...}`.
                    let value = self.value(entry, context);
                    return Some(carry(unwrapped(&value), span, &Transport::Deployment));
                }
                if let Some(value) = entry.get("value") {
                    return Some(carry(self.value(value, context), span, &Transport::Deployment));
                }
                if entry.get("reference").is_some() {
                    return Some(parameter_unknown(Reason::KeyVault(name.into()), name, template.key, span));
                }
                let value = self.value(entry, context);
                Some(carry(unwrapped(&value), span, &Transport::Deployment))
            }
            Source::Computed(all) => match &all.data {
                Data::Object(object) => Some(unwrapped(object.get(name)?)),
                Data::Unknown(_) => Some(all.clone()),
                _ => None,
            },
        }
    }

    fn given_by_file(&self, root: Node<'d>, name: &str, template: &Rc<Template<'d>>) -> Option<Value> {
        let given = self.given_by_whole_file(root, name, template);
        // What a file that breaks off would have given is no default.
        given.or_else(|| {
            let cut = [Some(root), root.get("parameters")].into_iter().flatten().find_map(Unknown::cut)?;
            Some(parameter_unknown(cut.reason, name, template.key, cut.place))
        })
    }

    fn given_by_whole_file(&self, root: Node<'d>, name: &str, template: &Rc<Template<'d>>) -> Option<Value> {
        let Some(parameters) = root.get("parameters").filter(|node| node.kind() == NodeKind::Object) else {
            // A bare map of values.
            let entry = root.get(name)?;
            let only = (entry.kind() == NodeKind::Object && entry.members().count() == 1)
                .then(|| entry.get("value"))
                .flatten();
            return Some(Value::literal(only.unwrap_or(entry)));
        };
        let entry = parameters.get(name)?;
        if let Some(value) = entry.get("value") {
            return Some(Value::literal(value));
        }
        if entry.get("reference").is_some() {
            let reason = Reason::KeyVault(name.into());
            return Some(parameter_unknown(reason, name, template.key, entry.span()));
        }
        let expression = entry.get("expression")?;
        let mut context = Context::of(Rc::clone(template));
        context.inputs = Some(root);
        Some(self.value(expression, &context))
    }

    /// Evaluates what nothing used, to report its errors as Azure does.
    pub(crate) fn unused_parameters(&self, template: &Rc<Template<'d>>) {
        for (at, (_, member)) in template.parameters.iter().enumerate() {
            let default = member.value.get("defaultValue");
            if !template.given.is_empty() || default.is_some_and(has_expression) {
                self.parameter_at(template, at, member.key.span());
            }
        }
    }
}

/// `{value: x}` is `x`.
fn unwrapped(entry: &Value) -> Value {
    match &entry.data {
        Data::Object(object) => object.get("value").cloned().unwrap_or_else(|| entry.clone()),
        _ => entry.clone(),
    }
}

fn parameter_unknown(reason: Reason, name: &str, key: DeploymentKey, declared: Span) -> Value {
    let argument = Residual::Known(Value::text(name, declared));
    let residual = Residual::call("parameters", vec![argument]);
    let identity = identity_of_parameter(key, name);
    let mut value = unknown(reason, residual, Some(identity), declared);
    if let Data::Unknown(inner) = &mut value.data {
        inner_declared(inner, declared);
    }
    value
}

fn inner_declared(inner: &mut Arc<Unknown>, declared: Span) {
    if let Some(inner) = Arc::get_mut(inner) {
        inner.declared = Some(declared);
    }
}

/// Values of secure parameters are never printed (`ARM.md`, section 8). An empty one hides nothing.
fn protect(
    value: Value,
    name: &str,
    template: &Template<'_>,
    declaration: &Declaration<'_>,
    key: Node<'_>,
) -> Value {
    let empty = match &value.data {
        Data::Null | Data::Unknown(_) => true,
        Data::Text(text) => text.is_empty(),
        Data::Object(object) => object.is_empty(),
        _ => false,
    };
    if empty || !declaration.is_secure(template) {
        return value;
    }
    parameter_unknown(Reason::Secure(name.into()), name, template.key, key.span())
}
