//! Runs rules over an estate.

use rayon::prelude::*;

use crate::doubt::{doubts, leave_open};
use crate::{Builtin, Check, Estate, Finding, Report, Undecided};

/// What rules said: sorted, each thing once.
#[derive(Debug, Default)]
pub struct Verdicts {
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// What could not be decided.
    pub undecided: Vec<Undecided>,
}

/// Runs `rules` in parallel. What comes out does not depend on the number of threads.
pub fn check(estate: &Estate, rules: &[&'static Builtin]) -> Verdicts {
    let doubts = doubts(estate);
    let reports: Vec<Report> = rules
        .par_iter()
        .map(|rule| {
            let mut report = Report::new(rule);
            if let Check::Estate(check) = rule.check {
                check(estate, &mut report);
                leave_open(&doubts, &mut report);
            }
            report
        })
        .collect();
    let mut verdicts = Verdicts::default();
    for report in reports {
        verdicts.findings.extend(report.findings);
        verdicts.undecided.extend(report.undecided);
    }
    verdicts
}

/// Sorts, and merges what is said twice: the same fault through two sets of parameters is one finding.
pub fn tidy(verdicts: &mut Verdicts) {
    verdicts.findings.sort();
    verdicts.findings.dedup_by(|later, first| {
        let same = later.place == first.place && later.rule == first.rule && later.message == first.message;
        if same {
            first.parameters.append(&mut later.parameters);
            for related in later.related.drain(..) {
                if !first.related.contains(&related) {
                    first.related.push(related);
                }
            }
        }
        same
    });
    for finding in &mut verdicts.findings {
        finding.parameters.sort_unstable();
        finding.parameters.dedup();
    }
    verdicts.undecided.sort();
    // One entry for each rule and resource: the first blocking place speaks.
    let mut seen = rustc_hash::FxHashSet::default();
    verdicts.undecided.retain(|entry| seen.insert((entry.rule, entry.resource.clone())));
}
