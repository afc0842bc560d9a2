//! Numbers, and the index of a loop. Integers have 64 bits; what does not fit is an error.

use std::sync::Arc;

use drlint_resource::{Data, Number, Value};

use super::arrays::integer;
use crate::context::{Loop, Looped, Turn};
use crate::machine::{Answer, Invocation, Stop, kind, refused};
use crate::unknowns::because;

fn number(invocation: &Invocation<'_, '_>, value: i64) -> Value {
    invocation.value(Data::Number(Number::Integer(value)))
}

fn compute(
    invocation: &Invocation<'_, '_>,
    arguments: &[Value],
    operation: fn(i64, i64) -> Option<i64>,
) -> Answer {
    let one = integer(arguments, 0, "the first operand")?;
    let two = integer(arguments, 1, "the second operand")?;
    match operation(one, two) {
        Some(result) => Ok(number(invocation, result)),
        None => refused(format!("`{}` of {one} and {two} has no 64-bit result", invocation.call.name())),
    }
}

pub(super) fn add(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    compute(invocation, arguments, i64::checked_add)
}

pub(super) fn sub(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    compute(invocation, arguments, i64::checked_sub)
}

pub(super) fn mul(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    compute(invocation, arguments, i64::checked_mul)
}

pub(super) fn div(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    not_by_zero(arguments)?;
    compute(invocation, arguments, i64::checked_div)
}

pub(super) fn modulo(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    not_by_zero(arguments)?;
    compute(invocation, arguments, i64::checked_rem)
}

fn not_by_zero(arguments: &[Value]) -> Result<(), Stop> {
    if integer(arguments, 1, "the divisor")? == 0 {
        return Err(Stop::Argument(1, "division by zero".to_owned()));
    }
    Ok(())
}

pub(super) fn min(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    extreme(invocation, arguments, i64::min)
}

pub(super) fn max(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    extreme(invocation, arguments, i64::max)
}

fn extreme(invocation: &Invocation<'_, '_>, arguments: &[Value], choose: fn(i64, i64) -> i64) -> Answer {
    let values = match arguments {
        [one] => one.as_array().unwrap_or(arguments),
        _ => arguments,
    };
    invocation.machine.meter.steps(values.len() as u64)?;
    let mut found: Option<i64> = None;
    for (at, value) in values.iter().enumerate() {
        if let Some(cause) = value.as_unknown() {
            return Err(Stop::Unknown(Arc::clone(cause)));
        }
        let value = integer(values, at, "a value").map_err(|_| {
            Stop::Refused(format!("`{}` takes integers, not {}", invocation.call.name(), kind(&value.data)))
        })?;
        found = Some(found.map_or(value, |found| choose(found, value)));
    }
    match found {
        Some(found) => Ok(number(invocation, found)),
        None => refused(format!("`{}` of an empty array has no value", invocation.call.name())),
    }
}

pub(super) fn int(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let parsed = match arguments.first().map(|value| &value.data) {
        Some(Data::Number(number)) => number.as_integer().or_else(|| truncated(number.as_float())),
        Some(Data::Text(text)) => text.trim().parse().ok(),
        _ => None,
    };
    match parsed {
        Some(value) => Ok(number(invocation, value)),
        None => refused("`int` takes an integer, or a string that holds one"),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the range is checked first")]
fn truncated(float: f64) -> Option<i64> {
    (float.abs() < 9.0e18).then_some(float.trunc() as i64)
}

pub(super) fn float(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    match arguments.first().map(|value| &value.data) {
        Some(Data::Number(number)) => Ok(invocation.value(Data::Number(number.clone()))),
        Some(Data::Text(text)) => match text.trim().parse::<f64>() {
            Ok(float) if float.is_finite() => {
                let number = Number::Text(float.to_string().into());
                Ok(invocation.value(Data::Number(number)))
            }
            _ => refused(format!("`float` takes a number, which `{text}` is not")),
        },
        Some(other) => refused(format!("`float` takes a number or a string, not {}", kind(other))),
        None => refused("`float` takes a number"),
    }
}

/// `()`, `(offset)`, `('name')`, `('name', offset)`
pub(super) fn copy_index(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let (name, offset) = match arguments {
        [] => (None, 0),
        [Value { data: Data::Text(name), .. }] => (Some(name), 0),
        [_] => (None, integer(arguments, 0, "the offset")?),
        [Value { data: Data::Text(name), .. }, ..] => (Some(name), integer(arguments, 1, "the offset")?),
        _ => return refused("`copyIndex` takes the name of a loop and an offset"),
    };
    let turns =
        || std::iter::successors(invocation.context.loops.as_deref(), |turn: &&Loop| turn.outer.as_deref());
    let found = match name {
        Some(name) => turns().find(|turn| turn.name.eq_ignore_ascii_case(name)),
        // Without a name it is the loop of the resource; variables and outputs have one loop only.
        None => turns().find(|turn| turn.of != Looped::Property).or_else(|| turns().next()),
    };
    let Some(turn) = found else {
        return match name {
            Some(name) => refused(format!("no loop is called `{name}` here")),
            None => refused("`copyIndex` stands outside of a loop"),
        };
    };
    match &turn.index {
        Turn::Known(index) => match index.checked_add(offset) {
            Some(index) => Ok(number(invocation, index)),
            None => refused(format!("an offset of {offset} leaves the range of 64-bit integers")),
        },
        // Which turn it is nobody knows: two of them are not equal.
        Turn::Any(cause) => Ok(because(cause, invocation.residual(arguments), None, invocation.site.span())),
    }
}
