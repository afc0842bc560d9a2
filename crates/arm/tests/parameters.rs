//! Parameters: files, defaults, secrets, single values, and what has no value.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

mod common;

use drlint_arm::{NoLinks, Request, Target, evaluate};
use drlint_resource::Reason;
use drlint_source::FileId;
use serde_json::json;

use common::{found, only, plain, template, text_at};

#[test]
fn a_parameter_file_wins_over_the_default_and_is_literal() {
    let document = template(
        r#""parameters": {"name": {"type": "string", "defaultValue": "one"}},
           "resources": [{"type": "A.B/c", "apiVersion": "1", "name": "[parameters('name')]"}]"#,
    );
    let first = common::document(1, r#"{"parameters": {"NAME": {"value": "two"}}}"#);
    let second = common::document(2, r#"{"parameters": {"name": {"value": "[[x]"}}}"#);
    let evaluation = common::run(&document, &[&first, &second], &Target::default());
    let resource = only(&evaluation);
    assert_eq!(resource.id.name(), "[[x]");
    assert_eq!(resource.place.file, FileId(2));
    assert_eq!(text_at(&second, resource.place), "\"[[x]\"");
}

#[test]
fn what_is_missing_is_named_with_its_declaration() {
    let document = template(
        r#""parameters": {"space": {"type": "string"}},
           "resources": [{"type": "A.B/c", "apiVersion": "1", "name": "x",
             "properties": {"known": 1, "open": "[concat(parameters('space'), '/16')]"}}]"#,
    );
    let evaluation = plain(&document);
    let resource = only(&evaluation);
    assert_eq!(common::to_json(found(resource, "known")), json!(1));
    let unknown = resource.property("open").unknown().unwrap();
    assert_eq!(unknown.reason, Reason::ParameterWithoutValue("space".into()));
    assert_eq!(text_at(&document, unknown.place), "parameters('space')");
    assert_eq!(text_at(&document, unknown.declared.unwrap()), "\"space\"");
    assert_eq!(unknown.residual.to_string(), "concat(parameters('space'), '/16')");
}

#[test]
fn secure_parameters_are_never_shown() {
    let document = template(
        r##""definitions": {"key": {"type": "secureString"}},
           "parameters": {"a": {"type": "securestring", "defaultValue": "hush"}, "b": {"$ref": "#/definitions/key"}},
           "resources": [],
           "outputs": {"a": {"type": "string", "value": "[concat('x', parameters('a'))]"},
                       "b": {"type": "string", "value": "[parameters('b')]"}}"##,
    );
    let given = common::document(1, r#"{"parameters": {"b": {"value": "hush"}}}"#);
    let evaluation = common::run(&document, &[&given], &Target::default());
    assert!(!format!("{:?}", evaluation.outputs).contains("hush"));
    assert_eq!(common::output_json(&evaluation.outputs[0].value), json!("[concat('x', parameters('a'))]"));
}

#[test]
fn a_key_vault_reference_is_unknown() {
    let document = template(
        r#""parameters": {"key": {"type": "string"}}, "outputs": {"key": {"type": "string", "value": "[parameters('key')]"}}"#,
    );
    let given = common::document(
        1,
        r#"{"parameters": {"key": {"reference": {"keyVault": {"id": "x"}, "secretName": "y"}}}}"#,
    );
    let evaluation = common::run(&document, &[&given], &Target::default());
    let unknown = evaluation.outputs[0].value.as_unknown().unwrap();
    assert_eq!(unknown.reason, Reason::KeyVault("key".into()));
}

#[test]
fn null_stands_for_no_value() {
    let document = template(
        r#""parameters": {"zones": {"type": "array", "defaultValue": [1]}}, "outputs": {"z": {"type": "array", "value": "[parameters('zones')]"}}"#,
    );
    let given = common::document(1, r#"{"parameters": {"zones": {"value": null}}}"#);
    let evaluation = common::run(&document, &[&given], &Target::default());
    assert_eq!(common::to_json(&evaluation.outputs[0].value), json!([1]));
}

#[test]
fn parameters_can_be_set_one_by_one() {
    let document = template(
        r#""parameters": {"a": {"type": "int", "defaultValue": 1}}, "outputs": {"a": {"type": "int", "value": "[parameters('a')]"}}"#,
    );
    let value = common::document(1, "7");
    let evaluation = evaluate(&Request {
        template: &document,
        parameters: &[],
        overrides: &[("A".to_owned(), &value)],
        target: &Target::default(),
        links: &NoLinks,
        wanted: |_, _| true,
    });
    assert_eq!(common::to_json(&evaluation.outputs[0].value), json!(7));
}
