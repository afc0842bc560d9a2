//! `base.name` and `base[index]`.

use drlint_resource::{Data, Origin, Reason, Residual, Value};
use drlint_source::Span;

use super::Machine;
use crate::context::{Context, Site};
use crate::expression::{Call, Step, Steps, Term};
use crate::identity::identity_of;
use crate::unknowns::{because, has_unknown_keys, placed, unknown};

/// Why a step leads nowhere.
pub(crate) enum Missing {
    /// Nothing stands there.
    Absent(String),
    /// Whether something stands there is not known.
    Unknown(Value),
}

impl<'d> Machine<'d> {
    /// The value of `whole`, which is `steps` behind `base`.
    pub(super) fn access(
        &self,
        whole: Term<'_>,
        base: Term<'_>,
        steps: Steps<'_>,
        site: Site<'d>,
        context: &Context<'d>,
    ) -> Value {
        if let Some((value, rest)) = self.reference_path(base, steps.clone(), site, context) {
            return self.steps(value, rest, whole, site, context);
        }
        let function = base.as_call().filter(|call| call.count() == 0).and_then(Call::function);
        let Some(function) = function.filter(|function| function.scope) else {
            return self.steps(self.term(base, site, context), steps, whole, site, context);
        };
        // The parts of a scope are made once; each use is a place of its own.
        let mut rest = steps.clone();
        let usual = match rest.next() {
            Some(Step::Property { name, .. }) => context.template.target.usual_part(function.name, name),
            _ => None,
        };
        let value = match usual {
            Some(part) => self.steps(part.clone(), rest, whole, site, context),
            None => self.steps(self.term(base, site, context), steps, whole, site, context),
        };
        let mut value = placed(value, site.part(base.start(), base.end()));
        value.origin = Origin::at(site.span());
        value
    }

    fn steps(
        &self,
        mut value: Value,
        steps: Steps<'_>,
        whole: Term<'_>,
        site: Site<'d>,
        context: &Context<'d>,
    ) -> Value {
        for step in steps {
            let (next, place) = match step {
                Step::Property { name, start, end } => (property(&value, name, site), (start, end)),
                Step::Index(term) => {
                    let index = self.term(term, site, context);
                    (element(&value, &index, site), (term.start(), term.end()))
                }
            };
            value = match next {
                Ok(next) | Err(Missing::Unknown(next)) => next,
                Err(Missing::Absent(message)) => {
                    let span = site.part(place.0, place.1);
                    self.notes.refused(span, message.clone());
                    let residual = whole.residual(site.span());
                    return placed(
                        unknown(Reason::Refused(message.into()), residual, None, site.span()),
                        span,
                    );
                }
            };
        }
        value
    }
}

/// `value.name`
pub(crate) fn property(value: &Value, name: &str, site: Site<'_>) -> Result<Value, Missing> {
    match &value.data {
        Data::Object(object) => match object.get(name) {
            Some(member) => Ok(member.clone()),
            None if has_unknown_keys(object) => Err(may_be_absent(value, name, site.span())),
            None => Err(Missing::Absent(format!("property `{name}` does not exist"))),
        },
        Data::Unknown(cause) => {
            let residual = Residual::property(cause.residual.clone(), name.to_owned());
            let identity = identity_of(&[".", name].concat(), std::slice::from_ref(value));
            Err(Missing::Unknown(because(cause, residual, identity, site.span())))
        }
        other => Err(Missing::Absent(format!("{} has no property `{name}`", kind(other)))),
    }
}

/// `value[index]`
pub(crate) fn element(value: &Value, index: &Value, site: Site<'_>) -> Result<Value, Missing> {
    match (&value.data, &index.data) {
        (Data::Object(_) | Data::Unknown(_), Data::Text(name)) if !value_is_array(value) => {
            property(value, name, site).map_err(|missing| match missing {
                Missing::Unknown(_) if value.as_unknown().is_some() => {
                    Missing::Unknown(index_of_unknown(value, index, site.span()))
                }
                other => other,
            })
        }
        (Data::Array(values), Data::Number(number)) => {
            let at = number.as_integer();
            match at.and_then(|at| usize::try_from(at).ok()).and_then(|at| values.get(at)) {
                Some(element) => Ok(element.clone()),
                None => Err(Missing::Absent(format!(
                    "index {number} is outside of the array, which has {} elements",
                    values.len()
                ))),
            }
        }
        (Data::Unknown(_), _) | (Data::Array(_) | Data::Object(_), Data::Unknown(_)) => {
            Err(Missing::Unknown(index_of_unknown(value, index, site.span())))
        }
        (base, index) => {
            Err(Missing::Absent(format!("{} cannot be indexed with {}", kind(base), kind(index))))
        }
    }
}

fn value_is_array(value: &Value) -> bool {
    matches!(value.data, Data::Array(_))
}

fn index_of_unknown(value: &Value, index: &Value, span: Span) -> Value {
    let Some(cause) = value.as_unknown().or_else(|| index.as_unknown()) else {
        return value.clone();
    };
    let residual = Residual::index(Residual::of(value), Residual::of(index));
    let identity = identity_of("[]", &[value.clone(), index.clone()]);
    because(cause, residual, identity, span)
}

fn may_be_absent(value: &Value, name: &str, span: Span) -> Missing {
    let residual = Residual::property(Residual::of(value), name.to_owned());
    let reason = Reason::Other("the object has names that are not known".into());
    Missing::Unknown(unknown(reason, residual, None, span))
}

/// What a value is, for a message.
pub(crate) fn kind(data: &Data) -> &'static str {
    match data {
        Data::Null => "null",
        Data::Bool(_) => "a boolean",
        Data::Number(number) => {
            if number.as_integer().is_some() {
                "an integer"
            } else {
                "a number"
            }
        }
        Data::Text(_) => "a string",
        Data::Array(_) => "an array",
        Data::Object(_) => "an object",
        Data::Unknown(_) => "an unknown value",
    }
}
