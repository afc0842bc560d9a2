//! A template's tables of names, looked up without case.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::cmp::Ordering;

use drlint_source::{Member, Node};

/// From this many names on, they are sorted to look one up.
const INDEXED_FROM: usize = 12;

/// Members of an object by name; of duplicates the last.
pub(crate) struct Names<'d> {
    members: Vec<(Cow<'d, str>, Member<'d>)>,
    /// Where each name stands, sorted by name.
    sorted: OnceCell<Vec<usize>>,
}

impl<'d> Names<'d> {
    /// The members of an object.
    pub(crate) fn of(object: Option<Node<'d>>) -> Self {
        let members = object.into_iter().flat_map(Node::members);
        Self::from(members.map(|member| (member.key.as_str().unwrap_or_default(), member)).collect())
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
        Self { members, sorted: OnceCell::new() }
    }

    /// Where `name` stands.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        if self.members.len() < INDEXED_FROM {
            return self.members.iter().rposition(|(known, _)| known.eq_ignore_ascii_case(name));
        }
        let sorted = self.sorted.get_or_init(|| {
            let mut sorted: Vec<usize> = (0..self.members.len()).collect();
            sorted.sort_by(|one, two| compared(&self.members[*one].0, &self.members[*two].0));
            sorted
        });
        let end = sorted.partition_point(|at| compared(&self.members[*at].0, name).is_le());
        sorted[..end].last().copied().filter(|at| self.members[*at].0.eq_ignore_ascii_case(name))
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

/// The order of two names without case.
fn compared(one: &str, two: &str) -> Ordering {
    one.bytes().map(|byte| byte.to_ascii_lowercase()).cmp(two.bytes().map(|byte| byte.to_ascii_lowercase()))
}
