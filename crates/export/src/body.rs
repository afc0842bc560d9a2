//! The body of a resource: a value without what nobody needs, with unknowns where a value can't be had.

use std::sync::Arc;

use drlint_resource::{Data, Key, Number, Object, Reason, ResourceId, Unknown, Value, is_secret};
use drlint_source::{Document, Node, NodeKind, Span};
use rustc_hash::FxHashMap;

use crate::collect::is_envelope;
use crate::complete::{Cut, Secrets};
use crate::element::Element;
use crate::expression::{self, is_expression};
use crate::masked::is_masked;

/// Members that change with every export, or that Azure fills by itself and that tell nothing of the network.
const NOISE: [&str; 10] = [
    "etag",
    "resourceGuid",
    "provisioningState",
    "hostedWorkloads",
    "tapConfigurations",
    "appliedDnsServers",
    "internalDomainNameSuffix",
    "macAddress",
    "resourceNavigationLinks",
    "serviceAssociationLinks",
];

/// How deep JSON inside a string may nest: with the document around it, recursion stays bounded.
const DEEPEST_INSIDE: u32 = 64;

/// So many names of members are kept.
const NAMES_KEPT: usize = 4096;

/// What a shape does to the values in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Habits {
    /// Members ending in `Text` repeat others as JSON, and objects beyond a depth become the names of .NET types.
    pub(crate) powershell: bool,
    /// Strings may be expressions of a template that nobody evaluated.
    pub(crate) expressions: bool,
}

/// Makes bodies. Names of members are kept once for the whole file.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    names: FxHashMap<Box<str>, usize>,
    known: Vec<Name>,
    /// Where the last name stands that was asked for.
    last: usize,
    pub(crate) secrets: Secrets,
    pub(crate) cut: Cut,
    /// Expressions that were not evaluated: how many, and the first.
    pub(crate) expressions: Option<(usize, Span)>,
    /// Whether the last body lacks something that tells more than that the resource exists.
    pub(crate) left_out: bool,
}

#[derive(Debug)]
struct Name {
    /// As the file writes it.
    written: Box<str>,
    text: Arc<str>,
    /// Where the name stands that came after this one. Resources of one type have their members in one order.
    next: usize,
    class: Class,
    /// The last text that stood under this name. Types, regions and the ids of neighbors come again and again.
    last: Arc<str>,
    /// Whether it is wanted, and among what.
    wanted: Option<(&'static [&'static str], bool)>,
}

/// What is done with a member of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Plain,
    Noise,
    Secret,
    Properties,
    /// Ends in `Text`, as PowerShell repeats a member.
    Shown,
}

/// The resource whose body is made, and where it stands.
#[derive(Clone, Copy, Debug)]
struct Work<'w> {
    owner: &'w ResourceId,
    habits: Habits,
    /// Within JSON in a string: the member's key and the string, the only places there are.
    inside: Option<(Span, Span)>,
    /// The members that anybody reads; `None` means all.
    wanted: Option<&'static [&'static str]>,
}

impl Work<'_> {
    fn span(self, node: Node<'_>) -> Span {
        self.inside.map_or_else(|| node.span(), |(_, string)| string)
    }
}

