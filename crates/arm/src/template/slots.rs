//! Values that are evaluated at their first use and kept, so that order does not matter and cycles show.

use std::cell::RefCell;

use drlint_resource::{Note, NoteKind, Reason, Residual, Value};
use drlint_source::{Node, Span};

use crate::budget::LIMITS;
use crate::machine::Machine;
use crate::unknowns::unknown;
use crate::weight::weigh;

/// How far a [`Slot`] is.
#[derive(Clone, Debug, Default)]
pub(crate) enum State {
    /// Nobody asked yet.
    #[default]
    New,
    /// It is being evaluated: who asks now closes a circle.
    Busy,
    /// Evaluated.
    Done(Value),
}

/// A value that is evaluated once.
pub(crate) type Slot = RefCell<State>;

/// So many empty slots.
pub(super) fn make(count: usize) -> Vec<Slot> {
    std::iter::repeat_with(Slot::default).take(count).collect()
}

impl<'d> Machine<'d> {
    /// The value of `slot`, evaluated by `work` at the first call. `what` names it in messages; it is
    /// `supposed` if nobody knows whether Azure evaluates it at all.
    pub(super) fn slot(
        &self,
        slot: &Slot,
        supposed: bool,
        what: impl Fn() -> String,
        declared: Node<'d>,
        used: Span,
        work: impl FnOnce() -> Value,
    ) -> Value {
        match &*slot.borrow() {
            State::Done(value) => return value.clone(),
            State::Busy => return self.circle(&what(), declared, used),
            State::New => {}
        }
        let chain = self.meter.chain.get() + 1;
        if chain > LIMITS.chain {
            let message = format!("{} waits for more than the {} others allowed", what(), LIMITS.chain);
            self.notes.limit(used, message.clone());
            return unknown(Reason::Budget(message.into()), Residual::Nothing, None, used);
        }
        self.meter.chain.set(chain);
        slot.replace(State::Busy);
        let mut value = self.notes.apart(supposed, work);
        self.meter.chain.set(chain - 1);
        if let Err(too_large) = weigh(&value) {
            let message = format!("{}: {too_large}", what());
            self.notes.limit(declared.span(), message.clone());
            value = unknown(Reason::Budget(message.into()), Residual::Nothing, None, declared.span());
        }
        slot.replace(State::Done(value.clone()));
        value
    }

    fn circle(&self, what: &str, declared: Node<'d>, used: Span) -> Value {
        let message = format!("{what} depends on itself");
        self.notes.add(
            Note::new(NoteKind::Unreadable, used, message.clone())
                .related(declared.span(), format!("{what} is declared here")),
        );
        unknown(Reason::Refused(message.into()), Residual::Nothing, None, used)
    }
}
