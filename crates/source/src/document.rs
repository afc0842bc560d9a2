//! A parsed file, and cursors into it.

use std::borrow::Cow;

use crate::json::{Kind, RawNode};
use crate::{Caseless, FileId, Paths, Span, Tree, unescape};

/// A file's text with its tree.
#[derive(Debug)]
pub struct Document {
    /// The file.
    pub file: FileId,
    text: String,
    tree: Tree,
    /// Where the text begins in its file.
    base: u32,
}

/// What a [`Node`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number; its text is [`Node::raw`].
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
    /// Something that is no JSON value, or nothing where a value belongs.
    Invalid,
}

impl Document {
    /// Parses `text`.
    pub fn parse(file: FileId, text: String) -> Self {
        Self::part(file, text, 0)
    }

    /// Parses a part of a file that begins `base` bytes after the file's text does: places are those of the file.
    ///
    /// The errors of the tree and its depth are counted from the start of the part.
    pub fn part(file: FileId, text: String, base: u32) -> Self {
        let tree = Tree::parse(&text);
        Self { file, text, tree, base }
    }

    /// The tree with its errors.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The outermost value.
    pub fn root(&self) -> Node<'_> {
        Node { document: self, index: 0 }
    }

    /// Answers where places of this document are.
    pub fn paths(&self) -> Paths<'_> {
        Paths::new(self)
    }

    /// Keys that stand twice in one object, compared without case: the first and the later one.
    pub fn duplicate_keys(&self) -> Vec<(Node<'_>, Node<'_>)> {
        let nodes = self.tree.nodes.iter().zip(0..);
        let objects = nodes.filter(|(node, _)| node.kind() == Kind::Object);
        crate::duplicates::find(objects.map(|(_, index)| Node { document: self, index }))
    }
}

/// One value of a document.
#[derive(Clone, Copy, Debug)]
pub struct Node<'d> {
    document: &'d Document,
    index: u32,
}

/// One member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member<'d> {
    /// The key, a string; [`NodeKind::Invalid`] where it has no double quotes.
    pub key: Node<'d>,
    /// The value.
    pub value: Node<'d>,
}

impl Member<'_> {
    /// From the key to the end of the value.
    pub fn span(&self) -> Span {
        Span { end: self.value.span().end, ..self.key.span() }
    }
}

impl<'d> Node<'d> {
    /// What it is.
    pub fn kind(self) -> NodeKind {
        match self.node().kind() {
            Kind::Null => NodeKind::Null,
            Kind::True => NodeKind::Bool(true),
            Kind::False => NodeKind::Bool(false),
            Kind::Number => NodeKind::Number,
            Kind::String | Kind::EscapedString => NodeKind::String,
            Kind::Array => NodeKind::Array,
            Kind::Object => NodeKind::Object,
            Kind::Invalid => NodeKind::Invalid,
        }
    }

    /// Its stretch of text, quotes and brackets included.
    pub fn span(self) -> Span {
        let (node, base) = (self.node(), self.document.base);
        Span::new(self.document.file, base.saturating_add(node.start), base.saturating_add(node.end))
    }