impl Builder {
    /// The body of `element`.
    pub(crate) fn body(
        &mut self,
        element: &Element<'_>,
        owner: &ResourceId,
        habits: Habits,
        wanted: Option<&'static [&'static str]>,
    ) -> Value {
        let work = Work { owner, habits, inside: None, wanted };
        self.left_out = false;
        let mut members = Vec::with_capacity(element.fields.len());
        for field in &element.fields {
            members.extend(self.member(&field.name, field.key, field.value, work));
        }
        Value::new(Data::Object(Arc::new(Object::new(members))), element.node.span())
    }

    /// The value of a node that stands outside of any member.
    pub(crate) fn value_of(&mut self, node: Node<'_>, owner: &ResourceId, habits: Habits) -> Value {
        self.value(node, Work { owner, habits, inside: None, wanted: None })
    }

    /// The one copy of a name.
    pub(crate) fn name(&mut self, name: &str) -> Arc<str> {
        let known = self.known_name(name);
        self.text_of(known, name)
    }

    fn member(&mut self, name: &str, key: Span, value: Node<'_>, work: Work<'_>) -> Option<(Key, Value)> {
        if matches!(value.kind(), NodeKind::Null | NodeKind::Invalid) {
            return None;
        }
        let known = self.known_name(name);
        let class = self.class_of(known);
        let at = known.ok();
        if class == Class::Plain
            && work.inside.is_none()
            && work.wanted.is_some_and(|wanted| !self.is_wanted(name, at, wanted))
        {
            self.left_out = self.left_out || !is_envelope(name);
            self.secrets_in(value, work.owner.name(), Some(work.owner));
            return None;
        }
        let key =
            Key { name: self.text_of(known, name), span: work.inside.map_or(key, |(_, string)| string) };
        let value = match class {
            Class::Noise => return None,
            Class::Shown if work.habits.powershell && value.kind() == NodeKind::String => return None,
            Class::Secret => self.secret(name, key.span, value, work)?,
            Class::Properties if value.kind() == NodeKind::String && work.inside.is_none() => {
                self.json_in_string(key.span, value, work)
            }
            _ => self.shared(at, value, work),
        };
        Some((key, value))
    }

    fn value(&mut self, node: Node<'_>, work: Work<'_>) -> Value {
        let span = work.span(node);
        let data = match node.kind() {
            NodeKind::Null | NodeKind::Invalid => Data::Null,
            NodeKind::Bool(value) => Data::Bool(value),
            NodeKind::Number => Data::Number(Number::parse(node.raw())),
            NodeKind::String => self.text(node, span, work),
            NodeKind::Array => {
                // Counted first: half-empty lists would be a third of what a large export takes.
                let mut values = Vec::with_capacity(node.elements().count());
                values.extend(node.elements().map(|element| self.value(element, work)));
                values.extend(Value::rest_of(node));
                Data::Array(Arc::new(values))
            }
            NodeKind::Object => {
                let mut members = Vec::with_capacity(node.members().count());
                for member in node.members() {
                    let name = member.key.as_str().unwrap_or_default();
                    members.extend(self.member(&name, member.key.span(), member.value, work));
                }
                Data::Object(Arc::new(Object::new(members)))
            }
        };
        Value::new(data, span)
    }

    fn text(&mut self, node: Node<'_>, span: Span, work: Work<'_>) -> Data {
        if node.is_cut() {
            return unknown(Reason::Cut, span);
        }
        let text = node.as_str().unwrap_or_default();
        if is_masked(&text) {
            return unknown(Reason::Masked, span);
        }
        if work.habits.powershell && self.cut.is_cut(&text, span) {
            return unknown(Reason::Cut, span);
        }
        if work.habits.expressions && is_expression(&text) {
            let (count, first) = self.expressions.unwrap_or((0, span));
            self.expressions = Some((count + 1, first));
            return expression::read(&text, span);
        }
        Data::Text(text.into())
    }

    /// Tells the secrets in a node of which no body is made.
    pub(crate) fn secrets_in(&mut self, node: Node<'_>, owner: &str, id: Option<&ResourceId>) {
        for member in node.members() {
            let name = member.key.as_str().unwrap_or_default();
            let known = self.known_name(&name);
            if self.class_of(known) == Class::Secret {
                if is_in_clear(member.value) {
                    self.secrets.add(&name, member.key.span(), owner, id);
                }
            } else {
                self.secrets_in(member.value, owner, id);
            }
        }
        for element in node.elements() {
            self.secrets_in(element, owner, id);
        }
    }

    /// A secret never gets into a body.
    fn secret(&mut self, name: &str, key: Span, value: Node<'_>, work: Work<'_>) -> Option<Value> {
        let empty = match value.kind() {
            NodeKind::String => value.as_str().is_none_or(|text| text.is_empty()),
            NodeKind::Array | NodeKind::Object => value.size() == 1,
            _ => false,
        };
        if empty {
            return None;
        }
        if is_in_clear(value) {
            let key = work.inside.map_or(key, |(key, _)| key);
            self.secrets.add(name, key, work.owner.name(), Some(work.owner));
        }
        let span = work.span(value);
        Some(Value::new(unknown(Reason::Masked, span), span))
    }

    /// `properties` may come as a string that holds JSON: authors of Resource Graph queries guard against it.
    fn json_in_string(&mut self, key: Span, string: Node<'_>, work: Work<'_>) -> Value {
        let text = string.as_str().unwrap_or_default();
        if !text.trim_start().starts_with('{') {
            return self.value(string, work);
        }
        let span = string.span();
        let inside = Document::parse(span.file, text.to_string());
        let (depth, _) = inside.tree().depth();
        if depth > DEEPEST_INSIDE || !inside.tree().errors().is_empty() {
            let reason = "the JSON in this string cannot be read";
            return Value::new(unknown(Reason::Other(reason.into()), span), span);
        }
        self.value(inside.root(), Work { inside: Some((key, span)), ..work })
    }

    /// Where the name is known; what is done with its member, if it cannot be remembered.
    fn known_name(&mut self, name: &str) -> Result<usize, Class> {
        let next = self.known.get(self.last).map(|last| last.next);
        let is_it = |at: &usize| self.known.get(*at).is_some_and(|known| *known.written == *name);
        let found = next.filter(is_it).or_else(|| self.names.get(name).copied());
        if let Some(at) = found {
            self.came(at);
            return Ok(at);
        }
        let class = class(name);
        // Tags have names of their own on every resource: what is kept is bounded.
        if self.known.len() >= NAMES_KEPT {
            return Err(class);
        }
        let at = self.known.len();
        self.names.insert(name.into(), at);
        let text = written(name);
        self.known.push(Name { written: name.into(), text, next: 0, class, last: "".into(), wanted: None });
        self.came(at);
        Ok(at)
    }

    fn text_of(&self, known: Result<usize, Class>, name: &str) -> Arc<str> {
        known.map_or_else(|_| written(name), |at| Arc::clone(&self.known[at].text))
    }

    fn class_of(&self, known: Result<usize, Class>) -> Class {
        known.map_or_else(|class| class, |at| self.known[at].class)
    }

    /// Remembers that the name at `at` followed the last one.
    fn came(&mut self, at: usize) {
        if let Some(last) = self.known.get_mut(self.last) {
            last.next = at;
        }
        self.last = at;
    }

    fn is_wanted(&mut self, name: &str, at: Option<usize>, wanted: &'static [&'static str]) -> bool {
        let is_wanted = || wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(name));
        let Some(known) = at.and_then(|at| self.known.get_mut(at)) else { return is_wanted() };
        match known.wanted {
            Some((among, found)) if std::ptr::eq(among, wanted) => found,
            _ => {
                let found = is_wanted();
                known.wanted = Some((wanted, found));
                found
            }
        }
    }

    /// A value that shares its text with the one before under the same name, if they are the same.
    fn shared(&mut self, name: Option<usize>, node: Node<'_>, work: Work<'_>) -> Value {
        let known = name.and_then(|at| self.known.get(at)).filter(|_| work.habits == Habits::default());
        if let Some(known) = known
            && node.as_str().is_some_and(|text| *text == *known.last)
        {
            return Value::new(Data::Text(Arc::clone(&known.last)), work.span(node));
        }
        let value = self.value(node, work);
        if let (Data::Text(text), Some(known)) = (&value.data, name.and_then(|at| self.known.get_mut(at))) {
            known.last = Arc::clone(text);
        }
        value
    }
}

