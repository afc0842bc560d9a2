//! The functions, one by one: what they give, and what they refuse.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]

mod common;

use serde_json::{Value as Json, json};

fn outcome(expression: &str) -> (Json, Vec<String>) {
    let template = json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "variables": {
            "network": { "name": "vnet-hub", "prefixes": ["10.1.0.0/16", "10.2.0.0/16"], "Tags": { "dr-role": "replica" } },
        },
        "outputs": { "value": { "type": "string", "value": format!("[{expression}]") } },
    });
    let target = drlint_arm::Target {
        subscription: Some("sub-1".to_owned()),
        resource_group: Some("rg-net".to_owned()),
        location: Some("eastasia".to_owned()),
        ..drlint_arm::Target::default()
    };
    let document = common::document(0, template.to_string());
    let evaluation = common::run(&document, &[], &target);
    let notes = evaluation.reading.notes.into_iter().map(|note| note.message).collect();
    (common::output_json(&evaluation.outputs[0].value), notes)
}

#[track_caller]
fn gives(expression: &str, expected: &Json) {
    let (given, notes) = outcome(expression);
    assert_eq!(notes, Vec::<String>::new(), "{expression}");
    assert!(common::same(&given, expected), "{expression} gives {given}, not {expected}");
}

#[track_caller]
fn refuses(expression: &str, why: &str) {
    let (_, notes) = outcome(expression);
    assert!(notes.iter().any(|note| note.contains(why)), "{expression} says {notes:?}");
}

#[test]
fn strings_are_put_together_and_taken_apart() {
    gives("concat('vnet', '-', 7, '-', true())", &json!("vnet-7-True"));
    gives("concat()", &json!(""));
    gives("concat(createArray('a'), createArray(1, 'b'))", &json!(["a", 1, "b"]));
    gives("split('10.1.0.0/16', createArray('.', '/'))", &json!(["10", "1", "0", "0", "16"]));
    gives("split('hub', '')", &json!(["hub"]));
    gives("join(createArray('10', 1, false()), '.')", &json!("10.1.False"));
    gives("replace('a.b.c', '.', '--')", &json!("a--b--c"));
    gives("substring('recovery', 2, 4)", &json!("cove"));
    gives("substring('recovery', 8)", &json!(""));
    gives("padLeft(7, 3, '0')", &json!("007"));
    gives("padLeft('subnet', 3)", &json!("subnet"));
    gives("trim(' \t hub ')", &json!("hub"));
    gives("string(variables('network').prefixes)", &json!("[\"10.1.0.0/16\",\"10.2.0.0/16\"]"));
    refuses("concat('a', createObject())", "cannot take an object");
    refuses("substring('hub', 2, 2)", "leave the text");
    refuses("replace('a', '', 'b')", "empty string");
    refuses("padLeft('a', 2, 'xy')", "one character");
    refuses("trim(1)", "takes a string");
}

#[test]
fn strings_are_measured_in_utf16_units() {
    gives("length('😀')", &json!(2));
    gives("indexOf('😀b', 'B')", &json!(2));
    gives("substring('😀b', 2, 1)", &json!("b"));
    gives("take('😀', 1)", &json!("\u{fffd}"));
    gives("last('aé')", &json!("é"));
}

#[test]
fn case_matters_where_azure_lets_it() {
    gives("startsWith('GatewaySubnet', 'gateway')", &json!(true));
    gives("endsWith('GatewaySubnet', 'SUBNET')", &json!(true));
    gives("contains('GatewaySubnet', 'subnet')", &json!(false));
    gives("contains(variables('network'), 'tags')", &json!(true));
    gives("variables('NETWORK').tags['DR-Role']", &json!("replica"));
    gives("equals('Hub', 'hub')", &json!(false));
    gives("like('vnet-source-asr', '*SOURCE*')", &json!(true));
    gives("like('vnet-source', '*-asr')", &json!(false));
    gives("like('aba', 'ab*ba')", &json!(false));
}

