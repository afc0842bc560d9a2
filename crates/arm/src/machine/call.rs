//! Calls of functions: arity, arguments, and what becomes of a call that cannot be answered.

use std::sync::Arc;

use drlint_resource::{Data, Note, NoteKind, Reason, Residual, Unknown, Value};
use drlint_source::Span;

use super::Machine;
use super::computed::traced;
use crate::budget::Breach;
use crate::context::{Context, Site};
use crate::expression::{Call, Term};
use crate::functions::{Body, Function};
use crate::identity::identity_of;
use crate::unknowns::{because, unknown};

/// Functions that look something up.
const NAMING: [&str; 5] = ["parameters", "variables", "lambdaVariables", "copyIndex", "externalInputs"];

/// A call where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Invocation<'c, 'd> {
    pub(crate) machine: &'c Machine<'d>,
    pub(crate) context: &'c Context<'d>,
    pub(crate) site: Site<'d>,
    pub(crate) call: Call<'c>,
}

/// What a function gives.
pub(crate) type Answer = Result<Value, Stop>;

/// Why a function gives no value.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Azure would refuse the call.
    Refused(String),
    /// The same, for the sake of one argument.
    Argument(usize, String),
    /// A limit of one value; says what was asked for.
    Budget(String),
    /// A limit of the whole file.
    Broken(Breach),
    /// Something inside the arguments is not known.
    Unknown(Arc<Unknown>),
    /// Nobody knows offline, whatever the arguments.
    Offline(Reason),
}

impl From<Breach> for Stop {
    fn from(breach: Breach) -> Self {
        Self::Broken(breach)
    }
}

/// Shorthand for [`Stop::Refused`].
#[cold]
pub(crate) fn refused<T>(message: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Refused(message.into()))
}

impl<'c> Invocation<'c, '_> {
    /// The stretch of the call.
    pub(crate) fn span(&self) -> Span {
        let term = self.call.term();
        self.site.part(term.start(), term.end())
    }

    /// A computed value, which stands where its expression does until it is led back to what it was made of.
    pub(crate) fn value(&self, data: Data) -> Value {
        Value::new(data, self.site.span())
    }

    /// A computed text, charged.
    pub(crate) fn text(&self, text: impl Into<Arc<str>>) -> Answer {
        let text = text.into();
        self.machine.meter.bytes(text.len())?;
        Ok(self.value(Data::Text(text)))
    }

    /// The argument's term.
    pub(crate) fn term_of(&self, at: usize) -> Option<Term<'c>> {
        self.call.arguments().nth(at)
    }

    /// The argument's value; null if there is none.
    pub(crate) fn argument(&self, at: usize) -> Value {
        match self.term_of(at) {
            Some(term) => self.machine.term(term, self.site, self.context),
            None => self.value(Data::Null),
        }
    }

    /// All arguments' values.
    pub(crate) fn arguments(&self) -> Vec<Value> {
        let mut values = self.machine.spare_values.borrow_mut().pop().unwrap_or_default();
        values.reserve(self.call.count());
        values.extend(self.call.arguments().map(|term| self.machine.term(term, self.site, self.context)));
        values
    }

    /// The call with its arguments reduced.
    pub(crate) fn residual(&self, values: &[Value]) -> Residual {
        Residual::call(self.call.spelling(), values.iter().map(Residual::of).collect())
    }

    /// The unknown result of a call that one of its arguments blocks.
    pub(crate) fn blocked(&self, cause: &Unknown, values: &[Value]) -> Value {
        // What a name means depends on where it stands, not on its arguments alone.
        let is_name = NAMING.iter().any(|name| self.call.is(name));
        let identity = if is_name { None } else { identity_of(&self.call.name(), values) };
        because(cause, self.residual(values), identity, self.site.span())
    }

    /// The result of a call that cannot be answered.
    fn stopped(&self, stop: Stop, values: &[Value]) -> Value {
        let span = self.span();
        let notes = &self.machine.notes;
        let reason = match stop {
            Stop::Refused(message) => {
                notes.refused(span, message.clone());
                Reason::Refused(message.into())
            }
            Stop::Argument(at, message) => {
                let place = self
                    .term_of(at)
                    .map_or(span, |argument| self.site.part(argument.start(), argument.end()));
                notes.refused(place, message.clone());
                Reason::Refused(message.into())
            }
            Stop::Budget(message) => {
                notes.limit(span, message.clone());
                Reason::Budget(message.into())
            }
            Stop::Broken(breach) => return self.machine.broken(breach, self.site),
            Stop::Unknown(cause) => return self.blocked(&cause, values),
            Stop::Offline(reason) => reason,
        };
        let mut result = unknown(reason, self.residual(values), None, self.site.span());
        if let Data::Unknown(inner) = &mut result.data
            && let Some(inner) = Arc::get_mut(inner)
        {
            inner.place = span;
        }
        result
    }
}

