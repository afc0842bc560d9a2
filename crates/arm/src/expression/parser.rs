//! Tokens to terms (`ARM.md`, section 2).

use super::lexer::{Lexer, Token, TokenKind, offset};
use super::term::{RawKind, RawTerm};
use super::{Expression, ParseError};
use crate::budget::LIMITS;
use crate::functions;

/// What parsing gives; a fault is rare, and must not make all else larger.
type Parsed<T> = Result<T, Box<ParseError>>;

/// Most expressions have no more terms.
const USUAL_TERMS: usize = 16;

/// Longer ones mostly have as many bytes of text for each term, or more.
const BYTES_OF_TERM: usize = 12;

/// Parses a whole string, brackets included, into the room that `spare` has.
pub(crate) fn parse(text: &str, spare: Expression) -> Parsed<Expression> {
    let units = if text.len() > LIMITS.expression_length { text.encode_utf16().count() } else { 0 };
    if units > LIMITS.expression_length {
        let message = format!(
            "an expression of {units} characters is longer than the {} Azure allows",
            LIMITS.expression_length
        );
        return error(message, 0, offset(text.len()));
    }
    let mut terms = spare.0;
    terms.clear();
    terms.reserve(USUAL_TERMS.max(text.len() / BYTES_OF_TERM));
    let mut parser = Parser { text, lexer: Lexer::new(text, text.len() - 1), depth: 0, terms };
    parser.whole()?;
    Ok(Expression(parser.terms))
}

struct Parser<'t> {
    text: &'t str,
    lexer: Lexer<'t>,
    depth: usize,
    terms: Vec<RawTerm>,
}

/// Whatever parses something gives where the next token begins.
impl<'t> Parser<'t> {
    fn whole(&mut self) -> Parsed<()> {
        let at = self.term(self.lexer.after(1))?;
        if at < self.text.len() - 1 {
            return self.refuse(
                "expected the end of the expression",
                offset(at),
                offset(self.text.len() - 1),
                at,
            );
        }
        Ok(())
    }

    fn term(&mut self, at: usize) -> Parsed<usize> {
        let token = self.lexer.token(at);
        if self.depth >= LIMITS.expression_depth {
            let message =
                format!("calls are nested deeper than the {} levels allowed", LIMITS.expression_depth);
            return unexpected(token, message);
        }
        self.depth += 1;
        let index = self.terms.len();
        let mut next = self.primary(token)?;
        if matches!(self.lexer.byte(next), Some(b'.' | b'[')) {
            next = self.access(index, token.start, next)?;
        }
        self.depth -= 1;
        Ok(next)
    }

    /// The steps at `at`, behind the term that is the `index`th and begins at `start`.
    fn access(&mut self, index: usize, start: u32, mut at: usize) -> Parsed<usize> {
        self.terms.insert(index, raw(RawKind::Access, start, start));
        let mut steps = 0;
        loop {
            let end = match self.lexer.byte(at) {
                Some(b'.') => {
                    let token = self.identifier(at + 1, "expected a property name after `.`")?;
                    self.terms.push(raw(RawKind::Property, token.start, token.end));
                    token.end as usize
                }
                Some(b'[') => {
                    let step = self.open(RawKind::Index, offset(at));
                    let close = self.term(self.lexer.after(at + 1))?;
                    let end = self.punctuation(b']', close, "expected `]`")?;
                    self.close(step, end);
                    end
                }
                _ => return Ok(at),
            };
            at = self.lexer.after(end);
            self.close(index, end);
            steps += 1;
            if steps > LIMITS.expression_depth {
                let message =
                    format!("an access has more than the {} steps allowed", LIMITS.expression_depth);
                return self.refuse(message, start, offset(end), at);
            }
        }
    }

