//! The exports of `corpus/exports`, which Azure and its tools really gave: each is recognised as its shape and
//! counted as the index says, or skipped with a true reason.

#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use drlint_export::{Outcome, read, read_stream, wrapped_template};
use drlint_resource::{NoteKind, Resource};
use drlint_source::{Document, FileId, Node, decode};

/// What the index says of a file.
struct Entry {
    path: String,
    shape: String,
    types: String,
    count: String,
}

/// What drlint makes of a file.
#[derive(Debug)]
enum Found {
    Export { shape: &'static str, types: BTreeSet<String>, resources: usize },
    Template,
    Skipped(String),
    Unreadable,
}

/// Where drlint and the index differ, with the reason why drlint is right.
const EXCEPTIONS: [(&str, &str, &str); 7] = [
    (
        "nat-gateway.vnet.json",
        "az network vnet show 1",
        "is no valid JSON; the network in it is read as far as it can be",
    ),
    (
        "topology-cli.json",
        "Network Watcher topology 3",
        "is no valid JSON; three resources stand before the fault",
    ),
    ("malformed-syntax.json", "unreadable", "is no valid JSON, and its only change names no resource"),
    (
        "report.json",
        "what-if 21",
        "eight of its 29 changes are of resources that another change evaluates better",
    ),
    ("StoragePublicNetworkAccessDisabledWithPE.mock.json", "skipped", "the plans stand below `mock.<case>`"),
    ("azurerm_lb_outbound_rule.mock.json", "skipped", "the plans stand below `mock.<case>`"),
    ("azurerm_virtual_network_gateway_sku.mock.json", "skipped", "the plans stand below `mock.<case>`"),
];

fn corpus() -> Option<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/exports");
    corpus.is_dir().then_some(corpus)
}

fn index(corpus: &Path) -> Vec<Entry> {
    let index = std::fs::read_to_string(corpus.join("index.tsv")).unwrap();
    let entries = index.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default().to_owned();
        Entry { path: cell(0), shape: cell(1), types: cell(2), count: cell(3) }
    });
    entries.collect()
}

fn is_template(node: Node<'_>) -> bool {
    let schema = node.get("$schema").and_then(|schema| schema.as_str().map(|text| text.to_ascii_lowercase()));
    schema.is_some_and(|schema| {
        schema.contains("deploymenttemplate.json") || schema.contains("deploymentparameters.json")
    })
}

fn find(path: &Path) -> Found {
    let text = decode(std::fs::read(path).unwrap()).unwrap().text;
    let document = Document::parse(FileId(0), text);
    if is_template(document.root()) || wrapped_template(&document).is_some_and(is_template) {
        return Found::Template;
    }
    match read(&document) {
        Outcome::Read(reading, export) => {
            let types = reading.resources.iter().map(|resource| resource.id.kind().to_ascii_lowercase());
            Found::Export { shape: export.shape, types: types.collect(), resources: reading.resources.len() }
        }
        Outcome::Skipped(reason) => Found::Skipped(reason),
        Outcome::Unreadable(_) => Found::Unreadable,
    }
}

/// Whether the types are those of the index; those of Terraform have other names there.
fn same_types(found: &BTreeSet<String>, indexed: &str) -> bool {
    let indexed: BTreeSet<String> = indexed.split(',').map(str::to_ascii_lowercase).collect();
    indexed.contains("-") || indexed.iter().any(|kind| kind.starts_with("azurerm_")) || *found == indexed
}

/// How the names begin that drlint has for a shape of the index.
fn shapes(indexed: &str) -> &'static [&'static str] {
    match indexed {
        "rest-get" => &["REST resource"],
        "rest-list" => &["REST list"],
        "site-recovery-get" => &["Site Recovery resource"],
        "site-recovery-list" => &["Site Recovery list"],
        "resource-list" => &["az resource list"],
        "resource-graph" => &["Resource Graph"],
        "cli-flat" => &["az show", "az network"],
        "powershell" => &["Get-AzVirtualNetwork"],
        "what-if" => &["what-if"],
        "topology" => &["Network Watcher topology"],
        "terraform-plan" => &["Terraform plan"],
        "terraform-state" => &["Terraform state"],
        _ => &[],
    }
}

