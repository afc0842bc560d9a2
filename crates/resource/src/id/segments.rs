//! The segments of a text of which parts are known.

use super::Part;
use crate::Piece;

/// Splits a partly known text at each `/` of its known pieces.
pub(super) fn segments(pieces: &[Piece]) -> Vec<Part> {
    #[derive(Default)]
    struct Segment {
        shown: String,
        identity: String,
        unknown: bool,
    }
    let mut found = vec![Segment::default()];
    for piece in pieces {
        match piece {
            Piece::Known(text) => {
                for (at, stretch) in text.split('/').enumerate() {
                    if at > 0 {
                        found.push(Segment::default());
                    }
                    if let Some(last) = found.last_mut() {
                        last.shown.push_str(stretch);
                        last.identity.push_str(&stretch.to_lowercase());
                    }
                }
            }
            Piece::Unknown(unknown) => {
                if let Some(last) = found.last_mut() {
                    last.unknown = true;
                    last.shown.push_str(&format!("[{}]", unknown.residual));
                    match &unknown.identity {
                        Some(identity) => last.identity.push_str(&format!("{{{}}}", identity.0)),
                        None => {
                            let place = unknown.place;
                            last.identity.push_str(&format!("{{?{}:{}}}", place.file.0, place.start));
                        }
                    }
                }
            }
        }
    }
    let part = |segment: Segment| {
        if segment.unknown {
            Part::unknown(&segment.shown, &segment.identity)
        } else {
            Part::Known(segment.shown.into())
        }
    };
    found.into_iter().map(part).collect()
}
