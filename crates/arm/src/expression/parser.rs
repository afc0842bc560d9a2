//! Tokens to terms (`ARM.md`, section 2).

use super::Expression;
use super::lexer::{Lexer, Parsed, Token, TokenKind, error, error_at, offset};
use super::term::{RawKind, RawTerm};
use crate::budget::LIMITS;
use crate::functions;

/// Most expressions have no more terms.
const USUAL_TERMS: usize = 16;

/// Longer ones mostly have as many bytes of text for each term, or more.
const BYTES_OF_TERM: usize = 8;

/// Parses a whole string, brackets included, into the room that `spare` has.
pub(crate) fn parse(text: &str, spare: Expression) -> Parsed<Expression> {
    let units = if text.len() > LIMITS.expression_length { text.encode_utf16().count() } else { 0 };
    if units > LIMITS.expression_length {
        let message = format!(
            "an expression of {units} characters is longer than the {} Azure allows",
            LIMITS.expression_length
        );
        return error(message, 0, text.len());
    }
    let lexer = Lexer::new(text, 1, text.len() - 1);
    let mut terms = spare.0;
    terms.clear();
    terms.reserve(USUAL_TERMS.max(text.len() / BYTES_OF_TERM));
    let mut parser = Parser { text, lexer, depth: 0, terms };
    let parsed = parser.whole();
    // What is no token is the first fault: the parser takes it for the end.
    match parser.lexer.problem {
        Some(problem) => Err(problem),
        None => parsed.map(|()| Expression(parser.terms)),
    }
}

struct Parser<'t> {
    text: &'t str,
    lexer: Lexer<'t>,
    depth: usize,
    terms: Vec<RawTerm>,
}

impl<'t> Parser<'t> {
    fn whole(&mut self) -> Parsed<()> {
        self.term()?;
        if self.lexer.peek().is_some() {
            let token = self.lexer.next();
            return error("expected the end of the expression", token.start as usize, self.text.len() - 1);
        }
        Ok(())
    }

    fn term(&mut self) -> Parsed<()> {
        let token = self.lexer.next();
        if self.depth >= LIMITS.expression_depth {
            let message =
                format!("calls are nested deeper than the {} levels allowed", LIMITS.expression_depth);
            return error_at(message, token.start, token.end);
        }
        self.depth += 1;
        let at = self.terms.len();
        self.primary(token)?;
        if matches!(self.lexer.peek(), Some(b'.' | b'[')) {
            self.access(at, token.start)?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// The steps behind the term at `at`, which begins at `start`.
    fn access(&mut self, at: usize, start: u32) -> Parsed<()> {
        self.terms.insert(at, raw(RawKind::Access, start, start));
        let mut steps = 0;
        loop {
            let end = if self.lexer.eat(b'.').is_some() {
                let token = self.identifier("expected a property name after `.`")?;
                self.terms.push(raw(RawKind::Property, token.start, token.end));
                token.end
            } else if let Some(bracket_end) = self.lexer.eat(b'[') {
                let step = self.open(RawKind::Index, bracket_end - 1);
                self.term()?;
                let end = self.punctuation(b']', "expected `]`")?;
                self.close(step, end);
                end
            } else {
                break;
            };
            steps += 1;
            if steps > LIMITS.expression_depth {
                let message =
                    format!("an access has more than the {} steps allowed", LIMITS.expression_depth);
                return self.refuse(message, start, end);
            }
            self.close(at, end);
        }
        Ok(())
    }

    /// The term that `token` is, or begins, without the steps behind it.
    fn primary(&mut self, token: Token) -> Parsed<()> {
        let kind = match token.kind {
            TokenKind::Text => RawKind::Text,
            TokenKind::QuotedText => RawKind::QuotedText,
            TokenKind::Integer if self.slice(token).parse::<i64>().is_ok() => RawKind::Integer,
            TokenKind::Integer => {
                return error_at("this integer has more than 64 bits", token.start, token.end);
            }
            TokenKind::Number => RawKind::Number,
            TokenKind::Identifier => return self.call(token),
            TokenKind::End => return error_at("expected an expression", token.start, token.end),
            TokenKind::Punctuation => {
                let found = self.slice(token);
                let message = format!("expected a function, a string or an integer, found `{found}`");
                return error_at(message, token.start, token.end);
            }
        };
        self.terms.push(raw(kind, token.start, token.end));
        Ok(())
    }

    fn call(&mut self, first: Token) -> Parsed<()> {
        let mut function = functions::find(self.slice(first));
        let mut name_end = first.end;
        if self.lexer.eat(b'.').is_some() {
            name_end = self.identifier("expected the name of a function after `.`")?.end;
            function = None;
        }
        let at = self.open(RawKind::Call, first.start);
        if let Some(call) = self.terms.get_mut(at) {
            (call.function, call.name_end) = (function, name_end);
        }
        if self.lexer.eat(b'(').is_none() {
            let name = self.text.get(first.start as usize..name_end as usize).unwrap_or_default();
            return self.refuse(format!("expected `(` after `{name}`"), first.start, name_end);
        }
        let mut count = 0;
        let end = loop {
            if let Some(end) = self.lexer.eat(b')') {
                break end;
            }
            if count > 0 {
                self.punctuation(b',', "expected `,` or `)`")?;
            }
            if count >= LIMITS.arguments {
                let message = format!("a call has more than the {} arguments allowed", LIMITS.arguments);
                return self.refuse(message, first.start, name_end);
            }
            self.term()?;
            count += 1;
        };
        if let Some(call) = self.terms.get_mut(at) {
            call.count = offset(count);
        }
        self.close(at, end);
        Ok(())
    }

    /// Begins a term that holds those that follow.
    fn open(&mut self, kind: RawKind, start: u32) -> usize {
        self.terms.push(raw(kind, start, start));
        self.terms.len() - 1
    }

    /// Ends the term that began at `at`.
    fn close(&mut self, at: usize, end: u32) {
        let size = offset(self.terms.len() - at);
        if let Some(term) = self.terms.get_mut(at) {
            (term.size, term.end) = (size, end);
        }
    }

    fn identifier(&mut self, message: &str) -> Parsed<Token> {
        let token = self.lexer.next();
        if token.kind != TokenKind::Identifier {
            return error_at(message, token.start, token.end);
        }
        Ok(token)
    }

    /// Passes over `wanted` and gives its end.
    fn punctuation(&mut self, wanted: u8, message: &str) -> Parsed<u32> {
        if let Some(end) = self.lexer.eat(wanted) {
            return Ok(end);
        }
        let found = self.lexer.next();
        error_at(message, found.start, found.end)
    }

    /// A fault in what was read. If what follows is no token, that is the fault.
    #[cold]
    fn refuse(&mut self, message: String, start: u32, end: u32) -> Parsed<()> {
        self.lexer.next();
        error_at(message, start, end)
    }

    fn slice(&self, token: Token) -> &'t str {
        self.text.get(token.start as usize..token.end as usize).unwrap_or_default()
    }
}

/// A term that holds no other.
fn raw(kind: RawKind, start: u32, end: u32) -> RawTerm {
    RawTerm { start, end, size: 1, name_end: end, count: 0, kind, function: None }
}
