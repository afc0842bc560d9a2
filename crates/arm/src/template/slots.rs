//! Values that are evaluated at their first use and kept, so that order does not matter and cycles show.

use std::cell::{Ref, RefCell};

use drlint_resource::{Note, NoteKind, Reason, Residual, Value};
use drlint_source::{Node, Span};

use crate::budget::{LIMITS, Outlay};
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
    /// Not evaluated, for it has nothing to say, but paid for.
    Passed(Outlay),
}

/// A value that is evaluated once.
pub(crate) type Slot = RefCell<State>;

/// So many empty slots.
pub(super) fn make(count: usize) -> Vec<Slot> {
    std::iter::repeat_with(Slot::default).take(count).collect()
}

/// The value of a slot that is evaluated.
pub(super) fn done(slot: &Slot) -> Option<Ref<'_, Value>> {
    let value = Ref::filter_map(slot.borrow(), |state| match state {
        State::Done(value) => Some(value),
        _ => None,
    });
    value.ok()
}

impl<'d> Machine<'d> {
    /// The value of `slot`, evaluated by `work` at the first call: a `kind` of thing called as the node
    /// `declared` says. It is `supposed` if nobody knows whether Azure evaluates it at all.
    pub(super) fn slot(
        &self,
        slot: &Slot,
        supposed: bool,
        kind: &'static str,
        declared: Node<'d>,
        used: Span,
        work: impl FnOnce() -> Value,
    ) -> Value {
        match self.begin(slot, kind, declared, used) {
            Ok(()) => self.end(slot, kind, declared, self.notes.apart(supposed, work)),
            Err(value) => value,
        }
    }

    /// Begins to evaluate `slot`, unless there is a value already, or can be none.
    fn begin(&self, slot: &Slot, kind: &'static str, declared: Node<'d>, used: Span) -> Result<(), Value> {
        match &*slot.borrow() {
            State::Done(value) => return Err(value.clone()),
            State::Busy => return Err(self.circle(kind, declared, used)),
            State::New => {}
            // Evaluating it costs the same once more.
            State::Passed(outlay) => self.meter.give_back(*outlay),
        }
        let chain = self.meter.chain.get() + 1;
        if chain > LIMITS.chain {
            return Err(self.chained(kind, declared, used));
        }
        self.meter.chain.set(chain);
        slot.replace(State::Busy);
        self.waiting.borrow_mut().push((kind, declared));
        Ok(())
    }

    fn end(&self, slot: &Slot, kind: &'static str, declared: Node<'d>, mut value: Value) -> Value {
        self.waiting.borrow_mut().pop();
        self.meter.chain.set(self.meter.chain.get() - 1);
        if let Err(too_large) = weigh(&value) {
            let message = format!("{}: {too_large}", named(kind, declared));
            self.notes.limit(declared.span(), message.clone());
            value = unknown(Reason::Budget(message.into()), Residual::Nothing, None, declared.span());
        }
        slot.replace(State::Done(value.clone()));
        value
    }

    #[cold]
    fn chained(&self, kind: &'static str, declared: Node<'d>, used: Span) -> Value {
        let message =
            format!("{} waits for more than the {} others allowed", named(kind, declared), LIMITS.chain);
        self.notes.limit(used, message.clone());
        unknown(Reason::Budget(message.into()), Residual::Nothing, None, used)
    }

    /// What is being evaluated is asked for again; each link of the circle is shown.
    #[cold]
    fn circle(&self, kind: &'static str, declared: Node<'d>, used: Span) -> Value {
        let message = format!("{} depends on itself", named(kind, declared));
        let mut note = Note::new(NoteKind::Unreadable, used, message.clone());
        let waiting = self.waiting.borrow();
        let start = waiting.iter().rposition(|(_, node)| node.span() == declared.span()).unwrap_or(0);
        for (kind, node) in waiting.iter().skip(start) {
            note = note.related(node.span(), format!("{} is declared here", named(kind, *node)));
        }
        self.notes.add(note);
        unknown(Reason::Refused(message.into()), Residual::Nothing, None, used)
    }
}

fn named(kind: &str, declared: Node<'_>) -> String {
    format!("{kind} `{}`", declared.as_str().unwrap_or_default())
}
