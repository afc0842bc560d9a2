//! The outputs of a deployment.

use std::rc::Rc;

use drlint_resource::{Data, Value};
use drlint_source::{Node, Span};

use super::Deployed;
use crate::evaluate::Output;
use crate::machine::Machine;
use crate::template::resources::NotDeployed;

impl<'d> Machine<'d> {
    /// The value of one output; `None` if there is none of this name.
    pub(super) fn output(&self, deployed: &Rc<Deployed<'d>>, name: &str, used: Span) -> Option<Value> {
        deployed.outputs.find(name).map(|at| self.output_at(deployed, at, used))
    }

    fn output_at(&self, deployed: &Rc<Deployed<'d>>, at: usize, used: Span) -> Value {
        let (Some(slot), Some(member)) = (deployed.output_slots.get(at), deployed.outputs.get(at)) else {
            return Value::new(Data::Null, used);
        };
        self.slot(slot, deployed.supposed, "output", member.key, used, || {
            let node = member.value;
            if let Err(NotDeployed) = self.condition(node.get("condition"), &deployed.context) {
                return Value::new(Data::Null, node.span());
            }
            if let Some(value) = node.get("value") {
                return self.value(value, &deployed.context);
            }
            match node.get("copy") {
                Some(copy) => self.value_loop(copy, "", &deployed.context),
                None => Value::new(Data::Null, node.span()),
            }
        })
    }

    /// Evaluates all outputs, also to report their errors.
    pub(crate) fn all_outputs(&self, deployed: &Rc<Deployed<'d>>) -> Vec<Output> {
        let mut outputs = Vec::with_capacity(deployed.outputs.len());
        for (at, (name, member)) in deployed.outputs.iter().enumerate() {
            let node = member.value;
            let condition = node.get("condition");
            if condition.is_some()
                && self.notes.suppose(|| self.condition(condition, &deployed.context)).is_err()
            {
                continue;
            }
            let kind = node.get("type").and_then(Node::as_str).unwrap_or_default();
            let value = self.output_at(deployed, at, member.key.span());
            outputs.push(Output { name: name.into(), kind: (&*kind).into(), value });
        }
        outputs
    }
}
