//! The house is in order: folders, list and names of the rules agree.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]

use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn folders_and_list_of_rules_agree() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut folders = BTreeSet::new();
    for group in
        std::fs::read_dir(&rules).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        for rule in
            std::fs::read_dir(&group).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
        {
            for file in ["mod.rs", "README.md"] {
                assert!(rule.join(file).is_file(), "{} has no {file}", rule.display());
            }
            let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
            folders.insert((name(&group), name(&rule).replace('_', "-")));
        }
    }
    let listed: BTreeSet<_> =
        drlint_rules::ALL.iter().map(|rule| (rule.group.to_owned(), rule.name.to_owned())).collect();
    assert_eq!(listed.len(), drlint_rules::ALL.len(), "a rule is listed twice");
    assert_eq!(folders, listed);
}

#[test]
fn every_page_begins_with_its_name_and_every_summary_is_one_phrase() {
    for rule in drlint_rules::ALL {
        assert!(rule.page.starts_with(&format!("# {}\n", rule.name)), "{}", rule.name);
        assert!(!rule.summary.ends_with('.'), "{}", rule.name);
        assert!(rule.summary.len() < 120, "{}", rule.name);
    }
}

/// `docs/rules.md` is generated: `BLESS=1 cargo test --test house` writes it anew.
#[test]
fn the_index_of_rules_is_current() {
    let mut index = String::from(
        "# Rules\n\nGenerated from the catalogue; `drlint explain RULE` shows a page in the terminal.\n",
    );
    let mut group = "";
    for rule in drlint_rules::ALL {
        if rule.group != group {
            group = rule.group;
            index.push_str(&format!(
                "\n## {group}\n\n| rule | severity | fires when |\n| --- | --- | --- |\n"
            ));
        }
        let folder = rule.name.replace('-', "_");
        let page = format!("../rules/{group}/{folder}/README.md");
        index.push_str(&format!(
            "| [`{}`]({page}) | {} | {} |\n",
            rule.name,
            rule.severity.name(),
            rule.summary
        ));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &index).unwrap();
    }
    let current = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(current, index, "BLESS=1 cargo test --test house writes docs/rules.md anew");
}
