//! Findings that are one fault in many places, told as one.
//!
//! Suppressions, baselines and the formats for machines go by single findings, each with its own resource and its own
//! name across runs. Only what people read is put together, and only when it is much.

use std::borrow::Cow;

use drlint_source::FileId;
use rustc_hash::FxHashMap;

use crate::{Finding, Related, Severity};

/// Findings of one fault that are told one by one.
const SINGLE: usize = 5;
/// Findings of a greater number that are shown at their places; the others are counted and named.
const SHOWN: usize = 10;
/// Names of those that are not shown.
const NAMED: usize = 20;
/// What is told of one rule, be it of single findings or of many in one; the rest is counted.
const MOST: usize = 100;

/// What a finding has in common with others of its rule, and how they are told when they are many.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Common {
    /// The resource or file they belong to, such as the source of a pair.
    pub owner: String,
    /// What is wrong with all of them, to follow their number: `target addresses differ from ..`.
    pub message: String,
    /// What to do about all of them.
    pub help: String,
    /// What this one is about, among the others.
    pub member: String,
}

/// A finding as people are told it: a single one, or many in one.
#[derive(Debug)]
pub struct Told<'f> {
    /// What is wrong. For many it is at the first of them, and the next are related places.
    pub finding: Cow<'f, Finding>,
    /// What is wrong at the place of the finding itself, if the message is about many.
    pub at_place: Option<&'f str>,
    /// What has no place here: how many of its fault or its rule, and which.
    pub rest: Option<String>,
    /// How many findings it tells of.
    number: usize,
}

/// Findings that are told together: the same fault of the same rule, as grave and with the same parameters.
#[derive(PartialEq, Eq, Hash)]
struct Kind<'f> {
    rule: &'f str,
    severity: Severity,
    owner: &'f str,
    message: &'f str,
    parameters: &'f [FileId],
}

impl<'f> Kind<'f> {
    fn of(finding: &'f Finding) -> Option<Self> {
        let Common { owner, message, .. } = finding.common.as_deref()?;
        let Finding { rule, severity, ref parameters, .. } = *finding;
        Some(Self { rule, severity, owner, message, parameters })
    }
}

/// Findings as people are told them, in the order of their places.
pub fn told<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Vec<Told<'f>> {
    let findings: Vec<&Finding> = findings.into_iter().collect();
    let mut kinds: FxHashMap<Kind<'_>, Vec<usize>> = FxHashMap::default();
    for (at, finding) in findings.iter().enumerate() {
        if let Some(kind) = Kind::of(finding) {
            kinds.entry(kind).or_default().push(at);
        }
    }
    let mut told = Vec::new();
    for (at, finding) in findings.iter().enumerate() {
        let kind = Kind::of(finding).and_then(|kind| kinds.get(&kind));
        match kind.filter(|members| members.len() > SINGLE) {
            None => {
                told.push(Told { finding: Cow::Borrowed(finding), at_place: None, rest: None, number: 1 });
            }
            Some(members) if members.first() == Some(&at) => {
                let members: Vec<&Finding> = members.iter().map(|at| findings[*at]).collect();
                told.extend(many(&members));
            }
            Some(_) => {}
        }
    }
    capped(told)
}

/// Leaves out what is too much of one rule. The last that is told of the rule says how much that is.
fn capped(all: Vec<Told<'_>>) -> Vec<Told<'_>> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    let mut left_out: FxHashMap<&str, usize> = FxHashMap::default();
    let mut kept = Vec::with_capacity(all.len());
    for told in all {
        let rule = told.finding.rule;
        let count = counts.entry(rule).or_default();
        *count += 1;
        if *count <= MOST {
            kept.push(told);
        } else {
            *left_out.entry(rule).or_default() += told.number;
        }
    }
    for told in kept.iter_mut().rev() {
        if let Some(number) = left_out.remove(told.finding.rule) {
            let more =
                format!("and {number} more of `{}` (`--format concise` lists each)", told.finding.rule);
            told.rest = Some(told.rest.take().map_or(more.clone(), |rest| format!("{rest}; {more}")));
        }
    }
    kept
}

fn many<'f>(members: &[&'f Finding]) -> Option<Told<'f>> {
    let (first, others) = members.split_first()?;
    let common = first.common.as_deref()?;
    let mut finding = (*first).clone();
    finding.message = format!("{} {}", members.len(), common.message);
    finding.help = Some(common.help.clone());
    let mut rest = Vec::new();
    let mut shown = 1;
    for other in others {
        let has_place = other.place != finding.place
            && finding.related.iter().all(|related| related.place != other.place);
        if shown < SHOWN && has_place {
            shown += 1;
            finding.related.push(Related { place: other.place, message: other.message.clone() });
        } else {
            rest.push(*other);
        }
    }
    let (at_place, number) = (Some(first.message.as_str()), members.len());
    Some(Told { finding: Cow::Owned(finding), at_place, rest: names(&rest), number })
}

