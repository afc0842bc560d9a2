//! The segments of a text of which parts are known.

use std::sync::Arc;

use super::{Part, UnknownPart};
use crate::{Piece, Unknown};

/// Splits a partly known text at each `/` of its known pieces.
pub(super) fn segments(pieces: &[Piece]) -> Vec<Part> {
    let mut parts = Vec::with_capacity(12);
    let mut open = Segment::default();
    for piece in pieces {
        match piece {
            Piece::Known(text) => {
                for (at, stretch) in text.split('/').enumerate() {
                    if at > 0 {
                        parts.push(std::mem::take(&mut open).part());
                    }
                    open.push(stretch);
                }
            }
            Piece::Unknown(unknown) => open.push_unknown(unknown),
        }
    }
    parts.push(open.part());
    parts
}

/// The one segment that an unknown name is; `None` if it has several.
pub(super) fn only(unknown: &Arc<Unknown>) -> Option<Part> {
    let Some(pieces) = &unknown.pieces else {
        let mut segment = Segment::default();
        segment.push_unknown(unknown);
        return Some(segment.part());
    };
    let mut parts = segments(pieces).into_iter();
    parts.next().filter(|_| parts.next().is_none())
}

/// A segment that is being put together.
#[derive(Default)]
struct Segment<'p> {
    /// What it begins with, if nothing else is in it yet.
    first: &'p str,
    /// All of it, once it is more than one known stretch.
    pieces: Vec<Piece>,
}

impl<'p> Segment<'p> {
    fn push(&mut self, stretch: &'p str) {
        if stretch.is_empty() {
            return;
        }
        if self.pieces.is_empty() && self.first.is_empty() {
            self.first = stretch;
        } else {
            self.spill();
            self.pieces.push(Piece::Known(stretch.into()));
        }
    }

    fn push_unknown(&mut self, unknown: &Arc<Unknown>) {
        self.spill();
        self.pieces.push(Piece::Unknown(Arc::clone(unknown)));
    }

    fn spill(&mut self) {
        if !self.first.is_empty() {
            self.pieces.push(Piece::Known(std::mem::take(&mut self.first).into()));
        }
    }

    fn part(mut self) -> Part {
        if self.pieces.is_empty() {
            return Part::Known(self.first.into());
        }
        self.spill();
        let known = self.pieces.iter().map(|piece| match piece {
            Piece::Known(text) => Some(&**text),
            Piece::Unknown(_) => None,
        });
        match known.collect::<Option<String>>() {
            Some(text) => Part::Known(text.into()),
            None => Part::Unknown(Arc::new(UnknownPart::of(self.pieces))),
        }
    }
}
