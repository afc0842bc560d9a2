//! Tokens to terms (`ARM.md`, section 2).

use super::Expression;
use super::lexer::{Lexer, Parsed, Token, TokenKind, error, error_at, offset};
use super::term::{RawKind, RawTerm};
use crate::budget::LIMITS;
use crate::functions;

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
    let mut lexer = Lexer::new(text, 1, text.len() - 1);
    let token = lexer.next();
    let mut terms = spare.0;
    terms.clear();
    let mut parser = Parser { text, lexer, token, depth: 0, terms };
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
    token: Token,
    depth: usize,
    terms: Vec<RawTerm>,
}

impl<'t> Parser<'t> {
    fn whole(&mut self) -> Parsed<()> {
        self.term()?;
        if self.token.kind != TokenKind::End {
            return error(
                "expected the end of the expression",
                self.token.start as usize,
                self.text.len() - 1,
            );
        }
        Ok(())
    }

    fn term(&mut self) -> Parsed<()> {
        if self.depth >= LIMITS.expression_depth {
            let message =
                format!("calls are nested deeper than the {} levels allowed", LIMITS.expression_depth);
            return error_at(message, self.token.start, self.token.end);
        }
        self.depth += 1;
        let (at, start) = (self.terms.len(), self.token.start);
        self.primary()?;
        if matches!(self.token.kind, TokenKind::Dot | TokenKind::OpenIndex) {
            self.access(at, start)?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// The steps behind the term at `at`, which begins at `start`.
    fn access(&mut self, at: usize, start: u32) -> Parsed<()> {
        self.terms.insert(at, raw(RawKind::Access, start, start));
        let mut end = start;
        let mut steps = 0;
        loop {
            match self.token.kind {
                TokenKind::Dot => {
                    self.advance();
                    let token = self.expect(TokenKind::Identifier, "expected a property name after `.`")?;
                    end = token.end;
                    self.terms.push(raw(RawKind::Property, token.start, token.end));
                }
                TokenKind::OpenIndex => {
                    let step = self.open(RawKind::Index, self.token.start);
                    self.advance();
                    self.term()?;
                    end = self.token.end;
                    self.expect(TokenKind::CloseIndex, "expected `]`")?;
                    self.close(step, end);
                }
                _ => break,
            }
            steps += 1;
            if steps > LIMITS.expression_depth {
                let message =
                    format!("an access has more than the {} steps allowed", LIMITS.expression_depth);
                return error_at(message, start, end);
            }
        }
        self.close(at, end);
        Ok(())
    }

    fn primary(&mut self) -> Parsed<()> {
        let token = self.token;
        let text = self.slice(token);
        let kind = match token.kind {
            TokenKind::Text => {
                let inside = text.get(1..text.len() - 1).unwrap_or_default();
                if inside.as_bytes().contains(&b'\'') { RawKind::QuotedText } else { RawKind::Text }
            }
            TokenKind::Integer if text.parse::<i64>().is_ok() => RawKind::Integer,
            TokenKind::Integer => {
                return error_at("this integer has more than 64 bits", token.start, token.end);
            }
            TokenKind::Number => RawKind::Number,
            TokenKind::Identifier => return self.call(token),
            TokenKind::End => return error_at("expected an expression", token.start, token.end),
            _ => {
                return error_at(
                    format!("expected a function, a string or an integer, found `{text}`"),
                    token.start,
                    token.end,
                );
            }
        };
        self.advance();
        self.terms.push(raw(kind, token.start, token.end));
        Ok(())
    }

    fn call(&mut self, first: Token) -> Parsed<()> {
        self.advance();
        let mut function = functions::find(self.slice(first));
        let mut name_end = first.end;
        if self.token.kind == TokenKind::Dot {
            self.advance();
            name_end = self.expect(TokenKind::Identifier, "expected the name of a function after `.`")?.end;
            function = None;
        }
        let at = self.open(RawKind::Call, first.start);
        if let Some(call) = self.terms.get_mut(at) {
            (call.function, call.name_end) = (function, name_end);
        }
        if self.token.kind != TokenKind::Open {
            let name = self.text.get(first.start as usize..name_end as usize).unwrap_or_default();
            return error_at(format!("expected `(` after `{name}`"), first.start, name_end);
        }
        self.advance();
        let mut count = 0;
        while self.token.kind != TokenKind::Close {
            if count > 0 {
                self.expect(TokenKind::Comma, "expected `,` or `)`")?;
            }
            if count >= LIMITS.arguments {
                let message = format!("a call has more than the {} arguments allowed", LIMITS.arguments);
                return error_at(message, first.start, name_end);
            }
            self.term()?;
            count += 1;
        }
        let end = self.token.end;
        self.advance();
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

    fn expect(&mut self, kind: TokenKind, message: &str) -> Parsed<Token> {
        let token = self.token;
        if token.kind != kind {
            return error_at(message, token.start, token.end);
        }
        self.advance();
        Ok(token)
    }

    fn advance(&mut self) {
        self.token = self.lexer.next();
    }

    fn slice(&self, token: Token) -> &'t str {
        self.text.get(token.start as usize..token.end as usize).unwrap_or_default()
    }
}

/// A term that holds no other.
fn raw(kind: RawKind, start: u32, end: u32) -> RawTerm {
    RawTerm { start, end, size: 1, name_end: end, count: 0, kind, function: None }
}
