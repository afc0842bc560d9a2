//! Gate: real templates and parameter files. Nothing panics, the same input gives the same, and most virtual
//! networks have their address space decided.

#![expect(
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a gate reports its figures and fails on broken data"
)]

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use drlint_arm::{Evaluation, Target, is_template};
use drlint_resource::{Lookup, Reason, Resource};
use drlint_source::Document;

const NETWORK: &str = "Microsoft.Network/virtualNetworks";

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "exports") {
                files(&path, found);
            }
        } else if path.extension().is_some_and(|extension| {
            extension.eq_ignore_ascii_case("json") || extension.eq_ignore_ascii_case("jsonc")
        }) {
            found.push(path);
        }
    }
}

/// Each template of the corpus with its path.
fn templates() -> Option<Vec<(PathBuf, Document)>> {
    let corpus = common::shared("corpus")?;
    let mut paths = Vec::new();
    files(&corpus, &mut paths);
    let documents = paths.into_iter().filter_map(|path| {
        let decoded = drlint_source::decode(std::fs::read(&path).unwrap()).ok()?;
        let document = common::document(0, decoded.text);
        is_template(&document).then_some((path.strip_prefix(&corpus).unwrap().to_owned(), document))
    });
    Some(documents.collect())
}

fn evaluated(document: &Document) -> Evaluation {
    common::run(document, &[], &Target::default())
}

/// Why the address space of a network is not decided; `None` if it is.
fn undecided(network: &Resource) -> Option<Reason> {
    let prefixes = match network.property("addressSpace.addressPrefixes") {
        Lookup::Found(prefixes) => prefixes,
        Lookup::Absent => return Some(Reason::Other("it declares none".into())),
        Lookup::Unknown(unknown) => return Some(unknown.reason.clone()),
    };
    let unknown = prefixes.as_array()?.iter().find_map(|prefix| prefix.as_unknown().cloned());
    unknown.map(|unknown| unknown.reason.clone())
}

/// Whether nobody could decide it: a person has to give a value first, or to mend the template.
fn is_open(reason: &Reason) -> bool {
    matches!(reason, Reason::ParameterWithoutValue(_) | Reason::Refused(_) | Reason::Other(_))
}

#[test]
fn most_networks_have_their_address_space_decided() {
    let Some(templates) = templates() else { return };
    let (mut networks, mut decided, mut open) = (0, 0, 0);
    let mut reasons: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, document) in &templates {
        let evaluation = evaluated(document);
        assert!(!evaluation.incomplete, "{} breaks a budget", path.display());
        for network in evaluation.reading.resources.iter().filter(|resource| resource.is(NETWORK)) {
            networks += 1;
            match undecided(network) {
                None => decided += 1,
                Some(reason) => {
                    open += usize::from(is_open(&reason));
                    let place = format!("{}: {}", path.display(), network.id.full_name());
                    reasons.entry(reason.to_string()).or_default().push(place);
                }
            }
        }
    }
    eprintln!(
        "{} templates, {networks} virtual networks: the address space of {decided} is decided without parameter \
         files, {open} need a value or are broken",
        templates.len()
    );
    eprintln!("{reasons:#?}");
    assert!(decided * 100 >= (networks - open) * 90, "fewer than 90 % of those that can be decided are");
}

#[test]
fn the_same_template_gives_the_same() {
    let Some(templates) = templates() else { return };
    for (path, document) in &templates {
        let (one, two) = (evaluated(document), evaluated(document));
        assert_eq!(
            format!("{:?}", one.reading.notes),
            format!("{:?}", two.reading.notes),
            "{}",
            path.display()
        );
        let bodies = |evaluation: &Evaluation| {
            let resources = evaluation.reading.resources.iter();
            resources.map(|one| (one.id.key(), common::to_json(&one.body))).collect::<Vec<_>>()
        };
        assert_eq!(bodies(&one), bodies(&two), "{}", path.display());
    }
}
