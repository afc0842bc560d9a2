//! Elements become resources of one reading.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use drlint_resource::{
    Data, Export, Ids, Input, Missing, Note, NoteKind, Reading, Resource, ResourceId, Unknown, Value,
};
use drlint_source::{FileId, Span};
use rustc_hash::FxHashMap;

use crate::Wanted;
use crate::body::{Builder, Habits};
use crate::element::{Element, Style};
use crate::identity::Around;
use crate::{Outcome, Shape, graph, identity, powershell};

const REFERENCE: &str = "references to resources, nothing of the resources";

/// Members that every resource may have; beside them there is nothing to know of an inventory's entry.
const ENVELOPE: [&str; 28] = [
    "id",
    "name",
    "type",
    "location",
    "tags",
    "tag",
    "tagsTable",
    "sku",
    "kind",
    "plan",
    "identity",
    "zones",
    "managedBy",
    "managedByExtended",
    "extendedLocation",
    "resourceGroup",
    "resourceGroupName",
    "subscriptionId",
    "tenantId",
    "apiVersion",
    "createdTime",
    "changedTime",
    "systemData",
    "associations",
    "resourceId",
    "resourceName",
    "resourceType",
    "parentResource",
];

#[derive(Debug)]
struct Draft {
    id: ResourceId,
    body: Value,
    place: Span,
    existence_only: bool,
    /// Why nobody knows how it goes on, if the file ends before it does.
    cut: Option<Unknown>,
}

impl Draft {
    fn into_resource(self, exports: &Exports) -> Resource {
        let input = Input::Export(Arc::clone(exports.of(self.existence_only)));
        // What the rest would have said is no default.
        let condition = self.cut.map(Arc::new);
        Resource { id: self.id, body: self.body, place: self.place, condition, input }
    }
}

/// What the resources of a file say of it: whole ones, and those of which only the existence is known.
#[derive(Debug)]
pub(crate) struct Exports {
    whole: Arc<Export>,
    entry: Arc<Export>,
}

impl Exports {
    /// Both, made by `export`.
    pub(crate) fn new(export: impl Fn(bool) -> Export) -> Self {
        Self { whole: Arc::new(export(false)), entry: Arc::new(export(true)) }
    }

    /// The one for whole resources, or for mere entries of an inventory.
    pub(crate) fn of(&self, existence_only: bool) -> &Arc<Export> {
        if existence_only { &self.entry } else { &self.whole }
    }
}

/// What one file gives, while it is read.
#[derive(Debug)]
pub(crate) struct Collector {
    pub(crate) file: FileId,
    pub(crate) builder: Builder,
    pub(crate) notes: Vec<Note>,
    pub(crate) taken: Option<String>,
    /// Whether the file has syntax errors: what stood there is lost.
    pub(crate) broken: bool,
    /// What pages without a resource would go on with.
    pub(crate) missing: Vec<Missing>,
    pub(crate) habits: Habits,
    drafts: Vec<Draft>,
    style: Option<Style>,
    strangers: Option<(usize, Span)>,
    /// What an element was that is meant to be there and yet declares nothing.
    no_resource: Option<&'static str>,
    /// How many resources were handed on before the end.
    handed_on: usize,
    /// Whether one of the resources is more than an entry of an inventory.
    has_whole: bool,
    first: Option<ResourceId>,
    ids: Ids,
    wanted: Option<Wanted>,
}

impl Collector {
    pub(crate) fn new(file: FileId) -> Self {
        Self {
            file,
            builder: Builder::default(),
            notes: Vec::new(),
            taken: None,
            broken: false,
            missing: Vec::new(),
            habits: Habits::default(),
            drafts: Vec::new(),
            style: None,
            strangers: None,
            no_resource: None,
            handed_on: 0,
            has_whole: false,
            first: None,
            ids: Ids::default(),
            wanted: None,
        }
    }

    /// One that leaves out of bodies what nobody wants.
    pub(crate) fn pruning(file: FileId, wanted: Wanted) -> Self {
        Self { wanted: Some(wanted), ..Self::new(file) }
    }

    /// Takes one element.
    pub(crate) fn element(&mut self, element: &Element<'_>, around: Around<'_>) {
        let is_stub = element.is_stub();
        if let Some(what) = element.catalogue().or(is_stub.then_some(REFERENCE)) {
            self.no_resource = Some(what);
            return;
        }
        let Some(id) = identity::identify(element, self.file, around, &mut self.ids) else {
            self.stranger(element.node.span());
            return;
        };
        let style = element.style();
        self.style.get_or_insert(style);
        let habits = Habits { powershell: style == Style::Pascal, ..self.habits };
        let columns = element.has_columns_of_properties();
        // Members that have other names here than where they are read cannot be chosen by name.
        let wanted = self.wanted.filter(|_| style != Style::Pascal && !columns);
        let wanted = wanted.and_then(|wanted| wanted(id.kind()));
        let body = self.builder.body(element, &id, habits, wanted);
        let body = match style {
            Style::Pascal => powershell::normalized(body, id.kind()),
            _ if columns => graph::nested(&body),
            _ => body,
        };
        let place = element.get("name").or_else(|| element.get("id")).or(around.id);
        let existence_only = !self.builder.left_out && says_nothing(&body);
        self.add(id, body, place.unwrap_or(element.node).span(), existence_only);
        if let Some(draft) = self.drafts.last_mut() {
            draft.cut = Unknown::cut(element.node);
        }
    }

    /// Counts something that nobody can place.
    pub(crate) fn stranger(&mut self, place: Span) {
        let (count, first) = self.strangers.unwrap_or((0, place));
        self.strangers = Some((count + 1, first));
    }

