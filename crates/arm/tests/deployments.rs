//! Templates: conditions, loops, children, nested and linked deployments.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]

mod common;

use std::sync::Arc;

use drlint_arm::{Links, NoLinks, Request, Target, evaluate};
use drlint_resource::{Data, NoteKind, Reason, ResourceId, Transport, Value};
use drlint_source::{Document, FileId};
use serde_json::json;

use common::{GROUP, found, names, notes, only, plain, template, text_at};

const SUBSCRIPTION: &str =
    "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#";

#[test]
fn conditions_leave_out_or_leave_open() {
    let document = template(
        r#""parameters": {"open": {"type": "bool"}},
           "resources": [
             {"type": "A.B/c", "apiVersion": "1", "name": "no", "condition": "[equals(1, 2)]",
              "resources": [{"type": "d", "apiVersion": "1", "name": "child"}]},
             {"type": "A.B/c", "apiVersion": "1", "name": "maybe", "condition": "[parameters('open')]",
              "properties": {"x": "[fail('nobody knows whether')]"}},
             {"type": "A.B/c", "apiVersion": "1", "name": "yes", "condition": true}]"#,
    );
    let evaluation = plain(&document);
    assert_eq!(names(&evaluation), ["no/child", "maybe", "yes"]);
    let open: Vec<bool> = evaluation.reading.resources.iter().map(|one| one.condition.is_some()).collect();
    assert_eq!(open, [false, true, false]);
    assert_eq!(notes(&evaluation), Vec::<&str>::new());
}

#[test]
fn loops_expand_and_keep_their_places() {
    let document = template(
        r#""parameters": {"names": {"type": "array", "defaultValue": ["web", "db"]}},
           "resources": [
             {"type": "A.B/c", "apiVersion": "1", "name": "[parameters('names')[copyIndex()]]",
              "copy": {"name": "all", "count": "[length(parameters('names'))]"},
              "properties": {"copy": [{"name": "rules", "count": 2,
                "input": {"priority": "[add(mul(copyIndex(), 10), copyIndex('rules', 100))]"}}]}},
             {"type": "A.B/c", "apiVersion": "1", "name": "none", "copy": {"name": "empty", "count": 0}},
             {"type": "A.B/c", "apiVersion": "1", "name": "single"}]"#,
    );
    let evaluation = plain(&document);
    assert_eq!(names(&evaluation), ["single", "web", "db"]);
    let database = &evaluation.reading.resources[2];
    assert_eq!(common::to_json(found(database, "rules")), json!([{"priority": 110}, {"priority": 111}]));
    assert_eq!(text_at(&document, database.place), "\"db\"");
    let name = database.body.as_object().unwrap().get("name").unwrap();
    assert!(name.origin.carriers().any(|carrier| carrier.transport == Transport::Copy(1)));
}

#[test]
fn variables_and_outputs_loop_too() {
    let document = template(
        r#""variables": {
             "copy": [{"name": "Prefixes", "count": 2, "input": "[concat('10.', copyIndex('prefixes', 1), '.0.0/16')]"}],
             "nested": {"copy": [{"name": "list", "count": 2, "input": "[copyIndex('list')]"}]}},
           "outputs": {
             "prefixes": {"type": "array", "value": "[variables('prefixes')]"},
             "nested": {"type": "object", "value": "[variables('nested')]"},
             "made": {"type": "array", "copy": {"count": "2", "input": "[copyIndex(5)]"}}}"#,
    );
    let evaluation = plain(&document);
    let outputs: Vec<_> = evaluation.outputs.iter().map(|output| common::to_json(&output.value)).collect();
    assert_eq!(outputs, [json!(["10.1.0.0/16", "10.2.0.0/16"]), json!({"list": [0, 1]}), json!([5, 6])]);
}