/// The name as bodies have it.
fn written(name: &str) -> Arc<str> {
    // A patch calls the name of an IP configuration so (`AZURE.md`, section 1.8).
    if name.eq_ignore_ascii_case("ipConfigName") { "name" } else { name }.into()
}

fn class(name: &str) -> Class {
    if is_secret(name) {
        Class::Secret
    } else if NOISE.iter().any(|noise| noise.eq_ignore_ascii_case(name)) {
        Class::Noise
    } else if name.eq_ignore_ascii_case("properties") {
        Class::Properties
    } else if name.ends_with("Text") && name.starts_with(|first: char| first.is_ascii_uppercase()) {
        Class::Shown
    } else {
        Class::Plain
    }
}

/// Whether the value of a secret member is a literal that somebody could use.
fn is_in_clear(value: Node<'_>) -> bool {
    match value.kind() {
        NodeKind::Null | NodeKind::Invalid => false,
        NodeKind::String => {
            let text = value.as_str().unwrap_or_default();
            !text.is_empty() && !is_masked(&text) && !is_expression(&text)
        }
        // An empty one, and the reference to a key vault.
        NodeKind::Array | NodeKind::Object => {
            value.size() > 1 && value.get("keyVault").is_none() && value.get("reference").is_none()
        }
        NodeKind::Bool(_) | NodeKind::Number => true,
    }
}

pub(crate) fn unknown(reason: Reason, span: Span) -> Data {
    Data::Unknown(Arc::new(Unknown::without_expression(reason, span)))
}
