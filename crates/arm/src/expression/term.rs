//! A parsed expression as a flat list: each term is followed by those it holds. Reading one makes nothing of its own.

use std::borrow::Cow;

use crate::functions::{Function, FunctionId};

/// What a [`RawTerm`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RawKind {
    /// A string with its quotes.
    Text,
    /// The same with doubled quotes inside.
    QuotedText,
    Integer,
    Number,
    Call,
    /// The base, and one step at least.
    Access,
    /// The step `.name`: its stretch is that of the name.
    Property,
    /// The step `[index]`, which holds the index.
    Index,
}

/// A term, or a step, and its stretch of the text in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawTerm {
    pub(super) start: u32,
    pub(super) end: u32,
    /// How many it holds, all levels counted, itself included.
    pub(super) size: u32,
    /// Of a call: where its name ends.
    pub(super) name_end: u32,
    /// Of a call: how many arguments it has.
    pub(super) count: u16,
    pub(super) kind: RawKind,
    /// Of a call: `None` for a user's function, and for one that nobody knows.
    pub(super) function: Option<FunctionId>,
}

/// A term of an expression.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Term<'t> {
    text: &'t str,
    /// Itself and those it holds.
    terms: &'t [RawTerm],
}

/// What a [`Term`] is.
#[derive(Clone, Debug)]
pub(crate) enum TermKind<'t> {
    Text(Cow<'t, str>),
    Integer(i64),
    /// A number with a fraction or an exponent, as written.
    Number(&'t str),
    Call(Call<'t>),
    /// `base.name[index]`; at least one step.
    Access(Term<'t>, Steps<'t>),
}

/// A call of a function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<'t>(Term<'t>);

/// A step of an access.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'t> {
    /// `.name`
    Property { name: &'t str, start: u32, end: u32 },
    /// `[index]`
    Index(Term<'t>),
}

/// The steps of an access.
#[derive(Clone, Debug)]
pub(crate) struct Steps<'t>(Terms<'t>);

/// Terms that stand side by side.
#[derive(Clone, Debug)]
pub(crate) struct Terms<'t> {
    text: &'t str,
    rest: &'t [RawTerm],
}

impl<'t> Term<'t> {
    /// The term that `terms` begin with, parsed from `text`; `None` if there is none.
    pub(super) fn first(text: &'t str, terms: &'t [RawTerm]) -> Option<Self> {
        Terms { text, rest: terms }.next()
    }

    pub(crate) fn kind(self) -> TermKind<'t> {
        let Some(raw) = self.terms.first() else { return TermKind::Number("") };
        let written = || self.slice(raw.start, raw.end);
        // There is a quote at both ends.
        let inside = || self.slice(raw.start + 1, raw.end.saturating_sub(1));
        match raw.kind {
            RawKind::Text => TermKind::Text(inside().into()),
            RawKind::QuotedText => TermKind::Text(inside().replace("''", "'").into()),
            // The parser has seen that it has 64 bits.
            RawKind::Integer => TermKind::Integer(written().parse().unwrap_or_default()),
            RawKind::Number | RawKind::Property | RawKind::Index => TermKind::Number(written()),
            RawKind::Call => TermKind::Call(Call(self)),
            RawKind::Access => {
                let mut inside = self.inside();
                let base = inside.next().unwrap_or(self);
                TermKind::Access(base, Steps(inside))
            }
        }
    }

    /// Its call, if it is one.
    pub(crate) fn as_call(self) -> Option<Call<'t>> {
        let is_call = self.terms.first().is_some_and(|raw| raw.kind == RawKind::Call);
        is_call.then_some(Call(self))
    }

    pub(crate) fn start(self) -> u32 {
        self.terms.first().map_or(0, |raw| raw.start)
    }

    pub(crate) fn end(self) -> u32 {
        self.terms.first().map_or(0, |raw| raw.end)
    }

    fn inside(self) -> Terms<'t> {
        Terms { text: self.text, rest: self.terms.get(1..).unwrap_or_default() }
    }

    fn slice(self, start: u32, end: u32) -> &'t str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }
}

impl<'t> Call<'t> {
    /// Its name as written; that of a user's function with its namespace.
    pub(crate) fn name(self) -> Cow<'t, str> {
        let Some(raw) = self.0.terms.first() else { return Cow::Borrowed("") };
        let written = self.0.slice(raw.start, raw.name_end);
        match raw.function {
            // There may be blanks around the dot of a user's function.
            None if written.contains(char::is_whitespace) => Cow::Owned(written.split_whitespace().collect()),
            _ => Cow::Borrowed(written),
        }
    }

    /// Its name as written, for a residual.
    pub(crate) fn spelling(self) -> Cow<'static, str> {
        let name = self.name();
        match self.function() {
            // Nearly all are spelt as the documentation has it.
            Some(function) if *name == *function.name => Cow::Borrowed(function.name),
            _ => Cow::Owned(name.into_owned()),
        }
    }

    /// `None` for a user's function, and for one that nobody knows.
    pub(crate) fn function(self) -> Option<&'static Function> {
        self.0.terms.first()?.function.map(FunctionId::function)
    }

    /// Whether it calls the function of this name.
    pub(crate) fn is(self, name: &str) -> bool {
        self.name().eq_ignore_ascii_case(name)
    }

    /// How many arguments it has.
    pub(crate) fn count(self) -> usize {
        self.0.terms.first().map_or(0, |raw| usize::from(raw.count))
    }

    pub(crate) fn arguments(self) -> Terms<'t> {
        self.0.inside()
    }

    /// The call as a term.
    pub(crate) fn term(self) -> Term<'t> {
        self.0
    }
}

impl<'t> Iterator for Terms<'t> {
    type Item = Term<'t>;

    fn next(&mut self) -> Option<Term<'t>> {
        let size = self.rest.first()?.size as usize;
        let (terms, rest) = self.rest.split_at_checked(size)?;
        self.rest = rest;
        Some(Term { text: self.text, terms })
    }
}

impl<'t> Iterator for Steps<'t> {
    type Item = Step<'t>;

    fn next(&mut self) -> Option<Step<'t>> {
        let step = self.0.next()?;
        let raw = step.terms.first()?;
        match raw.kind {
            RawKind::Property => {
                let (start, end) = (raw.start, raw.end);
                Some(Step::Property { name: step.slice(start, end), start, end })
            }
            _ => step.inside().next().map(Step::Index),
        }
    }
}
