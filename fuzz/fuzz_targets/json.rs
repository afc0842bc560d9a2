//! Any bytes: decoding and parsing end, and every place lies in the text.
#![no_main]

use drlint_source::{Document, FileId, Node, decode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(decoded) = decode(bytes.to_vec()) else { return };
    let document = Document::parse(FileId(0), decoded.text);
    if document.tree().depth().0 <= 128 {
        walk(&document, document.root());
    }
    for error in document.tree().errors() {
        assert!(error.place.end as usize <= document.text().len() + 1);
    }
    document.duplicate_keys();
});

fn walk(document: &Document, node: Node<'_>) {
    assert!(node.span().end as usize <= document.text().len());
    let _ = node.as_str();
    node.elements().for_each(|element| walk(document, element));
    for member in node.members() {
        walk(document, member.key);
        walk(document, member.value);
    }
}
