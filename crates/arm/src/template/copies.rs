//! `copy` loops over properties, variables and outputs.

use std::rc::Rc;
use std::sync::Arc;

use drlint_resource::{Data, Key, Reason, Residual, Transport, Unknown, Value};
use drlint_source::Node;

use super::carry;
use crate::budget::LIMITS;
use crate::context::{Context, Looped, Turn};
use crate::machine::Machine;
use crate::unknowns::{because, unknown};

impl<'d> Machine<'d> {
    /// How often a loop turns; if that is not known, or too often, the unknown that stands for what it makes.
    pub(super) fn count(&self, copy: Node<'d>, context: &Context<'d>) -> Result<i64, Value> {
        let Some(node) = copy.get("count") else {
            return Err(self.bad_loop(copy, Reason::Refused("the loop has no `count`".into())));
        };
        let value = self.value(node, context);
        let count = match &value.data {
            Data::Unknown(cause) => return Err(looped_unknown(cause, node)),
            Data::Number(number) => number.as_integer(),
            // A sample of the documentation writes `"count": "3"` (`ARM.md`, section 7).
            Data::Text(text) => text.parse().ok(),
            _ => None,
        };
        let Some(count) = count.filter(|count| *count >= 0) else {
            return Err(self.bad_loop(node, Reason::Refused("`count` must be an integer from 0 on".into())));
        };
        if count > LIMITS.copy {
            let message = format!("a loop of {count} turns is longer than the {} allowed", LIMITS.copy);
            return Err(self.bad_loop(node, Reason::Budget(message.into())));
        }
        let elements = u64::try_from(count).unwrap_or(0);
        self.meter.loop_elements(elements).map_err(|breach| self.broken_at(breach, node))?;
        Ok(count)
    }

    fn bad_loop(&self, node: Node<'d>, reason: Reason) -> Value {
        match &reason {
            Reason::Budget(_) => self.notes.limit(node.span(), reason.to_string()),
            _ => self.notes.refused(node.span(), reason.to_string()),
        }
        unknown(reason, Residual::Nothing, None, node.span())
    }

    /// The members that `copy: [{name, count, input}]` inside an object makes.
    pub(crate) fn property_loops(
        &self,
        loops: Node<'d>,
        context: &Context<'d>,
        into: &mut Vec<(Key, Value)>,
    ) {
        for element in loops.elements() {
            let Some(name) = element.get("name") else { continue };
            let text = name.as_str().unwrap_or_default();
            let value = self.loop_values(element, &text, context, Looped::Property);
            into.push((self.key(name, context), value));
        }
    }

    /// The array that `{count, input}` makes for a variable or an output.
    pub(super) fn value_loop(&self, element: Node<'d>, name: &str, context: &Context<'d>) -> Value {
        self.loop_values(element, name, context, Looped::Value)
    }

    fn loop_values(&self, element: Node<'d>, name: &str, context: &Context<'d>, of: Looped) -> Value {
        let count = match self.count(element, context) {
            Ok(count) => count,
            Err(value) => return value,
        };
        let Some(input) = element.get("input") else {
            return self.bad_loop(element, Reason::Refused("the loop has no `input`".into()));
        };
        let name: Rc<str> = name.into();
        let mut values = Vec::new();
        for index in 0..count {
            let turn = context.in_loop(Rc::clone(&name), Turn::Known(index), of);
            let value = self.value(input, &turn);
            if self.meter.broken().is_some() {
                break;
            }
            let copy = Transport::Copy(u32::try_from(index).unwrap_or(u32::MAX));
            values.push(carry(value, element.span(), &copy));
        }
        Value::new(Data::Array(Arc::new(values)), element.span())
    }
}

fn looped_unknown(cause: &Unknown, count: Node<'_>) -> Value {
    let residual = Residual::call("range", vec![zero(count), cause.residual.clone()]);
    because(cause, residual, None, count.span())
}

fn zero(node: Node<'_>) -> Residual {
    let number = drlint_resource::Number::Integer(0);
    Residual::Known(Value::new(Data::Number(number), node.span()))
}
