//! Characters to tokens.

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
    /// A string without its closing quote.
    OpenText,
    /// A number whose exponent has no digits.
    OpenNumber,
    /// A sign without digits.
    Sign,
    /// A character that begins nothing.
    Unknown,
}

/// A token and its stretch of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Token {
    /// What is wrong with it, if it is no token.
    pub(super) fn problem(self) -> Option<&'static str> {
        match self.kind {
            TokenKind::OpenText => Some("this string has no closing `'`"),
            TokenKind::OpenNumber => Some("this is no number"),
            TokenKind::Sign => Some("expected digits after the sign"),
            TokenKind::Unknown => Some("unexpected character"),
            _ => None,
        }
    }
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

/// Finds tokens.
#[derive(Clone, Copy)]
pub(super) struct Lexer<'t> {
    /// Up to where reading ends.
    text: &'t str,
}

impl<'t> Lexer<'t> {
    /// Reads `text` up to `end`.
    pub(super) fn new(text: &'t str, end: usize) -> Self {
        Self { text: text.get(..end).unwrap_or(text) }
    }

    /// The byte at `at`; `None` at the end.
    pub(super) fn byte(self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// Where the token begins that comes after what ends at `end`.
    pub(super) fn after(self, end: usize) -> usize {
        let mut at = end;
        while self.byte(at) == Some(b' ') {
            at += 1;
        }
        match self.byte(at) {
            Some(byte) if byte < b' ' || !byte.is_ascii() => self.after_blanks(at),
            _ => at,
        }
    }

    /// The same behind other blanks than spaces.
    #[inline(never)]
    fn after_blanks(self, end: usize) -> usize {
        let rest = self.text.get(end..).unwrap_or_default();
        // Of the blanks of ASCII, these alone are none of JSON's.
        let is_blank = |character: char| character.is_whitespace() && !matches!(character, '\u{b}' | '\u{c}');
        end + rest.len() - rest.trim_start_matches(is_blank).len()
    }

    /// The token that begins at `at`.
    pub(super) fn token(self, at: usize) -> Token {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        let (kind, length) = match rest.first() {
            None => (TokenKind::End, 0),
            Some(b'(' | b')' | b'[' | b']' | b',' | b'.') => (TokenKind::Punctuation, 1),
            Some(b'\'') => string(rest),
            Some(b'0'..=b'9' | b'-' | b'+') => number(rest),
            Some(_) => self.identifier(rest, at),
        };
        Token { kind, start: offset(at), end: offset(at + length) }
    }

    fn identifier(self, rest: &[u8], at: usize) -> (TokenKind, usize) {
        let in_names = |byte: &u8| IN_NAMES[usize::from(*byte)];
        let length = rest.iter().position(|byte| !in_names(byte)).unwrap_or(rest.len());
        match rest.get(length) {
            Some(byte) if length == 0 || !byte.is_ascii() => self.beyond_ascii(at, length),
            _ => (TokenKind::Identifier, length),
        }
    }

    /// A name that has `length` bytes before its first character beyond ASCII, or none at all.
    #[inline(never)]
    fn beyond_ascii(self, at: usize, length: usize) -> (TokenKind, usize) {
        let rest = self.text.get(at + length..).unwrap_or_default();
        let in_names = |character: char| character.is_alphanumeric() || character == '_' || character == '$';
        match length + rest.len() - rest.trim_start_matches(in_names).len() {
            0 => (TokenKind::Unknown, rest.chars().next().map_or(1, char::len_utf8)),
            length => (TokenKind::Identifier, length),
        }
    }
}

fn string(rest: &[u8]) -> (TokenKind, usize) {
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
    (TokenKind::OpenText, rest.len())
}

#[inline(never)]
fn number(rest: &[u8]) -> (TokenKind, usize) {
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
        length += 1;
        length += usize::from(is_sign(length));
        let exponent = digits(length);
        kind = if exponent == 0 { TokenKind::OpenNumber } else { TokenKind::Number };
        length += exponent;
    }
    (if whole == 0 { TokenKind::Sign } else { kind }, length)
}

/// Offsets fit: a text of a file is below 4 GiB.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
