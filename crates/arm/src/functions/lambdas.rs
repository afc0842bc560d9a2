//! Functions that take a lambda. Scopes are lexical: an inner body sees the outer names.

use std::cmp::Ordering;
use std::rc::Rc;
use std::sync::Arc;

use drlint_resource::{Data, Key, Number, Value};

use super::arrays::{made, room};
use super::objects::{key_of, object_of};
use crate::context::{Binding, Context};
use crate::expression::{Term, TermKind};
use crate::machine::{Answer, Invocation, Stop, kind, refused};

/// A lambda at its place in a call.
struct Lambda<'c> {
    names: Vec<Rc<str>>,
    body: Term<'c>,
}

impl<'c> Lambda<'c> {
    /// The lambda that an argument must be, with the numbers of names it may take.
    fn at(
        invocation: &Invocation<'c, '_>,
        at: usize,
        names: std::ops::RangeInclusive<usize>,
    ) -> Result<Self, Stop> {
        let expected = || Stop::Argument(at, "expected a `lambda`".to_owned());
        let term = invocation.term_of(at).ok_or_else(expected)?;
        let call = term.as_call().filter(|call| call.is("lambda")).ok_or_else(expected)?;
        let Some(count) = call.count().checked_sub(1) else { return Err(expected()) };
        let mut arguments = call.arguments();
        let parameters: Vec<Term<'_>> = arguments.by_ref().take(count).collect();
        let body = arguments.next().ok_or_else(expected)?;
        if !names.contains(&parameters.len()) {
            let message = format!(
                "this `lambda` takes {} to {} variables, not {}",
                names.start(),
                names.end(),
                parameters.len()
            );
            return Err(Stop::Argument(at, message));
        }
        let names = parameters.iter().map(|parameter| match parameter.kind() {
            TermKind::Text(name) => Ok(Rc::from(&*name)),
            _ => Err(Stop::Argument(at, "the variables of a `lambda` are strings".to_owned())),
        });
        Ok(Self { names: names.collect::<Result<_, _>>()?, body })
    }

    /// The body's value with these values for the names.
    fn call(&self, invocation: &Invocation<'c, '_>, values: impl IntoIterator<Item = Value>) -> Answer {
        invocation.machine.meter.steps(1)?;
        let mut lambdas = invocation.context.lambdas.clone();
        for (name, value) in self.names.iter().zip(values) {
            lambdas = Some(Rc::new(Binding { name: Rc::clone(name), value, outer: lambdas }));
        }
        let context = Context { lambdas, ..invocation.context.clone() };
        let value = invocation.machine.term(self.body, invocation.site, &context);
        super::arrays::weighed(invocation, value)
    }
}

fn index(invocation: &Invocation<'_, '_>, at: usize) -> Value {
    invocation.value(Data::Number(Number::Integer(i64::try_from(at).unwrap_or(i64::MAX))))
}

/// The array that the first argument must be.
fn array(invocation: &Invocation<'_, '_>) -> Result<Arc<Vec<Value>>, Stop> {
    let value = invocation.argument(0);
    match &value.data {
        Data::Array(values) => Ok(Arc::clone(values)),
        Data::Unknown(cause) => Err(Stop::Unknown(Arc::clone(cause))),
        other => Err(Stop::Argument(
            0,
            format!("`{}` takes an array, not {}", invocation.call.name(), kind(other)),
        )),
    }
}

pub(super) fn filter(invocation: &Invocation<'_, '_>) -> Answer {
    let values = array(invocation)?;
    let lambda = Lambda::at(invocation, 1, 1..=2)?;
    let mut kept = Vec::new();
    for (at, value) in values.iter().enumerate() {
        let keep = lambda.call(invocation, [value.clone(), index(invocation, at)])?;
        match &keep.data {
            Data::Bool(true) => kept.push(value.clone()),
            Data::Bool(false) => {}
            Data::Unknown(cause) => return Err(Stop::Unknown(Arc::clone(cause))),
            other => {
                return Err(Stop::Argument(
                    1,
                    format!("the `lambda` of `filter` gives {}, not a boolean", kind(other)),
                ));
            }
        }
    }
    made(invocation, kept)
}

pub(super) fn map(invocation: &Invocation<'_, '_>) -> Answer {
    let values = array(invocation)?;
    let lambda = Lambda::at(invocation, 1, 1..=2)?;
    room(invocation, values.len())?;
    let mapped: Result<Vec<Value>, Stop> = values
        .iter()
        .enumerate()
        .map(|(at, value)| lambda.call(invocation, [value.clone(), index(invocation, at)]))
        .collect();
    made(invocation, mapped?)
}

pub(super) fn reduce(invocation: &Invocation<'_, '_>) -> Answer {
    let values = array(invocation)?;
    let mut current = invocation.argument(1);
    let lambda = Lambda::at(invocation, 2, 2..=3)?;
    for (at, value) in values.iter().enumerate() {
        current = lambda.call(invocation, [current, value.clone(), index(invocation, at)])?;
        if let Data::Unknown(unknown) = &current.data
            && unknown.residual.is_large()
        {
            return Err(Stop::Unknown(Arc::clone(unknown)));
        }
    }
    Ok(current)
}

