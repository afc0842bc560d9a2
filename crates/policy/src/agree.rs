//! What holds whichever of several exports is right.

use drlint_estate::Difference;
use drlint_source::Span;
use rustc_hash::FxHashMap;

use crate::{Finding, Undecided, Verdicts};

/// The verdicts that stand in every version of an estate. What is found in some alone is undecided, and shows what the
/// exports disagree on.
///
/// The same rule may find the same resource at fault in two versions for two reasons: then it is at fault, and the
/// first version says why.
pub fn agreed(first: Verdicts, others: Vec<Verdicts>, differences: &[Difference]) -> Verdicts {
    let mut stands = first;
    let mut fallen = Vec::new();
    for other in others {
        let mut rest = Finds::of(other.findings);
        let (same, rest_of_own): (Vec<Finding>, Vec<Finding>) =
            stands.findings.into_iter().partition(|finding| rest.take_same(finding));
        let (about_same, alone): (Vec<Finding>, Vec<Finding>) =
            rest_of_own.into_iter().partition(|finding| rest.take_about_same(finding));
        stands.findings = same.into_iter().chain(about_same).collect();
        fallen.extend(alone);
        fallen.extend(rest.found.into_iter().flatten());
        stands.undecided.extend(other.undecided);
    }
    if !fallen.is_empty() {
        let reasons = Reasons::of(differences);
        stands.undecided.extend(fallen.iter().filter_map(|finding| reasons.undecided(finding)));
    }
    stands
}

/// The findings of another version, each until it has met its like.
struct Finds {
    found: Vec<Option<Finding>>,
    /// Their positions by rule and resource.
    about: FxHashMap<(&'static str, String), Vec<usize>>,
}

impl Finds {
    fn of(findings: Vec<Finding>) -> Self {
        let mut about: FxHashMap<(&'static str, String), Vec<usize>> = FxHashMap::default();
        for (at, finding) in findings.iter().enumerate() {
            about.entry((finding.rule, finding.resource.clone())).or_default().push(at);
        }
        Self { found: findings.into_iter().map(Some).collect(), about }
    }

    fn take_same(&mut self, like: &Finding) -> bool {
        self.take(like, |found| found.message == like.message)
    }

    fn take_about_same(&mut self, like: &Finding) -> bool {
        self.take(like, |_| true)
    }

    /// Takes out a finding of the same rule and resource that fits.
    fn take(&mut self, like: &Finding, fits: impl Fn(&Finding) -> bool) -> bool {
        let Some(positions) = self.about.get_mut(&(like.rule, like.resource.clone())) else { return false };
        let fits = |at: &usize| self.found.get(*at).and_then(Option::as_ref).is_some_and(&fits);
        let Some(position) = positions.iter().position(fits) else { return false };
        let at = positions.remove(position);
        if let Some(found) = self.found.get_mut(at) {
            *found = None;
        }
        true
    }
}

/// What exports disagree on, by what a finding may show of it.
struct Reasons<'d> {
    all: &'d [Difference],
    by_place: FxHashMap<Span, &'d Difference>,
    by_resource: FxHashMap<String, &'d Difference>,
}

impl<'d> Reasons<'d> {
    fn of(all: &'d [Difference]) -> Self {
        let places = all.iter().rev().flat_map(|one| [(one.two.place, one), (one.one.place, one)]);
        let resources = all.iter().rev().map(|one| (one.resource.to_string().to_lowercase(), one));
        Self { all, by_place: places.collect(), by_resource: resources.collect() }
    }

    /// That nobody can say whether `finding` holds. Among several differences, the one at its own place is meant, then
    /// one at a place it shows, then one of its resource.
    fn undecided(&self, finding: &Finding) -> Option<Undecided> {
        let mut places =
            [finding.place].into_iter().chain(finding.related.iter().map(|related| related.place));
        let shown = places.find_map(|place| self.by_place.get(&place));
        let own = shown.or_else(|| self.by_resource.get(&finding.resource.to_lowercase()));
        let difference = own.copied().or(self.all.first())?;
        let is_clear = own.is_some() || self.all.iter().all(|other| other.resource == difference.resource);
        let reason = if is_clear {
            difference.to_string()
        } else {
            format!("two exports disagree on {} values, first this one", self.all.len())
        };
        Some(Undecided {
            place: difference.one.place,
            rule: finding.rule,
            resource: finding.resource.clone(),
            reason,
            declared: None,
            other: Some(difference.two.place),
        })
    }
}