#[test]
fn a_loop_of_unknown_length_leaves_its_resource_open() {
    let document = template(
        r#""parameters": {"count": {"type": "int"}},
           "resources": [{"type": "A.B/c", "apiVersion": "1", "name": "[concat('n', copyIndex())]",
                          "copy": {"name": "l", "count": "[parameters('count')]"}}]"#,
    );
    let evaluation = plain(&document);
    let resource = only(&evaluation);
    assert_eq!(resource.condition.as_ref().unwrap().reason, Reason::ParameterWithoutValue("count".into()));
    assert_eq!(resource.id.name(), "n[copyIndex()]");
}

#[test]
fn children_have_three_spellings() {
    let document = template(
        r#""resources": [
             {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "1", "name": "hub",
              "properties": {"subnets": [{"name": "inline"}]},
              "resources": [{"type": "subnets", "apiVersion": "1", "name": "child"}]},
             {"type": "Microsoft.Network/virtualNetworks/subnets", "apiVersion": "1", "name": "hub/top"}]"#,
    );
    let evaluation = plain(&document);
    assert_eq!(names(&evaluation), ["hub", "hub/child", "hub/top"]);
    let child = &evaluation.reading.resources[1];
    assert!(child.is("Microsoft.Network/virtualNetworks/subnets"));
    assert_eq!(child.id.parent().as_ref(), Some(&evaluation.reading.resources[0].id));
    assert_eq!(text_at(&document, child.place), "\"child\"");
    assert_eq!(found(&evaluation.reading.resources[0], "subnets").as_array().unwrap().len(), 1);
}

#[test]
fn symbolic_names_and_existing_resources() {
    let document = template(
        r#""languageVersion": "2.0",
           "resources": {
             "hub": {"existing": true, "type": "Microsoft.Network/virtualNetworks", "apiVersion": "1", "name": "hub"},
             "module": {"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "m",
               "properties": {"expressionEvaluationOptions": {"scope": "inner"}, "template": {"resources": {},
                 "outputs": {"prefix": {"type": "string", "value": "10.9.0.0/16"}}}}},
             "spoke": {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "1", "name": "spoke",
               "properties": {"addressSpace": {"addressPrefixes": ["[reference('module').outputs.prefix.value]"]}}}}"#,
    );
    let evaluation = plain(&document);
    assert_eq!(names(&evaluation), ["spoke"]);
    let prefixes = found(&evaluation.reading.resources[0], "addressSpace.addressPrefixes");
    assert_eq!(common::to_json(prefixes), json!(["10.9.0.0/16"]));
    assert_eq!(text_at(&document, prefixes.as_array().unwrap()[0].origin.span), "\"10.9.0.0/16\"");
}

fn nested(scope: &str) -> Document {
    template(&format!(
        r#""parameters": {{"name": {{"type": "string", "defaultValue": "outer"}}}},
           "resources": [{{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "inner",
             "resourceGroup": "rg-2",
             "properties": {{"expressionEvaluationOptions": {{"scope": "{scope}"}},
               "parameters": {{"name": {{"value": "[concat(parameters('name'), '-', 'passed')]"}}}},
               "template": {{"$schema": "{GROUP}", "parameters": {{"name": {{"type": "string"}}}},
                 "resources": [{{"type": "A.B/c", "apiVersion": "1", "name": "[parameters('name')]",
                   "properties": {{"group": "[resourceGroup().name]"}}}}]}}}}}}]"#
    ))
}

#[test]
fn nested_deployments_see_their_own_names_only_if_inner() {
    let target = Target {
        subscription: Some("s".to_owned()),
        resource_group: Some("rg-1".to_owned()),
        ..Target::default()
    };
    for (scope, name, group) in [("inner", "outer-passed", "rg-2"), ("outer", "outer", "rg-1")] {
        let document = nested(scope);
        let evaluation = common::run(&document, &[], &target);
        let resource = only(&evaluation);
        assert_eq!(
            resource.id.to_string(),
            format!("/subscriptions/s/resourceGroups/rg-2/providers/A.B/c/{name}")
        );
        assert_eq!(found(resource, "group").as_str(), Some(group));
    }
}

