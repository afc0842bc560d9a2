//! Where values lead back to: through parameters, variables, copies, deployments, and what expressions compute.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop")]

mod common;

use drlint_resource::{Transport, Value};
use drlint_source::Document;

use common::{GROUP, found, only, plain, template, text_at};

#[test]
fn a_value_leads_back_to_its_default() {
    let document = template(
        r#""parameters": {"space": {"type": "array", "defaultValue": ["10.1.0.0/16"]}},
           "variables": {"network": {"prefixes": "[parameters('space')]"}},
           "resources": [{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "1", "name": "hub",
             "properties": {"addressSpace": {"addressPrefixes": "[variables('network').prefixes]"}}}]"#,
    );
    let evaluation = plain(&document);
    let prefixes = found(only(&evaluation), "addressSpace.addressPrefixes").as_array().unwrap();
    assert_eq!(text_at(&document, prefixes[0].origin.span), "\"10.1.0.0/16\"");
    assert_eq!(text_at(&document, prefixes[0].origin.used_at()), "\"[variables('network').prefixes]\"");
    let carriers: Vec<&str> =
        prefixes[0].origin.carriers().map(|carrier| text_at(&document, carrier.span)).collect();
    assert_eq!(carriers, ["\"[variables('network').prefixes]\"", "\"[parameters('space')]\""]);
}

/// The text a computed value leads back to, and those of the carriers that computed it.
fn way<'d>(document: &'d Document, value: &Value) -> (&'d str, Vec<&'d str>) {
    let computed =
        value.origin.carriers().filter(|carrier| matches!(carrier.transport, Transport::Computed(_)));
    let computed = computed.map(|carrier| text_at(document, carrier.span));
    (text_at(document, value.origin.span), computed.collect())
}

#[test]
fn a_computed_value_leads_back_to_the_literal_it_was_made_of() {
    let document = template(
        r#""parameters": {"space": {"type": "string", "defaultValue": "10.1.0.0/16"}},
           "variables": {"second": "[cidrSubnet(parameters('space'), 24, 1)]"},
           "resources": [{"type": "A.B/c", "apiVersion": "1", "name": "x", "properties": {
             "direct": "[cidrSubnet(parameters('space'), 24, 0)]",
             "carried": "[variables('second')]",
             "twice": "[concat(concat(first(split(parameters('space'), '/')), '/'), '24')]",
             "part": "[parseCidr(parameters('space')).network]",
             "copy": [{"name": "each", "count": 2, "input": "[cidrSubnet(parameters('space'), 24, copyIndex('each'))]"}]
           }}]"#,
    );
    let evaluation = plain(&document);
    let resource = only(&evaluation);
    let literal = "\"10.1.0.0/16\"";
    for (path, expression) in [
        ("direct", "\"[cidrSubnet(parameters('space'), 24, 0)]\""),
        ("carried", "\"[cidrSubnet(parameters('space'), 24, 1)]\""),
        ("twice", "\"[concat(concat(first(split(parameters('space'), '/')), '/'), '24')]\""),
        ("part", "\"[parseCidr(parameters('space')).network]\""),
    ] {
        assert_eq!(way(&document, found(resource, path)), (literal, vec![expression]), "{path}");
    }
    let turn = &found(resource, "each").as_array().unwrap()[1];
    assert_eq!(way(&document, turn).0, literal);
    let first = turn.origin.carriers().next().unwrap();
    assert_eq!(first.transport, Transport::Copy(1));
}

