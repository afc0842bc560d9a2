//! Where a list begins, and where its elements end, without a tree.

use std::ops::Range;

use drlint_source::blanks_end;
use memchr::{memchr, memchr2, memmem};

use crate::recognise::ListForm;

/// What stands before the first element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// The list opens before this byte.
    At(usize, ListForm),
    /// The text ends before one can say.
    More,
    /// There is no list that could be read piece by piece.
    No,
}

/// Members that hold the elements: those of a page and of a Resource Graph answer.
const LISTS: [(&str, ListForm); 2] = [("value", ListForm::Page), ("data", ListForm::GraphAnswer)];

/// Finds the list in the beginning of a document: the document itself, or a member of it.
#[derive(Debug, Default)]
pub(super) struct Search {
    scanner: Scanner,
    /// The key whose value is being read.
    key: Option<Range<usize>>,
    /// The last string of the outermost object.
    word: Option<Range<usize>>,
}

impl Search {
    /// Goes on where it stopped, in a text that has grown: what was seen is not looked at again.
    pub(super) fn go_on(&mut self, text: &str) -> Start {
        let bytes = text.as_bytes();
        while self.scanner.at < bytes.len() {
            let Some(token) = self.scanner.token(bytes) else { return Start::More };
            match (token, self.scanner.depth) {
                (Token::Open(b'['), 1) => return Start::At(self.scanner.at, ListForm::Bare),
                (Token::Open(b'['), 2) => {
                    let key = self.key.clone().and_then(|key| text.get(key));
                    let form =
                        LISTS.iter().find(|(name, _)| key.is_some_and(|key| key.eq_ignore_ascii_case(name)));
                    if let Some((_, form)) = form {
                        return Start::At(self.scanner.at, *form);
                    }
                }
                (Token::String(begin, end), 1) => self.word = Some(begin..end),
                (Token::Colon, 1) => self.key.clone_from(&self.word),
                (Token::Comma, 1) => self.key = None,
                (Token::Close | Token::String(..), 0) => return Start::No,
                _ => {}
            }
        }
        Start::More
    }
}

/// Something that matters to the structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Open(u8),
    Close,
    Comma,
    Colon,
    /// The inside of a string.
    String(usize, usize),
}

/// Where a list may be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// Behind the comma after an element.
    Comma,
    /// Behind the list.
    End,
}

/// Walks over a text; it can go on where it stopped when the text has grown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scanner {
    /// The next byte to look at.
    pub(super) at: usize,
    /// How many brackets are open.
    pub(super) depth: usize,
}

impl Scanner {
    /// The next token; `None` if the text ends before it does. Then nothing is consumed but what stands before.
    pub(super) fn token(&mut self, bytes: &[u8]) -> Option<Token> {
        loop {
            let byte = *bytes.get(self.at)?;
            let token = match byte {
                b'"' => {
                    let begin = self.at + 1;
                    let end = string_end(bytes, begin)?;
                    self.at = end;
                    Some(Token::String(begin, end))
                }
                b'[' | b'{' => {
                    self.depth += 1;
                    Some(Token::Open(byte))
                }
                b']' | b'}' => {
                    self.depth = self.depth.saturating_sub(1);
                    Some(Token::Close)
                }
                b',' => Some(Token::Comma),
                b':' => Some(Token::Colon),
                b'/' => {
                    self.at = comment_end(bytes, self.at)?;
                    continue;
                }
                _ => None,
            };
            self.at += 1;
            if token.is_some() {
                return token;
            }
        }
    }

