//! How large values are. Their parts are shared, so that a small template can spell a value no walk would end on.

use drlint_resource::{Data, Value};

use crate::budget::LIMITS;

/// A value that is too large or nested too deep; prints as the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TooLarge {
    Elements,
    Depth,
}

impl std::fmt::Display for TooLarge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Elements => write!(f, "a value has more than the {} elements allowed", LIMITS.elements),
            Self::Depth => {
                write!(f, "a value is nested deeper than the {} levels allowed", LIMITS.value_depth)
            }
        }
    }
}

/// How many values it holds, all levels counted and itself left out.
pub(crate) fn weigh(value: &Value) -> Result<usize, TooLarge> {
    let mut elements = 0;
    add(value, LIMITS.value_depth, &mut elements)?;
    Ok(elements)
}

fn add(value: &Value, depth: usize, elements: &mut usize) -> Result<(), TooLarge> {
    let length = match &value.data {
        Data::Array(values) => values.len(),
        Data::Object(object) => object.len(),
        _ => return Ok(()),
    };
    let Some(depth) = depth.checked_sub(1) else { return Err(TooLarge::Depth) };
    *elements += length;
    if *elements > LIMITS.elements {
        return Err(TooLarge::Elements);
    }
    match &value.data {
        Data::Array(values) => values.iter().try_for_each(|value| add(value, depth, elements)),
        Data::Object(object) => object.iter().try_for_each(|(_, value)| add(value, depth, elements)),
        _ => Ok(()),
    }
}
