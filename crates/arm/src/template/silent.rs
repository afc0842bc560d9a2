//! Expressions of which one sees, without evaluating them, that nothing is wrong in them.
//!
//! Most are that simple: they name something, or put texts together. Where nobody asks for their values, seeing that
//! much is far cheaper than making them.

use std::cell::Ref;

use drlint_resource::{Data, Piece, Value};
use drlint_source::Span;

use super::slots::{self, State};
use crate::budget::{LIMITS, Outlay};
use crate::context::Context;
use crate::expression::{Call, Term, TermKind};
use crate::machine::{Machine, has_expression};

impl<'d> Machine<'d> {
    /// What it costs to evaluate a term of which one sees that it has nothing to say. It stands in an expression at
    /// `used`.
    pub(crate) fn silent(&self, term: Term<'_>, context: &Context<'d>, used: Span) -> Option<Outlay> {
        let call = term.as_call().filter(|_| context.function.is_none())?;
        // Evaluation must have room to come as far: as many steps, and frames and names that wait for each other.
        let steps = 1 + call.count() as u64;
        let has_frames = self.meter.frames.get() + 2 <= self.frames;
        let has_chain = self.meter.chain.get() + 2 <= LIMITS.chain;
        if !(has_frames && has_chain && self.meter.has_steps(steps)) {
            return None;
        }
        let mut outlay = Outlay { steps: 1, bytes: 0 };
        if call.function()?.name == "concat" {
            for argument in call.arguments() {
                outlay.bytes += match argument.kind() {
                    TermKind::Text(text) => text.len() as u64,
                    TermKind::Call(call) => {
                        outlay.steps += 1;
                        known_length(&*self.named(call, context, used)?)?
                    }
                    _ => return None,
                };
            }
            return (outlay.bytes <= LIMITS.text as u64).then_some(outlay);
        }
        let value = self.named(call, context, used)?;
        // An array or an object is charged for at each use.
        (!matches!(value.data, Data::Array(_) | Data::Object(_))).then_some(outlay)
    }

    /// The value that a call of `parameters` or `variables` gives, if it is there already, or literal.
    fn named<'c>(&self, call: Call<'_>, context: &'c Context<'d>, used: Span) -> Option<Ref<'c, Value>> {
        let template = &context.template;
        let argument = call.arguments().next().filter(|_| call.count() == 1)?;
        let TermKind::Text(name) = argument.kind() else { return None };
        match call.function()?.name {
            "parameters" => {
                let at = template.parameters.find(&name)?;
                let slot = template.parameter_slots.get(at)?;
                if matches!(*slot.borrow(), State::New) {
                    let default = template.parameters.get(at)?.value.get("defaultValue");
                    if !template.given.is_empty() || default.is_some_and(has_expression) {
                        return None;
                    }
                    self.parameter_at(template, at, used);
                }
                slots::done(slot)
            }
            "variables" if template.looped_variables.find(&name).is_none() => {
                slots::done(template.variable_slots.get(template.variables.find(&name)?)?)
            }
            _ => None,
        }
    }
}

/// Bytes of known text that a value adds to a text; `None` if it is no text.
fn known_length(value: &Value) -> Option<u64> {
    match &value.data {
        Data::Text(text) => Some(text.len() as u64),
        Data::Unknown(unknown) => {
            let pieces = unknown.pieces.iter().flat_map(|pieces| pieces.iter());
            let lengths = pieces.map(|piece| match piece {
                Piece::Known(text) => text.len() as u64,
                Piece::Unknown(_) => 0,
            });
            Some(lengths.sum())
        }
        _ => None,
    }
}