#[test]
fn format_follows_dotnet() {
    gives("format('{1}{{{0}}}', 'b', 'a')", &json!("a{b}"));
    gives("format('[{0,4}|{0,-4}]', 7)", &json!("[   7|7   ]"));
    gives("format('{0:D3} {0:X} {0:000} {0:N1} {0:#,##0}', 1234)", &json!("1234 4D2 1234 1,234.0 1,234"));
    gives("format('{0:D2}-{1:00.0}', -5, json('2.25'))", &json!("-05-02.2"));
    gives(
        "format('{0}', createObject('a', true(), 'b', createArray(1, 'x')))",
        &json!("{'a':true,'b':[1,'x']}"),
    );
    refuses("format('{0} {1}', 1)", "asks for value 1");
    refuses("format('{0', 1)", "has no `}`");
    refuses("format('{0:Q9}', 1)", "no format `Q9`");
}

#[test]
fn arrays_and_objects() {
    gives("first(variables('network').prefixes)", &json!("10.1.0.0/16"));
    gives("last(createArray())", &json!(null));
    gives("skip(createArray(1, 2, 3), 2)", &json!([3]));
    gives("take('prefix', 3)", &json!("pre"));
    gives("range(-1, 3)", &json!([-1, 0, 1]));
    gives("flatten(createArray(createArray(1, createArray(2)), createArray(3)))", &json!([1, [2], 3]));
    gives("union(createArray(1, 2), createArray(2, 3), null())", &json!([1, 2, 3]));
    gives(
        "union(createObject('a', createObject('x', 1, 'l', createArray(1))), createObject('A', createObject('y', 2, 'l', createArray(2))))",
        &json!({"a": {"x": 1, "l": [2], "y": 2}}),
    );
    gives("intersection(createArray(3, 1, 1), createArray(1, 2))", &json!([1]));
    gives(
        "distinct(createArray(1, 'a', 1, 'A', createArray(1), createArray(1)))",
        &json!([1, "a", "A", [1]]),
    );
    gives("items(createObject('b', 1, 'A', 2, 'a', 3))[0].key", &json!("A"));
    gives("objectKeys(json('{\"B\":1,\"b\":2,\"10\":3}'))", &json!(["10", "b", "B"]));
    gives(
        "shallowMerge(createArray(createObject('Key', 1), createObject('kEY', null())))",
        &json!({"Key": null}),
    );
    gives("tryGet(variables('network'), 'prefixes', 1)", &json!("10.2.0.0/16"));
    gives("tryGet(variables('network'), 'absent', 1)", &json!(null));
    gives("tryGet(createArray(1, 2), createObject('value', 1, 'fromEnd', true()))", &json!(2));
    gives("indexFromEnd(createArray(1, 2, 3), 3)", &json!(1));
    gives("tryIndexFromEnd(createArray(1), 2)", &json!(null));
    gives("contains(createArray(createObject('a', 1)), createObject('a', 1))", &json!(true));
    gives("lastIndexOf(createArray(1, 2, 1), 1)", &json!(2));
    gives("empty(null())", &json!(true));
    gives("length(variables('network'))", &json!(3));
    gives("max(createArray(3, 9, -1))", &json!(9));
    gives("json('{''a'': [1, ''it\\''s'']}')", &json!({"a": [1, "it's"]}));
    refuses("variables('network').prefix", "property `prefix` does not exist");
    refuses("variables('network').prefixes[2]", "index 2 is outside");
    refuses("createObject('a')", "an even number");
    refuses("union(createArray(), createObject())", "arrays only or objects only");
    refuses("min()", "takes at least 1 argument, not 0");
    refuses("length(null())", "takes a string");
    refuses("json('{')", "this is no JSON");
}

