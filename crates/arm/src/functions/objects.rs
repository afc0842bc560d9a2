//! Objects.

use std::cmp::Ordering;
use std::sync::Arc;

use drlint_resource::{Data, Key, Object, Residual, Value};
use rustc_hash::FxHashMap;

use super::arrays::{array_of, from_end, made, room, weighed};
use crate::machine::{Answer, Invocation, Missing, Stop, element, kind, refused};
use crate::text::scalar;
use crate::unknowns::unknown_key;

/// A computed object, checked and charged; of keys that differ in case alone the first spelling and the last value.
pub(super) fn object_of(invocation: &Invocation<'_, '_>, members: Vec<(Key, Value)>) -> Answer {
    room(invocation, members.len())?;
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    let mut kept: Vec<(Key, Value)> = Vec::with_capacity(members.len());
    for (key, value) in members {
        let place = *places.entry(key.name.to_lowercase()).or_insert(kept.len());
        match kept.get_mut(place) {
            Some(member) => member.1 = value,
            None => kept.push((key, value)),
        }
    }
    weighed(invocation, invocation.value(Data::Object(Arc::new(Object::new(kept)))))
}

/// The key that a value gives.
pub(super) fn key_of(invocation: &Invocation<'_, '_>, value: &Value) -> Result<Key, Stop> {
    let name: Arc<str> = match &value.data {
        Data::Text(text) => Arc::clone(text),
        Data::Unknown(unknown) => unknown_key(&unknown.residual).into(),
        Data::Number(_) | Data::Bool(_) => scalar(value).unwrap_or_default().into(),
        other => return refused(format!("a key must be a string, not {}", kind(other))),
    };
    invocation.machine.meter.bytes(name.len())?;
    Ok(Key { name, span: value.origin.span })
}

pub(super) fn create(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    if !arguments.len().is_multiple_of(2) {
        return refused("`createObject` takes a value for each key: an even number of arguments");
    }
    let mut members = Vec::with_capacity(arguments.len() / 2);
    for pair in arguments.chunks_exact(2) {
        if let [key, value] = pair {
            members.push((key_of(invocation, key)?, value.clone()));
        }
    }
    object_of(invocation, members)
}

fn object_argument<'v>(arguments: &'v [Value], function: &str) -> Result<&'v Object, Stop> {
    match arguments.first().map(|value| &value.data) {
        Some(Data::Object(object)) => Ok(object),
        Some(other) => refused(format!("`{function}` takes an object, not {}", kind(other))),
        None => refused(format!("`{function}` takes an object")),
    }
}

/// `[{key, value}]`, sorted by key.
pub(super) fn items(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let object = object_argument(arguments, "items")?;
    let sorted = sorted(object);
    let values = sorted.into_iter().map(|(key, value)| {
        let name = Value::text(&key.name, key.span);
        let member = |name: &str, value| (Key { name: name.into(), span: key.span }, value);
        let item = Object::new(vec![member("key", name), member("value", value.clone())]);
        Value { data: Data::Object(Arc::new(item)), origin: value.origin.clone() }
    });
    made(invocation, values.collect())
}

pub(super) fn keys(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let object = object_argument(arguments, "objectKeys")?;
    let names = sorted(object).into_iter().map(|(key, _)| Value::text(&key.name, key.span));
    made(invocation, names.collect())
}

fn sorted(object: &Object) -> Vec<(&Key, &Value)> {
    let mut members: Vec<_> = object.iter().collect();
    members.sort_by(|(one, _), (two, _)| culture(&one.name, &two.name));
    members
}

/// Case is ignored at first, then lower goes before upper (Bicep tests, `EvaluationTests.cs`).
fn culture(one: &str, two: &str) -> Ordering {
    let weight = |character: char| {
        let class = if character.is_alphabetic() { 2 } else { u8::from(character.is_numeric()) };
        (class, character.to_lowercase().next().unwrap_or(character))
    };
    let ignoring_case = one.chars().map(weight).cmp(two.chars().map(weight));
    ignoring_case.then_with(|| {
        let upper = |character: char| character.is_uppercase();
        one.chars().map(upper).cmp(two.chars().map(upper))
    })
}

/// The last value wins and the first spelling of a key stays (Bicep tests, `SpreadTests.cs`).
pub(super) fn shallow_merge(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let values = array_of(arguments, 0, "shallowMerge")?;
    let mut members = Vec::new();
    for value in values {
        match &value.data {
            Data::Object(object) => {
                room(invocation, members.len() + object.len())?;
                members.extend(object.iter().map(|(key, value)| (key.clone(), value.clone())));
            }
            Data::Null => {}
            Data::Unknown(cause) => return Err(Stop::Unknown(Arc::clone(cause))),
            other => {
                return refused(format!("`shallowMerge` takes an array of objects, not of {}", kind(other)));
            }
        }
    }
    object_of(invocation, members)
}

pub(super) fn try_get(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let Some((base, steps)) = arguments.split_first() else { return refused("a value is missing") };
    try_steps(invocation, base.clone(), steps)
}

/// Follows `steps`; null instead of an error on any of them.
pub(super) fn try_steps(invocation: &Invocation<'_, '_>, mut value: Value, steps: &[Value]) -> Answer {
    for (at, step) in steps.iter().enumerate() {
        if value.is_null() {
            return Ok(value);
        }
        if value.as_unknown().is_some() || step.as_unknown().is_some() {
            let mut all = vec![value.clone()];
            all.extend(steps.iter().skip(at).cloned());
            let cause = all.iter().find_map(Value::as_unknown).cloned();
            let Some(cause) = cause else { return Ok(value) };
            let identity = crate::identity::identity_of("tryGet", &all);
            let residual = Residual::call("tryGet", all.iter().map(Residual::of).collect());
            return Ok(crate::unknowns::because(&cause, residual, identity, invocation.site.span()));
        }
        value = match step.as_object() {
            Some(step) => step_from_end(&value, step).unwrap_or_else(|| invocation.value(Data::Null)),
            None => match element(&value, step, invocation.site) {
                Ok(found) | Err(Missing::Unknown(found)) => found,
                Err(Missing::Absent(_)) => invocation.value(Data::Null),
            },
        };
    }
    Ok(value)
}

/// A step `createObject('value', i, 'fromEnd', true())` counts from the end (`ARM.md`, section 2).
fn step_from_end(value: &Value, step: &Object) -> Option<Value> {
    let Data::Number(index) = &step.get("value")?.data else { return None };
    let index = index.as_integer()?;
    let values = value.as_array()?;
    if step.get("fromEnd").and_then(Value::as_bool) == Some(true) {
        return from_end(values, index).cloned();
    }
    values.get(usize::try_from(index).ok()?).cloned()
}
