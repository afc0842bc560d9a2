//! Evaluates nodes and expressions.

mod access;
mod call;
mod computed;
mod examine;
mod nodes;
mod notes;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use drlint_resource::{Data, Number, Reason, Residual, Transport, Unknown, Value};
use drlint_source::Node;
use rustc_hash::FxHashMap;

pub(crate) use access::{Missing, element, kind};
pub(crate) use call::{Answer, Invocation, Stop, refused};
pub(crate) use nodes::has_expression;
pub(crate) use notes::Notes;

use crate::budget::{Breach, LIMITS, Meter};
use crate::context::{Context, Site};
use crate::documents::Documents;
use crate::evaluate::{Links, Request, Wanted};
use crate::expression::{Expression, ParseError, Term, TermKind, parse};
use crate::template::Made;
use crate::unknowns;

/// The state of one evaluation of a root template.
pub(crate) struct Machine<'d> {
    pub(crate) meter: Meter,
    pub(crate) notes: Notes,
    pub(crate) documents: &'d Documents,
    pub(crate) links: &'d dyn Links,
    pub(crate) wanted: Wanted,
    pub(crate) deployment: Arc<drlint_resource::Deployment>,
    /// How many frames of evaluation this thread's stack may hold.
    pub(crate) frames: u32,
    /// Whether evaluation was given up because the stack would not have sufficed.
    pub(crate) too_deep: Cell<bool>,
    /// The variables, parameters and outputs that are being evaluated, each with what it is.
    pub(crate) waiting: RefCell<Vec<(&'static str, Node<'d>)>>,
    pub(crate) made: Made<'d>,
    parsed: RefCell<FxHashMap<(u32, u32), Rc<Parsed>>>,
    /// Room of expressions that are done with.
    spare: RefCell<Vec<Expression>>,
    /// Room of arguments that are done with.
    spare_values: RefCell<Vec<Vec<Value>>>,
}

/// A parsed expression, or why it is none.
type Parsed = Result<Expression, Box<ParseError>>;

impl<'d> Machine<'d> {
    pub(crate) fn new(
        documents: &'d Documents,
        request: &Request<'d>,
        deployment: Arc<drlint_resource::Deployment>,
        frames: u32,
    ) -> Self {
        Self {
            meter: Meter::default(),
            notes: Notes::default(),
            documents,
            links: request.links,
            wanted: request.wanted,
            deployment,
            frames,
            too_deep: Cell::new(false),
            waiting: RefCell::default(),
            made: Made::default(),
            parsed: RefCell::default(),
            spare: RefCell::default(),
            spare_values: RefCell::default(),
        }
    }

    /// The value of an expression: `text` is the meaning of the string `node`.
    pub(crate) fn expression(&self, node: Node<'d>, text: &str, context: &Context<'d>) -> Value {
        self.with_parsed(node, text, context, |parsed| {
            self.whole(parsed, text, Site::new(node, text), context)
        })
    }

    /// Hands out what an expression is parsed to.
    fn with_parsed<T>(
        &self,
        node: Node<'d>,
        text: &str,
        context: &Context<'d>,
        work: impl FnOnce(&Parsed) -> T,
    ) -> T {
        if context.repeats() {
            return work(&self.parsed(node, text));
        }
        self.parsed_once(text, work)
    }

    fn parsed_once<T>(&self, text: &str, work: impl FnOnce(&Parsed) -> T) -> T {
        let spare = self.spare.borrow_mut().pop().unwrap_or_default();
        let parsed = parse(text, spare);
        let result = work(&parsed);
        if let Ok(expression) = parsed {
            self.spare.borrow_mut().push(expression);
        }
        result
    }

    fn parsed(&self, node: Node<'d>, text: &str) -> Rc<Parsed> {
        let span = node.span();
        let key = (span.file.0, span.start);
        if let Some(parsed) = self.parsed.borrow().get(&key) {
            return Rc::clone(parsed);
        }
        // Its own room is as large as it must be: it is kept for long.
        let parsed = Rc::new(self.parsed_once(text, Parsed::clone));
        self.parsed.borrow_mut().insert(key, Rc::clone(&parsed));
        parsed
    }

