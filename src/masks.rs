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
        collect(document, secure, &mut found);
        found.sort_by_key(|range| range.start);
        self.by_file.insert(document.file, found);
    }

    /// The stretches of a file in order.
    pub fn of(&self, file: FileId) -> &[Range<u32>] {
        self.by_file.get(&file).map_or(&[], Vec::as_slice)
    }
}

/// The names of all parameters of a parameter file: without its template, nobody knows which of them are secure.
pub(crate) fn all_parameters(file: &Document) -> Vec<String> {
    let parameters = file.root().get("parameters");
    let names = parameters.into_iter().flat_map(Node::members).filter_map(|member| member.key.as_str());
    names.map(|name| name.to_lowercase()).collect()
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
fn collect(document: &Document, secure: &[String], found: &mut Vec<Range<u32>>) {
    let mut rest = vec![document.root()];
    while let Some(node) = rest.pop() {
        rest.extend(node.elements());
        let hides_default = is_secure(node);
        for member in node.members() {
            let name = member.key.as_str().unwrap_or_default();
            let hidden = is_secret(&name)
                || (hides_default && (member.is("defaultValue") || member.is("value")))
                || (!secure.is_empty() && secure.contains(&name.to_lowercase()));
            if hidden {
                hide(member.value, document.text(), found);
            } else if matches!(member.value.kind(), NodeKind::Array | NodeKind::Object) {
                rest.push(member.value);
            }
        }
    }
}

/// Hides the inside of every string and the whole of every number below `root`, unless it is an expression.
fn hide(root: Node<'_>, text: &str, found: &mut Vec<Range<u32>>) {
    let mut rest = vec![root];
    while let Some(node) = rest.pop() {
        let span = node.span();
        match node.kind() {
            NodeKind::String => {
                let inside = node.raw_inside().unwrap_or_default();
                let expression = inside.starts_with('[') && inside.ends_with(']');
                if !inside.is_empty() && !expression {
                    let start = span.start + 1;
                    found.push(start..start + u32::try_from(inside.len()).unwrap_or(u32::MAX));
                }
            }
            NodeKind::Number => found.push(span.start..span.end),
            // What is no value may be one without its quotes.
            NodeKind::Invalid => {
                let line = text.get(span.start as usize..).unwrap_or_default();
                let length = line.find([',', '}', '\r', '\n']).unwrap_or(line.len());
                if length > 0 {
                    found.push(span.start..span.start + u32::try_from(length).unwrap_or(u32::MAX));
                }
            }
            _ => {
                rest.extend(node.elements());
                rest.extend(node.members().map(|member| member.value));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, secure: &[&str]) -> String {
        let document = Document::parse(FileId(0), text.into());
        let secure: Vec<String> = secure.iter().map(|&name| name.to_owned()).collect();
        let mut masks = Masks::default();
        masks.add(&document, &secure);
        let mut shown = text.to_owned();
        for range in masks.of(FileId(0)).iter().rev() {
            shown.replace_range(range.start as usize..range.end as usize, "***");
        }
        shown
    }

    #[test]
    fn secrets_are_hidden_in_broken_files_too() {
        assert_eq!(shown(r#"{"sharedKey": "abc"}"#, &[]), r#"{"sharedKey": "***"}"#);
        assert_eq!(shown(r#"{"sharedKey": "abc"#, &[]), r#"{"sharedKey": "***"#);
        assert_eq!(shown("{\"sharedKey\": abc def, \"x\": 1}", &[]), "{\"sharedKey\": ***, \"x\": 1}");
        assert_eq!(shown("{\"sharedKey\": }", &[]), "{\"sharedKey\": }");
        assert_eq!(
            shown(r#"{"parameters": {"pw": {"value": "abc"}}}"#, &["pw"]),
            r#"{"parameters": {"pw": {"value": "***"}}}"#
        );
    }

    #[test]
    fn a_parameter_file_without_its_template_may_hold_anything() {
        let text = r#"{"parameters": {"PW": {"value": "abc"}, "x": {"value": 1}}}"#;
        assert_eq!(all_parameters(&Document::parse(FileId(0), text.into())), ["pw", "x"]);
    }
}
