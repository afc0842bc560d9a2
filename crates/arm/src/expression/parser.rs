//! Tokens to terms (`ARM.md`, section 2).

use std::borrow::Cow;
use std::sync::Arc;

use super::lexer::{Lexer, Parsed, Token, TokenKind, error, error_at};
use super::{Call, Step, Term, TermKind};
use crate::budget::LIMITS;
use crate::functions;

/// Parses a whole string, brackets included.
pub(crate) fn parse(text: &str) -> Parsed<Term> {
    let units = if text.len() > LIMITS.expression_length { text.encode_utf16().count() } else { 0 };
    if units > LIMITS.expression_length {
        let message = format!(
            "an expression of {units} characters is longer than the {} Azure allows",
            LIMITS.expression_length
        );
        return error(message, 0, text.len());
    }
    let mut lexer = Lexer::new(text, 1, text.len() - 1);
    let token = lexer.next()?;
    let mut parser = Parser { text, lexer, token, depth: 0, done: Vec::with_capacity(8) };
    parser.term()?;
    if parser.token.kind != TokenKind::End {
        return error("expected the end of the expression", parser.token.start as usize, text.len() - 1);
    }
    parser.take()
}

struct Parser<'t> {
    text: &'t str,
    lexer: Lexer<'t>,
    token: Token,
    depth: usize,
    /// Terms that were read and belong to nothing yet: each reading of a term adds one.
    done: Vec<Term>,
}

impl<'t> Parser<'t> {
    fn term(&mut self) -> Parsed<()> {
        if self.depth >= LIMITS.expression_depth {
            let message =
                format!("calls are nested deeper than the {} levels allowed", LIMITS.expression_depth);
            return error_at(message, self.token.start, self.token.end);
        }
        self.depth += 1;
        let start = self.token.start;
        self.primary()?;
        if matches!(self.token.kind, TokenKind::Dot | TokenKind::OpenIndex) {
            self.access(start)?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// The steps behind the last term, which begins at `start`.
    fn access(&mut self, start: u32) -> Parsed<()> {
        let base = Box::new(self.take()?);
        let mut steps = Vec::new();
        let mut end = base.end;
        loop {
            match self.token.kind {
                TokenKind::Dot => {
                    self.advance()?;
                    let token = self.expect(TokenKind::Identifier, "expected a property name after `.`")?;
                    let name = self.slice(token).into();
                    end = token.end;
                    steps.push(Step::Property { name, start: token.start, end });
                }
                TokenKind::OpenIndex => {
                    self.advance()?;
                    self.term()?;
                    let index = self.take()?;
                    let token = self.expect(TokenKind::CloseIndex, "expected `]`")?;
                    end = token.end;
                    steps.push(Step::Index(index));
                }
                _ => break,
            }
            if steps.len() > LIMITS.expression_depth {
                let message =
                    format!("an access has more than the {} steps allowed", LIMITS.expression_depth);
                return error_at(message, start, end);
            }
        }
        self.done.push(Term { kind: TermKind::Access(base, steps), start, end });
        Ok(())
    }

    fn primary(&mut self) -> Parsed<()> {
        let token = self.token;
        let text = self.slice(token);
        let kind = match token.kind {
            TokenKind::Text => {
                let inside = text.get(1..text.len() - 1).unwrap_or_default();
                let meaning: Arc<str> =
                    if inside.contains('\'') { inside.replace("''", "'").into() } else { inside.into() };
                TermKind::Text(meaning)
            }
            TokenKind::Integer => match text.parse() {
                Ok(integer) => TermKind::Integer(integer),
                Err(_) => {
                    return error_at("this integer has more than 64 bits", token.start, token.end);
                }
            },
            TokenKind::Number => TermKind::Number(text.into()),
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
        self.advance()?;
        self.done.push(Term { kind, start: token.start, end: token.end });
        Ok(())
    }

    fn call(&mut self, first: Token) -> Parsed<()> {
        self.advance()?;
        let written = self.slice(first);
        let mut function = functions::find(written);
        let mut name = match function {
            // Nearly all calls are spelt as documented: no allocation for them.
            Some(function) if function.name == written => Cow::Borrowed(function.name),
            _ => Cow::Owned(written.to_owned()),
        };
        let mut name_end = first.end;
        if self.token.kind == TokenKind::Dot {
            self.advance()?;
            let second = self.expect(TokenKind::Identifier, "expected the name of a function after `.`")?;
            name = Cow::Owned(format!("{written}.{}", self.slice(second)));
            name_end = second.end;
            function = None;
        }
        if self.token.kind != TokenKind::Open {
            let message = format!("expected `(` after `{name}`");
            return error_at(message, first.start, name_end);
        }
        self.advance()?;
        let before = self.done.len();
        while self.token.kind != TokenKind::Close {
            if self.done.len() > before {
                self.expect(TokenKind::Comma, "expected `,` or `)`")?;
            }
            if self.done.len() - before >= LIMITS.arguments {
                let message = format!("a call has more than the {} arguments allowed", LIMITS.arguments);
                return error_at(message, first.start, name_end);
            }
            self.term()?;
        }
        let end = self.token.end;
        self.advance()?;
        let call = Call { name, function, arguments: self.done.drain(before..).collect() };
        self.done.push(Term { kind: TermKind::Call(call), start: first.start, end });
        Ok(())
    }

    /// The last term that was read.
    fn take(&mut self) -> Parsed<Term> {
        let Token { start, end, .. } = self.token;
        self.done.pop().map_or_else(|| error_at("expected an expression", start, end), Ok)
    }

    fn expect(&mut self, kind: TokenKind, message: &str) -> Parsed<Token> {
        let token = self.token;
        if token.kind != kind {
            return error_at(message, token.start, token.end);
        }
        self.advance()?;
        Ok(token)
    }

    fn advance(&mut self) -> Parsed<()> {
        self.token = self.lexer.next()?;
        Ok(())
    }

    fn slice(&self, token: Token) -> &'t str {
        self.text.get(token.start as usize..token.end as usize).unwrap_or_default()
    }
}