/// A merge sort: it ends and gives one order even if the predicate contradicts itself.
pub(super) fn sort(invocation: &Invocation<'_, '_>) -> Answer {
    let values = array(invocation)?;
    let lambda = Lambda::at(invocation, 1, 2..=2)?;
    let sorted = merge_sort(invocation, &lambda, values.to_vec())?;
    made(invocation, sorted)
}

fn merge_sort<'c>(
    invocation: &Invocation<'c, '_>,
    lambda: &Lambda<'c>,
    mut values: Vec<Value>,
) -> Result<Vec<Value>, Stop> {
    if values.len() < 2 {
        return Ok(values);
    }
    let right = merge_sort(invocation, lambda, values.split_off(values.len() / 2))?;
    let left = merge_sort(invocation, lambda, values)?;
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some(one), Some(two)) = (left.peek(), right.peek()) {
        // Only if the later one goes strictly first it overtakes: equal ones keep their order.
        let overtakes = lambda.call(invocation, [two.clone(), one.clone()])?;
        let order = match &overtakes.data {
            Data::Bool(true) => Ordering::Greater,
            Data::Bool(false) => Ordering::Less,
            Data::Unknown(cause) => return Err(Stop::Unknown(Arc::clone(cause))),
            other => return refused(format!("the `lambda` of `sort` gives {}, not a boolean", kind(other))),
        };
        merged.extend(if order.is_gt() { right.next() } else { left.next() });
    }
    merged.extend(left);
    merged.extend(right);
    Ok(merged)
}

pub(super) fn to_object(invocation: &Invocation<'_, '_>) -> Answer {
    let mut members = Vec::new();
    for (key, value) in keyed(invocation)? {
        members.push((key_of(invocation, &key)?, value));
    }
    object_of(invocation, members)
}

/// Each element's key and value, by the lambdas of the call.
fn keyed(invocation: &Invocation<'_, '_>) -> Result<Vec<(Value, Value)>, Stop> {
    let values = array(invocation)?;
    let key = Lambda::at(invocation, 1, 1..=2)?;
    let selector = match invocation.term_of(2) {
        Some(_) => Some(Lambda::at(invocation, 2, 1..=2)?),
        None => None,
    };
    room(invocation, values.len())?;
    let mut pairs = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        let key = key.call(invocation, [value.clone(), index(invocation, at)])?;
        let selected = match &selector {
            Some(selector) => selector.call(invocation, [value.clone(), index(invocation, at)])?,
            None => value.clone(),
        };
        pairs.push((key, selected));
    }
    Ok(pairs)
}

pub(super) fn group_by(invocation: &Invocation<'_, '_>) -> Answer {
    let mut groups: Vec<(Key, Vec<Value>)> = Vec::new();
    let mut places = rustc_hash::FxHashMap::default();
    for (key, value) in keyed(invocation)? {
        if let Some(cause) = key.as_unknown() {
            return Err(Stop::Unknown(Arc::clone(cause)));
        }
        let key = key_of(invocation, &key)?;
        let place = *places.entry(key.name.to_lowercase()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, values)) => values.push(value),
            None => groups.push((key, vec![value])),
        }
    }
    let members =
        groups.into_iter().map(|(key, values)| (key, invocation.value(Data::Array(Arc::new(values)))));
    object_of(invocation, members.collect())
}

pub(super) fn map_values(invocation: &Invocation<'_, '_>) -> Answer {
    let value = invocation.argument(0);
    let object = match &value.data {
        Data::Object(object) => object,
        Data::Unknown(cause) => return Err(Stop::Unknown(Arc::clone(cause))),
        other => return refused(format!("`mapValues` takes an object, not {}", kind(other))),
    };
    let lambda = Lambda::at(invocation, 1, 1..=1)?;
    room(invocation, object.len())?;
    let mut members = Vec::with_capacity(object.len());
    for (key, value) in object.iter() {
        members.push((key.clone(), lambda.call(invocation, [value.clone()])?));
    }
    object_of(invocation, members)
}

pub(super) fn lambda(_: &Invocation<'_, '_>) -> Answer {
    refused("a `lambda` can stand only where a function takes one")
}

/// `lambdaVariables('x')`
pub(super) fn variable(invocation: &Invocation<'_, '_>) -> Answer {
    let Some(TermKind::Text(name)) = invocation.term_of(0).map(Term::kind) else {
        return refused("`lambdaVariables` takes the name of a variable");
    };
    let mut bindings =
        std::iter::successors(invocation.context.lambdas.as_deref(), |own| own.outer.as_deref());
    match bindings.find(|binding| binding.name.eq_ignore_ascii_case(&name)) {
        Some(binding) => Ok(binding.value.clone()),
        None => refused(format!("no `lambda` around has a variable `{name}`")),
    }
}
