//! Lists read in pieces, against the same lists read whole.

use super::*;
use crate::{Outcome, read};

const NETWORK: &str = r#"{"id": "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v",
    "name": "v", "properties": {"subnets": [{"name": "a[,]\"}"}], "sharedKey": "hunter2"}}"#;

/// All that was given, in one text.
fn told(resources: &[Resource], notes: &[Note], export: &Export) -> String {
    let mut told = format!("{} {} {:?} {notes:?}", export.shape, export.truncated, export.missing);
    for Resource { id, body, place, .. } in resources {
        told.push_str(&format!("\n{id} {place:?} {body:?}"));
    }
    told
}

fn streamed(text: &str, batch: usize) -> (Vec<Resource>, Streamed) {
    let mut resources = Vec::new();
    let mut sink = |resource| resources.push(resource);
    let streamed = read_batches(text.as_bytes(), Collector::new(FileId(0)), batch, &mut sink).unwrap();
    (resources, streamed)
}

#[test]
fn pieces_give_what_the_whole_gives() {
    let stranger = r#"{"x": 1}"#;
    let shapes = [
        format!("[{NETWORK}, {NETWORK},{stranger} ,{NETWORK}]"),
        format!("  {{\"value\": [{NETWORK},\n{NETWORK} ], \"nextLink\": \"https://x\"}}"),
        format!(
            "{{\"count\": 2, \"data\": [{NETWORK}, {NETWORK}], \"total_records\": 5, \"skip_token\": null}}"
        ),
        format!("{{\"value\": [{NETWORK}, // ],\n {NETWORK},], \"nextLink\": \"\"}}"),
        format!("[{{\"value\": [{NETWORK}]}}, [{NETWORK}], null]"),
        "{\"value\": []}".to_owned(),
        "{\"value\": [], \"nextLink\": \"https://x/providers/A.B/c\"}".to_owned(),
        "{\"count\": 0, \"data\": [], \"$skipToken\": \"x\"}".to_owned(),
    ];
    for text in shapes {
        let Outcome::Read(reading, export) = read(&Document::parse(FileId(0), text.clone())) else {
            panic!("{text}")
        };
        let whole = told(&reading.resources, &reading.notes, &export);
        for batch in [1, 100, 300, BATCH] {
            let (resources, given) = streamed(&text, batch);
            assert_eq!(told(&resources, &given.notes, &given.export), whole, "{batch}: {text}");
            assert_eq!((given.resources, given.errors.len()), (resources.len(), 0));
        }
    }
}

#[test]
fn the_end_of_the_file_reaches_the_resources() {
    let entry =
        r#"{"id": "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/w"}"#;
    let text = format!(r#"{{"value": [{NETWORK}, {entry}], "nextLink": "https://x"}}"#);
    let (mut resources, given) = streamed(&text, 1);
    for resource in &mut resources {
        given.settle(&mut resource.input);
    }
    let told = |resource: &Resource| match &resource.input {
        Input::Export(export) => (export.truncated, export.existence_only),
        Input::Template(_) => panic!("no template"),
    };
    assert_eq!(resources.iter().map(told).collect::<Vec<_>>(), [(true, false), (true, true)]);
}

#[test]
fn errors_have_the_places_of_the_file() {
    let text = format!("[{NETWORK}, {NETWORK} {NETWORK}, {{\"a\": }}, {NETWORK}");
    let whole = Document::parse(FileId(0), text.clone());
    let (resources, given) = streamed(&text, 1);
    assert_eq!(resources.len(), 4);
    assert_eq!(
        given.errors.last().map(|error| error.place.clone()),
        whole.tree().errors().last().map(|error| error.place.clone())
    );
    assert_eq!(given.errors.first(), whole.tree().errors().first());
}

#[test]
fn what_is_no_list_is_refused_or_skipped() {
    for text in ["{\"a\": 1}", "", "7", "{\"data\": {\"rows\": []}}"] {
        let refused = read_stream(text.as_bytes(), FileId(0), |_| None, &mut |_| {});
        assert!(matches!(refused, Err(StreamError::NoList)), "{text}");
    }
    let (_, given) = streamed("[{\"a\": 1}, {\"a\": 2}]", 1);
    assert_eq!(
        given.skipped.as_deref(),
        Some("a list whose elements have neither an id nor a type of Azure")
    );
    let deep = format!("[{NETWORK}, {}{}]", "[".repeat(1000), "]".repeat(1000));
    let (resources, given) = streamed(&deep, 1);
    assert_eq!((resources.len(), given.notes.len()), (1, 2));
}

#[test]
fn no_cut_and_no_stray_byte_makes_it_panic() {
    let text = format!("{{\"value\": [{NETWORK}, {NETWORK}], \"nextLink\": \"é\"}}");
    let bytes = text.as_bytes();
    for at in 0..bytes.len() {
        drop(read_batches(&bytes[..at], Collector::new(FileId(0)), 1, &mut |_| {}));
        for stray in b"[]{}\",\\/\xFF" {
            let mut changed = bytes.to_vec();
            changed[at] = *stray;
            drop(read_batches(changed.as_slice(), Collector::new(FileId(0)), 1, &mut |_| {}));
        }
    }
}
