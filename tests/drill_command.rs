//! `drlint drill` from the outside: exit codes, formats, and what it says where.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn drill(estate: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_drlint"));
    let output = command.arg("drill").arg(estate).args(arguments).output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Company A with the steps of one of `fixtures/drills/company-a`.
fn company_a(steps: &str, arguments: &[&str]) -> Ran {
    let config = fixture("drills/company-a").join(steps);
    let all = [&["--config", config.to_str().unwrap()], arguments].concat();
    drill(&fixture("company-a/azure-cli"), &all)
}

#[test]
fn a_violated_failover_fails_the_run_and_a_sound_one_does_not() {
    let violated = company_a("joined-before-the-cut.toml", &[]);
    assert_eq!((violated.code, violated.err.as_str()), (1, ""));
    assert!(violated.out.starts_with("full-region: violated\n"), "{}", violated.out);
    let sound = company_a("connected-after.toml", &[]);
    assert_eq!((sound.code, sound.err.as_str()), (0, ""));
    assert!(sound.out.starts_with("full-region: holds\n"), "{}", sound.out);
}

#[test]
fn a_step_with_a_wrong_name_fails_the_run_and_names_a_near_one() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("drlint.toml");
    let steps = std::fs::read_to_string(fixture("drills/company-a/connected-after.toml")).unwrap();
    std::fs::write(&config, steps.replacen("\"vnet-source\"", "\"vnet-sorce\"", 1)).unwrap();
    let ran = drill(&fixture("company-a/azure-cli"), &["--config", config.to_str().unwrap()]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("did you mean `vnet-source`"), "{}", ran.out);
}

#[test]
fn the_table_says_at_which_step_a_fault_begins_lasts_and_ends() {
    let out = company_a("joined-before-the-cut.toml", &["--scenario", "full-region"]).out;
    let row = |beginning: &str| {
        let row = out.lines().find(|line| line.trim_start().starts_with(beginning));
        row.unwrap_or_else(|| panic!("no row {beginning} in {out}")).to_owned()
    };
    assert!(row("before").contains('✓'));
    assert!(row("1  connect").contains("✗ `vnet-azure` is linked with `vnet-source` and `vnet-recovery`"));
    assert!(row("2  fail over").contains("✗ the overlap lasts, since step 1"));
    assert!(row("3  disconnect").contains('✓'));
    assert!(out.contains("✓ the overlap is over"));
    assert!(row("at the end").contains("✓ every link of the start is there"));
}

#[test]
fn the_time_without_a_link_is_said() {
    let out = company_a("connected-after.toml", &["--scenario", "full-region"]).out;
    let note =
        "note: `vnet-azure` is cut off from what runs in `vnet-source` at the start, from step 1 to step 3";
    assert!(out.contains(note), "{out}");
}

#[test]
fn the_actions_of_a_recovery_plan_leave_links_open() {
    let out = company_a("connected-after.toml", &["--scenario", "rp-company-a (recovery plan)"]);
    assert_eq!(out.code, 0);
    assert!(out.out.starts_with("rp-company-a (recovery plan): undecided\n"), "{}", out.out);
    assert!(out.out.contains("connect-recovery-with-azure"), "{}", out.out);
}

#[test]
fn an_unknown_failover_names_near_ones() {
    let ran = company_a("never-cut.toml", &["--scenario", "full-regoin"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("there is no failover `full-regoin`"), "{}", ran.err);
    assert!(ran.err.contains("did you mean `full-region`"), "{}", ran.err);
}

#[test]
fn an_estate_without_failovers_cannot_be_drilled() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("vnets.json"), "[]").unwrap();
    let ran = drill(folder.path(), &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("there is no failover to play"), "{}", ran.err);
}

#[test]
fn json_tells_steps_and_breaches_with_their_places() {
    let ran = company_a("joined-before-the-cut.toml", &["--scenario", "FULL-REGION", "--format", "json"]);
    assert_eq!(ran.code, 1);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["version"], 1);
    let scenario = &report["scenarios"][0];
    assert_eq!(scenario["verdict"], "violated");
    assert_eq!(scenario["origin"], "declared");
    assert_eq!(scenario["steps"].as_array().unwrap().len(), 3);
    let breach = &scenario["breaches"][0];
    assert_eq!((&breach["from"], &breach["until"]), (&1.into(), &3.into()));
    assert_eq!(breach["location"], scenario["steps"][0]["location"]);
    assert!(breach["location"]["path"].as_str().unwrap().ends_with("joined-before-the-cut.toml"));
}

#[test]
fn a_picture_shows_one_failover() {
    let several = company_a("never-cut.toml", &["--format", "svg"]);
    assert_eq!(several.code, 2);
    assert!(several.err.contains("`full-region`"), "{}", several.err);
    let one = company_a("never-cut.toml", &["--format", "svg", "--scenario", "full-region"]).out;
    assert_eq!(one.matches("<svg").count(), 1);
    assert!(one.contains("full-region: before") && one.contains("full-region, step 2"), "{one}");
}

#[test]
fn mermaid_has_a_flowchart_for_each_state() {
    let out = company_a("never-cut.toml", &["--format", "mermaid", "--scenario", "full-region"]).out;
    assert_eq!(out.matches("%% state ").count(), 3);
    assert_eq!(out.matches("flowchart LR").count(), 3);
}

#[test]
fn the_page_stands_alone() {
    let out = company_a("never-cut.toml", &["--format", "html"]).out;
    for sign in ["src=", "@import", "url(", "onclick", "https://"] {
        assert!(!out.contains(sign), "{sign} in the page");
    }
    let addresses = out.matches("http://").count();
    assert_eq!(addresses, out.matches("xmlns=\"http://www.w3.org/2000/svg\"").count());
}

#[test]
fn names_can_neither_steer_a_terminal_nor_enter_the_page() {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(fixture("company-a/azure-cli")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let steps = std::fs::read_to_string(fixture("drills/company-a/never-cut.toml")).unwrap();
    let steps = steps.replace("\"full-region\"", "\"\\u001b[31m<script>alert(1)</script>\"");
    std::fs::write(folder.path().join("drlint.toml"), steps).unwrap();
    let told = drill(folder.path(), &[]);
    assert_eq!(told.code, 1, "{}", told.err);
    assert!(!told.out.contains('\u{1b}'));
    let page = drill(folder.path(), &["--format", "html"]).out;
    assert!(!page.contains('\u{1b}') && !page.contains("<script>alert"));
}
