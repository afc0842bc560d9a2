//! Spans as SARIF's locations, and the hashes of their lines.

use std::cell::RefCell;
use std::collections::BTreeMap;

use drlint_source::{FileId, SourceFile, Span};

use super::log::{ArtifactLocation, Location, PhysicalLocation, Region, Text};
use super::uri::uri;
use crate::outcome::Outcome;
use crate::report::line_hash::LineHashes;

/// Knows the files of an outcome; hashes a file when its first line is asked for.
pub(super) struct Places<'o> {
    outcome: &'o Outcome,
    hashes: RefCell<BTreeMap<FileId, LineHashes>>,
    /// The last column that was counted in each file.
    counted: RefCell<BTreeMap<FileId, Counted>>,
}

/// A byte of a file, and its column from 1 in UTF-16 code units.
#[derive(Clone, Copy)]
struct Counted {
    line: usize,
    at: u32,
    column: u32,
}

impl<'o> Places<'o> {
    pub(super) fn new(outcome: &'o Outcome) -> Self {
        Self { outcome, hashes: RefCell::default(), counted: RefCell::default() }
    }

    /// The location of a span.
    pub(super) fn location(&self, span: Span) -> Location {
        self.physical(span.file, self.region(span))
    }

    /// A file as a whole, by its path as shown.
    pub(super) fn file(&self, shown: &str) -> Location {
        location(uri(&self.outcome.repository.locate(shown)), START)
    }

    /// The hash of the line that a region begins on.
    pub(super) fn line_hash(&self, file: FileId, region: Region) -> Option<String> {
        let mut hashes = self.hashes.borrow_mut();
        let hashes = match hashes.entry(file) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(unknown) => {
                unknown.insert(LineHashes::of(self.outcome.files.get(file)?))
            }
        };
        hashes.line(region.start_line).map(str::to_owned)
    }

    /// The lines and columns of a span.
    pub(super) fn region(&self, span: Span) -> Region {
        let Some(file) = self.outcome.files.get(span.file) else { return START };
        let (start_line, start_column) = self.position(file, span.file, span.start);
        let (end_line, end_column) = self.position(file, span.file, span.end.max(span.start));
        Region { start_line, start_column, end_line, end_column }
    }

    /// Counts on from the last column where it can: a minified export is one line of a hundred megabytes, and
    /// findings come in the order of their places.
    fn position(&self, file: &SourceFile, id: FileId, at: u32) -> (u32, u32) {
        let lines = file.lines();
        let line = lines.line_of(at);
        let start = lines.line_range(&file.text, line).map_or(0, |range| range.start);
        let mut counted = self.counted.borrow_mut();
        let known = counted.get(&id).filter(|known| known.line == line && known.at <= at);
        let (from, column) = known.map_or((start, 1), |known| (known.at as usize, known.column));
        let passed = file.text.get(from..at as usize).map_or(0, |text| text.encode_utf16().count());
        let column = column.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
        counted.insert(id, Counted { line, at, column });
        (u32::try_from(line).map_or(u32::MAX, |line| line.saturating_add(1)), column)
    }

    fn physical(&self, file: FileId, region: Region) -> Location {
        location(uri(&self.outcome.repository.locate(self.outcome.files.path(file))), region)
    }
}

impl Location {
    /// The same with a number that messages link to.
    pub(super) fn numbered(mut self, id: usize) -> Self {
        self.id = Some(id);
        self
    }

    /// The same with what there is to see.
    pub(super) fn saying(mut self, text: String) -> Self {
        self.message = Some(Text { text });
        self
    }
}

/// What a file as a whole is shown by.
const START: Region = Region { start_line: 1, start_column: 1, end_line: 1, end_column: 1 };

fn location(uri: String, region: Region) -> Location {
    let artifact_location = ArtifactLocation { uri };
    Location { id: None, physical_location: PhysicalLocation { artifact_location, region }, message: None }
}
