//! The rules as SARIF describes them: all, also those that did not fire.

use drlint_policy::{Builtin, Check, Severity};

use super::log::{Configuration, Help, Properties, Rule, Text};
use crate::report::page::{first_paragraph, prose, shortened};

/// Characters that GitHub takes of a description.
const DESCRIPTION: usize = 1024;

pub(super) fn rules(builtins: &[&'static Builtin]) -> Vec<Rule> {
    builtins.iter().map(|builtin| rule(builtin)).collect()
}

fn rule(builtin: &'static Builtin) -> Rule {
    let paragraph = first_paragraph(builtin.page);
    let description = if paragraph.is_empty() { builtin.summary } else { &paragraph };
    let prose = prose(builtin.page);
    let folder = builtin.name.replace('-', "_");
    Rule {
        id: builtin.name,
        name: pascal_case(builtin.name),
        short_description: Text { text: shortened(builtin.summary, DESCRIPTION) },
        full_description: Text { text: shortened(description, DESCRIPTION) },
        help: Help {
            text: if prose.is_empty() { builtin.summary.to_owned() } else { prose },
            markdown: builtin.page,
        },
        help_uri: format!(
            "{}/blob/v{}/rules/{}/{folder}/README.md",
            env!("CARGO_PKG_REPOSITORY"),
            env!("CARGO_PKG_VERSION"),
            builtin.group
        ),
        default_configuration: Configuration { level: builtin.severity.name() },
        properties: properties(builtin),
    }
}

fn properties(builtin: &Builtin) -> Properties {
    // Recovery is a matter of reliability. A secret in clear is one of security, and the only such.
    let secret = builtin.name == "secret-in-export";
    let mut tags = vec!["reliability", "disaster-recovery", "azure-site-recovery"];
    if secret {
        tags.push("security");
    }
    let mut tags: Vec<String> = tags.into_iter().map(str::to_owned).collect();
    tags.push(builtin.group.replace('_', "-"));
    Properties {
        tags,
        precision: match (builtin.check, builtin.severity) {
            // What the engine met while it read is a fact.
            (Check::Engine, _) => "very-high",
            // A rule that lacks a value is undecided, so what it says rests on values that are known.
            (Check::Estate(_), Severity::Error | Severity::Warning) => "high",
            (Check::Estate(_), Severity::Note) => "medium",
        },
        problem_severity: match builtin.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "recommendation",
        },
        security_severity: secret.then_some("7.5"),
    }
}

/// `RecoverySubnetMissing`: SARIF's name must differ from the id.
fn pascal_case(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let mut characters = word.chars();
        characters.next().map(|first| first.to_uppercase().chain(characters).collect::<String>())
    });
    words.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_page_becomes_descriptions_and_help() {
        let rule = rule(sample::changed());
        assert_eq!(rule.name, "TargetIpChanged");
        assert_eq!(rule.short_description.text, "a machine gets another address");
        assert_eq!(rule.full_description.text, "A machine gets another `address`, that is not its own.");
        assert!(rule.help.markdown.starts_with("# target-ip-changed"));
        assert!(
            rule.help.text.ends_with("More prose.") && !rule.help.text.contains("```"),
            "{}",
            rule.help.text
        );
        assert_eq!(rule.properties.tags.last().map(String::as_str), Some("target-ip"));
        assert!(rule.properties.security_severity.is_none());
    }
}
