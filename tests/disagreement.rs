//! Two exports of one thing that say different things: nobody is convicted by the order of files, and both places are
//! shown.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop")]

mod common;

use std::path::Path;

use common::{drlint, folder, json};
use tempfile::TempDir;

/// Company A as Azure CLI tells it, with one of its files told once more and otherwise.
fn twice(file: &str, written: &str, otherwise: &str) -> TempDir {
    let told = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/company-a/azure-cli");
    let names =
        std::fs::read_dir(&told).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<(String, String)> =
        names.map(|name| (name.clone(), std::fs::read_to_string(told.join(name)).unwrap())).collect();
    let (_, text) = files.iter().find(|(name, _)| name == file).unwrap();
    assert!(text.contains(written), "{file} has no {written}");
    files.push((format!("later/{file}"), text.replacen(written, otherwise, 1)));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (&**name, text.as_bytes())).collect();
    folder(&files)
}

#[test]
fn both_places_are_shown_in_every_format() {
    let file = "fabric-ea.protected-items.json";
    let folder =
        twice(file, r#""recoveryStaticIPAddress": "10.1.1.10""#, r#""recoveryStaticIPAddress": "10.1.1.77""#);
    let report = json(folder.path(), &[]);
    assert_eq!(report["findings"].as_array().unwrap().len(), 0, "{:#}", report["findings"]);
    let undecided = report["undecided"].as_array().unwrap();
    let entry = undecided.iter().find(|entry| entry["rule"] == "target-ip-changed").unwrap();
    assert_eq!(entry["reason"], "two exports disagree: `10.1.1.10` here, `10.1.1.77` in another");
    assert_eq!(entry["location"]["file"], file);
    assert_eq!(entry["related"][0]["location"]["file"], format!("later/{file}"));
    assert_eq!(entry["related"][0]["location"]["start"], entry["location"]["start"]);
    for (format, shown) in [
        ("human", format!("({file}:56:44, otherwise in later/{file}:56:44)")),
        ("concise", format!("in {file} and later/{file}")),
    ] {
        let output = drlint(folder.path(), &["check", "--format", format]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains(&shown), "{text}");
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn interfaces_and_plans_are_compared_too() {
    for (file, written, otherwise, rule) in [
        (
            "nics.json",
            r#""privateIPAddress": "10.1.1.10""#,
            r#""privateIPAddress": "10.1.1.99""#,
            "target-ip-changed",
        ),
        (
            "recovery-plan.rp-company-a.json",
            r#""groupType": "Boot""#,
            r#""groupType": "Failover""#,
            "plan-invalid",
        ),
    ] {
        let report = json(twice(file, written, otherwise).path(), &[]);
        assert_eq!(report["findings"].as_array().unwrap().len(), 0, "{file}: {:#}", report["findings"]);
        let undecided = report["undecided"].as_array().unwrap();
        let entry = undecided.iter().find(|entry| entry["rule"] == rule);
        let reason = entry.map(|entry| entry["reason"].as_str().unwrap()).unwrap_or_default();
        assert!(reason.starts_with("two exports disagree"), "{file}: {undecided:#?}");
        let entry = entry.unwrap();
        let mut files = [&entry["location"]["file"], &entry["related"][0]["location"]["file"]];
        files.sort_by_key(|file| file.as_str());
        let later = serde_json::json!(format!("later/{file}"));
        let mut both = [&later, &serde_json::json!(file)];
        both.sort_by_key(|file| file.as_str());
        assert_eq!(files, both);
    }
}

#[test]
fn the_same_told_twice_says_nothing_more() {
    let file = "nics.json";
    let once = json(twice(file, "\n", "\n\n").path(), &[]);
    assert_eq!(once["findings"].as_array().unwrap().len(), 0);
    let reasons = once["undecided"].as_array().unwrap().iter();
    assert!(reasons.filter(|entry| entry["reason"].as_str().unwrap().contains("disagree")).count() == 0);
}
