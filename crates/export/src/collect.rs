//! Elements become resources of one reading.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use drlint_resource::{Data, Export, Input, Note, NoteKind, Reading, Resource, ResourceId, Value};
use drlint_source::{FileId, Node, NodeKind, Span};
use rustc_hash::FxHashMap;

use crate::body::{Builder, Habits};
use crate::element::Element;
use crate::identity::Around;
use crate::{Shape, identity, powershell};

/// How a tool writes a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// With an object `properties`.
    Nested,
    /// Flattened, with the names of the wire.
    Flat,
    /// Flattened, with the names of .NET.
    Pascal,
}

/// What became of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is a resource.
    Resource,
    /// It only refers to one.
    Stub,
    /// It tells of Azure, not of an estate; this is what it is.
    Catalogue(&'static str),
    /// Nobody can say what it is.
    Stranger,
}

/// Members that every resource may have; beside them there is nothing to know of an inventory's entry.
const ENVELOPE: [&str; 24] = [
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
];

#[derive(Debug)]
struct Draft {
    id: ResourceId,
    body: Value,
    place: Span,
    existence_only: bool,
}

impl Draft {
    fn into_resource(self, (whole, entry): (&Arc<Export>, &Arc<Export>)) -> Resource {
        let export = if self.existence_only { entry } else { whole };
        let input = Input::Export(Arc::clone(export));
        Resource { id: self.id, body: self.body, place: self.place, condition: None, input }
    }
}

/// What one file gives, while it is read.
#[derive(Debug)]
pub(crate) struct Collector {
    pub(crate) file: FileId,
    pub(crate) builder: Builder,
    pub(crate) notes: Vec<Note>,
    pub(crate) taken: Option<String>,
    pub(crate) habits: Habits,
    drafts: Vec<Draft>,
    style: Option<Style>,
    strangers: Option<(usize, Span)>,
    catalogue: Option<&'static str>,
    /// How many resources were handed on before the end.
    handed_on: usize,
    /// Whether one of the resources is more than an entry of an inventory.
    has_whole: bool,
    is_site_recovery: Option<bool>,
}

impl Collector {
    pub(crate) fn new(file: FileId) -> Self {
        Self {
            file,
            builder: Builder::default(),
            notes: Vec::new(),
            taken: None,
            habits: Habits::default(),
            drafts: Vec::new(),
            style: None,
            strangers: None,
            catalogue: None,
            handed_on: 0,
            has_whole: false,
            is_site_recovery: None,
        }
    }

    /// Takes one element.
    pub(crate) fn element(&mut self, element: &Element<'_>, around: Around<'_>) -> Fate {
        if element.is_stub() {
            return Fate::Stub;
        }
        if let Some(what) = catalogue(element) {
            self.catalogue = Some(what);
            return Fate::Catalogue(what);
        }
        let Some(id) = identity::identify(element, self.file, around) else {
            self.stranger(element.span);
            return Fate::Stranger;
        };
        let style = style(element);
        self.style.get_or_insert(style);
        let habits = Habits { powershell: style == Style::Pascal, ..self.habits };
        let body = self.builder.body(element, &id, habits);
        let body = if style == Style::Pascal { powershell::normalized(body, id.kind()) } else { body };
        let place = element.get("name").or_else(|| element.get("id")).or(around.id);
        self.push(id, body, place.map_or(element.span, Node::span));
        Fate::Resource
    }

    /// Counts something that nobody can place.
    pub(crate) fn stranger(&mut self, place: Span) {
        let (count, first) = self.strangers.unwrap_or((0, place));
        self.strangers = Some((count + 1, first));
    }

    /// Adds a resource that is already made.
    pub(crate) fn push(&mut self, id: ResourceId, body: Value, place: Span) {
        let existence_only = says_nothing(&body);
        self.has_whole |= !existence_only;
        self.is_site_recovery.get_or_insert_with(|| of_site_recovery(&id));
        self.drafts.push(Draft { id, body, place, existence_only });
    }

