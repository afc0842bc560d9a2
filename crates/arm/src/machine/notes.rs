//! What evaluation has to say, each thing once.

use std::cell::{Cell, RefCell};

use drlint_resource::{Note, NoteKind};
use drlint_source::Span;
use rustc_hash::FxHashSet;

/// More remarks than this of one deployment are not kept.
const MOST: usize = 1_000;

/// Collects remarks.
#[derive(Default)]
pub(crate) struct Notes {
    kept: RefCell<Vec<Note>>,
    said: RefCell<FxHashSet<(Span, String)>>,
    named: RefCell<FxHashSet<String>>,
    /// Above zero while a branch is evaluated of which nobody knows whether Azure would.
    supposing: Cell<u32>,
    broken: Cell<bool>,
}

impl Notes {
    /// A remark, kept once per place and text.
    pub(crate) fn add(&self, note: Note) {
        if self.kept.borrow().len() >= MOST {
            return;
        }
        if self.said.borrow_mut().insert((note.place, note.message.clone())) {
            self.kept.borrow_mut().push(note);
        }
    }

    /// Azure would refuse what stands at `place`, if it came to evaluate it.
    pub(crate) fn refused(&self, place: Span, message: impl Into<String>) {
        if self.supposing.get() == 0 {
            self.add(Note::new(NoteKind::Unreadable, place, message));
        }
    }

    /// A limit was passed at `place`: something was not looked at.
    pub(crate) fn limit(&self, place: Span, message: impl Into<String>) {
        self.add(Note::new(NoteKind::Unreadable, place, message));
    }

    /// A limit of the whole file was reached; only the first is kept.
    pub(crate) fn breach(&self, place: Span, message: String) {
        if !self.broken.replace(true) {
            self.kept.borrow_mut().push(Note::new(NoteKind::Unreadable, place, message));
        }
    }

    /// A remark on something that is said once per deployment, whatever the place.
    pub(crate) fn once(&self, what: &str, note: Note) {
        if self.named.borrow_mut().insert(what.to_ascii_lowercase()) {
            self.add(note);
        }
    }

    /// Runs `work` without remarks on what Azure would refuse.
    pub(crate) fn suppose<T>(&self, work: impl FnOnce() -> T) -> T {
        self.supposing.set(self.supposing.get() + 1);
        let result = work();
        self.supposing.set(self.supposing.get() - 1);
        result
    }

    /// Runs `work` with its remarks kept even inside [`Notes::suppose`], unless it is `supposed` itself: a
    /// variable is evaluated whatever the branch that names it.
    pub(crate) fn apart<T>(&self, supposed: bool, work: impl FnOnce() -> T) -> T {
        let before = self.supposing.replace(u32::from(supposed));
        let result = work();
        self.supposing.set(before);
        result
    }

    /// All remarks, sorted by place.
    pub(crate) fn into_sorted(self) -> Vec<Note> {
        let mut notes = self.kept.into_inner();
        notes.sort_by_key(|note| note.place);
        notes
    }
}
