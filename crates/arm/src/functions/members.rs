//! What is in a string, an array or an object.

use std::sync::Arc;

use drlint_resource::{Data, Number, Value};

use super::units;
use crate::machine::{Answer, Invocation, Stop, kind, refused};
use crate::text::scalar;
use crate::unknowns::{first_unknown, has_unknown_keys};

/// Charges the parts of a value that is looked through.
pub(super) fn charge(invocation: &Invocation<'_, '_>, value: &Value) -> Result<(), Stop> {
    let parts = match &value.data {
        Data::Array(values) => values.len(),
        Data::Object(object) => object.len(),
        _ => 0,
    };
    invocation.machine.meter.steps(parts as u64)?;
    match &value.data {
        Data::Array(values) => values.iter().try_for_each(|value| charge(invocation, value)),
        Data::Object(object) => object.iter().try_for_each(|(_, value)| charge(invocation, value)),
        _ => Ok(()),
    }
}

pub(super) fn empty(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let empty = match arguments.first().map(|value| &value.data) {
        Some(Data::Null) | None => true,
        Some(Data::Text(text)) => text.is_empty(),
        Some(Data::Array(values)) => values.is_empty(),
        Some(Data::Object(object)) => object.is_empty(),
        Some(other) => {
            return refused(format!("`empty` takes a string, an array or an object, not {}", kind(other)));
        }
    };
    Ok(invocation.value(Data::Bool(empty)))
}

pub(super) fn length(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let length = match arguments.first().map(|value| &value.data) {
        Some(Data::Text(text)) => units::length(text),
        Some(Data::Array(values)) => values.len(),
        Some(Data::Object(object)) => object.len(),
        Some(other) => {
            return refused(format!("`length` takes a string, an array or an object, not {}", kind(other)));
        }
        None => 0,
    };
    Ok(integer(invocation, length))
}

fn integer(invocation: &Invocation<'_, '_>, value: usize) -> Value {
    let value = i64::try_from(value).unwrap_or(i64::MAX);
    invocation.value(Data::Number(Number::Integer(value)))
}

/// In a string with regard to case; in an array deep; in an object by key without case.
pub(super) fn contains(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let [container, sought] = arguments else { return refused("`contains` takes 2 arguments") };
    let found = match (&container.data, &sought.data) {
        (Data::Text(text), _) => match scalar(sought) {
            Some(part) => text.contains(&*part),
            None => return refused(format!("a string cannot contain {}", kind(&sought.data))),
        },
        (Data::Array(values), _) => {
            charge(invocation, container)?;
            let found = values.contains(sought);
            if !found && let Some(cause) = first_unknown(container).or_else(|| first_unknown(sought)) {
                return Err(Stop::Unknown(Arc::clone(cause)));
            }
            found
        }
        (Data::Object(object), _) => match scalar(sought) {
            Some(key) => {
                let found = object.get(&key).is_some();
                if !found && has_unknown_keys(object) {
                    let reason =
                        drlint_resource::Reason::Other("the object has names that are not known".into());
                    return Err(Stop::Offline(reason));
                }
                found
            }
            None => return refused(format!("an object cannot contain {}", kind(&sought.data))),
        },
        (other, _) => {
            return refused(format!(
                "`contains` looks into a string, an array or an object, not {}",
                kind(other)
            ));
        }
    };
    Ok(invocation.value(Data::Bool(found)))
}

pub(super) fn index_of(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    index(invocation, arguments, false)
}

pub(super) fn last_index_of(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    index(invocation, arguments, true)
}

/// In a string without case; in an array deep and with regard to case.
fn index(invocation: &Invocation<'_, '_>, arguments: &[Value], last: bool) -> Answer {
    let [container, sought] = arguments else { return refused("2 arguments are needed") };
    let found = match (&container.data, &sought.data) {
        (Data::Text(text), Data::Text(part)) => units::find(text, part, last),
        (Data::Array(values), _) => {
            charge(invocation, container)?;
            if let Some(cause) = first_unknown(container).or_else(|| first_unknown(sought)) {
                return Err(Stop::Unknown(Arc::clone(cause)));
            }
            if last {
                values.iter().rposition(|value| value == sought)
            } else {
                values.iter().position(|value| value == sought)
            }
        }
        (one, two) => {
            return refused(format!(
                "`{}` looks for a string in a string or for a value in an array, not for {} in {}",
                invocation.call.name(),
                kind(two),
                kind(one)
            ));
        }
    };
    let at = found.and_then(|at| i64::try_from(at).ok()).unwrap_or(-1);
    Ok(invocation.value(Data::Number(Number::Integer(at))))
}
