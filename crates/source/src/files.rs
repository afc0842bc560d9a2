//! The files of a run, by id.

use std::sync::{Arc, OnceLock};

use crate::{Encoding, FileId, LineIndex, Position, Span};

/// A file that was read and decoded.
#[derive(Debug)]
pub struct SourceFile {
    /// The path as it is shown: relative to the working directory, with `/`.
    pub path: String,
    /// The decoded text.
    pub text: Arc<str>,
    /// How the bytes spelt it.
    pub encoding: Encoding,
    lines: OnceLock<LineIndex>,
}

impl SourceFile {
    /// A file with its text.
    pub fn new(path: String, text: Arc<str>, encoding: Encoding) -> Self {
        Self { path, text, encoding, lines: OnceLock::new() }
    }

    /// Its lines, indexed at the first call.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// The positions of both ends of `span`.
    pub fn positions(&self, span: Span) -> (Position, Position) {
        (self.lines().position(&self.text, span.start), self.lines().position(&self.text, span.end))
    }

    /// The part of `span` on its first line, without the line break.
    pub fn first_line(&self, span: Span) -> Span {
        let text = self.slice(span);
        let end = text.find(['\n', '\r']).unwrap_or(text.len());
        Span { end: u32::try_from(end).map_or(span.end, |end| span.start + end), ..span }
    }

    /// The text at `span`, empty if it lies outside.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

/// All files of a run. A path that could not be decoded has an entry with empty text.
#[derive(Debug, Default)]
pub struct Files {
    files: Vec<Arc<SourceFile>>,
}

impl Files {
    /// The files in the order of their ids.
    pub fn new(files: Vec<Arc<SourceFile>>) -> Self {
        Self { files }
    }

    /// The file of an id; ids come from the same run.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize).map(|file| &**file)
    }

    /// Each id with its file, in order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(self.files.iter().map(|file| &**file))
    }

    /// The path of an id, empty for a foreign one.
    pub fn path(&self, id: FileId) -> &str {
        self.get(id).map_or("", |file| &file.path)
    }
}
