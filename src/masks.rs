//! What must never be shown of a file: values of secret fields and of secure parameters.

use std::collections::BTreeMap;
use std::ops::Range;

use drlint_resource::is_secret;
use drlint_source::{Document, FileId, Node, NodeKind};

/// The stretches of each file that are shown as `***`.
#[derive(Debug, Default)]
pub struct Masks {
    by_file: BTreeMap<FileId, Vec<Range<u32>>>,
}

impl Masks {
    /// Adds the secrets of a document. `secure` names the parameters that are secure, for a parameter file.
    pub fn add(&mut self, document: &Document, secure: &[String]) {
        let mut found = Vec::new();
        collect(document.root(), secure, &mut found);
        found.sort_by_key(|range| range.start);
        self.by_file.insert(document.file, found);
    }

    /// The stretches of a file in order.
    pub fn of(&self, file: FileId) -> &[Range<u32>] {
        self.by_file.get(&file).map_or(&[], Vec::as_slice)
    }
}

/// The names of the parameters that a template declares as secure.
pub(crate) fn secure_parameters(template: &Document) -> Vec<String> {
    let Some(parameters) = template.root().get("parameters") else { return Vec::new() };
    let secure = parameters.members().filter(|member| is_secure(member.value));
    secure.filter_map(|member| member.key.as_str().map(|name| name.to_lowercase())).collect()
}

fn is_secure(declaration: Node<'_>) -> bool {
    let kind = declaration.get("type").and_then(Node::as_str);
    kind.is_some_and(|kind| {
        kind.eq_ignore_ascii_case("secureString") || kind.eq_ignore_ascii_case("secureObject")
    })
}

/// Walks without recursion: the depth is a stranger's choice.
fn collect(root: Node<'_>, secure: &[String], found: &mut Vec<Range<u32>>) {
    let mut rest = vec![root];
    while let Some(node) = rest.pop() {
        rest.extend(node.elements());
        let hides_default = is_secure(node);
        for member in node.members() {
            let name = member.key.as_str().unwrap_or_default();
            let hidden = is_secret(&name)
                || (hides_default && (member.is("defaultValue") || member.is("value")))
                || (!secure.is_empty() && secure.contains(&name.to_lowercase()));
            if hidden {
                hide(member.value, found);
            } else if matches!(member.value.kind(), NodeKind::Array | NodeKind::Object) {
                rest.push(member.value);
            }
        }
    }
}

/// Hides the inside of every string and the whole of every number below `root`, unless it is an expression.
fn hide(root: Node<'_>, found: &mut Vec<Range<u32>>) {
    let mut rest = vec![root];
    while let Some(node) = rest.pop() {
        let span = node.span();
        match node.kind() {
            NodeKind::String => {
                let inside = node.raw_inside().unwrap_or_default();
                let expression = inside.starts_with('[') && inside.ends_with(']');
                if !inside.is_empty() && !expression {
                    found.push(span.start + 1..span.end.saturating_sub(1).max(span.start + 1));
                }
            }
            NodeKind::Number => found.push(span.start..span.end),
            _ => {
                rest.extend(node.elements());
                rest.extend(node.members().map(|member| member.value));
            }
        }
    }
}