impl<'d> Machine<'d> {
    /// The value of a call.
    pub(super) fn call(&self, invocation: &Invocation<'_, 'd>) -> Value {
        let call = invocation.call;
        let Some(function) = call.function() else {
            return self.unlisted(invocation);
        };
        if !(function.least..=function.most).contains(&call.count()) {
            return invocation.stopped(Stop::Refused(wrong_count(function, call.count())), &[]);
        }
        let (answer, values) = match function.body {
            Body::Lazy(body) => (body(invocation), Vec::new()),
            Body::Open(body) => {
                let values = invocation.arguments();
                (body(invocation, &values), values)
            }
            Body::Strict(body) => {
                let values = invocation.arguments();
                let answer = match values.iter().find_map(Value::as_unknown) {
                    Some(cause) => Err(Stop::Unknown(Arc::clone(cause))),
                    None => body(invocation, &values),
                };
                (answer, values)
            }
        };
        let value = match answer {
            Ok(value) => traced(value, &values, invocation.site),
            Err(stop) if values.is_empty() && call.count() > 0 => {
                // A lazy function has not kept its arguments; they are evaluated for the residual alone.
                let values = self.notes.suppose(|| self.reduced(invocation));
                invocation.stopped(stop, &values)
            }
            Err(stop) => invocation.stopped(stop, &values),
        };
        self.done_with(values);
        value
    }

    /// Keeps the room of arguments for those of the next call.
    fn done_with(&self, mut values: Vec<Value>) {
        if values.capacity() > 0 {
            values.clear();
            self.spare_values.borrow_mut().push(values);
        }
    }

    /// The arguments of a lazy call for its residual; lambdas stay as they are written.
    fn reduced(&self, invocation: &Invocation<'_, 'd>) -> Vec<Value> {
        invocation.call.arguments().map(|term| self.reduced_term(term, invocation)).collect()
    }

    pub(crate) fn reduced_term(&self, term: Term<'_>, invocation: &Invocation<'_, 'd>) -> Value {
        if term.as_call().is_some_and(|call| call.is("lambda")) {
            let span = invocation.site.span();
            let reason = Reason::Other("a lambda is no value".into());
            let inner =
                Unknown { residual: term.residual(span), ..Unknown::new(reason, span, Residual::Nothing) };
            return Value::new(Data::Unknown(Arc::new(inner)), span);
        }
        self.term(term, invocation.site, invocation.context)
    }

    /// A user's function, one of the `list` functions, or one that nobody knows.
    fn unlisted(&self, invocation: &Invocation<'_, 'd>) -> Value {
        let name = &*invocation.call.name();
        if name.contains('.') {
            return match self.user_function(invocation) {
                Ok(value) => value,
                Err((stop, values)) => invocation.stopped(stop, &values),
            };
        }
        let values = self.notes.suppose(|| self.reduced(invocation));
        if name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("list")) {
            return invocation.stopped(Stop::Offline(Reason::AfterDeployment(name.into())), &values);
        }
        let message = format!("function `{name}` is not known");
        self.notes.once(name, Note::new(NoteKind::Unknown, invocation.span(), message));
        invocation.stopped(Stop::Offline(Reason::UnknownFunction(name.into())), &values)
    }
}

#[cold]
fn wrong_count(function: &Function, given: usize) -> String {
    let Function { name, least, most, .. } = function;
    let wanted = match (*least, *most) {
        (least, most) if least == most => format!("{least}"),
        (least, usize::MAX) => format!("at least {least}"),
        (least, most) => format!("{least} to {most}"),
    };
    let noun = if wanted == "1" || wanted == "at least 1" { "argument" } else { "arguments" };
    format!("`{name}` takes {wanted} {noun}, not {given}")
}
