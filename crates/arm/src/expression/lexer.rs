//! Characters to tokens.

use super::ParseError;

/// What a [`Token`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Identifier,
    /// A string with its quotes.
    Text,
    Integer,
    Number,
    Open,
    Close,
    OpenIndex,
    CloseIndex,
    Comma,
    Dot,
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
    at: usize,
    /// What was wrong. The token after it is the end.
    pub(super) problem: Option<Box<ParseError>>,
}

impl<'t> Lexer<'t> {
    /// Reads `text` from `at` to `end`.
    pub(super) fn new(text: &'t str, at: usize, end: usize) -> Self {
        Self { text: text.get(..end).unwrap_or(text), at, problem: None }
    }

    pub(super) fn next(&mut self) -> Token {
        self.skip_blanks();
        let start = self.at;
        let Some(byte) = self.peek().filter(|_| self.problem.is_none()) else {
            return Token { kind: TokenKind::End, start: offset(start), end: offset(start) };
        };
        let kind = match byte {
            b'(' => self.single(TokenKind::Open),
            b')' => self.single(TokenKind::Close),
            b'[' => self.single(TokenKind::OpenIndex),
            b']' => self.single(TokenKind::CloseIndex),
            b',' => self.single(TokenKind::Comma),
            b'.' => self.single(TokenKind::Dot),
            b'\'' => self.string(),
            b'0'..=b'9' | b'-' | b'+' => self.number(),
            _ => self.identifier(),
        };
        Token { kind, start: offset(start), end: offset(self.at) }
    }

    #[cold]
    fn wrong(&mut self, message: &str, start: usize, end: usize) -> TokenKind {
        let (start, end) = (offset(start), offset(end));
        self.problem = Some(Box::new(ParseError { message: message.to_owned(), start, end }));
        TokenKind::End
    }

    fn single(&mut self, kind: TokenKind) -> TokenKind {
        self.at += 1;
        kind
    }

    fn string(&mut self) -> TokenKind {
        let start = self.at;
        self.at += 1;
        while let Some(length) = self.bytes()[self.at..].iter().position(|byte| *byte == b'\'') {
            self.at += length + 1;
            if self.peek() != Some(b'\'') {
                return TokenKind::Text;
            }
            // A doubled quote stands for one inside.
            self.at += 1;
        }
        self.wrong("this string has no closing `'`", start, self.text.len())
    }

    fn number(&mut self) -> TokenKind {
        let start = self.at;
        if matches!(self.peek(), Some(b'-' | b'+')) {
            self.at += 1;
        }
        let digits = self.digits();
        let mut kind = TokenKind::Integer;
        if self.peek() == Some(b'.') && self.bytes().get(self.at + 1).is_some_and(u8::is_ascii_digit) {
            kind = TokenKind::Number;
            self.at += 1;
            self.digits();
        }
        if digits > 0 && matches!(self.peek(), Some(b'e' | b'E')) {
            kind = TokenKind::Number;
            self.at += 1;
            if matches!(self.peek(), Some(b'-' | b'+')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return self.wrong("this is no number", start, self.at);
            }
        }
        if digits == 0 {
            return self.wrong("expected digits after the sign", start, self.at);
        }
        kind
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    fn identifier(&mut self) -> TokenKind {
        let start = self.at;
        while self.peek().is_some_and(|byte| IN_NAMES[usize::from(byte)]) {
            self.at += 1;
        }
        if self.peek().is_some_and(|byte| !byte.is_ascii()) {
            for character in self.text[self.at..].chars() {
                if !(character.is_alphanumeric() || character == '_' || character == '$') {
                    break;
                }
                self.at += character.len_utf8();
            }
        }
        if self.at == start {
            let length = self.text[start..].chars().next().map_or(1, char::len_utf8);
            return self.wrong("unexpected character", start, start + length);
        }
        TokenKind::Identifier
    }

    fn skip_blanks(&mut self) {
        loop {
            match self.bytes().get(self.at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(byte) if !byte.is_ascii() => {
                    let character = self.text[self.at..].chars().next();
                    match character.filter(|character| character.is_whitespace()) {
                        Some(character) => self.at += character.len_utf8(),
                        None => return,
                    }
                }
                _ => return,
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes().get(self.at).copied()
    }

    fn bytes(&self) -> &'t [u8] {
        self.text.as_bytes()
    }
}

/// Offsets fit: a text of a file is below 4 GiB.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

pub(super) fn error<T>(message: impl Into<String>, start: usize, end: usize) -> Parsed<T> {
    error_at(message, offset(start), offset(end))
}

/// The same at offsets that fit.
pub(super) fn error_at<T>(message: impl Into<String>, start: u32, end: u32) -> Parsed<T> {
    Err(Box::new(ParseError { message: message.into(), start, end }))
}
