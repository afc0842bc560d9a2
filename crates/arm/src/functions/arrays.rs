//! Arrays.

use std::sync::Arc;

use drlint_resource::{Data, Number, Value};

use super::units;
use crate::budget::LIMITS;
use crate::machine::{Answer, Invocation, Stop, kind, refused};
use crate::weight::weigh;

/// A computed array, checked and charged before it is kept.
pub(super) fn made(invocation: &Invocation<'_, '_>, values: Vec<Value>) -> Answer {
    room(invocation, values.len())?;
    weighed(invocation, invocation.value(Data::Array(Arc::new(values))))
}

/// The value, if it is not too large with all its parts.
pub(super) fn weighed(invocation: &Invocation<'_, '_>, value: Value) -> Answer {
    if !matches!(value.data, Data::Array(_) | Data::Object(_)) {
        return Ok(value);
    }
    let weight = weigh(&value).map_err(|too_large| Stop::Budget(too_large.to_string()))?;
    // Looking at a part is much cheaper than a call.
    invocation.machine.meter.steps(weight as u64 / 16)?;
    Ok(value)
}

/// Asks for so many elements of one computed array.
pub(super) fn room(invocation: &Invocation<'_, '_>, elements: usize) -> Result<(), Stop> {
    if elements > LIMITS.elements {
        return Err(Stop::Budget(format!(
            "a value of {elements} elements is larger than the {} allowed",
            LIMITS.elements
        )));
    }
    invocation.machine.meter.steps(elements as u64)?;
    invocation.machine.meter.bytes(elements * size_of::<Value>())?;
    Ok(())
}

/// The integer that an argument must be.
pub(super) fn integer(arguments: &[Value], at: usize, what: &str) -> Result<i64, Stop> {
    match arguments.get(at).map(|value| &value.data) {
        Some(Data::Number(number)) => number
            .as_integer()
            .ok_or_else(|| Stop::Argument(at, format!("{what} must be an integer, not {number}"))),
        Some(other) => Err(Stop::Argument(at, format!("{what} must be an integer, not {}", kind(other)))),
        None => Err(Stop::Refused(format!("{what} is missing"))),
    }
}

pub(super) fn array(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    match arguments {
        [value] if matches!(value.data, Data::Array(_)) => Ok(value.clone()),
        _ => made(invocation, arguments.to_vec()),
    }
}

pub(super) fn create(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    made(invocation, arguments.to_vec())
}

pub(super) fn first(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    end(invocation, arguments, false)
}

pub(super) fn last(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    end(invocation, arguments, true)
}

fn end(invocation: &Invocation<'_, '_>, arguments: &[Value], last: bool) -> Answer {
    match arguments.first().map(|value| &value.data) {
        Some(Data::Array(values)) => {
            let value = if last { values.last() } else { values.first() };
            Ok(value.cloned().unwrap_or_else(|| invocation.value(Data::Null)))
        }
        Some(Data::Text(text)) => {
            let length = units::length(text);
            let start = if last { length.saturating_sub(1) } else { 0 };
            invocation.text(units::slice(text, start, 1))
        }
        Some(Data::Null) | None => Ok(invocation.value(Data::Null)),
        Some(other) => {
            refused(format!("`{}` takes an array or a string, not {}", invocation.call.name(), kind(other)))
        }
    }
}

/// One level of nesting is taken away.
pub(super) fn flatten(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let values = array_of(arguments, 0, "flatten")?;
    let mut flat = Vec::new();
    for value in values {
        match &value.data {
            Data::Array(inner) => {
                room(invocation, flat.len() + inner.len())?;
                flat.extend(inner.iter().cloned());
            }
            Data::Unknown(cause) => return Err(Stop::Unknown(Arc::clone(cause))),
            other => return refused(format!("`flatten` takes an array of arrays, not of {}", kind(other))),
        }
    }
    made(invocation, flat)
}

/// The array that an argument must be.
pub(super) fn array_of<'v>(arguments: &'v [Value], at: usize, function: &str) -> Result<&'v [Value], Stop> {
    match arguments.get(at).map(|value| &value.data) {
        Some(Data::Array(values)) => Ok(values),
        Some(other) => Err(Stop::Argument(at, format!("`{function}` takes an array, not {}", kind(other)))),
        None => Err(Stop::Refused(format!("`{function}` takes an array"))),
    }
}

pub(super) fn range(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let start = integer(arguments, 0, "the start")?;
    let count = integer(arguments, 1, "the count")?;
    if count < 0 {
        return Err(Stop::Argument(1, format!("the count of `range` must not be negative, as {count} is")));
    }
    if count > LIMITS.range {
        return Err(Stop::Budget(format!(
            "a range of {count} elements is longer than the {} allowed",
            LIMITS.range
        )));
    }
    if start.checked_add(count).is_none_or(|end| end > i64::from(i32::MAX) || start < i64::from(i32::MIN)) {
        return refused("a range must stay within 32-bit integers");
    }
    let values = (start..start + count).map(|value| invocation.value(Data::Number(Number::Integer(value))));
    made(invocation, values.collect())
}

pub(super) fn skip(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    part(invocation, arguments, |length, count| (count.min(length), length))
}

pub(super) fn take(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    part(invocation, arguments, |length, count| (0, count.min(length)))
}

fn part(
    invocation: &Invocation<'_, '_>,
    arguments: &[Value],
    bounds: fn(usize, usize) -> (usize, usize),
) -> Answer {
    let count = usize::try_from(integer(arguments, 1, "the count")?.max(0)).unwrap_or(usize::MAX);
    match arguments.first().map(|value| &value.data) {
        Some(Data::Array(values)) => {
            let (start, end) = bounds(values.len(), count);
            made(invocation, values[start..end].to_vec())
        }
        Some(Data::Text(text)) => {
            let (start, end) = bounds(units::length(text), count);
            invocation.text(units::slice(text, start, end - start))
        }
        Some(other) => {
            refused(format!("`{}` takes an array or a string, not {}", invocation.call.name(), kind(other)))
        }
        None => refused("an array or a string is missing"),
    }
}

pub(super) fn index_from_end(_: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let values = array_of(arguments, 0, "indexFromEnd")?;
    let index = integer(arguments, 1, "the index")?;
    match from_end(values, index) {
        Some(value) => Ok(value.clone()),
        None => Err(Stop::Argument(
            1,
            format!(
                "index {index} from the end is outside of the array, which has {} elements",
                values.len()
            ),
        )),
    }
}

/// Null instead of an error on any step.
pub(super) fn try_index_from_end(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let Some((base, rest)) = arguments.split_first() else { return refused("an array is missing") };
    let Some((index, rest)) = rest.split_first() else { return refused("an index is missing") };
    let found = match (&base.data, &index.data) {
        (Data::Array(values), Data::Number(number)) => {
            number.as_integer().and_then(|index| from_end(values, index))
        }
        (Data::Null, _) => None,
        (other, _) => {
            return refused(format!("`tryIndexFromEnd` takes an array and an integer, not {}", kind(other)));
        }
    };
    let Some(found) = found else { return Ok(invocation.value(Data::Null)) };
    super::objects::try_steps(invocation, found.clone(), rest)
}

/// Counts from 1.
pub(super) fn from_end(values: &[Value], index: i64) -> Option<&Value> {
    let index = usize::try_from(index).ok()?;
    values.get(values.len().checked_sub(index)?)
}
