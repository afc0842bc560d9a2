//! A template's tables of names, looked up without case.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::hash::BuildHasher;

use drlint_source::{Caseless, Member, Node};
use rustc_hash::{FxBuildHasher, FxHashMap};

/// From this many names on, looking one up goes through an index.
const INDEXED_FROM: usize = 12;

/// Members of an object by name; of duplicates the last.
pub(crate) struct Names<'d> {
    members: Vec<(Cow<'d, str>, Member<'d>)>,
    /// Where each name stands, by its hash without case; of several with one hash the last.
    index: OnceCell<FxHashMap<u64, usize>>,
}

impl<'d> Names<'d> {
    /// The members of an object.
    pub(crate) fn of(object: Option<Node<'d>>) -> Self {
        let Some(object) = object else { return Self::from(Vec::new()) };
        let mut members = Vec::with_capacity(object.members().count());
        members.extend(object.members().map(|member| (member.key.as_str().unwrap_or_default(), member)));
        Self::from(members)
    }

    /// The loops of `variables.copy`, by the name each gives.
    pub(crate) fn of_loops(loops: Option<Node<'d>>) -> Self {
        let loops = loops.into_iter().flat_map(Node::elements).filter_map(|element| {
            let member = element.member("name")?;
            Some((member.value.as_str()?, Member { key: member.value, value: element }))
        });
        Self::from(loops.collect())
    }

    /// The users' functions, by `namespace.name`.
    pub(crate) fn of_functions(functions: Option<Node<'d>>) -> Self {
        let mut members = Vec::new();
        for element in functions.into_iter().flat_map(Node::elements) {
            let Some(namespace) = element.get("namespace").and_then(Node::as_str) else { continue };
            for member in element.get("members").into_iter().flat_map(Node::members) {
                let name = member.key.as_str().unwrap_or_default();
                members.push((Cow::Owned(format!("{namespace}.{name}")), member));
            }
        }
        Self::from(members)
    }

    fn from(members: Vec<(Cow<'d, str>, Member<'d>)>) -> Self {
        Self { members, index: OnceCell::new() }
    }

    /// Where `name` stands.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        let is_name = |known: &str| Caseless(known) == Caseless(name);
        if self.members.len() >= INDEXED_FROM {
            let index =
                self.index.get_or_init(|| self.members.iter().map(|(name, _)| hash(name)).zip(0..).collect());
            let at = *index.get(&hash(name))?;
            if is_name(&self.members[at].0) {
                return Some(at);
            }
        }
        self.members.iter().rposition(|(known, _)| is_name(known))
    }

    /// The member at a place that [`Names::find`] gave.
    pub(crate) fn get(&self, at: usize) -> Option<Member<'d>> {
        self.members.get(at).map(|(_, member)| *member)
    }

    /// All names in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, Member<'d>)> {
        self.members.iter().map(|(name, member)| (&**name, *member))
    }

    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }
}

fn hash(name: &str) -> u64 {
    FxBuildHasher.hash_one(Caseless(name))
}
