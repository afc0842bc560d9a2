//! Any text in brackets: it parses or is refused, prints back to what parses the same, and evaluates.
#![no_main]

use drlint_arm::{NoLinks, Request, Target, canonical, evaluate};
use drlint_source::{Document, FileId};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let expression = format!("[{text}]");
    if let Some(printed) = canonical(&expression) {
        assert_eq!(canonical(&printed).as_deref(), Some(printed.as_str()));
    }
    let template = format!(
        r#"{{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            "parameters":{{"open":{{"type":"string"}},"text":{{"type":"string","defaultValue":"10.0.0.0/16"}}}},
            "variables":{{"object":{{"a":[1,2,{{"b":"[parameters('open')]"}}]}}}},
            "outputs":{{"x":{{"type":"string","value":"{}"}}}}}}"#,
        escaped(&expression)
    );
    let document = Document::parse(FileId(0), template);
    let target = Target::default();
    let evaluation = evaluate(&Request {
        template: &document,
        parameters: &[],
        overrides: &[],
        target: &target,
        links: &NoLinks,
        wanted: |_, _| true,
    });
    for note in &evaluation.reading.notes {
        assert!(note.place.start <= note.place.end, "{note:?}");
        assert!(note.place.end as usize <= document.text().len(), "{note:?}");
    }
});

fn escaped(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            control if control < ' ' => format!("\\u{:04x}", control as u32),
            other => other.to_string(),
        })
        .collect()
}
