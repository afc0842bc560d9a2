//! Exported Azure configuration, in every shape people have, into resources.
//!
//! The facts are those of `AZURE.md`, section 2: which tools write which shape, and what is odd about each. This
//! crate knows neither networks nor templates; a template inside an export is handed back by [`wrapped_template`].

mod body;
mod collect;
mod complete;
mod element;
mod expression;
mod graph;
mod identity;
mod masked;
mod powershell;
mod recognise;
mod shape;
mod stream;
mod terraform;
mod topology;
mod tree;
mod whatif;

use std::sync::Arc;

use drlint_resource::{Export, Note, NoteKind, Reading};
use drlint_source::{Document, Node, NodeKind, Span};

use shape::Shape;
pub use stream::{StreamError, Streamed, read_stream};

/// Which members of resources of a type anybody reads, at whatever depth they stand; `None` means all.
pub type Wanted = fn(kind: &str) -> Option<&'static [&'static str]>;

/// How deep arrays and objects of an export may nest.
const DEEPEST: u32 = 128;

/// What a document turned out to be.
#[derive(Debug)]
pub enum Outcome {
    /// An export, with all it gave.
    Read(Reading, Arc<Export>),
    /// No network configuration; the reason is a phrase without full stop.
    Skipped(String),
    /// It looks like an export and cannot be understood.
    Unreadable(Note),
}

/// Reads one exported document, which is neither a template nor a parameter file.
///
/// A document with syntax errors is read as far as its tree goes; its errors are the caller's to tell.
pub fn read(document: &Document) -> Outcome {
    let (depth, deepest) = document.tree().depth();
    if depth > DEEPEST {
        let place = Span::new(document.file, deepest, deepest + 1);
        let message = format!("nests {depth} deep, and {DEEPEST} is the most that is read");
        return Outcome::Unreadable(Note::new(NoteKind::Unreadable, place, message));
    }
    recognise::read(document)
}

/// The template that the REST answer of a group's or a deployment's export holds: `{"template": {...}}`.
///
/// Source: recorded answers of `exportTemplate` (`AZURE.md`, section 2, shape 2).
pub fn wrapped_template(document: &Document) -> Option<Node<'_>> {
    let template = document.root().get("template")?;
    let schema = template.get("$schema").and_then(Node::as_str);
    let named = schema.is_some_and(|schema| schema.to_ascii_lowercase().contains("deploymenttemplate.json"));
    (template.kind() == NodeKind::Object && (named || template.get("resources").is_some()))
        .then_some(template)
}
