//! What is generated from the program: the schema of `drlint.toml`, completions, the manual page.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn drlint(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_drlint")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// `BLESS=1` writes it anew.
#[test]
fn the_schema_in_the_repository_is_the_programs() {
    let path = root().join("integrations/drlint.schema.json");
    let schema = drlint(&["schema"]);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &schema).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), schema, "BLESS=1 writes it anew");
}

#[test]
fn every_configuration_of_the_fixtures_conforms() {
    let validator = validator();
    let mut files = Vec::new();
    let mut folders = vec![root().join("fixtures")];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name == "drlint.toml") {
                files.push(path);
            }
        }
    }
    files.sort();
    assert!(!files.is_empty(), "no fixture has a drlint.toml");
    for file in files {
        let problems = problems(&validator, &std::fs::read_to_string(&file).unwrap());
        assert!(problems.is_empty(), "{}: {problems:?}", file.display());
    }
}

#[test]
fn the_schema_refuses_what_the_program_refuses() {
    let validator = validator();
    let good = "[[recovery]]\nsource = \"a\"\nrecovery = \"b\"\n[severity]\nlinks = \"off\"\n";
    assert_eq!(problems(&validator, good), Vec::<String>::new());
    for bad in [
        "[[recovery]]\nsource = \"a\"\nrecovery = \"b\"\nretian-ip = true\n",
        "[[recovery]]\nsource = \"a\"\n",
        "[severity]\nlinks = \"fatal\"\n",
        "[[failover]]\nname = \"x\"\nsteps = [{ disconnect = [\"a\"] }]\n",
        "[[failover]]\nname = \"x\"\nsteps = [{ connect = [\"a\", \"b\"], via = \"vnp\" }]\n",
        "[[suppress]]\nrule = \"x\"\nresource = \"y\"\n",
        "[[suppress]]\nrule = \"x\"\nresource = \"y\"\nreason = \"z\"\nuntil = \"soon\"\n",
        "[[deployments]]\ntemplate = \"x\"\n",
    ] {
        assert!(!problems(&validator, bad).is_empty(), "{bad}");
    }
}

fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&drlint(&["schema"])).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn problems(validator: &jsonschema::Validator, text: &str) -> Vec<String> {
    let table: toml::Table = toml::from_str(text).unwrap();
    let instance = serde_json::to_value(table).unwrap();
    validator.iter_errors(&instance).map(|error| error.to_string()).collect()
}

/// Every command that the help lists.
fn commands() -> Vec<String> {
    let help = drlint(&["--help"]);
    let listed = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    listed
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .filter(|name| name != "help")
        .collect()
}

#[test]
fn completions_and_the_manual_page_know_every_command() {
    let commands = commands();
    assert!(commands.iter().any(|name| name == "hook"), "{commands:?}");
    let page = drlint(&["man"]);
    for command in &commands {
        assert!(page.contains(&format!("DRLINT {}", command.to_uppercase())), "{command}");
    }
    assert!(page.contains("Exit codes"), "{page}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let completions = drlint(&["completions", shell]);
        for command in &commands {
            assert!(completions.contains(command.as_str()), "{shell}: {command}");
        }
    }
}

/// A manual page that groff cannot set is of no use.
#[test]
fn the_manual_page_can_be_set() {
    let page: PathBuf = std::env::temp_dir().join(format!("drlint-{}.1", std::process::id()));
    std::fs::write(&page, drlint(&["man"])).unwrap();
    let set = Command::new("groff").args(["-man", "-Tutf8", "-ww"]).arg(&page).output();
    let _ = std::fs::remove_file(&page);
    match set {
        Ok(output) => assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => println!("skipped: groff cannot be run: {error}"),
    }
}