    /// The term that `token` is, or begins, without the steps behind it.
    fn primary(&mut self, token: Token) -> Parsed<usize> {
        let kind = match token.kind {
            TokenKind::Identifier => return self.call(token),
            TokenKind::Text => RawKind::Text,
            TokenKind::QuotedText => RawKind::QuotedText,
            TokenKind::Integer if self.slice(token).parse::<i64>().is_ok() => RawKind::Integer,
            TokenKind::Integer => return unexpected(token, "this integer has more than 64 bits"),
            TokenKind::Number => RawKind::Number,
            TokenKind::End => return unexpected(token, "expected an expression"),
            _ => {
                let found = self.slice(token);
                let message = format!("expected a function, a string or an integer, found `{found}`");
                return unexpected(token, message);
            }
        };
        self.terms.push(raw(kind, token.start, token.end));
        Ok(self.lexer.after(token.end as usize))
    }

    fn call(&mut self, first: Token) -> Parsed<usize> {
        let mut function = functions::find(self.slice(first));
        let mut name_end = first.end;
        let mut at = self.lexer.after(name_end as usize);
        if self.lexer.byte(at) == Some(b'.') {
            name_end = self.identifier(at + 1, "expected the name of a function after `.`")?.end;
            at = self.lexer.after(name_end as usize);
            function = None;
        }
        let index = self.open(RawKind::Call, first.start);
        if self.lexer.byte(at) != Some(b'(') {
            let name = self.text.get(first.start as usize..name_end as usize).unwrap_or_default();
            return self.refuse(format!("expected `(` after `{name}`"), first.start, name_end, at);
        }
        at = self.lexer.after(at + 1);
        let mut count = 0_u16;
        while self.lexer.byte(at) != Some(b')') {
            if count > 0 {
                at = self.lexer.after(self.punctuation(b',', at, "expected `,` or `)`")?);
            }
            if usize::from(count) >= LIMITS.arguments {
                let message = format!("a call has more than the {} arguments allowed", LIMITS.arguments);
                return self.refuse(message, first.start, name_end, at);
            }
            at = self.term(at)?;
            count += 1;
        }
        if let Some(call) = self.terms.get_mut(index) {
            (call.function, call.name_end, call.count) = (function, name_end, count);
        }
        self.close(index, at + 1);
        Ok(self.lexer.after(at + 1))
    }

    /// Begins a term that holds those that follow.
    fn open(&mut self, kind: RawKind, start: u32) -> usize {
        self.terms.push(raw(kind, start, start));
        self.terms.len() - 1
    }

    /// Ends the term that is the `index`th.
    fn close(&mut self, index: usize, end: usize) {
        let size = offset(self.terms.len() - index);
        if let Some(term) = self.terms.get_mut(index) {
            (term.size, term.end) = (size, offset(end));
        }
    }

    /// The name after what ends at `end`.
    fn identifier(&self, end: usize, message: &str) -> Parsed<Token> {
        let token = self.lexer.token(self.lexer.after(end));
        if token.kind == TokenKind::Identifier { Ok(token) } else { unexpected(token, message) }
    }

    /// Where `wanted` ends, which must stand at `at`.
    fn punctuation(&self, wanted: u8, at: usize, message: &str) -> Parsed<usize> {
        if self.lexer.byte(at) == Some(wanted) {
            Ok(at + 1)
        } else {
            unexpected(self.lexer.token(at), message)
        }
    }

    /// A fault from `start` to `end`. If what follows at `at` is no token, that is the fault.
    #[cold]
    fn refuse<T>(&self, message: impl Into<String>, start: u32, end: u32, at: usize) -> Parsed<T> {
        let next = self.lexer.token(at);
        if next.problem().is_some() { unexpected(next, "") } else { error(message, start, end) }
    }

    fn slice(&self, token: Token) -> &'t str {
        self.text.get(token.start as usize..token.end as usize).unwrap_or_default()
    }
}

/// A fault at `token`. If it is none, that is the fault.
#[cold]
fn unexpected<T>(token: Token, message: impl Into<String>) -> Parsed<T> {
    match token.problem() {
        Some(problem) => error(problem, token.start, token.end),
        None => error(message, token.start, token.end),
    }
}

#[cold]
fn error<T>(message: impl Into<String>, start: u32, end: u32) -> Parsed<T> {
    Err(Box::new(ParseError { message: message.into(), start, end }))
}

/// A term that holds no other.
fn raw(kind: RawKind, start: u32, end: u32) -> RawTerm {
    RawTerm { start, end, size: 1, name_end: end, count: 0, kind, function: None }
}
