//! Where a value was written, and how it came to where it is used.

use std::sync::Arc;

use drlint_source::Span;

/// The way of a value: the literal a person would edit, and what carried it from there to its use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The literal: in a parameter file, a default, a variable, a template or an export.
    pub span: Span,
    /// The last carrier, the one nearest to the use; `None` if the literal stands where it is used.
    pub carrier: Option<Arc<Carrier>>,
}

/// One step on the way of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carrier {
    /// The expression, or the loop.
    pub span: Span,
    /// What it did.
    pub transport: Transport,
    /// The step before it, nearer to the literal.
    pub from: Option<Arc<Carrier>>,
    /// How many steps there are from the literal to this one, itself included.
    pub steps: usize,
}

/// How a [`Carrier`] passed a value on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transport {
    /// An expression named it.
    Expression,
    /// An expression computed another value with it. Where it was made of several literals, none of them is the one to
    /// edit: then the origin is the expression itself, and these are the literals.
    Computed(Arc<[Span]>),
    /// A `copy` loop repeated it; the index counts from 0.
    Copy(u32),
    /// A nested or linked deployment took it as a parameter.
    Deployment,
}

impl Origin {
    /// A literal that stands where it is used.
    pub fn at(span: Span) -> Self {
        Self { span, carrier: None }
    }

    /// The same literal after one more step.
    #[must_use]
    pub fn carried(&self, span: Span, transport: Transport) -> Self {
        let carrier = Carrier { span, transport, from: self.carrier.clone(), steps: self.steps() + 1 };
        Self { span: self.span, carrier: Some(Arc::new(carrier)) }
    }

    /// How many carriers there are between the literal and its use.
    pub fn steps(&self) -> usize {
        self.carrier.as_ref().map_or(0, |carrier| carrier.steps)
    }

    /// Where the value is used: the last carrier, or the literal itself.
    pub fn used_at(&self) -> Span {
        self.carrier.as_ref().map_or(self.span, |carrier| carrier.span)
    }

    /// The carriers from the use back to the literal.
    pub fn carriers(&self) -> impl Iterator<Item = &Carrier> {
        std::iter::successors(self.carrier.as_deref(), |carrier| carrier.from.as_deref())
    }

    /// The way of a reference: an id that an expression computes is changed where it is used, since the expression may
    /// stand in an output that many use.
    #[must_use]
    pub fn of_reference(&self) -> Self {
        let first = self.carriers().last();
        let is_computed = first.is_some_and(|carrier| {
            carrier.span == self.span && matches!(carrier.transport, Transport::Computed(_))
        });
        let span = if is_computed { self.used_at() } else { self.span };
        Self { span, carrier: self.carrier.clone() }
    }

    /// The way of a name: it begins where the whole name stands, which is the last expression that computed it. What a
    /// name was made of, such as a prefix, mostly makes other names too.
    #[must_use]
    pub fn of_name(&self) -> Self {
        let mut later = Vec::new();
        for carrier in self.carriers() {
            if matches!(carrier.transport, Transport::Computed(_)) {
                let start = Self::at(carrier.span);
                let again = later.into_iter().rev();
                return again
                    .fold(start, |origin, step: &Carrier| origin.carried(step.span, step.transport.clone()));
            }
            later.push(carrier);
        }
        self.clone()
    }
}
