//! `union`, `intersection`, `distinct`: found by hash, never pair by pair.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use drlint_resource::{Data, Key, Object, Value};
use rustc_hash::{FxHashMap, FxHasher};

use super::arrays::{array_of, made, room, weighed};
use super::members::charge;
use crate::machine::{Answer, Invocation, Stop, kind, refused};
use crate::unknowns::first_unknown;

/// Values that were met, found by their hash.
#[derive(Default)]
struct Met<'v>(FxHashMap<u64, Vec<&'v Value>>);

impl<'v> Met<'v> {
    /// Whether an equal value was met before; remembers this one if not. Comparisons are charged.
    fn add(&mut self, invocation: &Invocation<'_, '_>, value: &'v Value) -> Result<bool, Stop> {
        let same = self.0.entry(hash(value)).or_default();
        invocation.machine.meter.steps(same.len() as u64 + 1)?;
        if same.contains(&value) {
            return Ok(false);
        }
        same.push(value);
        Ok(true)
    }

    fn has(&self, invocation: &Invocation<'_, '_>, value: &Value) -> Result<bool, Stop> {
        let Some(same) = self.0.get(&hash(value)) else { return Ok(false) };
        invocation.machine.meter.steps(same.len() as u64)?;
        Ok(same.contains(&value))
    }
}

/// Equal values have equal hashes: objects without order and case of names, numbers by value.
fn hash(value: &Value) -> u64 {
    let mut hasher = FxHasher::default();
    match &value.data {
        Data::Null => 0_u8.hash(&mut hasher),
        Data::Bool(value) => value.hash(&mut hasher),
        Data::Number(number) => match number.as_integer() {
            Some(integer) => integer.hash(&mut hasher),
            None => number.to_string().hash(&mut hasher),
        },
        Data::Text(text) => text.hash(&mut hasher),
        Data::Array(values) => values.iter().for_each(|value| hash(value).hash(&mut hasher)),
        Data::Object(object) => {
            let sum = object.iter().fold(0_u64, |sum, (key, value)| {
                let mut member = FxHasher::default();
                key.name.to_ascii_lowercase().hash(&mut member);
                hash(value).hash(&mut member);
                sum.wrapping_add(member.finish())
            });
            sum.hash(&mut hasher);
        }
        Data::Unknown(unknown) => unknown.identity.hash(&mut hasher),
    }
    hasher.finish()
}

pub(super) fn distinct(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let values = array_of(arguments, 0, "distinct")?;
    all_known(arguments)?;
    let mut met = Met::default();
    let mut found = Vec::new();
    for value in values {
        if met.add(invocation, value)? {
            found.push(value.clone());
        }
    }
    made(invocation, found)
}

fn all_known(arguments: &[Value]) -> Result<(), Stop> {
    match arguments.iter().find_map(first_unknown) {
        Some(cause) => Err(Stop::Unknown(Arc::clone(cause))),
        None => Ok(()),
    }
}

/// Of arrays, the first of equal elements; of objects, nested ones merged and arrays replaced.
pub(super) fn union(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let given: Vec<&Value> = arguments.iter().filter(|value| !value.is_null()).collect();
    let Some(first) = given.first() else { return Ok(invocation.value(Data::Null)) };
    match &first.data {
        Data::Array(_) => {
            let mut met = Met::default();
            let mut found = Vec::new();
            for value in &given {
                let Data::Array(values) = &value.data else { return mixed(invocation, &given) };
                for value in values.iter() {
                    // Elements that are not known are kept: whether they are equal to others cannot be said.
                    if first_unknown(value).is_some() || met.add(invocation, value)? {
                        found.push(value.clone());
                    }
                }
            }
            made(invocation, found)
        }
        Data::Object(_) => {
            let mut merged = Value::clone(first);
            for value in given.iter().skip(1) {
                if !matches!(value.data, Data::Object(_)) {
                    return mixed(invocation, &given);
                }
                merged = merge(invocation, &merged, value)?;
            }
            weighed(invocation, merged)
        }
        _ => mixed(invocation, &given),
    }
}

fn mixed(invocation: &Invocation<'_, '_>, given: &[&Value]) -> Answer {
    let kinds: Vec<&str> = given.iter().take(4).map(|value| kind(&value.data)).collect();
    refused(format!(
        "`{}` takes arrays only or objects only, not {}",
        invocation.call.name(),
        kinds.join(" and ")
    ))
}

fn merge(invocation: &Invocation<'_, '_>, one: &Value, two: &Value) -> Result<Value, Stop> {
    let (Data::Object(first), Data::Object(second)) = (&one.data, &two.data) else { return Ok(two.clone()) };
    room(invocation, first.len() + second.len())?;
    let mut members: Vec<(Key, Value)> = Vec::with_capacity(first.len() + second.len());
    for (key, value) in first.iter() {
        let value = match second.get(&key.name) {
            Some(other) => merge(invocation, value, other)?,
            None => value.clone(),
        };
        members.push((key.clone(), value));
    }
    for (key, value) in second.iter() {
        if first.get(&key.name).is_none() {
            members.push((key.clone(), value.clone()));
        }
    }
    Ok(Value { data: Data::Object(Arc::new(Object::new(members))), origin: two.origin.clone() })
}

pub(super) fn intersection(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    all_known(arguments)?;
    let Some((first, others)) = arguments.split_first() else { return refused("two values are needed") };
    match &first.data {
        Data::Array(values) => {
            let mut kept: Vec<&Value> = values.iter().collect();
            for other in others {
                let Data::Array(other) = &other.data else {
                    return mixed(invocation, &arguments.iter().collect::<Vec<_>>());
                };
                let mut met = Met::default();
                for value in other.iter() {
                    met.add(invocation, value)?;
                }
                let mut still = Vec::new();
                for value in kept {
                    if met.has(invocation, value)? {
                        still.push(value);
                    }
                }
                kept = still;
            }
            let mut met = Met::default();
            let mut found = Vec::new();
            for value in kept {
                if met.add(invocation, value)? {
                    found.push(value.clone());
                }
            }
            made(invocation, found)
        }
        Data::Object(object) => {
            let mut members = Vec::new();
            for (key, value) in object.iter() {
                let mut everywhere = true;
                for other in others {
                    let Data::Object(other) = &other.data else {
                        return mixed(invocation, &arguments.iter().collect::<Vec<_>>());
                    };
                    charge(invocation, value)?;
                    everywhere &= other.get(&key.name) == Some(value);
                }
                if everywhere {
                    members.push((key.clone(), value.clone()));
                }
            }
            Ok(invocation.value(Data::Object(Arc::new(Object::new(members)))))
        }
        _ => mixed(invocation, &arguments.iter().collect::<Vec<_>>()),
    }
}
