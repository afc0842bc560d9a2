//! Findings as results: one for each rule and line.
//!
//! GitHub knows an alert by its rule, its file and the hash of its line, so two findings of one rule on one line
//! would be one alert to it. They are one result here, whose message names all.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use drlint_policy::Finding;
use drlint_source::FileId;

use super::log::{
    CodeFlow, Fingerprints, Location, Outcome as SarifResult, Step, Suppression, Text, ThreadFlow,
};
use super::places::Places;
use crate::outcome::{Outcome, Reported};
use crate::terminal::printable;

/// Results that code scanning keeps of a run.
pub(super) const RESULTS: usize = 5000;
/// Locations that code scanning keeps of a result.
const LOCATIONS: usize = 100;

/// The results of a run.
pub(super) struct Results<'o> {
    /// Those that are written, in the order of their places.
    pub(super) kept: Vec<SarifResult<'o>>,
    /// How many had no room.
    pub(super) left_out: usize,
}

/// The findings of one rule on one line, and why they are suppressed if they are.
struct Group<'o> {
    findings: Vec<&'o Reported>,
    suppressed: Option<&'o str>,
}

pub(super) fn results<'o>(outcome: &'o Outcome, places: &Places<'o>, show_suppressed: bool) -> Results<'o> {
    let mut groups = groups(&outcome.findings, None, places);
    if show_suppressed {
        for entry in &outcome.suppressed {
            groups.extend(self::groups(std::slice::from_ref(&entry.reported), Some(&entry.reason), places));
        }
    }
    let left_out = groups.len().saturating_sub(RESULTS);
    if left_out > 0 {
        groups.sort_by_key(|group| Reverse(group.first().map(|first| first.severity)));
        groups.truncate(RESULTS);
        groups.sort_by_key(|group| group.first().map(|first| (first.place, first.rule)));
    }
    let kept = groups.iter().filter_map(|group| result(outcome, places, group)).collect();
    Results { kept, left_out }
}

impl<'o> Group<'o> {
    fn first(&self) -> Option<&'o Finding> {
        self.findings.first().map(|reported| &reported.finding)
    }
}

fn groups<'o>(findings: &'o [Reported], suppressed: Option<&'o str>, places: &Places<'o>) -> Vec<Group<'o>> {
    let mut groups: Vec<Group<'o>> = Vec::new();
    let mut by_line: BTreeMap<(FileId, u32, &str), usize> = BTreeMap::new();
    for reported in findings {
        let finding = &reported.finding;
        let line = places.region(finding.place).start_line;
        let at = *by_line.entry((finding.place.file, line, finding.rule)).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.findings.push(reported),
            None => groups.push(Group { findings: vec![reported], suppressed }),
        }
    }
    groups
}

fn result<'o>(outcome: &Outcome, places: &Places<'o>, group: &Group<'o>) -> Option<SarifResult<'o>> {
    let (first, others) = group.findings.split_first()?;
    let finding = &first.finding;
    let region = places.region(finding.place);
    let mut telling = Telling::default();
    telling.finding(finding, places);
    telling.others(others, places);
    let severity = group.findings.iter().map(|reported| reported.finding.severity).max()?;
    Some(SarifResult {
        rule_id: finding.rule,
        rule_index: outcome.rules.iter().position(|rule| rule.name == finding.rule),
        level: severity.name(),
        message: Text { text: telling.text },
        locations: [places.location(finding.place)],
        related_locations: telling.related,
        code_flows: code_flow(finding, places).into_iter().collect(),
        partial_fingerprints: Fingerprints {
            primary_location_line_hash: places.line_hash(finding.place.file, region),
            own: &first.fingerprint,
        },
        suppressions: group
            .suppressed
            .map(|reason| Suppression { kind: "external", status: "accepted", justification: reason })
            .into_iter()
            .collect(),
    })
}

/// A message, and the related locations that it links to: GitHub shows only those.
#[derive(Default)]
struct Telling {
    text: String,
    related: Vec<Location>,
}

impl Telling {
    fn finding(&mut self, finding: &Finding, places: &Places<'_>) {
        self.text.push_str(&plain(&finding.message));
        self.text.push('.');
        if let Some(help) = &finding.help {
            self.text.push_str(&format!(" Help: {}.", plain(help)));
        }
        let links: Vec<String> = finding
            .related
            .iter()
            .filter_map(|related| self.link(places.location(related.place), &related.message))
            .collect();
        if !links.is_empty() {
            self.text.push_str(&format!(" See: {}.", links.join("; ")));
        }
    }

    /// The other findings of the same rule on the same line.
    fn others(&mut self, others: &[&Reported], places: &Places<'_>) {
        if others.is_empty() {
            return;
        }
        let links: Vec<String> = others
            .iter()
            .map_while(|other| self.link(places.location(other.finding.place), &other.finding.message))
            .collect();
        let rest = others.len() - links.len();
        let more = if rest > 0 { format!("; and {rest} more") } else { String::new() };
        self.text.push_str(&format!(" On the same line: {}{more}.", links.join("; ")));
    }

    /// Adds a related location while there is room, and gives the text that links to it.
    fn link(&mut self, location: Location, text: &str) -> Option<String> {
        let id = self.related.len() + 1;
        if id > LOCATIONS {
            return None;
        }
        self.related.push(location.numbered(id).saying(printable(text)));
        Some(format!("[{}]({id})", printable(text).replace('[', "(").replace(']', ")")))
    }
}

/// Text that holds no link: a stranger's `](` must not become one.
fn plain(text: &str) -> String {
    printable(text).replace("](", "] (")
}

/// The way of a fault that several places make together: those that the rule names, in its order (the source's
/// prefix, the mapping), and last the value that is wrong.
fn code_flow(finding: &Finding, places: &Places<'_>) -> Option<CodeFlow> {
    if finding.related.len() < 2 {
        return None;
    }
    let related = finding.related.iter().take(LOCATIONS - 1).map(|related| (related.place, &related.message));
    let steps = related.chain([(finding.place, &finding.message)]);
    let locations = steps
        .map(|(place, message)| Step { location: places.location(place).saying(printable(message)) })
        .collect();
    Some(CodeFlow { thread_flows: [ThreadFlow { locations }] })
}