/// `and 3 more: vm-a, vm-b and vm-c`
fn names(rest: &[&Finding]) -> Option<String> {
    if rest.is_empty() {
        return None;
    }
    let mut names: Vec<&str> = Vec::new();
    for common in rest.iter().filter_map(|finding| finding.common.as_deref()) {
        if !names.contains(&common.member.as_str()) {
            names.push(&common.member);
        }
        if names.len() > NAMED {
            break;
        }
    }
    let cut = names.len() > NAMED;
    let quoted: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    let end = if cut { ", …" } else { "" };
    Some(format!("and {} more: {}{end} (`--format concise` lists each)", rest.len(), quoted.join(", ")))
}

#[cfg(test)]
mod tests {
    use drlint_source::Span;

    use super::*;

    fn finding(at: u32, machine: &str, owner: &str) -> Finding {
        Finding {
            place: Span::new(FileId(0), at, at + 1),
            rule: "rule",
            message: format!("`{machine}` is wrong"),
            group: "group",
            severity: Severity::Error,
            help: Some(format!("mend `{machine}`")),
            resource: machine.to_owned(),
            related: Vec::new(),
            fix: None,
            parameters: Vec::new(),
            common: Some(Box::new(Common {
                owner: owner.to_owned(),
                message: format!("machines of `{owner}` are wrong"),
                help: "mend them".to_owned(),
                member: machine.to_owned(),
            })),
        }
    }

    fn machines(number: u32, owner: &str) -> Vec<Finding> {
        (0..number).map(|at| finding(at, &format!("vm-{at}"), owner)).collect()
    }

    #[test]
    fn a_few_are_told_one_by_one_and_many_as_one() {
        for (number, expected) in [(0, 0), (1, 1), (5, 5), (6, 1), (100, 1)] {
            assert_eq!(told(&machines(number, "vnet")).len(), expected, "{number}");
        }
        let many = machines(6, "vnet");
        let told = told(&many);
        let [Told { finding, at_place, rest, .. }] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!(finding.message, "6 machines of `vnet` are wrong");
        assert_eq!(finding.help.as_deref(), Some("mend them"));
        assert_eq!(*at_place, Some("`vm-0` is wrong"));
        assert_eq!(finding.related.len(), 5);
        assert_eq!(finding.related[4].message, "`vm-5` is wrong");
        assert_eq!(*rest, None);
    }

    #[test]
    fn what_is_not_shown_is_counted_and_named() {
        let many = machines(12, "vnet");
        let told = told(&many);
        assert_eq!(told[0].finding.related.len(), SHOWN - 1);
        assert_eq!(
            told[0].rest.as_deref(),
            Some("and 2 more: `vm-10`, `vm-11` (`--format concise` lists each)")
        );
        let many = machines(100, "vnet");
        let rest = super::told(&many)[0].rest.clone().unwrap();
        assert!(rest.starts_with("and 90 more: `vm-10`, "), "{rest}");
        assert!(rest.contains("`vm-29`, … (") && !rest.contains("vm-30"), "{rest}");
    }

    #[test]
    fn members_at_one_place_are_counted() {
        let mut many = machines(8, "vnet");
        for finding in &mut many {
            finding.place = Span::new(FileId(0), 7, 8);
        }
        let told = told(&many);
        assert_eq!(told[0].finding.message, "8 machines of `vnet` are wrong");
        assert!(told[0].finding.related.is_empty());
        assert!(told[0].rest.as_deref().is_some_and(|rest| rest.starts_with("and 7 more: `vm-1`, ")));
    }

    #[test]
    fn other_owners_other_severities_and_other_parameters_are_other_faults() {
        let mut findings = machines(5, "one");
        findings.extend(machines(5, "two"));
        assert_eq!(told(&findings).len(), 10);
        let mut findings = machines(10, "one");
        for finding in findings.iter_mut().take(5) {
            finding.severity = Severity::Note;
        }
        assert_eq!(told(&findings).len(), 10);
        let mut findings = machines(10, "one");
        for finding in findings.iter_mut().take(5) {
            finding.parameters = vec![FileId(3)];
        }
        assert_eq!(told(&findings).len(), 10);
    }

    #[test]
    fn much_of_one_rule_is_cut_and_counted() {
        let mut findings: Vec<Finding> =
            (0..250).map(|at| finding(at, "vm", &format!("vnet-{at}"))).collect();
        findings.extend((0..6).map(|at| finding(300 + at, "vm", "many")));
        findings.push(Finding { rule: "other", ..finding(400, "vm", "vnet") });
        let told = told(&findings);
        assert_eq!(told.len(), MOST + 1);
        let rest = |at: usize| told[at].rest.as_deref();
        assert_eq!(rest(MOST - 1), Some("and 156 more of `rule` (`--format concise` lists each)"));
        assert_eq!((rest(MOST - 2), rest(MOST)), (None, None));
    }

    #[test]
    fn the_order_of_places_is_kept() {
        let mut findings = machines(6, "one");
        findings.insert(0, finding(50, "vm-first", "two"));
        findings.push(finding(60, "vm-last", "two"));
        let told = told(&findings);
        let messages: Vec<&str> = told.iter().map(|told| told.finding.message.as_str()).collect();
        assert_eq!(messages, ["`vm-first` is wrong", "6 machines of `one` are wrong", "`vm-last` is wrong"]);
    }
}
