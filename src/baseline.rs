//! A baseline: the findings a project has today, so that only new ones fail. Kept without lines, so that it survives
//! edits elsewhere in a file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::outcome::Reported;

/// Findings that are known, sorted.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    findings: Vec<Entry>,
}

/// Some findings of one rule at one property of one resource.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The rule.
    pub rule: String,
    /// The file of the primary place.
    pub file: String,
    /// The resource.
    pub resource: String,
    /// The way to the value in the file.
    pub property: String,
    /// How many findings there are.
    pub count: usize,
}

type Key = (String, String, String, String);

impl Baseline {
    /// The baseline of these findings.
    pub fn of(findings: &[Reported]) -> Self {
        let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
        for reported in findings {
            *counts.entry(key(reported)).or_default() += 1;
        }
        let entries = counts.into_iter();
        let findings = entries
            .map(|((rule, file, resource, property), count)| Entry { rule, file, resource, property, count })
            .collect();
        Self { version: 1, findings }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    ///
    /// What is wrong with the text, as a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let baseline: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if baseline.version == 1 {
            Ok(baseline)
        } else {
            Err(format!("version {} is not known", baseline.version))
        }
    }

    /// The baseline as a file's text.
    ///
    /// # Errors
    ///
    /// None that a baseline could cause.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// Takes the known findings out. Gives how many there were, and the entries that no finding needs any more.
    pub fn apply(&self, findings: &mut Vec<Reported>) -> (usize, Vec<Entry>) {
        let mut left: BTreeMap<Key, usize> = BTreeMap::new();
        for entry in &self.findings {
            let Entry { rule, file, resource, property, count } = entry.clone();
            *left.entry((rule, file, resource.to_lowercase(), property)).or_default() += count;
        }
        let before = findings.len();
        findings.retain(|reported| {
            let (rule, file, resource, property) = key(reported);
            match left.get_mut(&(rule, file, resource.to_lowercase(), property)) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            }
        });
        let fixed = left.into_iter().filter(|(_, count)| *count > 0);
        let fixed = fixed
            .map(|((rule, file, resource, property), count)| Entry { rule, file, resource, property, count })
            .collect();
        (before - findings.len(), fixed)
    }
}

fn key(reported: &Reported) -> Key {
    (
        reported.finding.rule.to_owned(),
        reported.file.clone(),
        reported.finding.resource.clone(),
        reported.property.clone(),
    )
}
