//! Objects written member by member, along paths.

use std::sync::Arc;

use drlint_resource::{Data, Key, Value};
use drlint_source::Span;

/// An object while it is written.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    members: Vec<(Key, Branch)>,
}

#[derive(Debug)]
enum Branch {
    Leaf(Value),
    Object(Tree),
    List(Span, Vec<Value>),
}

impl Tree {
    /// Sets `path`; what is there already stays.
    pub(crate) fn insert(&mut self, path: &str, key: Span, value: Value) {
        self.put(path, key, Branch::Leaf(value));
    }

    /// Adds a member as it is.
    pub(crate) fn insert_member(&mut self, key: Key, value: Value) {
        self.members.push((key, Branch::Leaf(value)));
    }

    /// Sets `path` to an object.
    pub(crate) fn insert_tree(&mut self, path: &str, key: Span, tree: Self) {
        self.put(path, key, Branch::Object(tree));
    }

    /// Adds the members of another object.
    pub(crate) fn join(&mut self, other: Self) {
        self.members.extend(other.members);
    }

    /// Adds to the list at `path`.
    pub(crate) fn append(&mut self, path: &str, key: Span, values: Vec<Value>) {
        self.put(path, key, Branch::List(key, values));
    }

    fn put(&mut self, path: &str, key: Span, branch: Branch) {
        let path = path.trim_start_matches('/');
        let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
        let known = self.members.iter_mut().find(|(key, _)| &*key.name == name).map(|(_, branch)| branch);
        match (known, rest) {
            (Some(Branch::Object(tree)), Some(rest)) => tree.put(rest, key, branch),
            (Some(Branch::List(_, list)), None) => {
                if let Branch::List(_, more) = branch {
                    list.extend(more);
                }
            }
            (Some(_), _) => {}
            (None, Some(rest)) => {
                let mut tree = Self::default();
                tree.put(rest, key, branch);
                self.members.push((Key { name: name.into(), span: key }, Branch::Object(tree)));
            }
            (None, None) => self.members.push((Key { name: name.into(), span: key }, branch)),
        }
    }

    /// Whether a member of this name is there.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.members.iter().any(|(key, _)| &*key.name == path)
    }

    /// Whether nothing was written.
    pub(crate) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The object, which stands at `span`.
    pub(crate) fn into_value(self, span: Span) -> Value {
        let members = self.members.into_iter().map(|(key, branch)| {
            let value = match branch {
                Branch::Leaf(value) => value,
                Branch::List(span, values) => Value::new(Data::Array(Arc::new(values)), span),
                Branch::Object(tree) => {
                    let span = key.span;
                    tree.into_value(span)
                }
            };
            (key, value)
        });
        Value::new(Data::Object(Arc::new(members.collect())), span)
    }
}