#[test]
fn logic_evaluates_no_more_than_it_needs() {
    gives("if(true(), 'yes', fail('never'))", &json!("yes"));
    gives("and(false(), fail('never'))", &json!(false));
    gives("or(true(), fail('never'))", &json!(true));
    gives("coalesce(null(), 'x', fail('never'))", &json!("x"));
    gives("and(false(), reference('x').y)", &json!(false));
    gives("and(reference('x').y, false())", &json!(false));
    gives("or(reference('x').y, true())", &json!(true));
    gives("if(reference('x').y, 'same', 'same')", &json!("same"));
    gives("and(true(), reference('x').y)", &json!("[reference('x').y]"));
    gives("bool('TRUE')", &json!(true));
    gives("bool(0)", &json!(false));
    gives("lessOrEquals('a', 'b')", &json!(true));
    gives("equals(createObject('a', 1, 'b', 2), createObject('b', 2, 'a', 1))", &json!(true));
    refuses("if('yes', 1, 2)", "not a boolean");
    refuses("greater(1, 'a')", "compares two integers or two strings");
    refuses("fail('no network given')", "no network given");
}

#[test]
fn numbers_stay_within_64_bits() {
    gives("div(-7, 2)", &json!(-3));
    gives("mod(-7, 2)", &json!(-1));
    gives("int('42')", &json!(42));
    gives("float('2.5')", &json!(2.5));
    refuses("add(9223372036854775807, 1)", "no 64-bit result");
    refuses("div(-9223372036854775808, -1)", "no 64-bit result");
    refuses("mod(1, 0)", "division by zero");
    refuses("int('ten')", "takes an integer");
}

#[test]
fn addresses_are_cut_and_counted() {
    gives("cidrSubnet('10.1.0.0/16', 24, 255)", &json!("10.1.255.0/24"));
    gives("cidrSubnet('10.1.2.3/16', 16, 0)", &json!("10.1.0.0/16"));
    gives("cidrSubnet('0.0.0.0/0', 32, 4294967295)", &json!("255.255.255.255/32"));
    gives("cidrHost('10.1.1.0/24', 253)", &json!("10.1.1.254"));
    gives("cidrHost('10.1.1.7/32', 0)", &json!("10.1.1.7"));
    gives("parseCidr('10.1.1.9/30').lastUsable", &json!("10.1.1.10"));
    gives("parseCidr('::/0').netmask", &json!("::"));
    // Beyond the block nothing is documented: no guess.
    gives("cidrSubnet('10.1.0.0/16', 24, 256)", &json!("[cidrSubnet('10.1.0.0/16', 24, 256)]"));
    gives("cidrHost('10.1.1.0/24', 254)", &json!("[cidrHost('10.1.1.0/24', 254)]"));
    refuses("cidrSubnet('10.1.0.0/16', 15, 0)", "not between 16 and 32");
    refuses("cidrSubnet('10.1.0.0/16', 24, -1)", "must not be negative");
    refuses("parseCidr('010.0.0.1/8')", "is no address prefix");
    refuses("parseCidr('10.0.0.0/33')", "is no address prefix");
}

#[test]
fn lambdas_see_the_names_around_them() {
    gives(
        "map(createArray(1, 2), lambda('x', 'i', add(lambdaVariables('X'), lambdaVariables('i'))))",
        &json!([1, 3]),
    );
    gives(
        "map(createArray(1, 2), lambda('x', map(createArray(10, 20), lambda('y', add(lambdaVariables('x'), lambdaVariables('y'))))))",
        &json!([[11, 21], [12, 22]]),
    );
    gives("filter(range(0, 5), lambda('x', greater(lambdaVariables('x'), 2)))", &json!([3, 4]));
    gives(
        "reduce(range(1, 4), 1, lambda('all', 'x', mul(lambdaVariables('all'), lambdaVariables('x'))))",
        &json!(24),
    );
    gives(
        "sort(createArray(3, 1, 2), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))",
        &json!([1, 2, 3]),
    );
    gives(
        "groupBy(createArray('ab', 'b', 'ac'), lambda('x', first(lambdaVariables('x'))))",
        &json!({"a": ["ab", "ac"], "b": ["b"]}),
    );
    gives("toObject(createArray('a'), lambda('x', lambdaVariables('x')), lambda('x', 1))", &json!({"a": 1}));
    gives("mapValues(createObject('a', 1), lambda('v', string(lambdaVariables('v'))))", &json!({"a": "1"}));
    refuses("map(createArray(1), lambda('x', lambdaVariables('y')))", "has a variable `y`");
    refuses("map(createArray(1), 'x')", "expected a `lambda`");
    refuses("filter(createArray(1), lambda('x', 1))", "not a boolean");
}

