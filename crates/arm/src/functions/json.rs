//! `json`: text to values, with the depth budget of files.

use std::sync::Arc;

use drlint_resource::{Data, Key, Number, Object, Value};
use drlint_source::{Document, FileId, Node, NodeKind, Span};

use super::arrays::room;
use super::strings::text_of;
use crate::budget::LIMITS;
use crate::machine::{Answer, Invocation, Stop, refused};

pub(super) fn json(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    parsed(invocation, text_of(arguments, 0, "json")?)
}

/// The value that `text` spells; strings may have single quotes.
pub(super) fn parsed(invocation: &Invocation<'_, '_>, text: &str) -> Answer {
    invocation.machine.meter.steps(text.len() as u64 / 16)?;
    let mut document = Document::parse(FileId(u32::MAX), text.into());
    if !document.tree().errors().is_empty() && text.contains('\'') {
        document = Document::parse(FileId(u32::MAX), double_quoted(text));
    }
    if let Some(error) = document.tree().errors().first() {
        return refused(format!("this is no JSON: {}", error.problem));
    }
    let (depth, _) = document.tree().depth();
    if depth > LIMITS.json_depth {
        return Err(Stop::Budget(format!(
            "JSON nested {depth} deep is deeper than the {} levels allowed",
            LIMITS.json_depth
        )));
    }
    room(invocation, document.root().size() as usize)?;
    Ok(value_of(document.root(), invocation.site.span()))
}

/// The value of a node, all of it placed at `span`. The depth was checked before.
fn value_of(node: Node<'_>, span: Span) -> Value {
    let data = match node.kind() {
        NodeKind::Null | NodeKind::Invalid => Data::Null,
        NodeKind::Bool(value) => Data::Bool(value),
        NodeKind::Number => Data::Number(Number::parse(node.raw())),
        NodeKind::String => Data::Text(node.as_str().unwrap_or_default().into()),
        NodeKind::Array => {
            Data::Array(Arc::new(node.elements().map(|element| value_of(element, span)).collect()))
        }
        NodeKind::Object => {
            let members = node.members().map(|member| {
                let name = member.key.as_str().unwrap_or_default().into();
                (Key { name, span }, value_of(member.value, span))
            });
            Data::Object(Arc::new(Object::new(members.collect())))
        }
    };
    Value::new(data, span)
}

/// Strings in single quotes, rewritten with double ones.
fn double_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    let mut inside: Option<char> = None;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match (inside, character) {
            (Some('\''), '\\') => match characters.next() {
                Some('\'') => out.push('\''),
                Some(other) => {
                    out.push('\\');
                    out.push(other);
                }
                None => out.push('\\'),
            },
            (Some('\''), '"') => out.push_str("\\\""),
            (Some('"'), '\\') => {
                out.push('\\');
                out.extend(characters.next());
            }
            (Some(quote), character) if character == quote => {
                inside = None;
                out.push('"');
            }
            (None, '\'' | '"') => {
                inside = Some(character);
                out.push('"');
            }
            (_, character) => out.push(character),
        }
    }
    out
}