#[test]
fn ids_join_though_nobody_gave_a_scope() {
    let document = template(
        r#""parameters": {"name": {"type": "string"}},
           "variables": {"network": "[resourceId('Microsoft.Network/virtualNetworks', parameters('name'))]"},
           "resources": [
             {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "1", "name": "[parameters('name')]"},
             {"type": "A.B/c", "apiVersion": "1", "name": "x", "properties": {
               "network": "[variables('network')]",
               "subnet": "[concat(variables('network'), '/subnets/default')]",
               "other": "[format('{0}/subnets/{1}', resourceId('rg', 'Microsoft.Network/virtualNetworks', parameters('name')), 'default')]"}}]"#,
    );
    let evaluation = plain(&document);
    let [network, holder] = evaluation.reading.resources.as_slice() else {
        panic!("{:?}", notes(&evaluation))
    };
    let id = |path: &str| {
        let unknown = holder.property(path).unknown().unwrap();
        ResourceId::of(&Value::new(Data::Unknown(Arc::clone(unknown)), holder.place)).unwrap()
    };
    assert_eq!(id("network"), network.id);
    assert_eq!(id("subnet").parent().unwrap(), network.id);
    assert_ne!(id("other").parent().unwrap(), network.id);
    assert_eq!(id("other").name(), "default");
}

#[test]
fn equal_names_of_two_deployments_are_two_resources() {
    let members = r#""parameters": {"p": {"type": "string"}},
        "resources": [{"type": "A.B/c", "apiVersion": "1", "name": "same"}]"#;
    let document = template(members);
    let (one, two) = (common::document(1, "{}"), common::document(2, "{}"));
    let ids: Vec<ResourceId> = [[&one], [&two]]
        .iter()
        .map(|files| only(&common::run(&document, files.as_slice(), &Target::default())).id.clone())
        .collect();
    assert_ne!(ids[0], ids[1]);
    assert!(ids[0].may_be(&ids[1]));
}

#[test]
fn unknown_names_are_equal_only_where_they_must_be() {
    let document = template(
        r#""resources": [
             {"type": "A.B/c", "apiVersion": "1", "name": "[uniqueString(resourceGroup().id)]"},
             {"type": "A.B/c", "apiVersion": "1", "name": "[uniqueString(resourceGroup().id)]"},
             {"type": "A.B/c", "apiVersion": "1", "name": "[uniqueString(resourceGroup().id, 'x')]"},
             {"type": "A.B/c", "apiVersion": "1", "name": "[newGuid()]"},
             {"type": "A.B/c", "apiVersion": "1", "name": "[newGuid()]"}]"#,
    );
    let evaluation = plain(&document);
    let ids: Vec<&ResourceId> = evaluation.reading.resources.iter().map(|resource| &resource.id).collect();
    assert_eq!(ids[0], ids[1]);
    assert_ne!(ids[0], ids[2]);
    assert_ne!(ids[3], ids[4]);
}

#[test]
fn names_of_members_may_be_expressions() {
    let document = template(
        r#""parameters": {"tag": {"type": "string"}},
           "resources": [{"type": "A.B/c", "apiVersion": "1", "name": "x",
             "tags": {"[concat('dr-', 'role')]": "replica", "[parameters('tag')]": "y"}}]"#,
    );
    let evaluation = plain(&document);
    assert_eq!(only(&evaluation).member("tags.dr-role").text(), Some("replica"));
    assert_eq!(only(&evaluation).member("tags.[parameters('tag')]").text(), Some("y"));
}

