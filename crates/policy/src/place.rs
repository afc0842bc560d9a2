//! The place of a finding.

use drlint_estate::Placed;
use drlint_resource::{Origin, Transport, Unknown, Value};
use drlint_source::Span;

use crate::Related;

/// The value a person has to change, with what carried it to its use.
#[derive(Clone, Debug)]
pub struct Place(Origin);

impl Place {
    /// The literal.
    pub fn span(&self) -> Span {
        self.0.span
    }

    /// Where the value is used, if that is elsewhere.
    pub(crate) fn carriers(&self) -> Vec<Related> {
        let used = self.0.carriers().find(|carrier| carrier.span != self.0.span);
        let Some(carrier) = used else { return Vec::new() };
        let message = match carrier.transport {
            Transport::Expression => "used here".to_owned(),
            Transport::Copy(index) => format!("repeated here, `copyIndex()` is {index}"),
            Transport::Deployment => "passed to a deployment here".to_owned(),
        };
        vec![Related { place: carrier.span, message }]
    }
}

impl From<&Origin> for Place {
    fn from(origin: &Origin) -> Self {
        Self(origin.clone())
    }
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self(Origin::at(span))
    }
}

impl<T> From<&Placed<T>> for Place {
    fn from(placed: &Placed<T>) -> Self {
        Self(placed.origin.clone())
    }
}

impl From<&Value> for Place {
    fn from(value: &Value) -> Self {
        Self(value.origin.clone())
    }
}

impl From<&Unknown> for Place {
    fn from(unknown: &Unknown) -> Self {
        Self(Origin::at(unknown.place))
    }
}
