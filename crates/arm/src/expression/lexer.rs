//! Characters to tokens.

use super::ParseError;

/// What a [`Token`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Identifier,
    /// A string with its quotes.
    Text,
    /// The same with doubled quotes inside.
    QuotedText,
    Integer,
    Number,
    /// One of `()[],.`
    Punctuation,
    End,
}

/// A token and its stretch of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// The ASCII characters that names are made of.
const IN_NAMES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte: u8 = 0;
    while byte.is_ascii() {
        table[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$';
        byte += 1;
    }
    table
};

/// What parsing gives; a problem is rare, and must not make every token larger.
pub(super) type Parsed<T> = Result<T, Box<ParseError>>;

/// Gives one token after the other.
pub(super) struct Lexer<'t> {
    /// Up to where reading ends.
    text: &'t str,
    /// Where the next token begins.
    at: usize,
    /// What was wrong. The token after it is the end.
    pub(super) problem: Option<Box<ParseError>>,
}

impl<'t> Lexer<'t> {
    /// Reads `text` from `at` to `end`.
    pub(super) fn new(text: &'t str, at: usize, end: usize) -> Self {
        let mut lexer = Self { text: text.get(..end).unwrap_or(text), at, problem: None };
        lexer.pass(0);
        lexer
    }

    /// The first byte of the next token; `None` at the end.
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes over `punctuation`, if it is the next token, and gives its end.
    pub(super) fn eat(&mut self, punctuation: u8) -> Option<u32> {
        (self.peek() == Some(punctuation)).then(|| self.pass(1))
    }

    pub(super) fn next(&mut self) -> Token {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let (kind, length) = match rest.first() {
            None => (TokenKind::End, 0),
            Some(b'(' | b')' | b'[' | b']' | b',' | b'.') => (TokenKind::Punctuation, 1),
            Some(b'\'') => self.string(rest),
            Some(b'0'..=b'9' | b'-' | b'+') => self.number(rest),
            Some(_) => self.identifier(rest),
        };
        let start = offset(self.at);
        Token { kind, start, end: self.pass(length) }
    }

    /// Passes over a token of `length` bytes and the blanks behind it, and gives its end.
    fn pass(&mut self, length: usize) -> u32 {
        self.at += length;
        let end = offset(self.at);
        if self.peek().is_some_and(|byte| byte <= b' ' || !byte.is_ascii()) {
            self.skip_blanks();
        }
        end
    }

    /// Something `length` bytes long is no token: nothing is read after it.
    #[cold]
    fn wrong(&mut self, message: &str, length: usize) -> (TokenKind, usize) {
        let (start, end) = (offset(self.at), offset(self.at + length));
        self.problem = Some(Box::new(ParseError { message: message.to_owned(), start, end }));
        self.text = "";
        (TokenKind::End, 0)
    }

    fn string(&mut self, rest: &[u8]) -> (TokenKind, usize) {
        let mut kind = TokenKind::Text;
        let mut length = 1;
        while let Some(inside) = rest[length..].iter().position(|byte| *byte == b'\'') {
            length += inside + 1;
            if rest.get(length) != Some(&b'\'') {
                return (kind, length);
            }
            // A doubled quote stands for one inside.
            kind = TokenKind::QuotedText;
            length += 1;
        }
        self.wrong("this string has no closing `'`", rest.len())
    }

    fn number(&mut self, rest: &[u8]) -> (TokenKind, usize) {
        let is_sign = |at: usize| matches!(rest.get(at), Some(b'-' | b'+'));
        let digits = |at: usize| rest[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let sign = usize::from(is_sign(0));
        let whole = digits(sign);
        let mut length = sign + whole;
        let mut kind = TokenKind::Integer;
        if rest.get(length) == Some(&b'.') && rest.get(length + 1).is_some_and(u8::is_ascii_digit) {
            kind = TokenKind::Number;
            length += 1;
            length += digits(length);
        }
        if whole > 0 && matches!(rest.get(length), Some(b'e' | b'E')) {
            kind = TokenKind::Number;
            length += 1;
            length += usize::from(is_sign(length));
            let exponent = digits(length);
            if exponent == 0 {
                return self.wrong("this is no number", length);
            }
            length += exponent;
        }
        if whole == 0 {
            return self.wrong("expected digits after the sign", length);
        }
        (kind, length)
    }

    fn identifier(&mut self, rest: &[u8]) -> (TokenKind, usize) {
        let in_names = |byte: &u8| IN_NAMES[usize::from(*byte)];
        let mut length = rest.iter().position(|byte| !in_names(byte)).unwrap_or(rest.len());
        if rest.get(length).is_some_and(|byte| !byte.is_ascii()) {
            let characters = self.text[self.at + length..].chars();
            let others = characters
                .take_while(|&character| character.is_alphanumeric() || character == '_' || character == '$');
            length += others.map(char::len_utf8).sum::<usize>();
        }
        if length == 0 {
            let character = self.text[self.at..].chars().next();
            return self.wrong("unexpected character", character.map_or(1, char::len_utf8));
        }
        (TokenKind::Identifier, length)
    }

    #[inline(never)]
    fn skip_blanks(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        // Of the blanks of ASCII, these alone are none of JSON's.
        let is_blank = |character: char| character.is_whitespace() && !matches!(character, '\u{b}' | '\u{c}');
        self.at += rest.len() - rest.trim_start_matches(is_blank).len();
    }
}

/// Offsets fit: a text of a file is below 4 GiB.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cold]
pub(super) fn error<T>(message: impl Into<String>, start: usize, end: usize) -> Parsed<T> {
    error_at(message, offset(start), offset(end))
}

/// The same at offsets that fit.
#[cold]
pub(super) fn error_at<T>(message: impl Into<String>, start: u32, end: u32) -> Parsed<T> {
    Err(Box::new(ParseError { message: message.into(), start, end }))
}
