//! The language inside the brackets: `[concat('a', parameters('b'))]`.

mod lexer;
mod parser;
mod print;

use std::borrow::Cow;
use std::sync::Arc;

pub(crate) use parser::parse;

use crate::functions::Function;

/// A part of an expression with its stretch of the string, in bytes.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    pub(crate) kind: TermKind,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

#[derive(Clone, Debug)]
pub(crate) enum TermKind {
    Text(Arc<str>),
    Integer(i64),
    /// A number with a fraction or an exponent, as written.
    Number(Arc<str>),
    Call(Call),
    /// `base.name[index]`; at least one step.
    Access(Box<Term>, Vec<Step>),
}

/// A call of a function. A user's function has its namespace in the name.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) name: Cow<'static, str>,
    /// `None` for a user's function, and for one that nobody knows.
    pub(crate) function: Option<&'static Function>,
    pub(crate) arguments: Vec<Term>,
}

#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// `.name`
    Property { name: Arc<str>, start: u32, end: u32 },
    /// `[index]`
    Index(Term),
}

/// Why a string in brackets is no expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ParseError {
    pub(crate) message: String,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// What a template's string is (docs, `template-expressions.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form<'t> {
    /// Plain text.
    Plain(&'t str),
    /// An expression; the inside of its brackets begins at byte 1.
    Expression(&'t str),
}

/// An expression as drlint writes it, brackets included; `None` if `text` is plain text or does not parse.
///
/// What it gives means the same, and gives itself.
pub fn canonical(text: &str) -> Option<String> {
    match form(text) {
        Form::Plain(_) => None,
        Form::Expression(text) => parse(text).ok().map(|term| format!("[{term}]")),
    }
}

/// Whether `text` is an expression; `[[` is an escape for one bracket.
pub(crate) fn form(text: &str) -> Form<'_> {
    if !text.starts_with('[') || !text.ends_with(']') || text.len() < 2 {
        return Form::Plain(text);
    }
    if text.starts_with("[[") {
        return Form::Plain(&text[1..]);
    }
    Form::Expression(text)
}
