//! JSON as people write it, as a flat list of nodes in the order of the text.
//!
//! Comments, trailing commas, raw line breaks and tabs in strings are accepted in silence, since Azure accepts
//! them. Everything else that strict JSON forbids is a [`SyntaxError`], and reading goes on, so that one slip
//! costs no more than its neighbourhood.

mod error;
mod number;
mod parser;
mod scan;

pub use error::{Problem, SyntaxError};
pub use scan::blanks_end;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    True,
    False,
    Number,
    String,
    /// A string that holds a backslash.
    EscapedString,
    Array,
    Object,
    /// A value was expected and something else, or nothing, stood there.
    Invalid,
}

/// One node, in twelve bytes. The children of an array follow it; those of an object are keys and values in turn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawNode {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The index after the last descendant in 28 bits, the kind in 4. A text has no more nodes than bytes, and
    /// `decode` refuses texts of more than 2^28 bytes.
    packed: u32,
}

impl RawNode {
    pub(crate) fn new(start: u32, end: u32, next: u32, kind: Kind) -> Self {
        Self { start, end, packed: next << 4 | kind as u32 }
    }

    pub(crate) fn next(self) -> u32 {
        self.packed >> 4
    }

    pub(crate) fn set_next(&mut self, next: u32) {
        self.packed = next << 4 | self.packed & 0xF;
    }

    pub(crate) fn kind(self) -> Kind {
        match self.packed & 0xF {
            0 => Kind::Null,
            1 => Kind::True,
            2 => Kind::False,
            3 => Kind::Number,
            4 => Kind::String,
            5 => Kind::EscapedString,
            6 => Kind::Array,
            7 => Kind::Object,
            _ => Kind::Invalid,
        }
    }
}

/// A parsed text.
#[derive(Debug)]
pub struct Tree {
    pub(crate) nodes: Vec<RawNode>,
    pub(crate) errors: Vec<SyntaxError>,
    pub(crate) more_errors: u32,
    pub(crate) depth: u32,
    pub(crate) deepest: u32,
}

impl Tree {
    /// Parses `text`. There is always a tree; what was wrong is in [`Tree::errors`].
    pub fn parse(text: &str) -> Self {
        parser::parse(text)
    }

    /// What was wrong, in the order of the text, at most 64.
    pub fn errors(&self) -> &[SyntaxError] {
        &self.errors
    }

    /// How many errors there were beyond those listed.
    pub fn more_errors(&self) -> u32 {
        self.more_errors
    }

    /// How deep arrays and objects nest, and the byte where the deepest begins.
    pub fn depth(&self) -> (u32, u32) {
        (self.depth, self.deepest)
    }

    /// Bytes of memory the nodes take.
    pub fn memory(&self) -> usize {
        self.nodes.capacity() * size_of::<RawNode>()
    }
}