    fn whole(&self, parsed: &Parsed, text: &str, site: Site<'d>, context: &Context<'d>) -> Value {
        let span = site.span();
        let term = match parsed.as_ref().map(|expression| expression.term(text)) {
            Ok(Some(term)) => term,
            // No expression is empty: the parser refuses it.
            Ok(None) => return Value::new(Data::Null, span),
            Err(error) => {
                let place = site.part(error.start, error.end.max(error.start + 1));
                self.notes.refused(place, error.message.clone());
                let raw = site.node.as_str().unwrap_or_default();
                let residual = Residual::Known(Value::text(&raw, span));
                return unknowns::unknown(
                    Reason::Refused(error.message.as_str().into()),
                    residual,
                    None,
                    span,
                );
            }
        };
        let mut value = self.term(term, site, context);
        if let Data::Unknown(unknown) = &value.data
            && unknown.residual.is_large()
        {
            let short = Unknown { residual: term.residual(span), pieces: None, ..Unknown::clone(unknown) };
            value.data = Data::Unknown(Arc::new(short));
        }
        // The expression is the last carrier of a literal that stands elsewhere.
        let last = value.origin.carrier.as_ref().map(|carrier| carrier.span);
        if !span.contains(value.origin.span) && last != Some(span) {
            value = crate::template::carry(value, span, &Transport::Expression);
        }
        value
    }

    /// The value of a term.
    pub(crate) fn term(&self, term: Term<'_>, site: Site<'d>, context: &Context<'d>) -> Value {
        let place = || site.part(term.start(), term.end());
        match term.kind() {
            TermKind::Text(text) => Value::text(&text, place()),
            TermKind::Integer(integer) => Value::new(Data::Number(Number::Integer(integer)), place()),
            TermKind::Number(number) => Value::new(Data::Number(Number::parse(number)), place()),
            TermKind::Call(call) => match self.enter(site) {
                Ok(_frame) => self.call(&Invocation { machine: self, context, site, call }),
                Err(value) => value,
            },
            TermKind::Access(base, steps) => match self.enter(site) {
                Ok(_frame) => self.access(term, base, steps, site, context),
                Err(value) => value,
            },
        }
    }

    /// Asks for one more step and one more frame of the stack.
    pub(crate) fn enter(&self, site: Site<'d>) -> Result<Frame<'_>, Value> {
        if let Err(breach) = self.meter.steps(1) {
            return Err(self.broken(breach, site));
        }
        self.frame().ok_or_else(|| self.too_deep(site))
    }

    /// One more frame of the stack, if there is room.
    pub(crate) fn frame(&self) -> Option<Frame<'_>> {
        let depth = self.meter.frames.get() + 1;
        if depth > self.frames {
            self.too_deep.set(true);
            return None;
        }
        self.meter.frames.set(depth);
        Some(Frame(&self.meter.frames))
    }

    #[cold]
    fn too_deep(&self, site: Site<'d>) -> Value {
        if self.frames < LIMITS.frames {
            // Given up: evaluation starts again where there is more room.
            return unknowns::unknown(Reason::Budget("".into()), Residual::Nothing, None, site.span());
        }
        let message = format!("evaluation is nested deeper than the {} levels allowed", LIMITS.frames);
        self.notes.limit(site.span(), message.clone());
        unknowns::unknown(Reason::Budget(message.into()), Residual::Nothing, None, site.span())
    }

    /// A limit of the whole file was reached: said once, where it happened.
    #[cold]
    pub(crate) fn broken(&self, breach: Breach, site: Site<'d>) -> Value {
        self.broken_at(breach, site.node)
    }

    /// The same at a node.
    #[cold]
    pub(crate) fn broken_at(&self, breach: Breach, node: Node<'d>) -> Value {
        let message = breach.to_string();
        self.notes.breach(node.span(), message.clone());
        unknowns::unknown(Reason::Budget(message.into()), Residual::Nothing, None, node.span())
    }
}

/// A frame of evaluation; gives its room back when it ends.
pub(crate) struct Frame<'m>(&'m Cell<u32>);

impl Drop for Frame<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get().saturating_sub(1));
    }
}
