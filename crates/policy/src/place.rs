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

    /// Where the value is used, if that is elsewhere, where it is computed on the way there, and what it is made of.
    pub(crate) fn carriers(&self) -> Vec<Related> {
        let mut related: Vec<Related> = Vec::new();
        let mut show = |place: Span, message: String| {
            if place != self.0.span && related.iter().all(|known| known.place != place) {
                related.push(Related { place, message });
            }
        };
        let used = self.0.carriers().find(|carrier| carrier.span != self.0.span);
        for carrier in self.0.carriers() {
            let is_use = used.is_some_and(|used| std::ptr::eq(used, carrier));
            match &carrier.transport {
                Transport::Computed(literals) => {
                    show(carrier.span, "computed here".to_owned());
                    literals.iter().for_each(|literal| show(*literal, "made of this".to_owned()));
                }
                Transport::Expression if is_use => show(carrier.span, "used here".to_owned()),
                Transport::Copy(index) if is_use => {
                    show(carrier.span, format!("repeated here, `copyIndex()` is {index}"));
                }
                Transport::Deployment if is_use => {
                    show(carrier.span, "passed to a deployment here".to_owned());
                }
                _ => {}
            }
        }
        related
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
