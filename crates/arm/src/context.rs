//! What names mean at one place of a template.

use std::rc::Rc;

use std::sync::Arc;

use drlint_resource::{Unknown, Value};
use drlint_source::{Node, Span, raw_offset};

use crate::template::Template;

/// What an expression sees: its template, the loops around it, the lambdas around it.
#[derive(Clone)]
pub(crate) struct Context<'d> {
    pub(crate) template: Rc<Template<'d>>,
    pub(crate) loops: Option<Rc<Loop>>,
    pub(crate) lambdas: Option<Rc<Binding>>,
    /// Inside a user's function: its name and its arguments.
    pub(crate) function: Option<Rc<UserCall<'d>>>,
    /// Inside a parameter file: the file, whose `externalInputs` can be read.
    pub(crate) inputs: Option<Node<'d>>,
}

/// What a loop repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Looped {
    Resource,
    Property,
    Value,
}

/// Which turn of a loop it is.
#[derive(Clone, Debug)]
pub(crate) enum Turn {
    Known(i64),
    /// How often the loop turns is not known: one turn stands for all.
    Any(Arc<Unknown>),
}

/// One turn of a `copy` loop, and the loops around it.
#[derive(Debug)]
pub(crate) struct Loop {
    pub(crate) name: Rc<str>,
    pub(crate) index: Turn,
    pub(crate) of: Looped,
    pub(crate) outer: Option<Rc<Loop>>,
}

/// A variable of a lambda, and those around it.
#[derive(Debug)]
pub(crate) struct Binding {
    pub(crate) name: Rc<str>,
    pub(crate) value: Value,
    pub(crate) outer: Option<Rc<Binding>>,
}

/// A call of a user's function that is being evaluated.
pub(crate) struct UserCall<'d> {
    pub(crate) name: Rc<str>,
    pub(crate) arguments: Vec<(Node<'d>, Value)>,
    pub(crate) outer: Option<Rc<UserCall<'d>>>,
}

impl<'d> Context<'d> {
    /// The top of a template.
    pub(crate) fn of(template: Rc<Template<'d>>) -> Self {
        Self { template, loops: None, lambdas: None, function: None, inputs: None }
    }

    /// The same inside one turn of a loop.
    pub(crate) fn in_loop(&self, name: Rc<str>, index: Turn, of: Looped) -> Self {
        let turn = Loop { name, index, of, outer: self.loops.clone() };
        Self { loops: Some(Rc::new(turn)), ..self.clone() }
    }

    /// Whether the same expressions may be met again with other values around them.
    pub(crate) fn repeats(&self) -> bool {
        self.loops.is_some() || self.function.is_some() || self.template.repeated
    }

    /// The indices of the loops around, innermost first.
    pub(crate) fn turns(&self) -> Vec<i64> {
        std::iter::successors(self.loops.as_deref(), |turn| turn.outer.as_deref())
            .map(|turn| match turn.index {
                Turn::Known(index) => index,
                Turn::Any(_) => -1,
            })
            .collect()
    }
}

/// The string that holds an expression.
#[derive(Clone, Copy)]
pub(crate) struct Site<'d> {
    pub(crate) node: Node<'d>,
    /// Whether it holds escapes, so that places in its meaning are not places in the file.
    escaped: bool,
}

impl<'d> Site<'d> {
    /// The string `node`, which means `text`.
    pub(crate) fn new(node: Node<'d>, text: &str) -> Self {
        Self { node, escaped: node.raw_inside().is_some_and(|raw| raw.len() != text.len()) }
    }

    /// The whole string.
    pub(crate) fn span(self) -> Span {
        self.node.span()
    }

    /// The stretch of the file where bytes `start..end` of the string's meaning are written.
    pub(crate) fn part(self, start: u32, end: u32) -> Span {
        let span = self.node.span();
        let place = |at: u32| {
            let at = if self.escaped {
                let raw = self.node.raw_inside().unwrap_or_default();
                u32::try_from(raw_offset(raw, at as usize)).unwrap_or(0)
            } else {
                at
            };
            (span.start + 1 + at).min(span.end)
        };
        Span::new(span.file, place(start), place(end))
    }
}
