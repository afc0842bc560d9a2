//! Files as people write them: bytes to text, places in the text, and JSON as a tree of spanned nodes.
//!
//! This crate knows files and characters. It knows nothing of templates, exports or networks.

mod caseless;
mod document;
mod duplicates;
mod encoding;
mod files;
mod json;
mod lines;
mod paths;
mod span;
mod text;

pub use caseless::Caseless;
pub use document::{Document, Elements, Member, Members, Node, NodeKind};
pub use encoding::{DecodeError, DecodeProblem, Decoded, Encoding, MAX_BYTES, decode, decode_lossy};
pub use files::{Files, SourceFile};
pub use json::{Problem, SyntaxError, Tree, blanks_end};
pub use lines::{LineIndex, Position};
pub use paths::Paths;
pub use span::{FileId, Span};
pub use text::{raw_offset, unescape};
