//! What nothing asks for: it says what is wrong in it, and no more.

mod common;

use drlint_arm::Evaluation;

fn evaluated(variables: &str, outputs: &str) -> Evaluation {
    let parameters = r#""text": { "type": "string", "defaultValue": "a" },
        "open": { "type": "string" },
        "list": { "type": "array", "defaultValue": ["a"] },
        "wrong": { "type": "int", "defaultValue": "a" }"#;
    let members = format!(
        r#""parameters": {{ {parameters} }}, "variables": {{ {variables} }}, "resources": [], "outputs": {{ {outputs} }}"#
    );
    common::plain(&common::template(&members))
}

#[test]
fn variables_in_which_nothing_is_wrong_say_nothing() {
    let evaluation = evaluated(
        r#""a": "[concat(parameters('text'), parameters('open'), 'b')]", "c": "[variables('a')]",
        "d": "[concat(variables('c'), 'd')]", "e": "[parameters('list')]""#,
        "",
    );
    assert_eq!(common::notes(&evaluation), Vec::<&str>::new());
}

#[test]
fn each_fault_of_a_variable_is_said() {
    let evaluation = evaluated(
        r#""a": "[concat(parameters('text'), parameters('none'))]", "b": "[concat('b', parameters('list'))]",
        "c": "[concat(variables('c'), 'c')]", "d": "[parameters('wrong')]""#,
        "",
    );
    let mut notes = common::notes(&evaluation);
    notes.sort_unstable();
    assert_eq!(
        notes,
        [
            "`concat` of arrays cannot take a string",
            "parameter `none` is not declared",
            "parameter `wrong` is of type `int`, its value is a string",
            "variable `c` depends on itself",
        ]
    );
}

#[test]
fn an_output_asks_for_what_was_passed_over() {
    let evaluation = evaluated(
        r#""a": "[concat(parameters('text'), 'b')]""#,
        r#""a": { "type": "string", "value": "[concat(variables('a'), 'c')]" }"#,
    );
    assert_eq!(evaluation.outputs.first().unwrap().value.as_str(), Some("abc"));
}
