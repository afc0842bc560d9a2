//! Every expression that parses prints back to an equal one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]

mod common;

use drlint_arm::canonical;
use proptest::prelude::*;

/// Terms as a person might write them, with blanks where they are allowed.
fn term() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[a-zA-Z0-9 ./{}\"\\[\\]éß-]{0,12}".prop_map(|text| format!("'{text}'")),
        Just("'it''s'".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        "-?[1-9][0-9]{0,3}\\.[0-9]{1,3}",
        Just("resourceGroup( )".to_owned()),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let name = prop_oneof!["[a-zA-Z_$][a-zA-Z0-9_$]{0,8}", Just("net.name".to_owned())];
        let blanks = "[ \n\t]{0,2}";
        prop_oneof![
            (name, prop::collection::vec(inner.clone(), 0..4), blanks).prop_map(
                |(name, arguments, blanks)| format!(
                    "{name}{blanks}({blanks}{})",
                    arguments.join(&format!("{blanks},{blanks}"))
                )
            ),
            (inner.clone(), "[a-z]{1,5}").prop_map(|(base, name)| format!("{base} . {name}")),
            (inner.clone(), inner).prop_map(|(base, index)| format!("{base}[ {index} ]")),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_printed_parses_to_the_same(term in term()) {
        let printed = canonical(&format!("[{term}]")).expect("it is an expression");
        prop_assert_eq!(canonical(&printed), Some(printed.clone()));
    }

    #[test]
    fn any_text_is_parsed_or_refused(text in ".{0,60}") {
        canonical(&format!("[{text}]"));
    }
}

#[test]
fn each_expression_of_the_corpus_prints_back() {
    let Some(corpus) = common::shared("corpus") else { return };
    let mut folders = vec![corpus];
    let mut checked = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let Ok(decoded) = drlint_source::decode(std::fs::read(&path).unwrap()) else { continue };
            let document = common::document(0, decoded.text);
            if document.tree().depth().0 <= 128 {
                checked += check(document.root());
            }
        }
    }
    assert!(checked > 1_000, "only {checked} expressions");
}

fn check(node: drlint_source::Node<'_>) -> usize {
    let mut checked: usize = node.elements().map(check).sum();
    checked += node.members().map(|member| check(member.key) + check(member.value)).sum::<usize>();
    if let Some(text) = node.as_str()
        && let Some(printed) = canonical(&text)
    {
        assert_eq!(canonical(&printed).as_ref(), Some(&printed), "{text}");
        checked += 1;
    }
    checked
}
