//! The reader reads what people write, and on strict JSON it says what `serde_json` says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]

use drlint_source::{Document, FileId, Node, NodeKind, Problem};
use proptest::prelude::*;
use serde_json::Value;

fn parse(text: &str) -> Document {
    Document::parse(FileId(0), text.to_owned())
}

fn problems(text: &str) -> Vec<Problem> {
    parse(text).tree().errors().iter().map(|error| error.problem).collect()
}

/// A node as `serde_json` would have it; duplicate keys are last-wins there as well.
fn value(node: Node<'_>) -> Value {
    match node.kind() {
        NodeKind::Null | NodeKind::Invalid => Value::Null,
        NodeKind::Bool(value) => Value::Bool(value),
        NodeKind::Number => serde_json::from_str(node.raw()).expect("a number"),
        NodeKind::String => Value::String(node.as_str().expect("a string").into_owned()),
        NodeKind::Array => node.elements().map(value).collect(),
        NodeKind::Object => {
            let name = |key: Node<'_>| key.as_str().expect("a key").into_owned();
            Value::Object(node.members().map(|member| (name(member.key), value(member.value))).collect())
        }
    }
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_filter("JSON has no others", |float| float.is_finite()).prop_map(Value::from),
        ".*".prop_map(Value::String),
    ];
    leaf.prop_recursive(6, 80, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::Array),
            prop::collection::vec((".{0,9}", inner), 0..8).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn strict_json_means_what_serde_json_says(original in json(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&original) } else { serde_json::to_string(&original) };
        let text = text.unwrap();
        let oracle: Value = serde_json::from_str(&text).unwrap();
        let document = parse(&text);
        prop_assert!(document.tree().errors().is_empty());
        prop_assert_eq!(value(document.root()), oracle);
    }

    #[test]
    fn any_text_gives_a_tree_whose_spans_nest(text in r#"[\[\]{}:,"'\\/* a1.\-\n\u{1}é]{0,60}"#) {
        let document = parse(&text);
        let mut rest = vec![document.root()];
        while let Some(node) = rest.pop() {
            prop_assert!(text.get(node.span().start as usize..node.span().end as usize).is_some());
            let children = node.elements().chain(node.members().flat_map(|member| [member.key, member.value]));
            for child in children {
                prop_assert!(node.span().contains(child.span()), "{:?} in {:?}", child.span(), node.span());
                rest.push(child);
            }
        }
        if serde_json::from_str::<Value>(&text).is_ok() {
            prop_assert!(document.tree().errors().is_empty());
        }
    }
}

#[test]
fn numbers_keep_their_text() {
    let text = "[123456789012345678901234567890, 1e400, -0, 1.10]";
    let document = parse(text);
    let numbers: Vec<&str> = document.root().elements().map(Node::raw).collect();
    assert_eq!(numbers, ["123456789012345678901234567890", "1e400", "-0", "1.10"]);
}

#[test]
fn what_azure_accepts_is_no_error() {
    let text = "// a comment\n{\"a\": [1, 2,], /* another */ \"b\": \"two\n\tlines\",}\n";
    let document = parse(text);
    assert_eq!(document.tree().errors(), []);
    assert_eq!(document.root().get("B").unwrap().as_str().unwrap(), "two\n\tlines");
    assert_eq!(document.root().get("a").unwrap().elements().count(), 2);
}

#[test]
fn what_follows_an_error_survives() {
    for (text, problem) in [
        (r#"{"a": [1, }, "b": 2}"#, Problem::BraceClosesArray),
        (r#"{"a": [1 2], "b": 2}"#, Problem::ExpectedCommaOrBracket),
        (r#"{"a": 1 "b": 2}"#, Problem::ExpectedCommaOrBrace),
        (r#"{"a" 1, "b": 2}"#, Problem::ExpectedColon),
        (r#"{"a": , "b": 2}"#, Problem::ExpectedValue),
        (r#"{a: 1, "b": 2}"#, Problem::UnquotedKey),
        (r#"{"a": 'x', "b": 2}"#, Problem::SingleQuotes),
        (r#"{"a": 01, "b": 2}"#, Problem::InvalidNumber),
        (r#"{"a": nul, "b": 2}"#, Problem::UnknownWord),
        (r#"{"a": "\q", "b": 2}"#, Problem::InvalidEscape),
        ("{\"a\": \"\u{1}\", \"b\": 2}", Problem::ControlCharacter),
        (r#"{"a": 1,, "b": 2}"#, Problem::ExpectedValue),
        (r#"{"b": 2"#, Problem::UnclosedObject),
        (r#"{"b": 2} x"#, Problem::TextAfterEnd),
        (r#"{"b": 2, "c": "x"#, Problem::UnclosedString),
    ] {
        let document = parse(text);
        assert!(problems(text).contains(&problem), "{text}: {:?}", problems(text));
        assert_eq!(document.root().get("b").map(Node::raw), Some("2"), "{text}");
    }
}

#[test]
fn several_errors_of_one_file_are_all_said() {
    let text = "{\"a\": 01,\n \"b\": nul,\n \"c\": [1 2]}";
    let expected = [Problem::InvalidNumber, Problem::UnknownWord, Problem::ExpectedCommaOrBracket];
    assert_eq!(problems(text), expected);
    let many = format!("[{}]", "nul,".repeat(1000));
    let document = parse(&many);
    assert_eq!(document.tree().errors().len() + document.tree().more_errors() as usize, 1000);
}

#[test]
fn an_unclosed_bracket_is_shown_with_its_beginning() {
    let document = parse("{\"a\": [1, 2");
    let error = &document.tree().errors()[0];
    assert_eq!((error.problem, error.opened.clone()), (Problem::UnclosedArray, Some(6..7)));
    assert_eq!(problems(""), [Problem::Empty]);
    assert_eq!(problems(" // nothing\n"), [Problem::Empty]);
}

#[test]
fn a_file_cut_in_half_says_what_is_open_and_no_more() {
    assert_eq!(problems("{\"a\": {\"b\": \"c"), [Problem::UnclosedString, Problem::UnclosedObject]);
    assert_eq!(problems("{\"a\":"), [Problem::UnclosedObject]);
    assert_eq!(problems("{\"a\""), [Problem::UnclosedObject]);
}

#[test]
fn a_hundred_thousand_brackets_are_no_danger() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let document = parse(&deep);
    assert_eq!(document.tree().errors(), []);
    assert_eq!(document.tree().depth(), (100_000, 99_999));
    let open = parse(&"{\"a\":".repeat(100_000));
    assert_eq!(open.tree().depth().0, 100_000);
}

#[test]
fn duplicate_keys_are_kept_and_found() {
    let document = parse(r#"{"name": 1, "NAME": 2, "x": {"a": 1}, "y": {"a": 1}}"#);
    assert_eq!(document.root().members().count(), 4);
    assert_eq!(document.root().get("name").map(Node::raw), Some("2"));
    let found: Vec<_> =
        document.duplicate_keys().iter().map(|(first, later)| (first.raw(), later.raw())).collect();
    assert_eq!(found, [("\"name\"", "\"NAME\"")]);
}

#[test]
fn a_place_has_a_way_from_the_root() {
    let text = r#"{"resources": [{}, {"properties": {"space": ["10.1.0.0/16"]}}]}"#;
    let document = parse(text);
    let resources = document.root().get("resources").unwrap();
    let value = resources.elements().nth(1).unwrap().get("properties").unwrap().get("space").unwrap();
    assert_eq!(
        document.paths().to(value.elements().next().unwrap().span()),
        "resources/1/properties/space/0"
    );
}
