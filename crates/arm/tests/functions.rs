//! Gate: single expressions against values of the engine, of the documentation, and of two other evaluators.

#![expect(
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a gate reports its figures and fails on broken data"
)]

mod common;

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

/// Disagreements with the other evaluators, each argued.
const DISAGREEMENTS: &str = include_str!("disagreements.tsv");

struct Outcome {
    given: Json,
    refused: bool,
}

fn evaluated(case: &Json) -> Outcome {
    let template = json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [],
        "outputs": { "value": { "type": "string", "value": case["expr"] } },
    });
    let document = common::document(0, template.to_string());
    let evaluation = common::run(&document, &[], &common::target(case.get("context")));
    let refused = !evaluation.reading.notes.is_empty();
    Outcome { given: common::output_json(&evaluation.outputs[0].value), refused }
}

/// The rows that disagree, each with what was given; and how many were trusted.
fn disagreements(file: &str) -> Option<(BTreeMap<String, Json>, usize)> {
    let mut wrong = BTreeMap::new();
    let mut trusted = 0;
    for case in common::cases(file)? {
        if case.get("untrusted").is_some() {
            continue;
        }
        trusted += 1;
        let outcome = evaluated(&case);
        let good = match case.get("expected") {
            Some(expected) => !outcome.refused && common::same(expected, &outcome.given),
            None => outcome.refused,
        };
        if !good {
            wrong.insert(case["id"].as_str().unwrap().to_owned(), outcome.given);
        }
    }
    Some((wrong, trusted))
}

fn gate(file: &str) {
    let Some((wrong, trusted)) = disagreements(file) else { return };
    eprintln!("{file}: {} of {trusted}", trusted - wrong.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Each disagreement must be argued, and each argument must still be needed.
fn argued_gate(file: &str) {
    let Some((wrong, trusted)) = disagreements(file) else { return };
    eprintln!("{file}: {} of {trusted} agree", trusted - wrong.len());
    let argued: BTreeMap<&str, &str> = DISAGREEMENTS
        .lines()
        .filter(|line| !line.starts_with('#') && line.starts_with(file))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            Some((columns.next()?, columns.next()?))
        })
        .collect();
    for (id, given) in &wrong {
        assert_eq!(argued.get(id.as_str()).copied(), Some(given.to_string().as_str()), "{id} is not argued");
    }
    for id in argued.keys() {
        assert!(wrong.contains_key(*id), "{id} agrees: its argument is out of date");
    }
}

#[test]
fn functions_agree_with_the_engine() {
    gate("function_engine");
}

#[test]
fn functions_agree_with_the_documentation() {
    gate("function_docs");
}

#[test]
fn disagreements_with_psrule_are_argued() {
    argued_gate("function_reimpl_psrule");
}

#[test]
fn disagreements_with_chgeuer_are_argued() {
    argued_gate("function_reimpl_chgeuer");
}