    /// Its text as written, quotes and brackets included.
    pub fn raw(self) -> &'d str {
        let node = self.node();
        self.document.text.get(node.start as usize..node.end as usize).unwrap_or_default()
    }

    /// The inside of a string as written, without quotes and with its escapes.
    pub fn raw_inside(self) -> Option<&'d str> {
        let node = self.node();
        let (start, end) = (node.start as usize, node.end as usize);
        match self.document.text.as_bytes().get(start..end)? {
            [b'"', .., b'"'] => self.document.text.get(start + 1..end - 1),
            // The last string of a cut file has no closing quote.
            [b'"', ..] => self.document.text.get(start + 1..end),
            _ => None,
        }
    }

    /// The meaning of a string.
    pub fn as_str(self) -> Option<Cow<'d, str>> {
        match self.node().kind() {
            Kind::String => self.raw_inside().map(Cow::Borrowed),
            Kind::EscapedString => self.raw_inside().map(unescape),
            _ => None,
        }
    }

    /// The elements of an array; nothing for other values.
    pub fn elements(self) -> Elements<'d> {
        let node = self.node();
        let next = if node.kind() == Kind::Array { self.index + 1 } else { node.next() };
        Elements { document: self.document, next, end: node.next() }
    }

    /// The members of an object in their order, duplicates included; nothing for other values.
    pub fn members(self) -> Members<'d> {
        let node = self.node();
        let next = if node.kind() == Kind::Object { self.index + 1 } else { node.next() };
        Members(Elements { document: self.document, next, end: node.next() })
    }

    /// The value of `key`, compared without case. Of duplicates the last, as Azure's reader has it.
    pub fn get(self, key: &str) -> Option<Node<'d>> {
        self.member(key).map(|member| member.value)
    }

    /// The member of `key`, compared without case. Of duplicates the last.
    pub fn member(self, key: &str) -> Option<Member<'d>> {
        self.members().filter(|member| member.is(key)).last()
    }

    /// The members of these keys, found at one walk and compared without case. Of duplicates the last.
    pub fn members_of<const N: usize>(self, keys: [&str; N]) -> [Option<Member<'d>>; N] {
        let mut found = [None; N];
        for member in self.members() {
            if let Some(at) = keys.iter().position(|key| member.is(key)) {
                found[at] = Some(member);
            }
        }
        found
    }

    /// Whether the file ends before this string, array or object does.
    pub fn is_cut(self) -> bool {
        let node = self.node();
        let raw = self.document.text.as_bytes().get(node.start as usize..node.end as usize);
        match (node.kind(), raw.unwrap_or_default()) {
            (Kind::String, raw) => !matches!(raw, [_, .., b'"']),
            (Kind::EscapedString, raw) => raw.len() < 2 || !ends_with_quote(raw),
            (Kind::Array, raw) => raw.last() != Some(&b']'),
            (Kind::Object, raw) => raw.last() != Some(&b'}'),
            _ => false,
        }
    }

    /// How many values it holds, itself included; keys count too.
    pub fn size(self) -> u32 {
        self.node().next() - self.index
    }

    fn node(self) -> &'d RawNode {
        &self.document.tree.nodes[self.index as usize]
    }
}

/// Whether a string as written ends with a quote of its own, not with an escaped one.
fn ends_with_quote(raw: &[u8]) -> bool {
    let Some(inside) = raw.strip_suffix(b"\"") else { return false };
    let backslashes = inside.iter().rev().take_while(|byte| **byte == b'\\').count();
    backslashes % 2 == 0
}

impl Member<'_> {
    /// Whether the key is `name`, compared without case.
    #[inline]
    pub fn is(&self, name: &str) -> bool {
        let node = self.key.node();
        // Most keys are of another length: quotes are at both ends, or at one end of a cut file.
        let quotes = (node.end - node.start).wrapping_sub(offset(name.len()));
        (matches!(quotes, 1 | 2) || node.kind() != Kind::String) && self.is_spelt(name)
    }

    fn is_spelt(&self, name: &str) -> bool {
        match self.key.node().kind() {
            Kind::String => self.key.raw_inside().is_some_and(|key| Caseless(key) == Caseless(name)),
            _ => self.key.as_str().is_some_and(|key| Caseless(&key) == Caseless(name)),
        }
    }
}

/// A name that is longer than any file is equal to none of its keys.
fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The elements of an array.
#[derive(Clone, Debug)]
pub struct Elements<'d> {
    document: &'d Document,
    next: u32,
    end: u32,
}

impl<'d> Iterator for Elements<'d> {
    type Item = Node<'d>;

    fn next(&mut self) -> Option<Node<'d>> {
        if self.next >= self.end {
            return None;
        }
        let node = Node { document: self.document, index: self.next };
        self.next = node.node().next();
        Some(node)
    }
}

/// The members of an object.
#[derive(Clone, Debug)]
pub struct Members<'d>(Elements<'d>);

impl<'d> Iterator for Members<'d> {
    type Item = Member<'d>;

    fn next(&mut self) -> Option<Member<'d>> {
        let key = self.0.next()?;
        let value = self.0.next()?;
        Some(Member { key, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_file_does_not_end_is_cut() {
        let cut = |text: &str| {
            let document = Document::parse(FileId(0), text.into());
            let value = document.root().get("a").unwrap();
            (document.root().is_cut(), value.is_cut())
        };
        assert_eq!(cut(r#"{"a": "x\\"}"#), (false, false));
        assert_eq!(cut(r#"{"a": "x"#), (true, true));
        assert_eq!(cut(r#"{"a": "x\""#), (true, true));
        assert_eq!(cut(r#"{"a": ["x"]"#), (true, false));
        assert_eq!(cut(r#"{"a": ["x""#), (true, true));
    }

    #[test]
    fn a_part_has_the_places_of_its_file() {
        let file = r#"[{"a": 1}, {"b": 2}]"#;
        let at = file.find(r#"{"b""#).unwrap();
        let part = Document::part(FileId(3), file[at..at + 8].into(), u32::try_from(at).unwrap());
        let value = part.root().get("b").unwrap();
        let span = value.span();
        assert_eq!((value.raw(), &file[span.start as usize..span.end as usize]), ("2", "2"));
    }
}