#[test]
fn every_real_export_is_what_the_index_says() {
    let Some(corpus) = corpus() else {
        eprintln!("skipped: ../shared/corpus/exports is absent");
        return;
    };
    let entries = index(&corpus);
    assert_eq!(entries.len(), 251);
    let mut wrong = Vec::new();
    for entry in &entries {
        let found = find(&corpus.join(&entry.path));
        let told = match &found {
            Found::Export { shape, resources, .. } => format!("{shape} {resources}"),
            Found::Template => "template".to_owned(),
            Found::Skipped(_) => "skipped".to_owned(),
            Found::Unreadable => "unreadable".to_owned(),
        };
        let exception = EXCEPTIONS.iter().find(|(name, ..)| entry.path.ends_with(&format!("/{name}")));
        let right = match (&found, exception) {
            (_, Some((_, expected, _))) => told == *expected,
            (Found::Template, None) => entry.shape == "group-export",
            (Found::Skipped(reason), None) => entry.shape == "other" && !reason.is_empty(),
            (Found::Export { shape, types, resources }, None) => {
                shapes(&entry.shape).iter().any(|start| shape.starts_with(start))
                    && entry.count == resources.to_string()
                    && same_types(types, &entry.types)
            }
            (Found::Unreadable, None) => false,
        };
        if !right {
            let Entry { path, shape, types, count } = entry;
            wrong.push(format!("{path}\n  index: {shape} {count} {types}\n  found: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), entries.len(), wrong.join("\n"));
}

#[test]
fn no_secret_of_a_real_export_gets_into_a_body() {
    let Some(corpus) = corpus() else {
        eprintln!("skipped: ../shared/corpus/exports is absent");
        return;
    };
    let mut secrets = 0;
    for entry in index(&corpus) {
        let text = decode(std::fs::read(corpus.join(&entry.path)).unwrap()).unwrap().text;
        let document = Document::parse(FileId(0), text);
        let Outcome::Read(reading, _) = read(&document) else { continue };
        secrets += reading.notes.iter().filter(|note| note.kind == NoteKind::Secret).count();
        let told = format!("{:?} {:?}", reading.resources, reading.notes);
        for secret in ["AzureA1b2C3", "ItsASecret"] {
            assert!(!told.contains(secret), "{}", entry.path);
        }
    }
    assert!(secrets >= 5, "{secrets}");
}

#[test]
fn a_real_list_read_in_pieces_is_the_same_list() {
    let Some(corpus) = corpus() else {
        eprintln!("skipped: ../shared/corpus/exports is absent");
        return;
    };
    let mut lists = 0;
    for entry in index(&corpus) {
        let bytes = std::fs::read(corpus.join(&entry.path)).unwrap();
        let mut resources = Vec::new();
        let Ok(streamed) =
            read_stream(bytes.as_slice(), FileId(0), |_| None, &mut |resource| resources.push(resource))
        else {
            continue;
        };
        let document = Document::parse(FileId(0), decode(bytes).unwrap().text);
        let errors: Vec<_> = document.tree().errors().iter().map(|error| error.place.clone()).collect();
        assert_eq!(streamed.errors.iter().map(|error| error.place.clone()).collect::<Vec<_>>(), errors);
        let told = |resource: &Resource| format!("{} {:?} {:?}", resource.id, resource.place, resource.body);
        match read(&document) {
            Outcome::Read(reading, export) => {
                assert_eq!(streamed.export, export, "{}", entry.path);
                assert_eq!(streamed.notes, reading.notes, "{}", entry.path);
                assert!(resources.iter().map(told).eq(reading.resources.iter().map(told)), "{}", entry.path);
                lists += 1;
            }
            Outcome::Skipped(reason) => assert_eq!(streamed.skipped, Some(reason), "{}", entry.path),
            Outcome::Unreadable(note) => panic!("{}: {note:?}", entry.path),
        }
    }
    assert!(lists >= 60, "{lists}");
}
