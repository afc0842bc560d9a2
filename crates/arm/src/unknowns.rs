//! How unknown values come about, and what they are equal to.

use std::sync::Arc;

use drlint_resource::{Data, Identity, Object, Reason, Residual, Unknown, Value};
use drlint_source::Span;

/// An unknown result that `cause` blocks.
pub(crate) fn because(cause: &Unknown, residual: Residual, identity: Option<Identity>, span: Span) -> Value {
    let unknown = Unknown {
        reason: cause.reason.clone(),
        place: cause.place,
        declared: cause.declared,
        residual,
        pieces: None,
        identity,
    };
    Value::new(Data::Unknown(Arc::new(unknown)), span)
}

/// An unknown value with an identity of its own.
pub(crate) fn unknown(reason: Reason, residual: Residual, identity: Option<Identity>, span: Span) -> Value {
    let unknown = Unknown { reason, place: span, declared: None, residual, pieces: None, identity };
    Value::new(Data::Unknown(Arc::new(unknown)), span)
}

/// The same unknown value, blocked at `place`: the use, not the declaration.
pub(crate) fn placed(mut value: Value, place: Span) -> Value {
    if let Data::Unknown(unknown) = &mut value.data {
        Arc::make_mut(unknown).place = place;
    }
    value
}

/// The first unknown in a value, itself included.
pub(crate) fn first_unknown(value: &Value) -> Option<&Arc<Unknown>> {
    match &value.data {
        Data::Unknown(unknown) => Some(unknown),
        Data::Array(values) => values.iter().find_map(first_unknown),
        Data::Object(object) => object.iter().find_map(|(_, value)| first_unknown(value)),
        _ => None,
    }
}

/// The name of a member whose name is not known, as it is shown.
pub(crate) fn unknown_key(residual: &Residual) -> String {
    format!("[{residual}]")
}

/// Whether some member's name is not known, so that any name may be in the object.
pub(crate) fn has_unknown_keys(object: &Object) -> bool {
    object.iter().any(|(key, _)| key.name.starts_with('[') && key.name.ends_with(']'))
}
