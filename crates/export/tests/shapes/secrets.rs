//! Secrets are told by their key and found nowhere else.

use drlint_resource::NoteKind;

use super::{exported, notes, slice};

fn connection(members: &str) -> String {
    format!(
        r#"{{"id": "{{s}}/resourceGroups/rg/providers/Microsoft.Network/connections/cn-source-azure", "name": "cn-source-azure",
            "properties": {{"connectionType": "Vnet2Vnet", {members}}}}}"#
    )
}

#[test]
fn a_secret_in_clear_is_told_at_its_key() {
    for (members, key) in [
        (r#""sharedKey": "hunter2""#, "\"sharedKey\""),
        (r#""SharedKey": "hunter2""#, "\"SharedKey\""),
        (r#""authorizationKey": "hunter2""#, "\"authorizationKey\""),
        (r#""a": [{"b": {"radiusServerSecret": "hunter2"}}]"#, "\"radiusServerSecret\""),
        (r#""protectedSettings": {"commandToExecute": "hunter2"}"#, "\"protectedSettings\""),
    ] {
        let text = connection(members);
        let (reading, _) = exported(&text);
        let told = notes(&reading, NoteKind::Secret);
        assert_eq!(told.len(), 1, "{members}");
        assert_eq!(slice(&text, told[0].place), key);
        assert!(told[0].message.starts_with("`cn-source-azure` carries a `"));
        assert!(told[0].resource.as_deref().is_some_and(|id| id.starts_with("/subscriptions/")));
        assert!(!format!("{reading:?}").contains("hunter2"), "{members}");
    }
}

#[test]
fn what_hides_its_value_is_no_secret() {
    for members in [
        r#""sharedKey": null"#,
        r#""sharedKey": """#,
        r#""sharedKey": "*******""#,
        r#""sharedKey": "[parameters('key')]""#,
        r#""sharedKey": {"reference": {"keyVault": {"id": "kv"}, "secretName": "k"}}"#,
        r#""protectedSettings": {}"#,
    ] {
        let (reading, _) = exported(&connection(members));
        assert_eq!(notes(&reading, NoteKind::Secret).len(), 0, "{members}");
    }
}

#[test]
fn a_secret_in_a_string_of_json_is_told_and_hidden() {
    let text = r#"[{"id": "{s}/resourceGroups/rg/providers/Microsoft.Network/connections/cn", "properties": "{\"sharedKey\": \"hunter2\"}"}]"#;
    let (reading, _) = exported(text);
    let told = notes(&reading, NoteKind::Secret);
    assert_eq!(slice(text, told[0].place), "\"properties\"");
    assert!(!format!("{reading:?}").contains("hunter2"));
}

#[test]
fn many_secrets_are_counted() {
    let one = connection(r#""sharedKey": "hunter2""#);
    let text = format!("[{}]", vec![one; 1200].join(","));
    let (reading, _) = exported(&text);
    let told = notes(&reading, NoteKind::Secret);
    assert_eq!(told.len(), 1000);
    assert!(told[999].message.ends_with("and so do 200 more members in this file"));
}
