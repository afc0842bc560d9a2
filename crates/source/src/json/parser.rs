//! The parser: one pass, an explicit stack, and a way on after every error.

use std::ops::Range;

use super::number::is_number;
use super::scan::{blanks_end, string_stop};
use super::{Kind, Problem, RawNode, SyntaxError, Tree};

/// Errors listed; the rest is counted.
const MAX_ERRORS: usize = 64;

pub(super) fn parse(text: &str) -> Tree {
    let mut parser = Parser {
        bytes: text.as_bytes(),
        at: 0,
        nodes: Vec::with_capacity(text.len() / 16 + 4),
        open: Vec::new(),
        errors: Vec::new(),
        more_errors: 0,
        depth: 0,
        deepest: 0,
    };
    parser.document();
    parser.nodes.shrink_to_fit();
    Tree {
        nodes: parser.nodes,
        errors: parser.errors,
        more_errors: parser.more_errors,
        depth: parser.depth,
        deepest: parser.deepest,
    }
}

struct Parser<'t> {
    bytes: &'t [u8],
    at: usize,
    nodes: Vec<RawNode>,
    /// The arrays and objects that are still open, as indices of `nodes`.
    open: Vec<u32>,
    errors: Vec<SyntaxError>,
    more_errors: u32,
    depth: u32,
    deepest: u32,
}

