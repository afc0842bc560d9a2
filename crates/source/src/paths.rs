//! The way to a place of a document, for many places of one document.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::{Document, Node, NodeKind, Span};

/// Finds the way to places. A list that lies on the way of many is walked once.
#[derive(Debug)]
pub struct Paths<'d> {
    document: &'d Document,
    /// By the place of an array or object: what it holds.
    seen: FxHashMap<Span, Vec<Step<'d>>>,
    /// By the place of an element on the way: how it is told.
    elements: FxHashMap<Span, String>,
}

/// Bytes of a name that may stand for an element; a longer one is no name.
const NAME: u32 = 300;

/// One element of an array, or one member of an object.
#[derive(Clone, Copy, Debug)]
struct Step<'d> {
    /// A member from its key on.
    span: Span,
    key: Option<Node<'d>>,
    value: Node<'d>,
}

impl<'d> Paths<'d> {
    pub(crate) fn new(document: &'d Document) -> Self {
        Self { document, seen: FxHashMap::default(), elements: FxHashMap::default() }
    }

    /// The way from the root to the smallest value that holds `span`: keys, and the names of elements that have a
    /// `name`, so that it survives elements that come and go before it; `properties/subnets/web/addressPrefix`. An
    /// element without a name is told by its index.
    pub fn to(&mut self, span: Span) -> String {
        let mut path = String::new();
        let mut node = self.document.root();
        while matches!(node.kind(), NodeKind::Array | NodeKind::Object) {
            let steps = self.seen.entry(node.span()).or_insert_with(|| steps(node));
            // They stand in the order of the text and do not overlap.
            let after = steps.partition_point(|step| step.span.start <= span.start);
            let Some(at) = after.checked_sub(1) else { break };
            let Some(step) = steps.get(at).filter(|step| step.span.contains(span)) else { break };
            if !path.is_empty() {
                path.push('/');
            }
            node = step.value;
            match step.key {
                Some(key) => path.push_str(&key.as_str().unwrap_or_default()),
                None => {
                    let told = self.elements.entry(node.span());
                    path.push_str(told.or_insert_with(|| element(node, at)));
                }
            }
        }
        path
    }
}

fn steps(node: Node<'_>) -> Vec<Step<'_>> {
    match node.kind() {
        NodeKind::Object => {
            let steps = node.members().map(|member| Step {
                span: member.span(),
                key: Some(member.key),
                value: member.value,
            });
            steps.collect()
        }
        _ => node.elements().map(|value| Step { span: value.span(), key: None, value }).collect(),
    }
}

/// The name of an element, or its index.
fn element(value: Node<'_>, at: usize) -> String {
    let name = value.get("name").filter(|name| name.span().len() <= NAME).and_then(Node::as_str);
    name.filter(|name| !name.is_empty()).map_or_else(|| at.to_string(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use crate::{Document, FileId, Span};

    #[test]
    fn the_way_to_a_named_element_survives_others_before_it() {
        let way = |text: &str| {
            let document = Document::parse(FileId(0), text.into());
            let start = u32::try_from(text.find("22").unwrap()).unwrap();
            document.paths().to(Span::new(FileId(0), start, start + 2))
        };
        let named = r#"[{"name": "b", "nics": [{"address": 22}]}]"#;
        assert_eq!(way(named), "b/nics/0/address");
        assert_eq!(way(&named.replacen('[', r#"[{"name": "a"}, "#, 1)), way(named));
        for odd in [r#"[{"name": "", "x": 22}]"#, r#"[{"name": 1, "x": 22}]"#] {
            assert_eq!(way(odd), "0/x");
        }
    }

    #[test]
    fn each_place_has_its_own_way() {
        let text = r#"{"resources": [{"name": "a"}, {"space": [1, 22]}, 3], "outputs": {}}"#;
        let document = Document::parse(FileId(0), text.into());
        let mut paths = document.paths();
        let mut to = |part: &str| {
            let start = text.find(part).unwrap();
            let span = |at: usize| u32::try_from(at).unwrap();
            paths.to(Span::new(FileId(0), span(start), span(start + part.len())))
        };
        assert_eq!(to("22"), "resources/1/space/1");
        assert_eq!(to("1, 2"), "resources/1/space");
        assert_eq!(to("\"a\""), "resources/a/name");
        assert_eq!(to("3"), "resources/2");
        assert_eq!(to("\"outputs\""), "outputs");
        assert_eq!(to(text), "");
        assert_eq!(paths.to(Span::new(FileId(1), 16, 17)), "");
    }
}
