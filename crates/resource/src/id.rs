//! Resource ids whose parts may be unknown.

use std::fmt;
use std::sync::Arc;

use crate::{Data, Piece, Unknown, Value};

/// A segment of an id: known, or unknown with what it is equal to.
#[derive(Clone, Debug)]
pub enum Part {
    /// Known text, as written.
    Known(Arc<str>),
    /// Not known.
    Unknown {
        /// How it is shown: `[parameters('x')]`.
        shown: Arc<str>,
        /// Two parts with the same text here are equal. Never empty, and never equal to a known name.
        identity: Arc<str>,
    },
}

impl Part {
    /// Its text, if it is known.
    pub fn known(&self) -> Option<&str> {
        match self {
            Self::Known(text) => Some(text),
            Self::Unknown { .. } => None,
        }
    }

    fn key(&self) -> String {
        let mut key = String::new();
        self.push_key(&mut key);
        key
    }

    fn push_key(&self, key: &mut String) {
        match self {
            Self::Known(text) => push_lower_case(key, text),
            Self::Unknown { identity, .. } => {
                key.push('{');
                key.push_str(identity);
                key.push('}');
            }
        }
    }
}

fn push_lower_case(key: &mut String, text: &str) {
    if text.is_ascii() {
        key.extend(text.chars().map(|letter| letter.to_ascii_lowercase()));
    } else {
        key.push_str(&text.to_lowercase());
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(text) | Self::Unknown { shown: text, .. } => f.write_str(text),
        }
    }
}

/// Where a resource lives.
#[derive(Clone, Debug)]
pub enum Scope {
    /// In a resource group.
    Group {
        /// The subscription.
        subscription: Part,
        /// The resource group.
        group: Part,
    },
    /// In a subscription.
    Subscription(Part),
    /// In a management group, the tenant, or on another resource: the id before the last `/providers/`.
    Other(Part),
}

/// The id of a resource: scope, type and names. Compared without case by [`ResourceId::key`].
///
/// Ids are shared: an estate refers to each resource many times.
#[derive(Clone, Debug)]
pub struct ResourceId(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    scope: Scope,
    kind: Box<str>,
    names: Box<[Part]>,
    key: Arc<str>,
}

impl ResourceId {
    /// An id of its parts; `kind` has one segment more than there are `names`.
    pub fn new(scope: Scope, kind: &str, names: Vec<Part>) -> Self {
        let key = key_of(&scope, kind, &names).into();
        Self(Arc::new(Parts { scope, kind: kind.into(), names: names.into(), key }))
    }

    /// The id that `text` spells, in any case, with or without the leading `/`.
    pub fn parse(text: &str) -> Option<Self> {
        let segments = text.trim().trim_matches('/').split('/');
        Self::from_segments(segments.map(|segment| Part::Known(segment.into())).collect())
    }

    /// The id that a value spells: a known string, or one of which parts are known.
    pub fn of(value: &Value) -> Option<Self> {
        match &value.data {
            Data::Text(text) => Self::parse(text),
            Data::Unknown(unknown) => Self::of_unknown(unknown),
            _ => None,
        }
    }

    fn of_unknown(unknown: &Unknown) -> Option<Self> {
        Self::from_segments(segments(unknown.pieces.as_deref()?))
    }

    fn from_segments(mut parts: Vec<Part>) -> Option<Self> {
        if parts.first().is_some_and(|part| matches!(part, Part::Known(text) if text.is_empty())) {
            parts.remove(0);
        }
        let word = |at: usize, word: &str| {
            parts.get(at).and_then(Part::known).is_some_and(|text| text.eq_ignore_ascii_case(word))
        };
        let providers = (0..parts.len()).rev().find(|at| at % 2 == 0 && word(*at, "providers"))?;
        let scope = match providers {
            4 if word(0, "subscriptions") && word(2, "resourceGroups") => {
                Scope::Group { subscription: parts[1].clone(), group: parts[3].clone() }
            }
            2 if word(0, "subscriptions") => Scope::Subscription(parts[1].clone()),
            before => Scope::Other(joined(&parts[..before])),
        };
        let rest = &parts[providers + 1..];
        let (provider, rest) = rest.split_first()?;
        if rest.is_empty() || rest.len() % 2 != 0 {
            return None;
        }
        let mut kind = provider.known()?.to_owned();
        for segment in rest.iter().step_by(2) {
            kind.push('/');
            kind.push_str(segment.known()?);
        }
        Some(Self::new(scope, &kind, rest.iter().skip(1).step_by(2).cloned().collect()))
    }

