//! Where a computed value leads back to: the literals that it was made of.

use std::sync::Arc;

use drlint_resource::{Data, Origin, Transport, Value};
use drlint_source::Span;

use crate::context::Site;
use crate::template::step;

/// More literals than these say no more to a person.
const MOST_LITERALS: usize = 8;

/// A larger array or object leads back as a whole only.
const MOST_PARTS: usize = 64;

/// The result of a call with these arguments, leading back to the literal it was made of.
///
/// A literal inside the expression itself needs no way. An id is made of many names and shown by none of them, so it
/// leads back to its expression, and so does what was made of several literals.
pub(super) fn traced(value: Value, arguments: &[Value], site: Site<'_>) -> Value {
    if !is_made_here(&value, site) || !tells_of_parts(&value, site) {
        return value;
    }
    // A part that an argument had already was not made by this call.
    let is_composed = matches!(value.data, Data::Array(_) | Data::Object(_));
    if is_composed && arguments.iter().any(|own| is_made_here(own, site) && tells_of_parts(own, site)) {
        return value;
    }
    let mut sources = Sources { site: site.span(), literals: Vec::new(), only: None };
    sources.add_all(arguments, true);
    if sources.literals.is_empty() && !is_id(&value) {
        return value;
    }
    relocated(value, site, &sources)
}

/// The literals that arguments lead back to.
struct Sources<'v> {
    site: Span,
    literals: Vec<Span>,
    /// The way of the first literal, unless it is one of several that something was made of already.
    only: Option<&'v Origin>,
}

impl<'v> Sources<'v> {
    fn add_all(&mut self, values: &'v [Value], inside: bool) {
        for value in values {
            if self.literals.len() > MOST_LITERALS {
                return;
            }
            let made_of = value.origin.carriers().find_map(|carrier| match &carrier.transport {
                Transport::Computed(literals) if !literals.is_empty() => Some(literals),
                _ => None,
            });
            if let Some(literals) = made_of {
                literals.iter().for_each(|literal| self.add(*literal));
            } else if !self.site.contains(value.origin.span) {
                if self.literals.is_empty() {
                    self.only = Some(&value.origin);
                }
                self.add(value.origin.span);
            } else if let (Data::Array(elements), true) = (&value.data, inside) {
                self.add_all(elements, false);
            }
        }
    }

    fn add(&mut self, literal: Span) {
        if !self.literals.contains(&literal) {
            self.literals.push(literal);
        }
    }

    fn origin(&self, value: &Value) -> Origin {
        match (self.literals.as_slice(), self.only) {
            ([_], Some(origin)) if !is_id(value) => {
                let here = origin.carrier.as_ref().is_some_and(|carrier| {
                    carrier.span == self.site && matches!(carrier.transport, Transport::Computed(_))
                });
                if here { origin.clone() } else { step(origin, self.site, &computed(&[])) }
            }
            (literals, _) => {
                let shown = literals.get(..MOST_LITERALS).unwrap_or(literals);
                Origin::at(self.site).carried(self.site, computed(shown))
            }
        }
    }
}

fn computed(literals: &[Span]) -> Transport {
    // An empty list takes no memory of its own.
    Transport::Computed(if literals.is_empty() { Arc::default() } else { literals.into() })
}

fn is_id(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with('/'))
}

fn is_made_here(value: &Value, site: Site<'_>) -> bool {
    value.origin.carrier.is_none() && value.origin.span == site.span()
}

/// Whether there is anything to lead back: a scalar, or a part of a small array or object.
fn tells_of_parts(value: &Value, site: Site<'_>) -> bool {
    match &value.data {
        Data::Array(values) => {
            values.len() <= MOST_PARTS && values.iter().any(|value| is_made_here(value, site))
        }
        Data::Object(object) => {
            object.len() <= MOST_PARTS && object.iter().any(|(_, value)| is_made_here(value, site))
        }
        Data::Null | Data::Unknown(_) => false,
        Data::Bool(_) | Data::Number(_) | Data::Text(_) => true,
    }
}

fn relocated(mut value: Value, site: Site<'_>, sources: &Sources<'_>) -> Value {
    let part = |part: &mut Value| {
        if is_made_here(part, site) {
            part.origin = sources.origin(part);
        }
    };
    match &mut value.data {
        Data::Array(values) => Arc::make_mut(values).iter_mut().for_each(part),
        Data::Object(object) => Arc::make_mut(object).values_mut().for_each(part),
        _ => {}
    }
    value.origin = sources.origin(&value);
    value
}
