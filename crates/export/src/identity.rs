//! The id of an exported thing: as it stands there, or from its type, its name and where it lives.

use std::sync::Arc;

use drlint_resource::{
    Data, Identity, Ids, Part, Piece, Reason, Residual, ResourceId, Scope, Unknown, Value,
};
use drlint_source::{FileId, Node, NodeKind, Span};

use crate::element::Element;
use crate::expression::{self, is_expression};

/// What a group and a subscription are shown as where nobody says which.
const UNKNOWN_GROUP: &str = "resourceGroup().name";
const UNKNOWN_SUBSCRIPTION: &str = "subscription().subscriptionId";

/// What stands around an element and says what it is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Around<'d> {
    /// The type that its wrapper promises.
    pub(crate) kind: Option<&'static str>,
    /// Its id.
    pub(crate) id: Option<Node<'d>>,
}

/// The id of `element`.
pub(crate) fn identify(
    element: &Element<'_>,
    file: FileId,
    around: Around<'_>,
    ids: &mut Ids,
) -> Option<ResourceId> {
    let mut written = element.get("id").into_iter().chain(around.id);
    if let Some(id) = written.find_map(|id| of(id, file, ids)) {
        return Some(id);
    }
    let written = element.text("type");
    let kind = written.as_deref().filter(|kind| is_type(kind)).or(around.kind)?;
    match element.text("name") {
        // A what-if cuts the name out of an id at its last slash, even if the id is an expression.
        Some(name) if name.contains('\'') => {
            let mut names = names(kind, "", file);
            names.pop();
            names.push(unknown(name.trim_matches(['[', ']']), file));
            Some(ResourceId::new(scope(element, file), kind, names))
        }
        Some(name) => Some(named(element, kind, &name, file)),
        None => parent_of_children(element, kind).or_else(|| {
            around.kind?;
            Some(ResourceId::new(scope(element, file), kind, vec![unnamed(element.node.span())]))
        }),
    }
}

/// The id that a node spells, be it an expression of which parts are known.
fn of(node: Node<'_>, file: FileId, ids: &mut Ids) -> Option<ResourceId> {
    let text = node.as_str()?;
    if is_expression(&text) {
        let place = node.span();
        let value = Value::new(expression::read(&text, place), place);
        return ResourceId::of(&value).or_else(|| below_unknown(&value));
    }
    ids.parse(&text, |text| parse(text, file))
}

/// The id that begins with an unknown scope: `[format('{0}/providers/...', resourceGroup().id)]`.
fn below_unknown(value: &Value) -> Option<ResourceId> {
    let unknown = value.as_unknown()?;
    let (Piece::Unknown(scope), rest) = unknown.pieces.as_deref()?.split_first()? else { return None };
    let mut tail = Unknown::clone(unknown);
    tail.pieces = Some(rest.into());
    let id = ResourceId::of(&Value { data: Data::Unknown(Arc::new(tail)), origin: value.origin.clone() })?;
    let Scope::Other(Part::Known(before)) = id.scope() else { return None };
    let identity = scope.identity.as_ref()?;
    let scope = Part::unknown(&format!("[{}]", scope.residual), &format!("{{{identity}}}"));
    before.is_empty().then(|| ResourceId::new(Scope::Other(scope), id.kind(), id.names().to_vec()))
}

/// The id that `text` spells, with the corrections that exports need.
pub(crate) fn parse(text: &str, file: FileId) -> Option<ResourceId> {
    let Some(id) = ResourceId::parse(text) else { return group(text) };
    // Short ids: `resourceGroups/<name>/providers/...` without the subscription.
    if let Scope::Other(Part::Known(prefix)) = id.scope() {
        let mut segments = prefix.split('/');
        if let (Some(word), Some(name), None) = (segments.next(), segments.next(), segments.next())
            && word.eq_ignore_ascii_case("resourceGroups")
        {
            let scope =
                Scope::Group { subscription: unknown(UNKNOWN_SUBSCRIPTION, file), group: known(name) };
            return Some(ResourceId::new(scope, id.kind(), id.names().to_vec()));
        }
    }
    Some(id)
}

/// A resource group's own id has no provider in it.
fn group(text: &str) -> Option<ResourceId> {
    let mut segments = text.trim().trim_matches('/').split('/');
    let (subscriptions, subscription) = (segments.next()?, segments.next()?);
    let (groups, name) = (segments.next()?, segments.next()?);
    let is_group = subscriptions.eq_ignore_ascii_case("subscriptions")
        && groups.eq_ignore_ascii_case("resourceGroups")
        && segments.next().is_none();
    let scope = Scope::Subscription(known(subscription));
    is_group.then(|| ResourceId::new(scope, "Microsoft.Resources/resourceGroups", vec![known(name)]))
}

/// Whether `text` is a resource type: a provider with a dot, and at least one type.
pub(crate) fn is_type(text: &str) -> bool {
    let mut segments = text.split('/');
    let provider = segments.next().unwrap_or_default();
    let rest = segments.clone().count();
    provider.contains('.')
        && rest > 0
        && text.split('/').all(|segment| !segment.is_empty() && !segment.contains(' '))
}