    /// Of resources that stand here twice keeps the one of which more is known, in the place of the first.
    ///
    /// A what-if may list a resource evaluated and not evaluated (`AZURE.md`, section 2, shape 11).
    pub(crate) fn prefer_known(&mut self) {
        let mut kept: Vec<Draft> = Vec::with_capacity(self.drafts.len());
        let mut at: FxHashMap<String, usize> = FxHashMap::default();
        for draft in self.drafts.drain(..) {
            match at.entry(draft.id.key().to_owned()) {
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
    pub(crate) fn hand_on(&mut self, exports: (&Arc<Export>, &Arc<Export>), sink: &mut dyn FnMut(Resource)) {
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
        self.is_site_recovery == Some(true)
    }

    /// How the first resource is written.
    pub(crate) fn style(&self) -> Option<Style> {
        self.style
    }

    /// The first element nobody could place.
    pub(crate) fn first_stranger(&self) -> Option<Span> {
        self.strangers.map(|(_, first)| first)
    }

    /// What the elements tell of instead of an estate.
    pub(crate) fn catalogue(&self) -> Option<&'static str> {
        self.catalogue
    }

    /// The reading, once the file is at its end.
    pub(crate) fn finish(mut self, shape: Shape) -> (Reading, Arc<Export>) {
        let existence_only = self.is_inventory();
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
        let truncated = self.notes.iter().any(|note| note.kind == NoteKind::Truncated);
        let export = |existence_only| {
            let taken = self.taken.clone();
            Arc::new(Export { file: self.file, shape: shape.name(), truncated, taken, existence_only })
        };
        let (whole, entry) = (export(false), export(true));
        let resources = self.drafts.into_iter().map(|draft| draft.into_resource((&whole, &entry)));
        let reading = Reading { resources: resources.collect(), notes: self.notes };
        (reading, if existence_only { entry } else { whole })
    }
}

fn of_site_recovery(id: &ResourceId) -> bool {
    let prefix = "microsoft.recoveryservices/vaults/replication";
    id.kind().get(..prefix.len()).is_some_and(|kind| kind.eq_ignore_ascii_case(prefix))
}

fn style(element: &Element<'_>) -> Style {
    let upper =
        |name: &str| element.field(name).is_some_and(|field| field.name.starts_with(char::is_uppercase));
    if upper("id") && (upper("name") || element.has("ResourceGroupName") || element.has("FriendlyName")) {
        Style::Pascal
    } else if element
        .get("properties")
        .is_some_and(|node| matches!(node.kind(), NodeKind::Object | NodeKind::String))
    {
        Style::Nested
    } else {
        Style::Flat
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
        ENVELOPE.iter().any(|name| name.eq_ignore_ascii_case(&key.name))
            || (key.name.eq_ignore_ascii_case("properties")
                && value.as_object().is_some_and(drlint_resource::Object::is_empty))
    })
}

/// What an element is that carries an id or a type of Azure and yet is no part of an estate.
///
/// Source: recorded answers (`corpus/exports`, shape `other`).
fn catalogue(element: &Element<'_>) -> Option<&'static str> {
    const CATALOGUES: [(&str, &str); 8] = [
        ("expressRouteServiceProviders", "the providers of ExpressRoute, no network configuration"),
        ("bgpServiceCommunities", "the BGP communities of Azure, no network configuration"),
        ("availableDelegations", "the delegations Azure offers, no network configuration"),
        ("availableServiceAliases", "the service aliases Azure offers, no network configuration"),
        ("availablePrivateEndpointTypes", "the endpoint types Azure offers, no network configuration"),
        ("usages", "usages and limits, no network configuration"),
        ("replicationVaultHealth", "the health of a vault, no network configuration"),
        ("replicationEvents", "events of Site Recovery, no network configuration"),
    ];
    let is = |text: &str, word: &str| {
        let mut segments = text.trim_end_matches('/').rsplit('/');
        let (last, before) = (segments.next().unwrap_or_default(), segments.next().unwrap_or_default());
        last.eq_ignore_ascii_case(word) || before.eq_ignore_ascii_case(word)
    };
    let said = element.text("type").or_else(|| element.text("id"))?;
    CATALOGUES.iter().find(|(word, _)| is(&said, word)).map(|(_, what)| *what)
}