impl Parser<'_> {
    fn document(&mut self) {
        self.skip_trivia();
        if self.peek().is_none() {
            self.push(Kind::Invalid, self.at);
            return self.error(Problem::Empty, self.at..self.at);
        }
        self.value();
        let mut after_value = false;
        while let Some(container) = self.open.last().copied() {
            self.skip_trivia();
            let is_array = self.nodes[container as usize].kind() == Kind::Array;
            after_value = if is_array { self.in_array(after_value) } else { self.in_object(after_value) };
        }
        self.skip_trivia();
        if self.peek().is_some() {
            self.error(Problem::TextAfterEnd, self.at..self.word_end(self.at).max(self.at + 1));
        }
    }

    /// One step inside the innermost array; `true` once a comma is due.
    fn in_array(&mut self, after_value: bool) -> bool {
        match self.peek() {
            None => self.close_unclosed(Problem::UnclosedArray),
            Some(b']') => self.close(),
            Some(b'}') => self.close_by_other(Problem::BraceClosesArray),
            Some(b',') => self.comma(after_value),
            Some(b':') => self.stray(),
            Some(_) => {
                if after_value {
                    self.error_here(Problem::ExpectedCommaOrBracket);
                }
                self.value()
            }
        }
    }

    /// One step inside the innermost object; `true` once a comma is due.
    fn in_object(&mut self, after_value: bool) -> bool {
        match self.peek() {
            None => self.close_unclosed(Problem::UnclosedObject),
            Some(b'}') => self.close(),
            Some(b']') => self.close_by_other(Problem::BracketClosesObject),
            Some(b',') => self.comma(after_value),
            Some(b':') => self.stray(),
            Some(_) => {
                if after_value {
                    self.error_here(Problem::ExpectedCommaOrBrace);
                }
                self.key();
                self.skip_trivia();
                if self.peek() == Some(b':') {
                    self.at += 1;
                    self.skip_trivia();
                } else {
                    self.error_here(Problem::ExpectedColon);
                }
                self.value()
            }
        }
    }

    fn comma(&mut self, after_value: bool) -> bool {
        if !after_value {
            self.error_here(Problem::ExpectedValue);
        }
        self.at += 1;
        self.skip_trivia();
        // A trailing comma is allowed: a second comma is not.
        if self.peek() == Some(b',') {
            self.error_here(Problem::ExpectedValue);
            while self.peek() == Some(b',') {
                self.at += 1;
                self.skip_trivia();
            }
        }
        false
    }

    fn stray(&mut self) -> bool {
        self.error_here(Problem::UnexpectedCharacter);
        self.at += 1;
        false
    }

    fn key(&mut self) {
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'\'') => self.single_quoted(),
            Some(b'{' | b'[') | None => {
                self.error_here(Problem::ExpectedKey);
                self.push(Kind::Invalid, self.at);
            }
            Some(_) => {
                let start = self.at;
                self.at = self.word_end(start).max(self.next_char(start));
                self.error(Problem::UnquotedKey, start..self.at);
                self.push(Kind::Invalid, start);
            }
        }
    }

    /// Reads one value, or opens an array or object; `true` once a comma is due.
    fn value(&mut self) -> bool {
        let start = self.at;
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'{') => return self.open(Kind::Object),
            Some(b'[') => return self.open(Kind::Array),
            Some(b'-' | b'0'..=b'9') => {
                self.at = self.word_end(start);
                let good = is_number(&self.bytes[start..self.at]);
                if !good {
                    self.error(Problem::InvalidNumber, start..self.at);
                }
                self.push(if good { Kind::Number } else { Kind::Invalid }, start);
            }
            Some(b'\'') => self.single_quoted(),
            None | Some(b',' | b':' | b'}' | b']') => {
                self.error_here(Problem::ExpectedValue);
                self.push(Kind::Invalid, start);
            }
            Some(_) => self.word(),
        }
        true
    }

    fn word(&mut self) {
        let start = self.at;
        self.at = self.word_end(start);
        let kind = match &self.bytes[start..self.at] {
            b"null" => Kind::Null,
            b"true" => Kind::True,
            b"false" => Kind::False,
            word => {
                let problem =
                    if word.is_empty() { Problem::UnexpectedCharacter } else { Problem::UnknownWord };
                self.at = self.at.max(self.next_char(start));
                self.error(problem, start..self.at);
                Kind::Invalid
            }
        };
        self.push(kind, start);
    }

    fn string(&mut self) {
        let start = self.at;
        let mut kind = Kind::String;
        let mut at = start + 1;
        loop {
            at = string_stop(self.bytes, at);
            match self.bytes.get(at) {
                Some(b'"') => {
                    self.at = at + 1;
                    break;
                }
                Some(b'\\') => {
                    kind = Kind::EscapedString;
                    at = self.escape(at);
                }
                Some(b'\n' | b'\r' | b'\t') => at += 1,
                Some(_) => {
                    self.error(Problem::ControlCharacter, at..at + 1);
                    at += 1;
                }
                None => {
                    self.at = at;
                    self.error_opened(Problem::UnclosedString, at..at, start..start + 1);
                    break;
                }
            }
        }
        self.push(kind, start);
    }

    /// Checks the escape at `at` and gives the byte after it.
    fn escape(&mut self, at: usize) -> usize {
        match self.bytes.get(at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => at + 2,
            Some(b'u') => {
                let digits =
                    self.bytes[at + 2..].iter().take(4).take_while(|byte| byte.is_ascii_hexdigit()).count();
                let end = at + 2 + digits;
                if digits < 4 {
                    self.error(Problem::InvalidEscape, at..end);
                }
                end
            }
            Some(_) => {
                let end = self.next_char(at + 1);
                self.error(Problem::InvalidEscape, at..end);
                end
            }
            None => at + 1,
        }
    }

    fn single_quoted(&mut self) {
        let start = self.at;
        let rest = &self.bytes[start + 1..];
        let end = memchr::memchr3(b'\'', b'\n', b'\r', rest)
            .map_or(self.bytes.len(), |stop| start + 1 + stop + usize::from(rest[stop] == b'\''));
        self.at = end;
        self.error(Problem::SingleQuotes, start..end);
        self.push(Kind::Invalid, start);
    }

    fn open(&mut self, kind: Kind) -> bool {
        let index = self.index();
        self.at += 1;
        self.push(kind, self.at - 1);
        self.open.push(index);
        let depth = u32::try_from(self.open.len()).unwrap_or(u32::MAX);
        if depth > self.depth {
            self.depth = depth;
            self.deepest = self.nodes[index as usize].start;
        }
        false
    }

    fn close(&mut self) -> bool {
        self.at += 1;
        self.finish();
        true
    }

    /// A bracket of the wrong sort is taken for the right one: what follows then keeps its place in the tree.
    fn close_by_other(&mut self, problem: Problem) -> bool {
        let opened = self.opened();
        self.error_opened(problem, self.at..self.at + 1, opened);
        self.close()
    }

    fn close_unclosed(&mut self, problem: Problem) -> bool {
        let opened = self.opened();
        self.error_opened(problem, self.at..self.at, opened);
        while !self.open.is_empty() {
            self.finish();
        }
        true
    }

    fn finish(&mut self) {
        let next = self.index();
        let end = offset(self.at);
        if let Some(index) = self.open.pop() {
            let node = &mut self.nodes[index as usize];
            node.end = end;
            node.set_next(next);
        }
    }

    fn opened(&self) -> Range<usize> {
        let start = self.open.last().map_or(0, |index| self.nodes[*index as usize].start as usize);
        start..start + 1
    }

    fn push(&mut self, kind: Kind, start: usize) {
        let next = self.index() + 1;
        self.nodes.push(RawNode::new(offset(start), offset(self.at), next, kind));
    }

    fn index(&self) -> u32 {
        offset(self.nodes.len())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The end of a run of letters, digits and the signs of numbers.
    fn word_end(&self, start: usize) -> usize {
        let is_word = |byte: &&u8| {
            byte.is_ascii_alphanumeric()
                || matches!(byte, b'_' | b'-' | b'+' | b'.' | b'$')
                || !byte.is_ascii()
        };
        start + self.bytes[start..].iter().take_while(is_word).count()
    }

    /// The start of the character after the one at `at`.
    fn next_char(&self, at: usize) -> usize {
        let mut next = at + 1;
        while self.bytes.get(next).is_some_and(|byte| byte & 0xC0 == 0x80) {
            next += 1;
        }
        next.min(self.bytes.len())
    }

    #[inline]
    fn skip_trivia(&mut self) {
        // Half of the time there is nothing to skip.
        if self.peek().is_some_and(|byte| byte > b' ' && byte != b'/') {
            return;
        }
        self.at = blanks_end(self.bytes, self.at);
        if self.peek() == Some(b'/') {
            self.skip_comments();
        }
    }

    #[cold]
    fn skip_comments(&mut self) {
        while self.peek() == Some(b'/') {
            let start = self.at;
            match self.bytes.get(start + 1) {
                Some(b'/') => {
                    let rest = &self.bytes[start..];
                    self.at = memchr::memchr2(b'\n', b'\r', rest).map_or(self.bytes.len(), |end| start + end);
                }
                Some(b'*') => {
                    let rest = &self.bytes[start + 2..];
                    self.at = if let Some(end) = memchr::memmem::find(rest, b"*/") {
                        start + 2 + end + 2
                    } else {
                        let end = self.bytes.len();
                        self.error_opened(Problem::UnclosedComment, end..end, start..start + 2);
                        end
                    };
                }
                _ => return,
            }
            self.at = blanks_end(self.bytes, self.at);
        }
    }

    /// At the end of the file nothing is said here: that something is not closed says it all.
    fn error_here(&mut self, problem: Problem) {
        if self.at >= self.bytes.len() {
            return;
        }
        let end = self.word_end(self.at).max(self.next_char(self.at));
        self.error(problem, self.at..end);
    }

    fn error(&mut self, problem: Problem, place: Range<usize>) {
        self.record(problem, place, None);
    }

    fn error_opened(&mut self, problem: Problem, place: Range<usize>, opened: Range<usize>) {
        self.record(problem, place, Some(offset(opened.start)..offset(opened.end)));
    }

    fn record(&mut self, problem: Problem, place: Range<usize>, opened: Option<Range<u32>>) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(SyntaxError { problem, place: offset(place.start)..offset(place.end), opened });
        } else {
            self.more_errors += 1;
        }
    }
}

/// `decode` refuses texts that are too large for an offset.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