    /// The id of a child resource: `kind` and `name` are its last segments.
    #[must_use]
    pub fn child(&self, kind: &str, name: Part) -> Self {
        let names = self.0.names.iter().cloned().chain([name]).collect();
        Self::new(self.0.scope.clone(), &format!("{}/{kind}", self.0.kind), names)
    }

    /// The id of the resource this is a child of.
    pub fn parent(&self) -> Option<Self> {
        let (kind, _) = self.0.kind.rsplit_once('/')?;
        let names = &self.0.names[..self.0.names.len().checked_sub(1)?];
        if names.is_empty() {
            return None;
        }
        Some(Self::new(self.0.scope.clone(), kind, names.to_vec()))
    }

    /// The type as written: `Microsoft.Network/virtualNetworks/subnets`.
    pub fn kind(&self) -> &str {
        &self.0.kind
    }

    /// Whether it is of type `kind`.
    pub fn is(&self, kind: &str) -> bool {
        self.0.kind.eq_ignore_ascii_case(kind)
    }

    /// Where the resource lives.
    pub fn scope(&self) -> &Scope {
        &self.0.scope
    }

    /// The names, parents first.
    pub fn names(&self) -> &[Part] {
        &self.0.names
    }

    /// The last name as it is shown.
    pub fn name(&self) -> &str {
        match self.0.names.last() {
            Some(Part::Known(text) | Part::Unknown { shown: text, .. }) => text,
            None => "",
        }
    }

    /// The names joined by `/`, as it is shown.
    pub fn full_name(&self) -> String {
        let names: Vec<String> = self.0.names.iter().map(Part::to_string).collect();
        names.join("/")
    }

    /// What the id is compared by: lower case, unknown parts in braces.
    pub fn key(&self) -> &str {
        &self.0.key
    }

    /// Type and names alone, lower case: what a resource of an unknown scope is found by.
    pub fn local_key(&self) -> String {
        local_key(&self.0.kind, &self.0.names)
    }

    /// Whether the scope is known.
    pub fn scope_is_known(&self) -> bool {
        match &self.0.scope {
            Scope::Group { subscription, group } => subscription.known().is_some() && group.known().is_some(),
            Scope::Subscription(part) | Scope::Other(part) => part.known().is_some(),
        }
    }

    /// Whether every part is known.
    pub fn is_complete(&self) -> bool {
        self.scope_is_known() && self.0.names.iter().all(|name| name.known().is_some())
    }

    /// Whether two ids could name the same resource: type and names are equal, and no known part of the scopes differs.
    pub fn may_be(&self, other: &Self) -> bool {
        self.local_key() == other.local_key() && scopes_agree(&self.0.scope, &other.0.scope)
    }
}

impl PartialEq for ResourceId {
    fn eq(&self, other: &Self) -> bool {
        self.0.key == other.0.key
    }
}

impl Eq for ResourceId {}

impl PartialOrd for ResourceId {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ResourceId {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.key.cmp(&other.0.key)
    }
}

impl std::hash::Hash for ResourceId {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.key.hash(state);
    }
}

/// The whole id where its scope is known, else type and name.
impl fmt::Display for ResourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.scope_is_known() {
            return write!(f, "{}/{}", self.0.kind, self.full_name());
        }
        match &self.0.scope {
            Scope::Group { subscription, group } => {
                write!(f, "/subscriptions/{subscription}/resourceGroups/{group}")?;
            }
            Scope::Subscription(subscription) => write!(f, "/subscriptions/{subscription}")?,
            Scope::Other(prefix) => {
                let prefix = prefix.to_string();
                if !prefix.is_empty() {
                    write!(f, "/{prefix}")?;
                }
            }
        }
        let mut kinds = self.0.kind.split('/');
        write!(f, "/providers/{}", kinds.next().unwrap_or_default())?;
        for (kind, name) in kinds.zip(self.0.names.iter()) {
            write!(f, "/{kind}/{name}")?;
        }
        Ok(())
    }
}