#[test]
fn users_functions_see_their_own_parameters_only() {
    let document = template(
        r#""functions": [{"namespace": "net", "members": {
             "name": {"parameters": [{"name": "role", "type": "string"}], "output": {"type": "string", "value": "[concat('vnet-', parameters('role'))]"}},
             "both": {"parameters": [], "output": {"type": "string", "value": "[concat(net.name('a'), net.name('b'))]"}},
             "sees": {"parameters": [], "output": {"type": "string", "value": "[variables('v')]"}}}}],
           "variables": {"v": 1},
           "outputs": {"a": {"type": "string", "value": "[Net.NAME('hub')]"}, "b": {"type": "string", "value": "[net.both()]"},
                       "c": {"type": "string", "value": "[net.sees()]"}, "d": {"type": "string", "value": "[net.name()]"}}"#,
    );
    let evaluation = plain(&document);
    let outputs: Vec<_> =
        evaluation.outputs.iter().take(2).map(|output| output.value.as_str().unwrap()).collect();
    assert_eq!(outputs, ["vnet-hub", "vnet-avnet-b"]);
    assert_eq!(
        notes(&evaluation),
        ["variable `v` cannot be seen from inside a function", "`net.name` takes 1 argument, not 0"]
    );
}

#[test]
fn an_error_shows_its_column_inside_the_string() {
    let document = template(
        r#""outputs": {"a": {"type": "string", "value": "[concat('\u00e9\"', parameters('gone'))]"}}"#,
    );
    let evaluation = plain(&document);
    let note = &evaluation.reading.notes[0];
    assert_eq!(note.kind, NoteKind::Unreadable);
    assert_eq!(text_at(&document, note.place), "parameters('gone')");
}

#[test]
fn a_circle_is_said_where_it_closes() {
    let document =
        template(r#""variables": {"a": "[variables('b')]", "b": "[variables('a')]"}, "resources": []"#);
    let evaluation = plain(&document);
    assert_eq!(notes(&evaluation), ["variable `a` depends on itself"]);
    assert_eq!(evaluation.reading.notes[0].related.len(), 2);
}

#[test]
fn subscription_templates_make_groups_and_deploy_into_them() {
    let document = common::document(
        0,
        format!(
            r#"{{"$schema": "{SUBSCRIPTION}", "resources": [
              {{"type": "Microsoft.Resources/resourceGroups", "apiVersion": "1", "name": "rg-dr", "location": "[deployment().location]"}},
              {{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "d", "resourceGroup": "rg-dr",
                "properties": {{"expressionEvaluationOptions": {{"scope": "inner"}}, "template": {{"$schema": "{GROUP}",
                  "resources": [{{"type": "A.B/c", "apiVersion": "1", "name": "x"}}]}}}}}}]}}"#
        ),
    );
    let target = Target {
        subscription: Some("s".to_owned()),
        location: Some("eastasia".to_owned()),
        ..Target::default()
    };
    let evaluation = common::run(&document, &[], &target);
    let resources = &evaluation.reading.resources;
    assert_eq!(resources[0].member("location").text(), Some("eastasia"));
    assert_eq!(resources[1].id.to_string(), "/subscriptions/s/resourceGroups/rg-dr/providers/A.B/c/x");
}

