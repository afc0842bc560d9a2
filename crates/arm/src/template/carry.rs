//! The way of a value from its literal to its use.

use std::sync::Arc;

use drlint_resource::{Carrier, Data, Origin, Transport, Value};
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
    if origin.steps() >= LIMITS.carriers {
        // The middle of a very long way is left out.
        return Origin::at(origin.span).carried(span, transport.clone());
    }
    origin.carried(span, transport.clone())
}

/// Most parts came no way yet: they share one carrier. What nobody else holds is changed where it is.
fn inside(value: &mut Value, span: Span, transport: &Transport, shared: &mut Option<Arc<Carrier>>) {
    let part = |part: &mut Value| {
        part.origin = if part.origin.carrier.is_none() {
            let carrier = shared.get_or_insert_with(|| {
                Arc::new(Carrier { span, transport: transport.clone(), from: None, steps: 1 })
            });
            Origin { span: part.origin.span, carrier: Some(Arc::clone(carrier)) }
        } else {
            step(&part.origin, span, transport)
        };
        inside(part, span, transport, shared);
    };
    match &mut value.data {
        Data::Array(values) => Arc::make_mut(values).iter_mut().for_each(part),
        Data::Object(object) => Arc::make_mut(object).values_mut().for_each(part),
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
