//! What a drill comes to whichever of several exports is right.

use drlint_drill::{Moment, Verdict};
use drlint_policy::Shared;

use super::told::{Fault, Told, ToldOpen};

/// Leaves open what does not come out in `other`, the same failover in another version of the estate, and what comes
/// out in that one alone. A failover that is violated in both is violated, be it by different faults.
pub(super) fn agree(told: &mut Told, other: Told) {
    let own = std::mem::take(&mut told.faults);
    let shared = Shared::of(own, other.faults, |fault| fault.kind, |fault| &fault.message);
    told.faults = shared.both;
    told.open.extend(shared.first.into_iter().map(open_fault));
    for open in other.open.into_iter().chain(shared.second.into_iter().map(open_fault)) {
        if !told.open.iter().any(|own| own.step == open.step && own.reason == open.reason) {
            told.open.push(open);
        }
    }
    told.verdict = told.verdict.agreed(other.verdict);
}

/// Leaves open all that a failover comes to which not every version of the estate has.
pub(super) fn leave_open(told: &mut Told) {
    let faults = std::mem::take(&mut told.faults);
    told.open.extend(faults.into_iter().map(open_fault));
    told.open.push(ToldOpen {
        step: None,
        reason: "two exports disagree, and by one of them this failover is none".to_owned(),
        place: told.place.clone(),
        is_disputed: true,
    });
    told.verdict = Verdict::Undecided;
}

/// A fault by the word of one export alone.
fn open_fault(fault: Fault) -> ToldOpen {
    ToldOpen {
        step: match fault.from {
            Moment::Start => Some(0),
            Moment::Step(step) => Some(step),
            Moment::End => None,
        },
        reason: format!("two exports disagree, and by one of them: {}", fault.message),
        place: fault.place,
        is_disputed: true,
    }
}
