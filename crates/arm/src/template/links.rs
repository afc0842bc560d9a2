//! Templates in other files.

use drlint_resource::{Note, NoteKind};
use drlint_source::{Document, Node};

use crate::budget::LIMITS;
use crate::context::Context;
use crate::machine::Machine;

/// Files of linked templates per root file.
const MOST_FILES: usize = 1_000;

impl<'d> Machine<'d> {
    /// The template that `templateLink` leads to, if it can be followed.
    pub(super) fn linked(&self, link: Node<'d>, context: &Context<'d>) -> Option<&'d Document> {
        let Some(path) = link.get("relativePath") else {
            let by = ["uri", "id"].into_iter().find_map(|name| link.member(name));
            let place = by.map_or(link.span(), |member| member.value.span());
            return self.not_followed(place, "nothing is fetched; only `relativePath` is followed");
        };
        let value = self.value(path, context);
        let Some(text) = value.as_str() else {
            return self.not_followed(path.span(), "its path is not known");
        };
        let from = context.template.document.file;
        let document = match self.links.open(from, text) {
            Ok(document) => document,
            Err(why) => return self.not_followed(path.span(), &why),
        };
        let template = &context.template;
        let around = template.files.iter().map(|node| node.span().file).chain([from]);
        if around.into_iter().any(|file| file == document.file) {
            self.notes.refused(path.span(), format!("the linked template `{text}` links back to itself"));
            return None;
        }
        if document.tree().depth().0 > LIMITS.json_depth {
            let message = format!("it is nested deeper than the {} levels allowed", LIMITS.json_depth);
            return self.not_followed(path.span(), &message);
        }
        match self.documents.keep(document, MOST_FILES) {
            Some(document) => Some(document),
            None => self.not_followed(path.span(), "too many files are linked"),
        }
    }

    /// What Azure checks of a link (docs, `linked-templates.md`).
    pub(super) fn check_link(&self, link: Node<'d>, properties: Node<'d>, document: &Document) {
        let version = |node: Node<'_>| node.get("contentVersion").and_then(Node::as_str).map(String::from);
        if let Some(wanted) = link.get("contentVersion")
            && let (Some(wanted_text), Some(given)) = (version(link), version(document.root()))
            && wanted_text != given
        {
            let message = format!("the linked template has version `{given}`, not `{wanted_text}`");
            self.notes.add(Note::new(NoteKind::Refused, wanted.span(), message));
        }
        let Some(linked) = properties.member("parametersLink") else { return };
        let place = linked.key.span();
        if properties.get("parameters").is_some() {
            let message = "a deployment takes `parameters` or `parametersLink`, not both";
            self.notes.add(Note::new(NoteKind::Refused, place, message));
        } else {
            let message = "the linked parameters are not followed: nothing is fetched";
            self.notes.add(Note::new(NoteKind::Unknown, place, message));
        }
    }

    fn not_followed(&self, place: drlint_source::Span, why: &str) -> Option<&'d Document> {
        let message = format!("the linked template is not followed: {why}");
        self.notes.add(Note::new(NoteKind::Unknown, place, message));
        None
    }
}
