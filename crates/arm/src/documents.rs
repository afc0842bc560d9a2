//! The linked templates of a run: a list that only grows, so that nodes may borrow from it.

use std::cell::OnceCell;
use std::sync::Arc;

use drlint_source::Document;

/// Keeps documents that were opened during evaluation.
#[derive(Default)]
pub(crate) struct Documents {
    cells: OnceCell<(Arc<Document>, Box<Documents>)>,
}

impl Documents {
    /// Keeps `document`; the same file is kept once. `None` once `most` are kept.
    pub(crate) fn keep(&self, document: Arc<Document>, most: usize) -> Option<&Document> {
        let mut list = self;
        for _ in 0..most {
            match list.cells.get() {
                Some((kept, _)) if kept.file == document.file => return Some(kept),
                Some((_, next)) => list = next,
                None => {
                    let (kept, _) = list.cells.get_or_init(|| (document, Box::default()));
                    return Some(kept);
                }
            }
        }
        None
    }
}
