//! Comparison and logic; `if`, `and`, `or` and `coalesce` evaluate no more than they need.

use std::cmp::Ordering;
use std::sync::Arc;

use drlint_resource::{Data, Unknown, Value};

use crate::machine::{Answer, Invocation, Stop, kind, refused};
use crate::unknowns::first_unknown;

pub(super) fn null(invocation: &Invocation<'_, '_>, _: &[Value]) -> Answer {
    Ok(invocation.value(Data::Null))
}

pub(super) fn true_(invocation: &Invocation<'_, '_>, _: &[Value]) -> Answer {
    Ok(invocation.value(Data::Bool(true)))
}

pub(super) fn false_(invocation: &Invocation<'_, '_>, _: &[Value]) -> Answer {
    Ok(invocation.value(Data::Bool(false)))
}

/// `'true'` and `'false'` in any case, integers other than 0, or a boolean.
pub(super) fn bool(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let truth = match arguments.first().map(|value| &value.data) {
        Some(Data::Bool(value)) => Some(*value),
        Some(Data::Number(number)) => number.as_integer().map(|integer| integer != 0),
        Some(Data::Text(text)) if text.eq_ignore_ascii_case("true") || &**text == "1" => Some(true),
        Some(Data::Text(text)) if text.eq_ignore_ascii_case("false") || &**text == "0" => Some(false),
        _ => None,
    };
    match truth {
        Some(truth) => Ok(invocation.value(Data::Bool(truth))),
        None => refused("`bool` takes `true`, `false` or an integer"),
    }
}

pub(super) fn not(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    match arguments.first().map(|value| &value.data) {
        Some(Data::Bool(value)) => Ok(invocation.value(Data::Bool(!value))),
        _ => refused("`not` takes a boolean"),
    }
}

pub(super) fn equals(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let [one, two] = arguments else { return refused("`equals` takes 2 arguments") };
    if let Some(cause) = first_unknown(one).or_else(|| first_unknown(two)) {
        return Err(Stop::Unknown(Arc::clone(cause)));
    }
    super::members::charge(invocation, one)?;
    Ok(invocation.value(Data::Bool(one == two)))
}

pub(super) fn greater(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    compare(invocation, arguments, Ordering::is_gt)
}

pub(super) fn greater_or_equals(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    compare(invocation, arguments, Ordering::is_ge)
}

pub(super) fn less(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    compare(invocation, arguments, Ordering::is_lt)
}

pub(super) fn less_or_equals(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    compare(invocation, arguments, Ordering::is_le)
}

fn compare(invocation: &Invocation<'_, '_>, arguments: &[Value], test: fn(Ordering) -> bool) -> Answer {
    let [one, two] = arguments else { return refused("a comparison takes 2 arguments") };
    let order = match (&one.data, &two.data) {
        (Data::Number(one), Data::Number(two)) => match (one.as_integer(), two.as_integer()) {
            (Some(one), Some(two)) => Some(one.cmp(&two)),
            _ => one.as_float().partial_cmp(&two.as_float()),
        },
        (Data::Text(one), Data::Text(two)) => Some(one.cmp(two)),
        _ => None,
    };
    match order {
        Some(order) => Ok(invocation.value(Data::Bool(test(order)))),
        None => refused(format!(
            "`{}` compares two integers or two strings, not {} and {}",
            invocation.call.name(),
            kind(&one.data),
            kind(&two.data)
        )),
    }
}

pub(super) fn if_(invocation: &Invocation<'_, '_>) -> Answer {
    let condition = invocation.argument(0);
    match &condition.data {
        Data::Bool(true) => Ok(invocation.argument(1)),
        Data::Bool(false) => Ok(invocation.argument(2)),
        Data::Unknown(cause) => {
            let (one, two) = supposed(invocation, 1);
            // Both ways lead to the same value.
            if one == two && first_unknown(&one).is_none() {
                return Ok(one);
            }
            Ok(invocation.blocked(cause, &[condition.clone(), one, two]))
        }
        other => Err(Stop::Argument(0, format!("the condition of `if` is {}, not a boolean", kind(other)))),
    }
}

/// Two arguments of which nobody knows which one Azure evaluates.
fn supposed(invocation: &Invocation<'_, '_>, first: usize) -> (Value, Value) {
    invocation.machine.notes.suppose(|| (invocation.argument(first), invocation.argument(first + 1)))
}

pub(super) fn coalesce(invocation: &Invocation<'_, '_>) -> Answer {
    let count = invocation.call.count();
    for at in 0..count {
        let value = invocation.argument(at);
        match &value.data {
            Data::Null => {}
            Data::Unknown(cause) => {
                let mut values = vec![value.clone()];
                invocation.machine.notes.suppose(|| {
                    values.extend((at + 1..count).map(|at| invocation.argument(at)));
                });
                if values.len() == 1 {
                    return Ok(value);
                }
                return Ok(invocation.blocked(cause, &values));
            }
            _ => return Ok(value),
        }
    }
    Ok(invocation.value(Data::Null))
}

pub(super) fn and(invocation: &Invocation<'_, '_>) -> Answer {
    decide(invocation, false)
}

pub(super) fn or(invocation: &Invocation<'_, '_>) -> Answer {
    decide(invocation, true)
}

/// One argument that is `decisive` decides, also behind one that is not known.
fn decide(invocation: &Invocation<'_, '_>, decisive: bool) -> Answer {
    let mut open: Option<Arc<Unknown>> = None;
    let mut values = Vec::new();
    for at in 0..invocation.call.count() {
        let value = if open.is_some() {
            invocation.machine.notes.suppose(|| invocation.argument(at))
        } else {
            invocation.argument(at)
        };
        match &value.data {
            Data::Bool(truth) if *truth == decisive => return Ok(invocation.value(Data::Bool(decisive))),
            // The neutral value changes nothing and is left out of what remains.
            Data::Bool(_) => {}
            Data::Unknown(cause) => {
                open.get_or_insert_with(|| Arc::clone(cause));
                values.push(value);
            }
            other if open.is_none() => {
                return Err(Stop::Argument(
                    at,
                    format!("`{}` takes booleans, not {}", invocation.call.name(), kind(other)),
                ));
            }
            _ => {}
        }
    }
    match open {
        Some(_) if values.len() == 1 => Ok(values.swap_remove(0)),
        Some(cause) => Ok(invocation.blocked(&cause, &values)),
        None => Ok(invocation.value(Data::Bool(!decisive))),
    }
}
