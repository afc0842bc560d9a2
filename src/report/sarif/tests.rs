use serde_json::Value;

use super::results::RESULTS;
use crate::outcome::{InputKind, Outcome, SuppressedReport};
use crate::report::sample;

fn run(outcome: &Outcome, show_suppressed: bool) -> Value {
    let text = sample::text(|out| super::write(outcome, show_suppressed, out));
    let mut log: Value = serde_json::from_str(&text).unwrap();
    log["runs"][0].take()
}

fn results(outcome: &Outcome) -> Vec<Value> {
    run(outcome, false)["results"].as_array().unwrap().clone()
}

#[test]
fn a_clean_run_has_an_empty_list_and_all_rules() {
    let run = run(&sample::clean(), false);
    assert_eq!(run["results"], Value::Array(Vec::new()));
    assert_eq!(run["tool"]["driver"]["rules"].as_array().unwrap().len(), 3);
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn a_result_has_its_region_in_code_units_and_links_to_its_related_places() {
    let outcome = sample::estate();
    let results = results(&outcome);
    let region = &results[0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        [&region["startLine"], &region["startColumn"], &region["endLine"], &region["endColumn"]],
        [2, 3, 2, 9]
    );
    assert_eq!(
        results[0]["message"]["text"],
        "recovery network `vnet-b` lacks `10.0.0.0/16`. Help: give `vnet-b` the address space of `vnet-a`. See: [the \
         source declares it here](1); [the pair: drlint.toml](2)."
    );
    assert_eq!(results[0]["relatedLocations"][1]["id"], 2);
    assert_eq!(
        results[0]["relatedLocations"][1]["physicalLocation"]["artifactLocation"]["uri"],
        "source.json"
    );
    let steps = results[0]["codeFlows"][0]["threadFlows"][0]["locations"].as_array().unwrap();
    let lines: Vec<_> =
        steps.iter().map(|step| &step["location"]["physicalLocation"]["region"]["startLine"]).collect();
    assert_eq!(lines, [1, 2, 2]);
    assert!(results[1].get("codeFlows").is_none());
    let hash = results[0]["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap();
    assert!(hash.ends_with(":1"), "{hash}");
    assert_eq!(results[0]["partialFingerprints"]["drlint/v1"], outcome.findings[0].fingerprint.as_str());
}

#[test]
fn columns_count_code_units_wherever_counting_begins() {
    let mut outcome = sample::over(&[("x.json", "[\"😀\", \"é\", 3]")]);
    let rule = sample::changed();
    let third = sample::finding(rule, sample::span(&outcome, 0, "3"), "c");
    let second = sample::finding(rule, sample::span(&outcome, 0, "\"é\""), "b");
    outcome.findings = vec![third, second];
    let results = results(&outcome);
    assert_eq!(results[0]["locations"][0]["physicalLocation"]["region"]["startColumn"], 13);
    let earlier = &results[0]["relatedLocations"][0]["physicalLocation"]["region"];
    assert_eq!((&earlier["startColumn"], &earlier["endColumn"]), (&8.into(), &11.into()));
}

#[test]
fn findings_of_one_rule_on_one_line_are_one_result() {
    let mut outcome = sample::estate();
    let first = outcome.findings[0].clone();
    outcome.findings = vec![first; 300];
    let results = results(&outcome);
    assert_eq!(results.len(), 1);
    assert_eq!(results[0]["relatedLocations"].as_array().unwrap().len(), 100);
    assert!(results[0]["message"]["text"].as_str().unwrap().ends_with("; and 201 more."));
}

#[test]
fn too_many_results_are_cut_by_severity_and_that_is_said() {
    let text = "1\n".repeat(RESULTS + 10);
    let mut outcome = sample::over(&[("x.json", &text)]);
    let template = sample::estate();
    let place = |line: usize| {
        let at = u32::try_from(2 * line).unwrap();
        drlint_source::Span::new(drlint_source::FileId(0), at, at + 1)
    };
    outcome.findings = (0..RESULTS + 10)
        .map(|line| {
            let mut reported = template.findings[usize::from(line % 2 == 0)].clone();
            reported.finding.related.clear();
            reported.finding.place = place(line);
            reported
        })
        .collect();
    let run = run(&outcome, false);
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), RESULTS);
    let errors = results.iter().filter(|result| result["level"] == "error").count();
    assert_eq!(errors, RESULTS / 2 + 5);
    let lines: Vec<_> = results
        .iter()
        .map(|result| result["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64().unwrap())
        .collect();
    assert!(lines.is_sorted());
    let said = run["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(said.contains("10 results were left out"), "{said}");
}

#[test]
fn a_file_that_is_no_text_has_a_notification_and_a_valid_region() {
    let mut outcome = sample::over(&[("broken.json", "\u{fffd}x")]);
    outcome.inputs[0].kind = InputKind::Unreadable;
    outcome.inputs[0].reason = Some("is not valid UTF-8 at byte 0".to_owned());
    let place = drlint_source::Span::new(drlint_source::FileId(0), 0, 0);
    outcome.findings =
        vec![sample::finding(sample::changed(), place, "`broken.json` is not valid UTF-8 at byte 0")];
    let run = run(&outcome, false);
    let region = &run["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["endColumn"]), (&1.into(), &1.into()));
    let notifications = run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    assert_eq!(notifications[0]["level"], "error");
    assert_eq!(
        notifications[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "broken.json"
    );
    let empty = "c129715d7a2bc9a3:1";
    assert_ne!(run["results"][0]["partialFingerprints"]["primaryLocationLineHash"], empty);
}

#[test]
fn suppressed_findings_are_shown_only_when_asked_for() {
    let mut outcome = sample::estate();
    let reported = outcome.findings.remove(0);
    outcome.suppressed = vec![SuppressedReport { reported, reason: "built by the runbook".to_owned() }];
    assert_eq!(results(&outcome).len(), 2);
    let shown = run(&outcome, true);
    let suppressions = &shown["results"][2]["suppressions"][0];
    assert_eq!(suppressions["justification"], "built by the runbook");
}

#[test]
fn strangers_cannot_add_links_or_leave_the_repository() {
    let results = results(&sample::hostile());
    let text = results[0]["message"]["text"].as_str().unwrap();
    assert_eq!(text.matches("](").count(), 1, "{text}");
    assert!(!text.contains(char::is_control), "{text:?}");
    let uri = results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
    assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)), "{uri}");
    assert!(uri.starts_with("50%25%20a%2Cline%3D9%3A%3Ax%0A"), "{uri}");
}
