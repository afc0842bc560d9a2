//! The shell parts of `action.yml` and `integrations/`, run as the CI of each house would run them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]
#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Output};

const SOURCE: &str = r#"[{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/vnet-source",
  "name": "vnet-source", "type": "Microsoft.Network/virtualNetworks", "location": "eastasia",
  "addressSpace": {"addressPrefixes": ["10.1.0.0/16"]}, "subnets": [], "virtualNetworkPeerings": []}]"#;

/// A project in a folder with a blank in its name, whose recovery lacks the source's address space if it is faulty.
fn project(faulty: bool) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let space = if faulty { "10.9.0.0/16" } else { "10.1.0.0/16" };
    let recovery = SOURCE.replace("10.1.0.0/16", space).replace("vnet-source", "vnet-recovery");
    write("our infra/source.json", SOURCE);
    write("our infra/recovery.json", &recovery.replace("eastasia", "southeastasia"));
    write("our infra/drlint.toml", "[[recovery]]\nsource = \"vnet-source\"\nrecovery = \"vnet-recovery\"\n");
    std::fs::create_dir_all(folder.path().join("temporary")).unwrap();
    folder
}

/// Runs a script with `drlint` on the path and nothing in the environment but `variables`.
fn run(script: &str, folder: &Path, variables: &[(&str, String)]) -> Output {
    let binary = Path::new(env!("CARGO_BIN_EXE_drlint")).parent().unwrap();
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", binary.display());
    let variables = variables.iter().map(|(name, value)| (*name, value.as_str()));
    Command::new("bash")
        .args(["-e", "-o", "pipefail", "-c", script])
        .current_dir(folder)
        .env_clear()
        .env("PATH", path)
        .envs(variables)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn github(folder: &Path, paths: &str) -> Output {
    let at = |name: &str| folder.join(name).display().to_string();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("integrations/github/check.sh");
    let variables = [
        ("GITHUB_ACTIONS", "true".to_owned()),
        ("RUNNER_TEMP", at("temporary")),
        ("GITHUB_STEP_SUMMARY", at("summary.md")),
        ("GITHUB_OUTPUT", at("output")),
        ("DRLINT_PATHS", paths.to_owned()),
        ("DRLINT_FAIL_ON", "warning".to_owned()),
        ("DRLINT_ARGUMENTS", "--ignore\ninput\n".to_owned()),
    ];
    run(&format!("bash '{}'", script.display()), folder, &variables)
}

#[test]
fn on_github_one_run_annotates_summarises_and_leaves_a_log_to_upload() {
    let folder = project(true);
    let output = github(folder.path(), "our infra\n");
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).starts_with("::error file=our infra/recovery.json,line="),
        "{}",
        text(&output.stdout)
    );
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(read("summary.md").contains("recovery-address-space-mismatch"));
    let log = read("output");
    let log = log.strip_prefix("sarif=").unwrap().trim_end();
    assert!(std::fs::read_to_string(log).unwrap().contains("our%20infra/recovery.json"));
}

#[test]
fn on_github_a_clean_run_leaves_an_empty_log_and_a_failed_one_leaves_none() {
    let clean = project(false);
    let output = github(clean.path(), "our infra");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert!(
        std::fs::read_to_string(clean.path().join("temporary/drlint.sarif"))
            .unwrap()
            .contains("\"results\": []")
    );
    assert!(clean.path().join("output").is_file());

    let failed = project(false);
    let output = github(failed.path(), "temporary");
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
    assert!(!failed.path().join("output").exists(), "an empty log would close all alerts");
}

/// The text of the only block scalar below a key such as `- bash: |`.
fn block(file: &str, opening: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("integrations").join(file);
    let yaml = std::fs::read_to_string(path).unwrap();
    let mut lines = yaml.lines().skip_while(|line| line.trim() != opening);
    let indent = |line: &str| line.len() - line.trim_start().len();
    let outer = indent(lines.next().unwrap());
    lines
        .take_while(|line| line.is_empty() || indent(line) > outer)
        .flat_map(|line| [line.trim(), "\n"])
        .collect()
}

#[test]
fn on_azure_pipelines_the_issues_are_logged_and_the_files_lie_where_the_tasks_look() {
    let folder = project(true);
    let at = |name: &str| folder.path().join(name).display().to_string();
    let variables = [
        ("TF_BUILD", "True".to_owned()),
        ("BUILD_ARTIFACTSTAGINGDIRECTORY", at("staging")),
        ("AGENT_TEMPDIRECTORY", at("temporary")),
        ("DRLINT_PATHS", "our infra".to_owned()),
        ("DRLINT_FAIL_ON", "warning".to_owned()),
    ];
    let output = run(&block("azure-pipelines/drlint.yml", "- bash: |"), folder.path(), &variables);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.starts_with("##vso[task.logissue type=error;sourcepath=/"), "{said}");
    assert!(said.contains(&format!("##vso[task.uploadsummary]{}", at("temporary/drlint.md"))), "{said}");
    for file in ["staging/CodeAnalysisLogs/drlint.sarif", "temporary/TEST-drlint.xml", "temporary/drlint.md"]
    {
        assert!(folder.path().join(file).is_file(), "{file}");
    }
}

#[test]
fn on_gitlab_the_reports_are_written_where_the_job_collects_them() {
    let folder = project(true);
    let variables = [
        ("GITLAB_CI", "true".to_owned()),
        ("DRLINT_PATHS", "our infra".to_owned()),
        ("DRLINT_FAIL_ON", "warning".to_owned()),
    ];
    let output = run(&block("gitlab/drlint.yml", "- |"), folder.path(), &variables);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let report = std::fs::read_to_string(folder.path().join("gl-code-quality-report.json")).unwrap();
    let issues: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(issues[0]["location"]["path"], "our infra/recovery.json");
    assert!(folder.path().join("drlint.xml").is_file() && folder.path().join("drlint.sarif").is_file());
}

#[test]
fn the_problem_matcher_and_the_concise_format_agree() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("integrations/problem-matcher.json");
    let matcher: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let pattern = matcher["problemMatcher"][0]["pattern"][0]["regexp"].as_str().unwrap();
    assert_eq!(pattern, r"^(.+?):(\d+):(\d+):\s+(error|warning|note)\[([a-z0-9-]+)\]:\s+(.*)$");
    let folder = project(true);
    let concise = run("drlint check --format concise 'our infra'", folder.path(), &[]);
    let line = text(&concise.stdout).lines().next().unwrap().to_owned();
    let (place, said) = line.split_once(": ").unwrap();
    let numbers: Vec<&str> = place.rsplit(':').take(2).collect();
    assert!(numbers.iter().all(|number| number.parse::<u32>().is_ok()), "{place}");
    let (severity, rest) = said.split_once('[').unwrap();
    assert!(["error", "warning", "note"].contains(&severity), "{said}");
    let (rule, message) = rest.split_once("]: ").unwrap();
    assert!(
        rule.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') && !message.is_empty(),
        "{said}"
    );
}