    /// Goes on behind the next element of the outermost list; `None` if the text ends before.
    pub(super) fn stop(&mut self, bytes: &[u8]) -> Option<Stop> {
        // All of a long file goes through here: what is inside of elements is not told apart.
        loop {
            match *bytes.get(self.at)? {
                b'"' => self.at = string_end(bytes, self.at + 1)?,
                b'[' | b'{' => self.depth += 1,
                b']' | b'}' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        self.at += 1;
                        return Some(Stop::End);
                    }
                }
                b',' if self.depth == 1 => {
                    self.at += 1;
                    return Some(Stop::Comma);
                }
                b'/' => {
                    self.at = comment_end(bytes, self.at)?;
                    continue;
                }
                b' ' if bytes.get(self.at + 1) == Some(&b' ') => {
                    self.at = blanks_end(bytes, self.at);
                    continue;
                }
                _ => {}
            }
            self.at += 1;
        }
    }
}

/// The closing quote of a string that begins at `at`.
fn string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes.get(at) == Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

/// The byte after a comment, or after a lone slash.
fn comment_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at + 2..)?;
    match bytes.get(at + 1)? {
        b'/' => Some(at + 2 + memchr(b'\n', rest)?),
        b'*' => Some(at + 4 + memmem::find(rest, b"*/")?),
        _ => Some(at + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{Scanner, Search, Start, Stop, Token};

    fn start(text: &str) -> Start {
        Search::default().go_on(text)
    }

    #[test]
    fn a_list_begins_at_the_top_or_in_a_member() {
        fn at(text: &str) -> &str {
            match start(text) {
                Start::At(at, _) => &text[at..],
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(at("  [1, 2]"), "1, 2]");
        assert_eq!(at(r#"{"nextLink": "\"[", "x": [1], "Value": [{}]}"#), "{}]}");
        assert_eq!(
            at(r#"/* [ */ {"count": 2, // ["
            "data": [3]}"#),
            "3]}"
        );
    }

    #[test]
    fn nothing_else_is_a_list() {
        for text in [
            r#"{"a": [1], "b": {"value": [2]}}"#,
            r#"{"data": {"columns": [], "rows": []}}"#,
            r#""value""#,
            "{}",
        ] {
            assert_eq!(start(text), Start::No, "{text}");
        }
        for text in ["", "  ", r#"{"value"#, r#"{"value": "#, "/* ", "{"] {
            assert_eq!(start(text), Start::More, "{text}");
        }
    }

    #[test]
    fn a_search_goes_on_when_the_text_grows() {
        let text = r#"{"nextLink": "[", "value": [{}]}"#;
        for cut in 0..text.find("{}").unwrap() {
            let mut search = Search::default();
            assert_eq!(search.go_on(&text[..cut]), Start::More, "{cut}");
            assert_eq!(search.go_on(text), start(text), "{cut}");
        }
    }

    #[test]
    fn a_scanner_goes_on_when_the_text_grows() {
        let text = br#"{"a\"b": [1, /* } */ 2]}, "#;
        for cut in 0..text.len() {
            let mut scanner = Scanner::default();
            let mut tokens = Vec::new();
            for end in [cut, text.len()] {
                tokens.extend(std::iter::from_fn(|| scanner.token(&text[..end])));
            }
            assert_eq!(tokens.len(), 8, "{cut}: {tokens:?}");
            assert_eq!((tokens[1], scanner.depth), (Token::String(2, 6), 0));
        }
    }

    #[test]
    fn a_list_stops_behind_its_own_commas_and_its_end_alone() {
        let text = r#"[{"a,]": [1, 2]}  , /* ] */ "\"", [3]], "#;
        let rests = [(Stop::Comma, r#" /* ] */ "\"", [3]], "#), (Stop::Comma, " [3]], "), (Stop::End, ", ")];
        for cut in 0..text.len() {
            let mut scanner = Scanner::default();
            let mut stops = Vec::new();
            for end in [cut, text.len()] {
                while !matches!(stops.last(), Some((Stop::End, _))) {
                    let Some(stop) = scanner.stop(&text.as_bytes()[..end]) else { break };
                    stops.push((stop, &text[scanner.at..]));
                }
            }
            assert_eq!(stops, rests, "{cut}");
        }
    }
}
