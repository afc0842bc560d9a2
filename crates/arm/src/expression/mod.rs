//! The language inside the brackets: `[concat('a', parameters('b'))]`.

mod lexer;
mod parser;
mod print;
mod term;

pub(crate) use parser::parse;
pub(crate) use term::{Call, Step, Steps, Term, TermKind};

use term::RawTerm;

/// A parsed expression, whose text is kept elsewhere.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expression(Vec<RawTerm>);

impl Expression {
    /// The whole of it; `text` is what it was parsed from.
    pub(crate) fn term<'t>(&'t self, text: &'t str) -> Option<Term<'t>> {
        Term::first(text, &self.0)
    }
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
        Form::Expression(text) => {
            let expression = parse(text, Expression::default()).ok()?;
            Some(format!("[{}]", expression.term(text)?))
        }
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
