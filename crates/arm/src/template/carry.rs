//! The way of a value from its literal to its use.

use std::sync::Arc;

use drlint_resource::{Carrier, Data, Object, Origin, Transport, Value};
use drlint_source::Span;

use crate::budget::LIMITS;

/// Values with more parts keep the way of their whole only.
const CARRIED_PARTS: usize = 64;

/// The value after one more step; its parts too, if they are few.
pub(crate) fn carry(mut value: Value, span: Span, transport: &Transport) -> Value {
    value.origin = step(&value.origin, span, transport);
    if matches!(value.data, Data::Array(_) | Data::Object(_)) && parts(&value, CARRIED_PARTS) < CARRIED_PARTS
    {
        let mut shared = None;
        inside(&mut value, span, transport, &mut shared);
    }
    value
}

/// One more step on the way of a value.
pub(crate) fn step(origin: &Origin, span: Span, transport: &Transport) -> Origin {
    if origin.carriers().take(LIMITS.carriers).count() == LIMITS.carriers {
        // The middle of a very long way is left out.
        return Origin::at(origin.span).carried(span, transport.clone());
    }
    origin.carried(span, transport.clone())
}

/// Most parts came no way yet: they share one carrier.
fn inside(value: &mut Value, span: Span, transport: &Transport, shared: &mut Option<Arc<Carrier>>) {
    let mut part = |value: &Value| {
        let mut value = value.clone();
        value.origin = if value.origin.carrier.is_none() {
            let carrier = shared
                .get_or_insert_with(|| Arc::new(Carrier { span, transport: transport.clone(), from: None }));
            Origin { span: value.origin.span, carrier: Some(Arc::clone(carrier)) }
        } else {
            step(&value.origin, span, transport)
        };
        inside(&mut value, span, transport, shared);
        value
    };
    match &value.data {
        Data::Array(values) => {
            value.data = Data::Array(Arc::new(values.iter().map(part).collect()));
        }
        Data::Object(object) => {
            let members = object.iter().map(|(key, value)| (key.clone(), part(value)));
            value.data = Data::Object(Arc::new(Object::new(members.collect())));
        }
        _ => {}
    }
}

/// How many values it holds, itself included, counted no further than `most`.
fn parts(value: &Value, most: usize) -> usize {
    fn count(value: &Value, left: &mut usize) {
        if *left == 0 {
            return;
        }
        *left -= 1;
        match &value.data {
            Data::Array(values) => values.iter().for_each(|value| count(value, left)),
            Data::Object(object) => object.iter().for_each(|(_, value)| count(value, left)),
            _ => {}
        }
    }
    let mut left = most;
    count(value, &mut left);
    most - left
}
