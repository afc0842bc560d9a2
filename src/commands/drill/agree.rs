//! What a drill comes to whichever of two exports is right.

use drlint_drill::{Moment, Verdict};

use super::told::{Fault, Told, ToldOpen};

/// Leaves open what does not come out in `other`, the same failover in another version of the estate, and what comes
/// out in that one alone.
pub(super) fn agree(told: &mut Told, other: Told) {
    let same = |one: &Fault, two: &Fault| one.kind == two.kind && one.message == two.message;
    let in_both = |fault: &Fault| other.faults.iter().any(|found| same(fault, found));
    let (faults, mut fallen): (Vec<Fault>, Vec<Fault>) =
        std::mem::take(&mut told.faults).into_iter().partition(in_both);
    told.faults = faults;
    let mut open = other.open;
    fallen.extend(other.faults.into_iter().filter(|fault| !told.faults.iter().any(|own| same(own, fault))));
    open.extend(fallen.into_iter().map(open_fault));
    for one in open {
        if !told.open.iter().any(|own| own.step == one.step && own.reason == one.reason) {
            told.open.push(one);
        }
    }
    told.verdict = if told.faults.iter().any(|fault| fault.is_error) {
        Verdict::Violated
    } else if told.verdict == other.verdict && told.verdict != Verdict::Violated {
        told.verdict
    } else {
        Verdict::Undecided
    };
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
    }
}