#[test]
fn ids_know_their_scope() {
    gives(
        "resourceId('Microsoft.Network/virtualNetworks/subnets', 'hub', 'default')",
        &json!(
            "/subscriptions/sub-1/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/hub/subnets/default"
        ),
    );
    gives(
        "resourceId('rg-2', 'A.B/c', 'x')",
        &json!("/subscriptions/sub-1/resourceGroups/rg-2/providers/A.B/c/x"),
    );
    gives("subscriptionResourceId('A.B/c', 'x')", &json!("/subscriptions/sub-1/providers/A.B/c/x"));
    gives("tenantResourceId('A.B/c', 'x')", &json!("/providers/A.B/c/x"));
    gives(
        "extensionResourceId(resourceGroup().id, 'A.B/c', 'x')",
        &json!("/subscriptions/sub-1/resourceGroups/rg-net/providers/A.B/c/x"),
    );
    gives("resourceGroup().location", &json!("eastasia"));
    gives("subscription().subscriptionId", &json!("sub-1"));
    gives("subscription().tenantId", &json!("[tenant().tenantId]"));
    gives("environment().suffixes.storage", &json!("core.windows.net"));
    refuses("resourceId('A.B/c/d', 'x')", "needs 2 names, not 1");
    refuses("resourceId('A', 'x')", "no argument is a resource type");
}

#[test]
fn texts_are_encoded_and_decoded() {
    gives("base64ToString(base64('grün'))", &json!("grün"));
    gives("base64('ab')", &json!("YWI="));
    gives("uriComponent('a b/ü')", &json!("a%20b%2F%C3%BC"));
    gives("uriComponentToString('a%2fb%')", &json!("a/b%"));
    gives("dataUriToString(dataUri('x y'))", &json!("x y"));
    gives("uri('https://a.b/c/d.json', '../e.json')", &json!("https://a.b/e.json"));
    gives("uri('https://a.b', 'c')", &json!("https://a.b/c"));
    gives("length(uniqueString('x'))", &json!(13));
    gives("guid('a', 'b')", &outcome("guid('a-b')").0);
    refuses("base64ToString('a')", "no base64");
}

#[test]
fn dates_keep_to_the_calendar() {
    gives("dateTimeAdd('2023-01-31T00:00:00Z', 'P1M')", &json!("2023-02-28T00:00:00Z"));
    gives("dateTimeAdd('2024-02-28 23:30:00Z', 'PT45M')", &json!("2024-02-29 00:15:00Z"));
    gives("dateTimeAdd('2024-03-01', '-P1D', 'ddd dd MMM yyyy')", &json!("Thu 29 Feb 2024"));
    gives("dateTimeToEpoch('1970-01-02T01:00:00+01:00')", &json!(86_400));
    gives("dateTimeFromEpoch(951782400)", &json!("2000-02-29T00:00:00Z"));
    refuses("dateTimeAdd('9999-12-31', 'P1D')", "beyond the years");
    refuses("dateTimeAdd('2023-02-29', 'P1D')", "is no date");
    refuses("dateTimeAdd('2023-02-28', '1D')", "no ISO 8601 duration");
}

#[test]
fn a_function_nobody_knows_is_said_once() {
    let (given, notes) = outcome("concat(futureFunction(1), futureFunction(2))");
    assert_eq!(notes, ["function `futureFunction` is not known"]);
    assert_eq!(given, json!("[concat(futureFunction(1), futureFunction(2))]"));
}

#[test]
fn what_only_azure_knows_stays_with_its_arguments_reduced() {
    gives("listKeys(concat('a', 'b'), '1').keys[0]", &json!("[listKeys('ab', '1').keys[0]]"));
    gives("newGuid()", &json!("[newGuid()]"));
    gives("pickZones('A.B', 'c', 'eastasia')", &json!("[pickZones('A.B', 'c', 'eastasia')]"));
}
