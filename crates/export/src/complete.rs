//! What is missing from an export, and what should be: pages, depth, secrets.

use std::borrow::Cow;

use drlint_resource::{Missing, Note, NoteKind, ResourceId};
use drlint_source::{Node, NodeKind, Span};

use crate::identity::is_type;

/// So many secrets of one file are told one by one.
const SECRETS_TOLD: usize = 1000;

const LINKS: [&str; 2] = ["nextLink", "@odata.nextLink"];

const ALL_PAGES: &str = "export all pages";

/// The note on a `nextLink` with text in it. Absent, null and empty mean complete.
///
/// Source: recorded lists (`AZURE.md`, section 2, shape 4).
pub(crate) fn next_link(page: Node<'_>) -> Option<Note> {
    let (name, link) = filled(page, &LINKS)?;
    let message = format!("the export is one page of several; `{name}` is not empty");
    Some(Note::new(NoteKind::Truncated, link.span(), message).help(ALL_PAGES))
}

/// What a page without a resource goes on with: what its link names, if it names a type. The answer to a query names
/// none.
pub(crate) fn missing(page: Node<'_>) -> Missing {
    let link = filled(page, &LINKS).and_then(|(_, link)| link.as_str());
    link.and_then(|link| type_of_list(&link)).map_or(Missing::OfAnyType, Missing::OfType)
}

/// The type that the address of a list ends with: `.../providers/Microsoft.Network/virtualNetworks?api-version=...`
fn type_of_list(link: &str) -> Option<String> {
    let path = link.split(['?', '#']).next()?.trim_end_matches('/');
    let mut segments: Vec<&str> = path.split('/').collect();
    let providers = segments.iter().rposition(|segment| segment.eq_ignore_ascii_case("providers"))?;
    let rest = segments.split_off(providers + 1);
    let (provider, rest) = rest.split_first()?;
    // Types and names take turns, and a list ends with a type.
    let types = rest.iter().step_by(2).copied();
    let kind = std::iter::once(*provider).chain(types).collect::<Vec<_>>().join("/");
    (rest.len() % 2 == 1 && is_type(&kind)).then_some(kind)
}

/// The note on a Resource Graph answer that lacks rows: a token, `resultTruncated`, or more records than rows.
///
/// `resultTruncated` was `"false"` with 3 rows of 2,995, so that it is no sign of completeness
/// (`AZURE.md`, section 2, shape 6).
pub(crate) fn graph_answer(answer: Node<'_>, rows: usize) -> Option<Note> {
    if let Some((name, token)) = filled(answer, &["$skipToken", "skip_token", "skipToken"]) {
        let message = format!("the answer is one page of several; `{name}` is not empty");
        return Some(Note::new(NoteKind::Truncated, token.span(), message).help(ALL_PAGES));
    }
    let cut = answer.get("resultTruncated").or_else(|| answer.get("result_truncated"));
    if let Some(cut) = cut.filter(|cut| is_true(*cut)) {
        let message = "the answer is cut: `resultTruncated` is true";
        return Some(Note::new(NoteKind::Truncated, cut.span(), message).help(ALL_PAGES));
    }
    let total = answer.get("totalRecords").or_else(|| answer.get("total_records"))?;
    let records: usize = total.raw().parse().ok()?;
    (records > rows).then(|| {
        let message = format!("the answer has {rows} of {records} records");
        Note::new(NoteKind::Truncated, total.span(), message).help(ALL_PAGES)
    })
}

fn filled<'d>(object: Node<'d>, names: &[&'static str]) -> Option<(&'static str, Node<'d>)> {
    names.iter().find_map(|name| {
        let value = object.get(name)?;
        value.as_str().is_some_and(|text| !text.is_empty()).then_some((*name, value))
    })
}

fn is_true(node: Node<'_>) -> bool {
    node.kind() == NodeKind::Bool(true)
        || node.as_str().is_some_and(|text: Cow<'_, str>| text.eq_ignore_ascii_case("true"))
}

/// Names of .NET types that stand where objects belong.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    count: usize,
    first: Option<Span>,
}

impl Cut {
    /// Whether `text` is what `ConvertTo-Json` leaves of an object below its depth; counted if it is.
    pub(crate) fn is_cut(&mut self, text: &str, place: Span) -> bool {
        let cut = ["Microsoft.Azure.", "System.Collections.", "System.Object", "System.String", "@{"]
            .iter()
            .any(|start| text.starts_with(start));
        if cut {
            self.count += 1;
            self.first.get_or_insert(place);
        }
        cut
    }

    /// One note for the whole file.
    pub(crate) fn note(&self) -> Option<Note> {
        let message = match self.count {
            1 => "the name of a .NET type stands where an object belongs".to_owned(),
            count => format!("names of .NET types stand where objects belong, {count} in all"),
        };
        let help = "export again with `ConvertTo-Json -Depth 20`";
        Some(Note::new(NoteKind::Truncated, self.first?, message).help(help))
    }
}

/// Secrets that stand in clear.
#[derive(Debug, Default)]
pub(crate) struct Secrets {
    notes: Vec<Note>,
    more: usize,
}

impl Secrets {
    /// One more: `owner` carries the member `name`, whose key stands at `key`.
    pub(crate) fn add(&mut self, name: &str, key: Span, owner: &str, id: Option<&ResourceId>) {
        if self.notes.len() >= SECRETS_TOLD {
            self.more += 1;
            return;
        }
        let message = format!("`{owner}` carries a `{name}`");
        let help = "remove the value from the file and change the key";
        let mut note = Note::new(NoteKind::Secret, key, message).help(help);
        note.resource = id.map(ResourceId::to_string);
        self.notes.push(note);
    }

    /// A note for each, and in the last one how many more there are.
    pub(crate) fn notes(mut self) -> Vec<Note> {
        if let Some(last) = self.notes.last_mut().filter(|_| self.more > 0) {
            last.message.push_str(&format!(", and so do {} more members in this file", self.more));
        }
        self.notes
    }
}