fn key_of(scope: &Scope, kind: &str, names: &[Part]) -> String {
    let mut key = String::with_capacity(160);
    match scope {
        Scope::Group { subscription, group } => {
            subscription.push_key(&mut key);
            key.push('/');
            group.push_key(&mut key);
        }
        Scope::Subscription(subscription) => subscription.push_key(&mut key),
        Scope::Other(prefix) => {
            key.push('*');
            prefix.push_key(&mut key);
        }
    }
    key.push(':');
    push_local_key(&mut key, kind, names);
    key
}

fn local_key(kind: &str, names: &[Part]) -> String {
    let mut key = String::with_capacity(80);
    push_local_key(&mut key, kind, names);
    key
}

fn push_local_key(key: &mut String, kind: &str, names: &[Part]) {
    push_lower_case(key, kind);
    for name in names {
        key.push(':');
        name.push_key(key);
    }
}

fn scopes_agree(one: &Scope, two: &Scope) -> bool {
    let parts = |one: &Part, two: &Part| match (one, two) {
        (Part::Known(one), Part::Known(two)) => one.eq_ignore_ascii_case(two),
        _ => true,
    };
    match (one, two) {
        (
            Scope::Group { subscription, group },
            Scope::Group { subscription: other_subscription, group: other_group },
        ) => parts(subscription, other_subscription) && parts(group, other_group),
        (Scope::Subscription(one), Scope::Subscription(two)) | (Scope::Other(one), Scope::Other(two)) => {
            parts(one, two)
        }
        _ => false,
    }
}

fn joined(parts: &[Part]) -> Part {
    let shown: Vec<String> = parts.iter().map(Part::to_string).collect();
    let shown = shown.join("/");
    if parts.iter().all(|part| part.known().is_some()) {
        return Part::Known(shown.into());
    }
    let identity: Vec<String> = parts.iter().map(Part::key).collect();
    Part::Unknown { shown: shown.into(), identity: identity.join("/").into() }
}

/// Splits a partly known text at each `/` of its known pieces.
fn segments(pieces: &[Piece]) -> Vec<Part> {
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
            Part::Unknown { shown: segment.shown.into(), identity: segment.identity.into() }
        } else {
            Part::Known(segment.shown.into())
        }
    };
    found.into_iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const VNET: &str =
        "/subscriptions/S1/resourceGroups/rg-A/providers/Microsoft.Network/virtualNetworks/vnet-Source";

    #[test]
    fn ids_compare_without_case_and_print_as_written() {
        let id = ResourceId::parse(VNET).unwrap();
        let other = ResourceId::parse(&VNET.to_lowercase()).unwrap();
        assert_eq!(id, other);
        assert_eq!(id.to_string(), VNET);
        assert_eq!(id.name(), "vnet-Source");
        assert!(id.is("microsoft.network/virtualnetworks"));
    }

    #[test]
    fn children_lead_to_their_parents() {
        let id = ResourceId::parse(VNET).unwrap();
        let subnet = id.child("subnets", Part::Known("Subnet1".into()));
        assert_eq!(subnet, ResourceId::parse(&format!("{VNET}/subnets/Subnet1")).unwrap());
        assert_eq!(subnet.parent(), Some(id));
        assert_eq!(subnet.full_name(), "vnet-Source/Subnet1");
    }

    #[test]
    fn a_resource_group_named_providers_is_no_provider() {
        let id = ResourceId::parse("/subscriptions/s/resourceGroups/providers/providers/A.B/c/d").unwrap();
        assert_eq!((id.kind(), id.name()), ("A.B/c", "d"));
    }

    #[test]
    fn an_unknown_scope_agrees_with_any() {
        let unknown = |what: &str| Part::Unknown { shown: what.into(), identity: what.into() };
        let scope = Scope::Group { subscription: unknown("s"), group: unknown("g") };
        let id = ResourceId::new(
            scope,
            "microsoft.network/virtualNetworks",
            vec![Part::Known("VNET-source".into())],
        );
        let known = ResourceId::parse(VNET).unwrap();
        assert_ne!(id, known);
        assert!(id.may_be(&known));
        assert_eq!(id.to_string(), "microsoft.network/virtualNetworks/VNET-source");
    }
}