    /// Adds a resource that is already made.
    pub(crate) fn push(&mut self, id: ResourceId, body: Value, place: Span) {
        let existence_only = says_nothing(&body);
        self.add(id, body, place, existence_only);
    }

    fn add(&mut self, id: ResourceId, body: Value, place: Span, existence_only: bool) {
        self.has_whole |= !existence_only;
        self.first.get_or_insert_with(|| id.clone());
        self.drafts.push(Draft { id, body, place, existence_only, cut: None });
    }

    /// Of resources that stand here twice keeps the one of which more is known, in the place of the first.
    ///
    /// A what-if may list a resource evaluated and not evaluated (`AZURE.md`, section 2, shape 11).
    pub(crate) fn prefer_known(&mut self) {
        let mut kept: Vec<Draft> = Vec::with_capacity(self.drafts.len());
        let mut at: FxHashMap<ResourceId, usize> = FxHashMap::default();
        for draft in self.drafts.drain(..) {
            match at.entry(draft.id.clone()) {
                Entry::Vacant(place) => {
                    place.insert(kept.len());
                    kept.push(draft);
                }
                Entry::Occupied(place) => {
                    let Some(first) = kept.get_mut(*place.get()) else { continue };
                    if (draft.existence_only, unknowns(&draft.body))
                        < (first.existence_only, unknowns(&first.body))
                    {
                        *first = draft;
                    }
                }
            }
        }
        self.drafts = kept;
    }

    /// Hands the resources on that there are, with `exports` for whole ones and for mere entries.
    pub(crate) fn hand_on(&mut self, exports: &Exports, sink: &mut dyn FnMut(Resource)) {
        self.handed_on += self.drafts.len();
        for draft in self.drafts.drain(..) {
            sink(draft.into_resource(exports));
        }
    }

    /// How many resources there are.
    pub(crate) fn count(&self) -> usize {
        self.handed_on + self.drafts.len()
    }

    /// Whether every resource is no more than an entry of an inventory.
    pub(crate) fn is_inventory(&self) -> bool {
        self.count() > 0 && !self.has_whole
    }

    /// Whether the resources belong to Site Recovery.
    pub(crate) fn is_site_recovery(&self) -> bool {
        let prefix = "microsoft.recoveryservices/vaults/replication";
        let kind = self.first_kind().and_then(|kind| kind.get(..prefix.len()));
        kind.is_some_and(|kind| kind.eq_ignore_ascii_case(prefix))
    }

    /// The type of the first resource.
    pub(crate) fn first_kind(&self) -> Option<&str> {
        self.first.as_ref().map(ResourceId::kind)
    }

    /// How the first resource is written.
    pub(crate) fn style(&self) -> Option<Style> {
        self.style
    }

    /// The first element nobody could place.
    pub(crate) fn first_stranger(&self) -> Option<Span> {
        self.strangers.map(|(_, first)| first)
    }

    /// What the elements are if they are known and declare nothing.
    pub(crate) fn no_resource(&self) -> Option<&'static str> {
        self.no_resource
    }

    /// The reading, once the file is at its end.
    pub(crate) fn finish(mut self, shape: Shape) -> (Reading, Exports) {
        let planned = shape.is_planned();
        let shape = shape.name(self.first_kind());
        if let Some((count, first)) = self.strangers {
            let message = match count {
                1 => "this element has neither an id nor a type".to_owned(),
                count => format!("{count} elements have neither an id nor a type; this is the first"),
            };
            let note = Note::new(NoteKind::Unreadable, first, message);
            self.notes.push(note.help("keep `id` in what is exported"));
        }
        self.notes.extend(self.builder.cut.note());
        self.notes.extend(self.builder.secrets.notes());
        self.notes.sort_by_key(|note| note.place);
        let is_unread = self.broken || self.strangers.is_some();
        let truncated = is_unread || self.notes.iter().any(|note| note.kind == NoteKind::Truncated);
        let (file, taken, missing) = (self.file, self.taken, self.missing);
        let exports = Exports::new(|existence_only| {
            let (taken, missing) = (taken.clone(), missing.clone());
            Export { file, shape, truncated, taken, existence_only, planned, missing }
        });
        let resources = self.drafts.into_iter().map(|draft| draft.into_resource(&exports));
        (Reading { resources: resources.collect(), notes: self.notes }, exports)
    }

    /// The outcome, if the file is an export of this shape.
    pub(crate) fn outcome(self, shape: Shape) -> Outcome {
        let is_inventory = self.is_inventory();
        let (reading, exports) = self.finish(shape);
        Outcome::Read(reading, Arc::clone(exports.of(is_inventory)))
    }
}

/// How many values of a body are not known.
fn unknowns(value: &Value) -> usize {
    match &value.data {
        Data::Unknown(_) => 1,
        Data::Array(values) => values.iter().map(unknowns).sum(),
        Data::Object(object) => object.iter().map(|(_, value)| unknowns(value)).sum(),
        _ => 0,
    }
}

/// Whether a body tells no more than that the resource exists.
fn says_nothing(body: &Value) -> bool {
    let Data::Object(object) = &body.data else { return false };
    object.iter().all(|(key, value)| {
        is_envelope(&key.name)
            || (key.name.eq_ignore_ascii_case("properties")
                && value.as_object().is_some_and(drlint_resource::Object::is_empty))
    })
}

/// Whether every resource may have a member of this name.
pub(crate) fn is_envelope(name: &str) -> bool {
    ENVELOPE.iter().any(|envelope| envelope.eq_ignore_ascii_case(name))
}
