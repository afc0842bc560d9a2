//! Any bytes as a template: evaluation ends within its budgets, and says the same twice.
#![no_main]

use drlint_arm::{Evaluation, NoLinks, Request, Target, evaluate};
use drlint_resource::{Data, Value};
use drlint_source::{Document, FileId, decode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(decoded) = decode(bytes.to_vec()) else { return };
    let document = Document::parse(FileId(0), decoded.text);
    let one = evaluated(&document);
    let two = evaluated(&document);
    assert_eq!(one.reading.notes, two.reading.notes);
    assert_eq!(one.reading.resources.len(), two.reading.resources.len());
    for (one, two) in one.reading.resources.iter().zip(&two.reading.resources) {
        assert_eq!(one.id, two.id);
        walk(&document, &one.body);
    }
    for output in &one.outputs {
        walk(&document, &output.value);
    }
});

fn evaluated(document: &Document) -> Evaluation {
    let target = Target::default();
    evaluate(&Request {
        template: document,
        parameters: &[document],
        overrides: &[],
        target: &target,
        links: &NoLinks,
        wanted: |_, _| true,
    })
}

fn walk(document: &Document, value: &Value) {
    assert!(value.origin.span.end as usize <= document.text().len());
    assert!(value.origin.used_at().end as usize <= document.text().len());
    match &value.data {
        Data::Array(values) => values.iter().for_each(|value| walk(document, value)),
        Data::Object(object) => object.iter().for_each(|(_, value)| walk(document, value)),
        Data::Unknown(unknown) => assert!(unknown.residual.to_string().len() <= 4_200),
        _ => {}
    }
}
