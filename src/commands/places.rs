//! Where in their files things are stated, for commands that show no findings.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use drlint_source::{FileId, Position, SourceFile, Span};
use serde_json::{Value, json};

use crate::discover::Found;

/// A place as people and machines are told of it.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) path: String,
    pub(super) position: Position,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}", self.path, self.position.line, self.position.column)
    }
}

/// The files of a run. Those with a place to tell are read again, once each.
pub(super) struct Places<'f> {
    files: &'f [Found],
    read: BTreeMap<FileId, Option<SourceFile>>,
}

impl<'f> Places<'f> {
    pub(super) fn new(files: &'f [Found]) -> Self {
        Self { files, read: BTreeMap::new() }
    }

    /// Where a span begins; `None` if its file can no longer be read.
    pub(super) fn place(&mut self, span: Span) -> Option<Place> {
        let found = self.files.get(span.file.0 as usize)?;
        let file = self.read.entry(span.file).or_insert_with(|| {
            let decoded = drlint_source::decode(found.bytes().ok()?).ok()?;
            Some(SourceFile::new(found.shown.clone(), Arc::from(decoded.text), decoded.encoding))
        });
        let (position, _) = file.as_ref()?.positions(span);
        Some(Place { path: found.shown.clone(), position })
    }
}

/// `value` with its place, if it has one.
pub(super) fn placed(mut value: Value, place: Option<&Place>) -> Value {
    if let (Some(object), Some(place)) = (value.as_object_mut(), place) {
        let Place { path, position } = place;
        let location = json!({"path": path, "line": position.line, "column": position.column});
        object.insert("location".to_owned(), location);
    }
    value
}