#[test]
fn a_value_made_of_several_literals_stands_at_its_expression_and_names_them() {
    let document = template(
        r#""parameters": {"octets": {"type": "string", "defaultValue": "10.1"},
                          "length": {"type": "int", "defaultValue": 16}},
           "variables": {"space": "[format('{0}.0.0/{1}', parameters('octets'), parameters('length'))]"},
           "resources": [{"type": "A.B/c", "apiVersion": "1", "name": "x",
             "properties": {"space": "[variables('space')]", "half": "[cidrSubnet(variables('space'), 17, 0)]",
                            "id": "[concat('/a/', parameters('octets'))]",
                            "here": "[concat('10.2', '.0.0/16')]"}}]"#,
    );
    let evaluation = plain(&document);
    let resource = only(&evaluation);
    let literals = |path: &str| -> Vec<&str> {
        let carriers = found(resource, path).origin.carriers();
        let made_of = carriers.filter_map(|carrier| match &carrier.transport {
            Transport::Computed(literals) => Some(literals),
            _ => None,
        });
        made_of.flat_map(|literals| literals.iter()).map(|literal| text_at(&document, *literal)).collect()
    };
    for (path, expression, made_of) in [
        (
            "space",
            "\"[format('{0}.0.0/{1}', parameters('octets'), parameters('length'))]\"",
            vec!["\"10.1\"", "16"],
        ),
        ("half", "\"[cidrSubnet(variables('space'), 17, 0)]\"", vec!["\"10.1\"", "16"]),
        ("id", "\"[concat('/a/', parameters('octets'))]\"", vec!["\"10.1\""]),
        ("here", "\"[concat('10.2', '.0.0/16')]\"", vec![]),
    ] {
        let value = found(resource, path);
        assert_eq!(text_at(&document, value.origin.span), expression, "{path}");
        assert_eq!(literals(path), made_of, "{path}");
    }
}

#[test]
fn a_part_of_a_composed_list_leads_back_to_itself_alone() {
    let document = template(
        r#""parameters": {"more": {"type": "string", "defaultValue": "10.2.0.0/16"}},
           "resources": [{"type": "A.B/c", "apiVersion": "1", "name": "x",
             "properties": {"list": "[createArray(concat('10.1', '.0.0/16'), parameters('more'))]"}}]"#,
    );
    let evaluation = plain(&document);
    let list = found(only(&evaluation), "list").as_array().unwrap();
    assert!(text_at(&document, list[0].origin.span).starts_with("\"[createArray("));
    assert_eq!(text_at(&document, list[1].origin.span), "\"10.2.0.0/16\"");
}

#[test]
fn a_computed_name_stands_where_it_is_computed() {
    let document = template(
        r#""parameters": {"prefix": {"type": "string", "defaultValue": "shop"}},
           "resources": [{"type": "A.B/c", "apiVersion": "1", "name": "[format('{0}-hub', parameters('prefix'))]"}]"#,
    );
    let evaluation = plain(&document);
    let resource = only(&evaluation);
    assert_eq!(resource.id.name(), "shop-hub");
    assert_eq!(text_at(&document, resource.place), "\"[format('{0}-hub', parameters('prefix'))]\"");
}

#[test]
fn values_cross_nested_deployments_with_their_origin() {
    let document = template(&format!(
        r#""parameters": {{"prefix": {{"type": "string", "defaultValue": "10.3.0.0/16"}}}},
           "resources": [{{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "d",
             "properties": {{"expressionEvaluationOptions": {{"scope": "inner"}},
               "parameters": {{"p": {{"value": "[parameters('prefix')]"}}}},
               "template": {{"$schema": "{GROUP}", "parameters": {{"p": {{"type": "string"}}}},
                 "resources": [{{"type": "A.B/c", "apiVersion": "1", "name": "x", "properties": {{"p": "[parameters('p')]"}}}}]}}}}}}]"#
    ));
    let evaluation = plain(&document);
    let value = found(only(&evaluation), "p");
    assert_eq!(text_at(&document, value.origin.span), "\"10.3.0.0/16\"");
    let ways: Vec<Transport> = value.origin.carriers().map(|carrier| carrier.transport.clone()).collect();
    assert_eq!(ways, [Transport::Expression, Transport::Deployment, Transport::Expression]);
}