/// An id of a type, a name and the group and subscription that stand beside them.
fn named(element: &Element<'_>, kind: &str, name: &str, file: FileId) -> ResourceId {
    ResourceId::new(scope(element, file), kind, names(kind, name, file))
}

/// The names that a type asks for; parents that `name` doesn't spell are not known.
pub(crate) fn names(kind: &str, name: &str, file: FileId) -> Vec<Part> {
    let wanted = kind.split('/').count().saturating_sub(1);
    let given: Vec<&str> = name.split('/').collect();
    if given.len() == wanted {
        return given.into_iter().map(known).collect();
    }
    let parents = (1..wanted).map(|level| unknown(&format!("parent {level}"), file));
    parents.chain([known(name)]).collect()
}

fn scope(element: &Element<'_>, file: FileId) -> Scope {
    let group = ["resourceGroup", "resourceGroupName"].iter().find_map(|name| element.text(name));
    let subscription = element.text("subscriptionId");
    group_scope(subscription.as_deref(), group.as_deref(), file)
}

/// A group's scope, of which either part may be missing. What is missing is the same for all of one file.
pub(crate) fn group_scope(subscription: Option<&str>, group: Option<&str>, file: FileId) -> Scope {
    Scope::Group {
        subscription: subscription.map_or_else(|| unknown(UNKNOWN_SUBSCRIPTION, file), known),
        group: group.map_or_else(|| unknown(UNKNOWN_GROUP, file), known),
    }
}

/// The answers of old `create` commands name their children in full and themselves not at all.
fn parent_of_children(element: &Element<'_>, kind: &str) -> Option<ResourceId> {
    let lists =
        element.fields.iter().map(|field| field.value).filter(|value| value.kind() == NodeKind::Array);
    let ids = lists.flat_map(Node::elements).filter_map(|child| child.get("id")?.as_str());
    ids.filter_map(|id| ResourceId::parse(&id)?.parent()).find(|parent| parent.is(kind))
}

pub(crate) fn known(text: &str) -> Part {
    Part::Known(text.into())
}

/// A part that is not known: `shown` is the expression it would come from. The same in all of one file.
pub(crate) fn unknown(shown: &str, file: FileId) -> Part {
    let identity = format!("{{{shown} of file {}}}", file.0);
    Part::unknown(&format!("[{shown}]"), &identity)
}

/// The subscription that a provider of Terraform works in, where its configuration doesn't say which.
pub(crate) fn unknown_subscription(provider: &str, file: FileId) -> Part {
    match unknown(UNKNOWN_SUBSCRIPTION, file) {
        Part::Unknown(part) if provider != "azurerm" => {
            Part::unknown(part.shown(), &format!("{}{{{provider}}}", part.identity))
        }
        part => part,
    }
}

/// The value that spells `id` at `place`: a text, or one of which parts are unknown.
pub(crate) fn value_of(id: &ResourceId, place: Span) -> Value {
    let mut pieces = Vec::new();
    match id.scope() {
        Scope::Group { subscription, group } => {
            spell(&mut pieces, "/subscriptions/", subscription, place);
            spell(&mut pieces, "/resourceGroups/", group, place);
        }
        Scope::Subscription(subscription) => spell(&mut pieces, "/subscriptions/", subscription, place),
        Scope::Other(prefix) => spell(&mut pieces, "/", prefix, place),
    }
    let mut kinds = id.kind().split('/');
    push(&mut pieces, &format!("/providers/{}", kinds.next().unwrap_or_default()));
    for (kind, name) in kinds.zip(id.names()) {
        spell(&mut pieces, &format!("/{kind}/"), name, place);
    }
    if let [Piece::Known(text)] = pieces.as_slice() {
        return Value::text(text, place);
    }
    let reason = Reason::Other("the id is known only after the deployment".into());
    let mut unknown = Unknown::without_expression(reason, place);
    unknown.identity = Some(Identity::Named(id.key().into()));
    unknown.pieces = Some(pieces.into());
    Value::new(Data::Unknown(Arc::new(unknown)), place)
}

fn spell(pieces: &mut Vec<Piece>, before: &str, part: &Part, place: Span) {
    push(pieces, before);
    match part {
        Part::Known(text) => push(pieces, text),
        Part::Unknown(part) => {
            let inside =
                |text: &str, open, close| text.trim_start_matches(open).trim_end_matches(close).to_owned();
            let shown = inside(part.shown(), '[', ']');
            let residual = Residual::call(shown.clone(), Vec::new());
            let reason = Reason::ScopeNotGiven(shown.into());
            let mut unknown = Unknown::new(reason, place, residual);
            unknown.identity = Some(Identity::Named(inside(&part.identity, '{', '}').into()));
            pieces.push(Piece::Unknown(Arc::new(unknown)));
        }
    }
}

/// Adds known text, joined to known text before it.
pub(crate) fn push(pieces: &mut Vec<Piece>, text: &str) {
    if text.is_empty() {
        return;
    }
    if let Some(Piece::Known(last)) = pieces.last_mut() {
        *last = format!("{last}{text}").into();
    } else {
        pieces.push(Piece::Known(text.into()));
    }
}

fn unnamed(place: Span) -> Part {
    Part::unknown("[no name]", &format!("unnamed at {}:{}", place.file.0, place.start))
}
