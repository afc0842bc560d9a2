//! Resource ids whose parts may be unknown.

mod ids;
mod key;
mod part;
mod segments;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHasher;

use crate::{Data, Unknown, Value};
pub use ids::Ids;
pub use part::{Part, Scope, UnknownPart};

/// The id of a resource: scope, type and names, compared without case.
///
/// Ids are shared: an estate refers to each resource many times. What the resources of one type in one group have in
/// common is shared too, where one [`Ids`] has read them.
#[derive(Clone, Debug)]
pub struct ResourceId(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    home: Arc<Home>,
    names: Names,
}

/// What the ids of one type in one scope have in common.
#[derive(Debug)]
struct Home {
    scope: Scope,
    kind: Box<str>,
    /// Both as they are compared.
    key: Box<str>,
    hash: u64,
}

/// Most resources have one name, which needs no list.
#[derive(Debug)]
enum Names {
    One(Part),
    Several(Box<[Part]>),
}

impl Home {
    fn new(scope: Scope, kind: &str) -> Self {
        let key = key::of_home(&scope, kind);
        let mut hasher = FxHasher::default();
        hasher.write(key.as_bytes());
        Self { scope, kind: kind.into(), key: key.into(), hash: hasher.finish() }
    }
}

impl ResourceId {
    /// An id of its parts; `kind` has one segment more than there are `names`.
    pub fn new(scope: Scope, kind: &str, names: Vec<Part>) -> Self {
        Self::within(Arc::new(Home::new(scope, kind)), names)
    }

    /// An id of the same scope and type; the two share what they have in common.
    #[must_use]
    pub fn beside(&self, names: Vec<Part>) -> Self {
        Self::within(Arc::clone(&self.0.home), names)
    }

    fn within(home: Arc<Home>, mut names: Vec<Part>) -> Self {
        let names = match names.pop() {
            Some(only) if names.is_empty() => Names::One(only),
            last => {
                names.extend(last);
                Names::Several(names.into())
            }
        };
        Self(Arc::new(Parts { home, names }))
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
        Self::from_segments(segments::segments(unknown.pieces.as_deref()?))
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
            before => Scope::Other(part::joined(&parts[..before])),
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
        let names = self.names().iter().cloned().chain([name]).collect();
        Self::new(self.scope().clone(), &format!("{}/{kind}", self.kind()), names)
    }

    /// The id of the resource this is a child of.
    pub fn parent(&self) -> Option<Self> {
        let (kind, _) = self.kind().rsplit_once('/')?;
        let (_, names) = self.names().split_last()?;
        if names.is_empty() {
            return None;
        }
        Some(Self::new(self.scope().clone(), kind, names.to_vec()))
    }

    /// The type as written: `Microsoft.Network/virtualNetworks/subnets`.
    pub fn kind(&self) -> &str {
        &self.0.home.kind
    }

    /// Whether it is of type `kind`.
    pub fn is(&self, kind: &str) -> bool {
        self.kind().eq_ignore_ascii_case(kind)
    }

    /// Where the resource lives.
    pub fn scope(&self) -> &Scope {
        &self.0.home.scope
    }

    /// The names, parents first.
    pub fn names(&self) -> &[Part] {
        match &self.0.names {
            Names::One(name) => std::slice::from_ref(name),
            Names::Several(names) => names,
        }
    }

    /// The last name as it is shown.
    pub fn name(&self) -> &str {
        self.names().last().map_or("", Part::shown)
    }

    /// The names joined by `/`, as it is shown.
    pub fn full_name(&self) -> String {
        let names: Vec<&str> = self.names().iter().map(Part::shown).collect();
        names.join("/")
    }

    /// What the id is compared by, written out: lower case, unknown parts in braces.
    pub fn key(&self) -> String {
        let mut key = String::from(&*self.0.home.key);
        key::push_names(&mut key, self.names());
        key
    }

    /// Type and names alone, lower case: what a resource of an unknown scope is found by.
    pub fn local_key(&self) -> String {
        let mut key = String::with_capacity(80);
        key::push_lower_case(&mut key, self.kind());
        key::push_names(&mut key, self.names());
        key
    }

    /// Whether the scope is known.
    pub fn scope_is_known(&self) -> bool {
        self.scope().is_known()
    }

    /// Whether every part is known.
    pub fn is_complete(&self) -> bool {
        self.scope_is_known() && self.names().iter().all(|name| name.known().is_some())
    }

    /// Whether two ids could name the same resource: type and names are equal, and no known part of the scopes differs.
    pub fn may_be(&self, other: &Self) -> bool {
        self.local_key() == other.local_key() && self.scope().agrees(other.scope())
    }

    /// Whether both are known to have type and scope in common without a look at either. They may have all the same.
    pub fn shares_home(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0.home, &other.0.home)
    }

    /// The order of scope and type alone. Ids that differ in it sort by it, but for types that begin alike.
    pub fn compare_homes(&self, other: &Self) -> Ordering {
        if self.shares_home(other) { Ordering::Equal } else { self.0.home.key.cmp(&other.0.home.key) }
    }
}

impl PartialEq for ResourceId {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.compare_homes(other).is_eq() && key::same_names(self.names(), other.names()))
    }
}

impl Eq for ResourceId {}

impl PartialOrd for ResourceId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The order of the keys.
impl Ord for ResourceId {
    fn cmp(&self, other: &Self) -> Ordering {
        let homes = self.compare_homes(other);
        if homes.is_eq() {
            return key::compare_names(self.names(), other.names());
        }
        let (one, two) = (&self.0.home.key, &other.0.home.key);
        if one.starts_with(&**two) || two.starts_with(&**one) { self.key().cmp(&other.key()) } else { homes }
    }
}

impl Hash for ResourceId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.home.hash);
        key::hash_names(self.names(), state);
    }
}

/// The whole id where its scope is known, else type and name.
impl fmt::Display for ResourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.scope_is_known() {
            return write!(f, "{}/{}", self.kind(), self.full_name());
        }
        match self.scope() {
            Scope::Group { subscription, group } => {
                write!(f, "/subscriptions/{subscription}/resourceGroups/{group}")?;
            }
            Scope::Subscription(subscription) => write!(f, "/subscriptions/{subscription}")?,
            Scope::Other(prefix) => {
                let prefix = prefix.shown();
                if !prefix.is_empty() {
                    write!(f, "/{prefix}")?;
                }
            }
        }
        let mut kinds = self.kind().split('/');
        write!(f, "/providers/{}", kinds.next().unwrap_or_default())?;
        for (kind, name) in kinds.zip(self.names()) {
            write!(f, "/{kind}/{name}")?;
        }
        Ok(())
    }
}
