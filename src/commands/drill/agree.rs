//! What a drill comes to whichever of several exports is right.

use drlint_drill::{Moment, Verdict};

use super::told::{Fault, Told, ToldOpen};

/// Leaves open what does not come out in `other`, the same failover in another version of the estate, and what comes
/// out in that one alone. A failover that is violated in both is violated, be it by different faults.
pub(super) fn agree(told: &mut Told, mut other: Told) {
    let same = |one: &Fault, two: &Fault| one.kind == two.kind && one.message == two.message;
    let mut faults = Vec::new();
    let mut alone = Vec::new();
    for fault in std::mem::take(&mut told.faults) {
        match take(&mut other.faults, |found| same(&fault, found)) {
            Some(_) => faults.push(fault),
            None => alone.push(fault),
        }
    }
    for fault in alone {
        match take(&mut other.faults, |found| found.kind == fault.kind) {
            // Whichever file comes first, the same of the two is told.
            Some(found) if found.message < fault.message => faults.push(found),
            Some(_) => faults.push(fault),
            None => told.open.push(open_fault(fault)),
        }
    }
    told.faults = faults;
    told.verdict = if told.verdict == other.verdict { told.verdict } else { Verdict::Undecided };
    add_open(told, other);
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

/// Adds what is open in `other`, and its faults that are left.
fn add_open(told: &mut Told, other: Told) {
    for open in other.open.into_iter().chain(other.faults.into_iter().map(open_fault)) {
        if !told.open.iter().any(|own| own.step == open.step && own.reason == open.reason) {
            told.open.push(open);
        }
    }
}

fn take(faults: &mut Vec<Fault>, fits: impl FnMut(&Fault) -> bool) -> Option<Fault> {
    let at = faults.iter().position(fits)?;
    Some(faults.remove(at))
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
