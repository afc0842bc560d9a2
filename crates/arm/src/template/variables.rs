//! The values of variables.

use std::rc::Rc;

use drlint_resource::{Data, Value};
use drlint_source::{Member, Span};

use super::Template;
use super::slots::State;
use crate::context::Context;
use crate::machine::{Machine, Stop, has_expression};

impl<'d> Machine<'d> {
    /// `variables(name)` as seen in `context`, used at `used`.
    pub(crate) fn variable(&self, name: &str, context: &Context<'d>, used: Span) -> Result<Value, Stop> {
        if context.function.is_some() {
            return Err(Stop::Refused(format!("variable `{name}` cannot be seen from inside a function")));
        }
        let template = &context.template;
        if let Some(at) = template.looped_variables.find(name) {
            return Ok(self.looped_variable(template, at, used));
        }
        match template.variables.find(name) {
            Some(at) => Ok(self.variable_at(template, at, used)),
            None => Err(Stop::Refused(format!("variable `{name}` is not declared"))),
        }
    }

    fn variable_at(&self, template: &Rc<Template<'d>>, at: usize, used: Span) -> Value {
        let (Some(slot), Some(member)) = (template.variable_slots.get(at), template.variables.get(at)) else {
            return Value::new(Data::Null, used);
        };
        self.slot(slot, template.supposed, "variable", member.key, used, || {
            self.value(member.value, &Context::of(Rc::clone(template)))
        })
    }

    fn looped_variable(&self, template: &Rc<Template<'d>>, at: usize, used: Span) -> Value {
        let (Some(slot), Some(member)) = (template.looped_slots.get(at), template.looped_variables.get(at))
        else {
            return Value::new(Data::Null, used);
        };
        let name = member.key.as_str().unwrap_or_default();
        self.slot(slot, template.supposed, "variable", member.key, used, || {
            self.value_loop(member.value, &name, &Context::of(Rc::clone(template)))
        })
    }

    /// Evaluates what nothing used: Azure does, and refuses the template if it cannot.
    pub(crate) fn unused_variables(&self, template: &Rc<Template<'d>>) {
        for at in 0..template.looped_variables.len() {
            self.looped_variable(template, at, template.node.span());
        }
        for (at, (name, member)) in template.variables.iter().enumerate() {
            // Literals are made only where they are used: nothing can be wrong with them.
            if !name.eq_ignore_ascii_case("copy") && has_expression(member.value) {
                self.unused_variable(template, at, member);
            }
        }
    }

    fn unused_variable(&self, template: &Rc<Template<'d>>, at: usize, member: Member<'d>) {
        let Some(slot) = template.variable_slots.get(at) else { return };
        if !matches!(*slot.borrow(), State::New) {
            return;
        }
        let paid = self.unless_silent(member.value, &Context::of(Rc::clone(template)), |value| {
            self.slot(slot, template.supposed, "variable", member.key, member.key.span(), value);
        });
        if let Some(outlay) = paid {
            slot.replace(State::Passed(outlay));
        }
    }
}
