//! Functions that a template defines for itself.

use std::rc::Rc;

use drlint_resource::Value;
use drlint_source::Node;

use crate::budget::LIMITS;
use crate::context::{Context, UserCall};
use crate::machine::{Invocation, Machine, Stop};

impl<'d> Machine<'d> {
    /// The value of a call of a user's function; with the arguments where it cannot be answered.
    pub(crate) fn user_function(&self, invocation: &Invocation<'_, 'd>) -> Result<Value, (Stop, Vec<Value>)> {
        let context = invocation.context;
        let name = &*invocation.call.name();
        let values = invocation.arguments();
        let found = context.template.functions.find(name).and_then(|at| context.template.functions.get(at));
        let Some(member) = found else {
            return Err((Stop::Refused(format!("function `{name}` is not declared")), values));
        };
        let parameters: Vec<Node<'d>> =
            member.value.get("parameters").into_iter().flat_map(Node::elements).collect();
        if parameters.len() != values.len() {
            let noun = if parameters.len() == 1 { "argument" } else { "arguments" };
            let message = format!("`{name}` takes {} {noun}, not {}", parameters.len(), values.len());
            return Err((Stop::Refused(message), values));
        }
        let Some(output) = member.value.get("output").and_then(|output| output.get("value")) else {
            return Err((Stop::Refused(format!("function `{name}` has no output")), values));
        };
        let mut around = std::iter::successors(context.function.as_deref(), |call| call.outer.as_deref());
        if around.any(|call| call.name.eq_ignore_ascii_case(name)) {
            return Err((Stop::Refused(format!("function `{name}` calls itself")), values));
        }
        // A call makes a scope of its own: dearer than other steps.
        self.meter.steps(4).map_err(|breach| (Stop::Broken(breach), Vec::new()))?;
        let chain = self.meter.chain.get() + 1;
        if chain > LIMITS.chain {
            let message = format!("`{name}` waits for more than the {} others allowed", LIMITS.chain);
            return Err((Stop::Budget(message), values));
        }
        self.meter.chain.set(chain);
        let call = UserCall {
            name: name.into(),
            arguments: parameters.into_iter().zip(values).collect(),
            outer: context.function.clone(),
        };
        let mut inner = Context::of(Rc::clone(&context.template));
        inner.function = Some(Rc::new(call));
        let value = self.value(output, &inner);
        self.meter.chain.set(chain - 1);
        match crate::weight::weigh(&value) {
            Ok(_) => Ok(value),
            Err(too_large) => Err((Stop::Budget(too_large.to_string()), Vec::new())),
        }
    }
}
