//! What GitHub code scanning asks of a SARIF file, for every estate at hand.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The repository of the estates below `fixtures/`, and the log of each.
fn fixtures() -> Vec<(PathBuf, PathBuf, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Ok(estates) = std::fs::read_dir(root.join("fixtures")) else { return Vec::new() };
    let mut estates: Vec<PathBuf> =
        estates.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    estates.sort();
    estates.into_iter().map(|estate| (root.to_owned(), estate.clone(), check(&estate))).collect()
}

fn check(folder: &Path) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_drlint"))
        .args(["check", "--format", "sarif", "--fail-on", "never"])
        .current_dir(folder)
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{}: {error}: {}", folder.display(), String::from_utf8_lossy(&output.stderr))
    })
}

/// A repository in which everything goes wrong at once.
fn troubled() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    let network = |name: &str, space: &str| {
        format!(
            r#"{{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/{name}", "name":
                "{name}", "type": "Microsoft.Network/virtualNetworks", "location": "{name}", "tags": {{"é😀": "x"}},
                "addressSpace": {{"addressPrefixes": ["{space}"]}}, "subnets": [], "name": "{name}", "name": "{name}"}}"#
        )
    };
    let both = format!("[{}, {}]", network("vnet-a", "10.1.0.0/16"), network("vnet-b", "10.9.0.0/16"));
    write(".git/HEAD", b"");
    write("drlint.toml", b"[[recovery]]\nsource = \"vnet-a\"\nrecovery = \"vnet-b\"\n");
    write("infra/r\u{e9}cup 100%#?.json", both.as_bytes());
    write("infra/minified.json", both.replace('\n', " ").replace("vnet-", "vnet-m").as_bytes());
    let wide: Vec<u8> = [0xFEFF]
        .into_iter()
        .chain(both.replace("vnet-", "vnet-w").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    write("infra/wide.json", &wide);
    write("infra/marked.json", format!("\u{feff}{}", both.replace("vnet-", "vnet-k")).as_bytes());
    write("infra/broken.json", b"{\"a\": 1,, \"b\": ]}\n");
    write("infra/bytes.json", b"{\"a\": \"\xff\xfe\"}\n");
    folder
}

#[test]
fn every_log_is_what_code_scanning_asks_for() {
    let trouble = troubled();
    // From a folder inside: places are named from the root of the repository all the same.
    let inside = trouble.path().join("infra");
    let mut logs = fixtures();
    logs.push((trouble.path().to_owned(), inside.clone(), check(&inside)));
    let last = logs.last().map(|(_, _, log)| log["runs"][0]["results"].as_array().unwrap().len());
    assert!(last >= Some(4), "{last:?}");
    for (root, estate, log) in &logs {
        let problems = problems(log, root);
        assert!(problems.is_empty(), "{}:\n{}", estate.display(), problems.join("\n"));
    }
}

/// The checker beside the project, where there is one, agrees.
#[test]
fn the_checker_of_sarif_agrees() {
    let checker = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tools/sarif-check/gh_check.py");
    if !checker.is_file() {
        println!("skipped: {} is not there", checker.display());
        return;
    }
    let trouble = troubled();
    let mut logs = fixtures();
    logs.push((trouble.path().to_owned(), trouble.path().to_owned(), check(trouble.path())));
    for (root, estate, log) in &logs {
        let file = trouble.path().join("out.sarif");
        std::fs::write(&file, log.to_string()).unwrap();
        let output = Command::new("python3")
            .arg("-B")
            .arg(&checker)
            .args(["--strict", "--root"])
            .arg(root)
            .arg(&file)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}: {}", estate.display(), String::from_utf8_lossy(&output.stdout));
    }
}

fn problems(log: &Value, root: &Path) -> Vec<String> {
    let mut problems = Vec::new();
    let mut expect = |holds: bool, what: String| {
        if !holds {
            problems.push(what);
        }
    };
    expect(log["version"] == "2.1.0" && log["$schema"].is_string(), "version and schema".to_owned());
    let run = &log["runs"][0];
    expect(run["columnKind"] == "utf16CodeUnits", "columnKind".to_owned());
    expect(run["invocations"][0]["executionSuccessful"] == true, "executionSuccessful".to_owned());
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: Vec<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    let all: Vec<&str> = drlint_rules::ALL.iter().map(|rule| rule.name).collect();
    expect(ids == all, format!("rules {ids:?}"));
    for rule in rules {
        for key in ["shortDescription", "fullDescription"] {
            let text = rule[key]["text"].as_str().unwrap_or_default();
            expect(!text.is_empty() && text.chars().count() <= 1024, format!("{key} of {}", rule["id"]));
        }
        for key in ["text", "markdown"] {
            expect(
                rule["help"][key].as_str().is_some_and(|text| !text.is_empty()),
                format!("help of {}", rule["id"]),
            );
        }
        let tags = rule["properties"]["tags"].as_array().unwrap();
        expect(tags.len() <= 10, format!("tags of {}", rule["id"]));
        let security = tags.iter().any(|tag| tag == "security");
        let graded = rule["properties"]["security-severity"].as_str().is_some();
        expect(security == graded, format!("security of {}", rule["id"]));
    }
    let mut seen = BTreeSet::new();
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        expect(result["ruleId"] == ids[index], format!("ruleIndex {index}"));
        expect(
            ["error", "warning", "note"].iter().any(|level| result["level"] == *level),
            "level".to_owned(),
        );
        let related = result["relatedLocations"].as_array().cloned().unwrap_or_default();
        let message = result["message"]["text"].as_str().unwrap();
        for link in message.split("](").skip(1) {
            let id = link.split(')').next().and_then(|id| id.parse::<usize>().ok());
            expect(id.is_some_and(|id| id >= 1 && id <= related.len()), format!("link in {message}"));
        }
        expect(!message.contains(char::is_control), format!("control character in {message:?}"));
        for location in result["locations"].as_array().unwrap().iter().chain(&related) {
            expect(location_holds(location, root), format!("location {location}"));
        }
        let prints = &result["partialFingerprints"];
        expect(prints["drlint/v1"].is_string(), "drlint/v1".to_owned());
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        let name = format!("{} {uri} {}", result["ruleId"], prints["primaryLocationLineHash"]);
        expect(prints["primaryLocationLineHash"].is_string(), format!("no hash: {name}"));
        expect(seen.insert(name.clone()), format!("twice: {name}"));
    }
    problems
}

/// Whether a location names a file below `root` by a clean URI, and a region of it.
fn location_holds(location: &Value, root: &Path) -> bool {
    let place = &location["physicalLocation"];
    let uri = place["artifactLocation"]["uri"].as_str().unwrap();
    let clean = uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte));
    let relative = !uri.starts_with('/') && !uri.split('/').any(|part| part == "..");
    let number = |key: &str| place["region"][key].as_u64().unwrap_or(0);
    let start = (number("startLine"), number("startColumn"));
    let end = (number("endLine"), number("endColumn"));
    clean
        && relative
        && root.join(decoded(uri)).is_file()
        && start >= (1, 1)
        && start.1 >= 1
        && end.1 >= 1
        && end >= start
}

fn decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits: Vec<u8> = rest.by_ref().take(2).collect();
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}
