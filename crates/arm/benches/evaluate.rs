//! What evaluation costs: on real templates against a floor, and on loops and nesting that must stay linear.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench may stop")]

mod ratios;

use std::path::{Path, PathBuf};

use divan::{Bencher, black_box};
use drlint_arm::{NoLinks, Request, Target, evaluate, is_template};
use drlint_source::{Document, FileId};

fn main() {
    ratios::print();
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
        wanted: |_, _| true,
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

/// The files of the corpus beside the repository; none where it is absent.
fn paths() -> Vec<PathBuf> {
    let mut paths = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"), &mut paths);
    paths
}

fn read(path: &Path) -> Option<String> {
    Some(drlint_source::decode(std::fs::read(path).ok()?).ok()?.text)
}

/// The texts of the corpus.
fn corpus() -> Vec<String> {
    paths().iter().filter_map(|path| read(path)).collect()
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
            black_box(Document::parse(FileId(0), text.clone()));
        }
    });
}

#[divan::bench]
fn corpus_evaluated(bencher: Bencher<'_, '_>) {
    let documents: Vec<Document> =
        corpus().into_iter().map(|text| Document::parse(FileId(0), text)).collect();
    bencher.bench(|| documents.iter().filter(|document| is_template(document)).map(run).sum::<usize>());
}

const SCHEMA: &str = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

/// A loop of so many turns, in pieces of Azure's limit.
#[divan::bench(args = [1_000, 10_000])]
fn copies(bencher: Bencher<'_, '_>, turns: usize) {
    let document = looped(turns);
    bencher.bench(|| run(&document));
}

fn looped(turns: usize) -> Document {
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
    parsed(&template)
}

/// So many nested deployments inside each other, each handing its parameter on. Those beyond the 32nd are refused.
#[divan::bench(args = [8, 16, 32, 50])]
fn nested(bencher: Bencher<'_, '_>, levels: usize) {
    let document = deployments(levels);
    bencher.bench(|| run(&document));
}

fn deployments(levels: usize) -> Document {
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
    parsed(&template)
}

/// So many variables, each made of the one before.
#[divan::bench(args = [50, 250])]
fn chained(bencher: Bencher<'_, '_>, levels: usize) {
    let document = variables(levels);
    bencher.bench(|| run(&document));
}

fn variables(levels: usize) -> Document {
    let mut variables = serde_json::Map::new();
    variables.insert("v0".to_owned(), serde_json::json!([1, 2, 3]));
    for at in 1..levels {
        let value = format!("[concat(take(variables('v{}'), 2), createArray({at}))]", at - 1);
        variables.insert(format!("v{at}"), serde_json::json!(value));
    }
    let template = serde_json::json!({ "$schema": SCHEMA, "variables": variables, "resources": [] });
    parsed(&template)
}

/// So many objects inside each other, each with a loop over the next.
fn properties(levels: usize) -> Document {
    let mut inside = serde_json::json!("[concat('10.', string(1), '.0.0/16')]");
    for _ in 0..levels {
        inside = serde_json::json!({ "copy": [{ "name": "inner", "count": 1, "input": inside }] });
    }
    let resource =
        serde_json::json!({ "type": "A.B/c", "apiVersion": "1", "name": "x", "properties": inside });
    parsed(&serde_json::json!({ "$schema": SCHEMA, "resources": [resource] }))
}

/// So many user functions, each calling the one before.
fn functions(levels: usize) -> Document {
    let mut members = serde_json::Map::new();
    for at in 0..levels {
        let value = match at.checked_sub(1) {
            Some(before) => format!("[concat(own.f{before}(parameters('x')), 'y')]"),
            None => "[parameters('x')]".to_owned(),
        };
        let function = serde_json::json!({
            "parameters": [{ "name": "x", "type": "string" }],
            "output": { "type": "string", "value": value },
        });
        members.insert(format!("f{at}"), function);
    }
    let call = format!("[own.f{}('x')]", levels - 1);
    parsed(&serde_json::json!({
        "$schema": SCHEMA,
        "functions": [{ "namespace": "own", "members": members }],
        "resources": [{ "type": "A.B/c", "apiVersion": "1", "name": call }],
    }))
}

fn parsed(template: &serde_json::Value) -> Document {
    Document::parse(FileId(0), template.to_string())
}
