//! Values.

use std::sync::Arc;

use drlint_source::{Node, NodeKind, Span};

use crate::{Key, Lookup, Number, Object, Origin, Reason, Unknown};

/// A JSON value whose every node knows where it came from.
#[derive(Clone, Debug)]
pub struct Value {
    /// What it is.
    pub data: Data,
    /// Where it was written, and what carried it here.
    pub origin: Origin,
}

/// What a [`Value`] is.
#[derive(Clone, Debug)]
pub enum Data {
    /// `null`; a member that is null counts as absent (`ARM.md`, section 3).
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    Text(Arc<str>),
    /// An array.
    Array(Arc<Vec<Value>>),
    /// An object.
    Object(Arc<Object>),
    /// A value that is not known.
    Unknown(Arc<Unknown>),
}

impl Value {
    /// A value written at `span`.
    pub fn new(data: Data, span: Span) -> Self {
        Self { data, origin: Origin::at(span) }
    }

    /// A string written at `span`.
    pub fn text(text: &str, span: Span) -> Self {
        Self::new(Data::Text(text.into()), span)
    }

    /// The literal value of a node, nothing evaluated. Recursion is as deep as the node: check the depth before.
    pub fn literal(node: Node<'_>) -> Self {
        let data = match node.kind() {
            NodeKind::Null | NodeKind::Invalid => Data::Null,
            NodeKind::Bool(value) => Data::Bool(value),
            NodeKind::Number => Data::Number(Number::parse(node.raw())),
            // A member that is not there may be one that is lost.
            NodeKind::String | NodeKind::Object if node.is_cut() => return Self::cut(node.span()),
            NodeKind::String => Data::Text(node.as_str().unwrap_or_default().into()),
            NodeKind::Array => {
                let elements = node.elements().map(Self::literal);
                Data::Array(Arc::new(elements.chain(Self::rest_of(node)).collect()))
            }
            NodeKind::Object => {
                let members = node.members().map(|member| {
                    let name = member.key.as_str().unwrap_or_default().into();
                    (Key { name, span: member.key.span() }, Self::literal(member.value))
                });
                Data::Object(Arc::new(members.collect()))
            }
        };
        Self::new(data, node.span())
    }

    /// A value that the file was cut at: nobody knows how it goes on.
    pub fn cut(span: Span) -> Self {
        Self::new(Data::Unknown(Arc::new(Unknown::without_expression(Reason::Cut, span))), span)
    }

    /// What may follow in an array that the file does not end.
    pub fn rest_of(array: Node<'_>) -> Option<Self> {
        let unknown = Unknown::cut(array)?;
        let place = unknown.place;
        Some(Self::new(Data::Unknown(Arc::new(unknown)), place))
    }

    /// Its text, if it is a known string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// `true` or `false`, also where an export spells them as a string.
    pub fn as_bool(&self) -> Option<bool> {
        match &self.data {
            Data::Bool(value) => Some(*value),
            Data::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Data::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    /// Its elements, if it is a known array.
    pub fn as_array(&self) -> Option<&[Value]> {
        match &self.data {
            Data::Array(values) => Some(values),
            _ => None,
        }
    }

    /// Its members, if it is a known object.
    pub fn as_object(&self) -> Option<&Object> {
        match &self.data {
            Data::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Why it is not known, if it is not.
    pub fn as_unknown(&self) -> Option<&Arc<Unknown>> {
        match &self.data {
            Data::Unknown(unknown) => Some(unknown),
            _ => None,
        }
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(self.data, Data::Null)
    }

    /// What stands at `path`, names joined by dots and compared without case. Null counts as absent.
    pub fn at(&self, path: &str) -> Lookup<'_> {
        let mut value = self;
        for name in path.split('.') {
            value = match &value.data {
                Data::Object(object) => match object.get(name) {
                    Some(next) => next,
                    None => return Lookup::Absent,
                },
                Data::Unknown(unknown) => return Lookup::Unknown(unknown),
                _ => return Lookup::Absent,
            };
        }
        match &value.data {
            Data::Null => Lookup::Absent,
            Data::Unknown(unknown) => Lookup::Unknown(unknown),
            _ => Lookup::Found(value),
        }
    }

    /// The object that holds the properties: `properties` where there is one, the value itself where an export is flattened.
    pub fn properties(&self) -> &Value {
        match self.as_object().and_then(|object| object.get("properties")) {
            Some(properties) if matches!(properties.data, Data::Object(_) | Data::Unknown(_)) => properties,
            _ => self,
        }
    }
}

/// Values are equal if they mean the same: objects without order or case of names, unknowns by identity.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (&self.data, &other.data) {
            (Data::Null, Data::Null) => true,
            (Data::Bool(one), Data::Bool(two)) => one == two,
            (Data::Number(one), Data::Number(two)) => {
                one == two || one.as_integer().is_some_and(|integer| two.as_integer() == Some(integer))
            }
            (Data::Text(one), Data::Text(two)) => one == two,
            (Data::Array(one), Data::Array(two)) => Arc::ptr_eq(one, two) || one == two,
            (Data::Object(one), Data::Object(two)) => {
                Arc::ptr_eq(one, two)
                    || (one.len() == two.len()
                        && one.iter().all(|(key, value)| two.get(&key.name) == Some(value)))
            }
            (Data::Unknown(one), Data::Unknown(two)) => {
                one.identity.is_some() && one.identity == two.identity
            }
            _ => false,
        }
    }
}
