//! What evaluation costs: on real templates against a floor, and on loops and nesting that must stay linear.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench may stop")]

use std::path::{Path, PathBuf};

use divan::{Bencher, black_box};
use drlint_arm::{NoLinks, Request, Target, evaluate, is_template};
use drlint_source::{Document, FileId};

fn main() {
    divan::main();
}

fn run(document: &Document) -> usize {
    let target = Target::default();
    evaluate(&Request {
        template: document,
        parameters: &[],
        overrides: &[],
        target: &target,
        links: &NoLinks,
        wanted: |_| true,
    })
    .count
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "exports") {
                files(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension.to_string_lossy().starts_with("json")) {
            found.push(path);
        }
    }
}

/// The texts of the corpus beside the repository; empty where it is absent.
fn corpus() -> Vec<String> {
    let mut paths = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"), &mut paths);
    let bytes = paths.iter().filter_map(|path| std::fs::read(path).ok());
    bytes.filter_map(|bytes| Some(drlint_source::decode(bytes).ok()?.text)).collect()
}

/// The floor: the same texts into `serde_json::Value`.
#[divan::bench]
fn corpus_floor(bencher: Bencher<'_, '_>) {
    let texts = corpus();
    bencher.bench(|| {
        texts.iter().filter_map(|text| serde_json::from_str::<serde_json::Value>(text).ok()).count()
    });
}

#[divan::bench]
fn corpus_parsed(bencher: Bencher<'_, '_>) {
    let texts = corpus();
    bencher.bench(|| {
        for text in &texts {
            black_box(Document::parse(FileId(0), text.as_str().into()));
        }
    });
}

#[divan::bench]
fn corpus_evaluated(bencher: Bencher<'_, '_>) {
    let documents: Vec<Document> =
        corpus().into_iter().map(|text| Document::parse(FileId(0), text.into())).collect();
    bencher.bench(|| documents.iter().filter(|document| is_template(document)).map(run).sum::<usize>());
}

const SCHEMA: &str = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

/// A loop of so many turns, in pieces of Azure's limit.
#[divan::bench(args = [1_000, 10_000])]
fn copies(bencher: Bencher<'_, '_>, turns: usize) {
    let resources: Vec<serde_json::Value> = (0..turns.div_ceil(800))
        .map(|at| {
            serde_json::json!({
                "type": "Microsoft.Network/virtualNetworks",
                "apiVersion": "2023-09-01",
                "name": format!("[format('vnet-{at}-{{0}}', copyIndex())]"),
                "location": "[parameters('location')]",
                "copy": { "name": "loop", "count": 800.min(turns - at * 800) },
                "properties": { "addressSpace": { "addressPrefixes": ["[cidrSubnet('10.0.0.0/8', 24, copyIndex())]"] } },
            })
        })
        .collect();
    let template = serde_json::json!({
        "$schema": SCHEMA,
        "parameters": { "location": { "type": "string", "defaultValue": "[resourceGroup().location]" } },
        "resources": resources,
    });
    let document = Document::parse(FileId(0), template.to_string().into());
    bencher.bench(|| run(&document));
}

/// So many nested deployments inside each other, each handing its parameter on.
#[divan::bench(args = [8, 16, 32])]
fn nested(bencher: Bencher<'_, '_>, levels: usize) {
    let mut template = serde_json::json!({
        "$schema": SCHEMA,
        "parameters": { "value": { "type": "string" } },
        "resources": [{ "type": "A.B/c", "apiVersion": "1", "name": "[parameters('value')]" }],
    });
    for _ in 1..levels {
        template = serde_json::json!({
            "$schema": SCHEMA,
            "parameters": { "value": { "type": "string", "defaultValue": "x" } },
            "resources": [{
                "type": "Microsoft.Resources/deployments",
                "apiVersion": "2022-09-01",
                "name": "inner",
                "properties": {
                    "expressionEvaluationOptions": { "scope": "inner" },
                    "parameters": { "value": { "value": "[concat(parameters('value'), 'y')]" } },
                    "template": template,
                },
            }],
        });
    }
    let document = Document::parse(FileId(0), template.to_string().into());
    bencher.bench(|| run(&document));
}

/// So many variables, each made of the one before.
#[divan::bench(args = [50, 250])]
fn chained(bencher: Bencher<'_, '_>, levels: usize) {
    let mut variables = serde_json::Map::new();
    variables.insert("v0".to_owned(), serde_json::json!([1, 2, 3]));
    for at in 1..levels {
        let value = format!("[concat(take(variables('v{}'), 2), createArray({at}))]", at - 1);
        variables.insert(format!("v{at}"), serde_json::json!(value));
    }
    let template = serde_json::json!({ "$schema": SCHEMA, "variables": variables, "resources": [] });
    let document = Document::parse(FileId(0), template.to_string().into());
    bencher.bench(|| run(&document));
}
