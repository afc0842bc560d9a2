//! `drlint init` writes what the estate shows, once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]

use std::path::Path;
use std::process::{Command, Output};

fn drlint(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_drlint")).args(arguments).current_dir(folder).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const NETWORKS: &str = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks";

/// A network with tags and a peering, as `az network vnet list` gives it.
fn network(name: &str, region: &str, tags: &str, peer: Option<&str>) -> String {
    let peerings = peer.map_or(String::new(), |peer| {
        format!(
            r#"{{"name": "{name}-to-{peer}", "id": "{NETWORKS}/{name}/virtualNetworkPeerings/{name}-to-{peer}",
                "peeringState": "Connected", "allowVirtualNetworkAccess": true,
                "remoteVirtualNetwork": {{"id": "{NETWORKS}/{peer}"}}}}"#
        )
    });
    format!(
        r#"{{"id": "{NETWORKS}/{name}", "name": "{name}", "type": "Microsoft.Network/virtualNetworks",
            "location": "{region}", "tags": {tags}, "addressSpace": {{"addressPrefixes": ["10.1.0.0/16"]}},
            "subnets": [], "virtualNetworkPeerings": [{peerings}]}}"#
    )
}

/// A source that is peered with a hub, its recovery that is not, and a pair that only names suggest.
fn estate() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let networks = [
        network("vnet-app", "eastasia", r#"{"dr-application": "pay \"roll\""}"#, Some("vnet-hub")),
        network("vnet-app-dr", "southeastasia", r#"{"dr-recovers": "vnet-app"}"#, None),
        network("vnet-hub", "eastasia", "{}", Some("vnet-app")),
        network("vnet-web", "eastasia", "{}", None),
        network("vnet-web-asr", "southeastasia", "{}", None),
    ];
    std::fs::write(folder.path().join("vnets.json"), format!("[{}]", networks.join(",\n"))).unwrap();
    folder
}

#[test]
fn the_file_says_what_the_estate_shows_with_its_evidence() {
    let folder = estate();
    let output = drlint(folder.path(), &["init"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).contains("1 recovery pair, 1 application, 1 failover"),
        "{}",
        text(&output.stdout)
    );
    let written = std::fs::read_to_string(folder.path().join("drlint.toml")).unwrap();
    let expected = "[[recovery]]\nsource = \"vnet-app\"\nrecovery = \"vnet-app-dr\"\n";
    let (before, _) = written.split_once(expected).unwrap_or_else(|| panic!("{written}"));
    let evidence = before.lines().last().unwrap();
    assert!(evidence.starts_with("# ") && evidence.ends_with("in vnets.json"), "{evidence}");
    assert!(
        written.contains("# [[recovery]]\n# source = \"vnet-web\"\n# recovery = \"vnet-web-asr\"\n"),
        "{written}"
    );
    assert!(written.contains("name = \"pay \\\"roll\\\"\"\n"), "{written}");
    let steps = "steps = [
  { disconnect = [\"vnet-app\", \"vnet-hub\"] },
  { fail-over = [\"vnet-app\"] },
  { connect = [\"vnet-app-dr\", \"vnet-hub\"], via = \"peering\" },
]
";
    assert!(written.contains(steps), "{written}");
}

#[test]
fn what_is_written_can_be_read() {
    let folder = estate();
    drlint(folder.path(), &["init"]);
    let checked = drlint(folder.path(), &["check", "--fail-on", "never"]);
    assert_eq!(checked.status.code(), Some(0), "{}", text(&checked.stderr));
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    for estate in ["company-a/rest", "company-b/rest", "isolated-application/rest"] {
        let from = fixtures.join(estate);
        if !from.is_dir() {
            println!("skipped: {} is not there", from.display());
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        for file in std::fs::read_dir(&from).unwrap().map(|file| file.unwrap().path()) {
            std::fs::copy(&file, folder.path().join(file.file_name().unwrap())).unwrap();
        }
        let _ = std::fs::remove_file(folder.path().join("drlint.toml"));
        let written = drlint(folder.path(), &["init"]);
        assert_eq!(written.status.code(), Some(0), "{estate}: {}", text(&written.stderr));
        let checked = drlint(folder.path(), &["check", "--fail-on", "never"]);
        assert_eq!(checked.status.code(), Some(0), "{estate}: {}", text(&checked.stderr));
    }
}

#[test]
fn a_file_that_is_there_stays_as_it_is() {
    let folder = estate();
    let path = folder.path().join("drlint.toml");
    std::fs::write(&path, "# mine\n").unwrap();
    let output = drlint(folder.path(), &["init"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("`drlint.toml` exists already"), "{}", text(&output.stderr));
    assert_eq!(std::fs::read_to_string(path).unwrap(), "# mine\n");
}

#[test]
fn where_there_is_no_network_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("x.json"), "{}").unwrap();
    assert_eq!(drlint(folder.path(), &["init"]).status.code(), Some(2));
    assert!(!folder.path().join("drlint.toml").exists());
}

#[test]
fn names_from_strangers_stay_names() {
    let folder = tempfile::tempdir().unwrap();
    let strange = r#"vnet\"]\n[[suppress]]\u001b"#;
    let networks = [
        network(strange, "eastasia", r#"{"dr-application": "a\nb"}"#, None),
        network("vnet-b", "southeastasia", &format!("{{\"dr-recovers\": \"{strange}\"}}"), None),
    ];
    std::fs::write(folder.path().join("vnets.json"), format!("[{}]", networks.join(","))).unwrap();
    drlint(folder.path(), &["init"]);
    let written = std::fs::read_to_string(folder.path().join("drlint.toml")).unwrap();
    assert!(!written.contains("\n[[suppress]]") && !written.contains('\u{1b}'), "{written}");
    let checked = drlint(folder.path(), &["check", "--fail-on", "never"]);
    assert_eq!(checked.status.code(), Some(0), "{}", text(&checked.stderr));
}