struct Folder(Vec<(&'static str, Arc<Document>)>);

impl Links for Folder {
    fn open(&self, _from: FileId, relative_path: &str) -> Result<Arc<Document>, String> {
        let found = self.0.iter().find(|(path, _)| *path == relative_path);
        found.map(|(_, document)| Arc::clone(document)).ok_or_else(|| "there is no such file".to_owned())
    }
}

#[test]
fn linked_templates_are_followed_and_never_in_circles() {
    let link = |path: &str| {
        format!(
            r#"{{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "l", "properties": {{"templateLink": {path}}}}}"#
        )
    };
    let relative = |path: &str| link(&format!(r#"{{"relativePath": "{path}"}}"#));
    let main = template(&format!(
        r#""resources": [{}, {}, {}]"#,
        relative("child.json"),
        relative("gone.json"),
        link(r#"{"uri": "https://x.y/z.json"}"#)
    ));
    let child = format!(
        r#"{{"$schema": "{GROUP}", "resources": [{{"type": "A.B/c", "apiVersion": "1", "name": "linked"}}, {}]}}"#,
        relative("child.json")
    );
    let folder = Folder(vec![("child.json", Arc::new(common::document(7, child)))]);
    let evaluation = evaluate(&Request {
        template: &main,
        parameters: &[],
        overrides: &[],
        target: &Target::default(),
        links: &folder,
        wanted: |_, _| true,
    });
    assert_eq!(names(&evaluation), ["linked"]);
    assert_eq!(
        notes(&evaluation),
        [
            "the linked template is not followed: there is no such file",
            "the linked template is not followed: nothing is fetched; only `relativePath` is followed",
            "the linked template `child.json` links back to itself",
        ]
    );
}

#[test]
fn resources_nobody_asked_for_are_counted_and_what_is_wrong_in_them_is_said() {
    let document = template(
        r#""resources": [
            {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "1", "name": "hub"},
            {"type": "Microsoft.Web/sites", "apiVersion": "1", "name": "site", "tags": {"[variables('gone')]": "x"},
             "properties": {"plain": [1, {"deep": "[parameters('gone')]"}],
                            "copy": [{"name": "loop", "count": 2, "input": "[div(1, 0)]"}]}},
            {"type": "Microsoft.Web/sites", "apiVersion": "1", "name": "a/b"}]"#,
    );
    let all = plain(&document);
    let target = Target::default();
    let some = evaluate(&Request {
        template: &document,
        parameters: &[],
        overrides: &[],
        target: &target,
        links: &NoLinks,
        wanted: |kind, _| kind.starts_with("Microsoft.Network/"),
    });
    assert_eq!(names(&some), ["hub"]);
    assert_eq!((some.count, all.count), (2, 2));
    assert_eq!(notes(&some).len(), 4, "{:?}", notes(&some));
    assert_eq!(some.reading.notes, all.reading.notes);
}

#[test]
fn an_evaluation_keeps_nothing_but_what_it_gives() {
    let document = template(
        r#""variables": {"text": "[concat('a', 'b')]"},
           "resources": [
             {"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "outer", "properties": {
                "template": {"resources": [{"type": "A.B/c", "apiVersion": "1", "name": "[variables('text')]"}]}}},
             {"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "inner", "properties": {
                "expressionEvaluationOptions": {"scope": "inner"},
                "parameters": {"text": {"value": "[variables('text')]"}},
                "template": {"parameters": {"text": {"type": "string"}}, "resources": [],
                             "outputs": {"text": {"type": "string", "value": "[parameters('text')]"}}}}}],
           "outputs": {
             "text": {"type": "string", "value": "[variables('text')]"},
             "same": {"type": "string", "value": "[reference('inner').outputs.text.value]"}}"#,
    );
    let mut outputs = plain(&document).outputs;
    assert_eq!(outputs[1].value.as_str(), Some("ab"));
    outputs.truncate(1);
    let Data::Text(text) = &outputs[0].value.data else { panic!("{:?}", outputs[0]) };
    assert_eq!(Arc::strong_count(text), 1);
}

#[test]
fn what_goes_to_a_management_group_is_in_no_resource_group() {
    let network = |name: &str| json!({"type": "A.B/c", "apiVersion": "1", "name": name});
    let document = template(&format!(
        r#""resources": [{}, {{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "up",
             "scope": "Microsoft.Management/managementGroups/mg", "location": "eastasia",
             "properties": {{"expressionEvaluationOptions": {{"scope": "inner"}},
               "template": {{"$schema": "{}", "resources": [{}]}}}}}}]"#,
        network("here"),
        GROUP.replace("deploymentTemplate", "managementGroupDeploymentTemplate"),
        network("there"),
    ));
    let target = Target {
        subscription: Some("s".to_owned()),
        resource_group: Some("rg".to_owned()),
        ..Target::default()
    };
    let evaluation = common::run(&document, &[], &target);
    let ids: Vec<String> =
        evaluation.reading.resources.iter().map(|resource| resource.id.to_string()).collect();
    assert_eq!(
        ids,
        [
            "/subscriptions/s/resourceGroups/rg/providers/A.B/c/here",
            "/providers/Microsoft.Management/managementGroups/mg/providers/A.B/c/there"
        ]
    );
}
