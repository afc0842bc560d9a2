//! What holds whichever of several exports is right.

use drlint_estate::Difference;
use drlint_source::Span;
use rustc_hash::FxHashMap;

use crate::{Finding, Shared, Undecided, Verdicts};

/// The verdicts that stand in every version of an estate. What is found in some alone is undecided, and shows what the
/// exports disagree on.
///
/// The same rule may find the same resource at fault in two versions for two reasons: then it is at fault, and one of
/// the two says why.
pub fn agreed(first: Verdicts, others: Vec<Verdicts>, differences: &[Difference]) -> Verdicts {
    let mut stands = first;
    let mut fallen = Vec::new();
    for other in others {
        let about = |finding: &Finding| (finding.rule, finding.resource.clone());
        let shared = Shared::of(stands.findings, other.findings, about, |finding| &finding.message);
        stands.findings = shared.both;
        fallen.extend(shared.first.into_iter().chain(shared.second));
        stands.undecided.extend(other.undecided);
    }
    if !fallen.is_empty() {
        let reasons = Reasons::of(differences);
        stands.undecided.extend(fallen.iter().filter_map(|finding| reasons.undecided(finding)));
    }
    stands
}

/// What exports disagree on, by what a finding may show of it.
struct Reasons<'d> {
    all: &'d [Difference],
    by_place: FxHashMap<Span, &'d Difference>,
    /// The first of each resource, and how many there are.
    by_resource: FxHashMap<String, (&'d Difference, usize)>,
}

impl<'d> Reasons<'d> {
    fn of(all: &'d [Difference]) -> Self {
        let places = all.iter().rev().flat_map(|one| [(one.two.place, one), (one.one.place, one)]);
        let mut by_resource: FxHashMap<String, (&Difference, usize)> = FxHashMap::default();
        for one in all {
            by_resource.entry(one.resource.to_string().to_lowercase()).or_insert((one, 0)).1 += 1;
        }
        Self { all, by_place: places.collect(), by_resource }
    }

    /// That nobody can say whether `finding` holds. Among several differences, the one at its own place is meant, then
    /// one at a place it shows, then one of its resource.
    fn undecided(&self, finding: &Finding) -> Option<Undecided> {
        let mut places =
            [finding.place].into_iter().chain(finding.related.iter().map(|related| related.place));
        let shown = places.find_map(|place| self.by_place.get(&place));
        let own = self.by_resource.get(&finding.resource.to_lowercase());
        let (difference, count) = match (shown, own) {
            (Some(shown), _) => (*shown, 1),
            (None, Some((first, count))) => (*first, *count),
            (None, None) => (self.all.first()?, self.all.len()),
        };
        let reason = match count {
            1 => difference.to_string(),
            many => format!("two exports disagree on {many} values, first this one: {}", difference.sides()),
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
