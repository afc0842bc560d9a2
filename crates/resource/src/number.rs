//! Numbers that keep their text.

use std::fmt;
use std::sync::Arc;

/// A JSON number. Integers of 64 bits are kept as such; every other spelling keeps its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    /// An integer that prints as it was written.
    Integer(i64),
    /// A fraction, an exponent, or an integer beyond 64 bits, as written.
    Text(Arc<str>),
}

impl Number {
    /// The number that `text`, valid JSON, spells.
    pub fn parse(text: &str) -> Self {
        match text.parse::<i64>() {
            Ok(integer) if text != "-0" => Self::Integer(integer),
            _ => Self::Text(text.into()),
        }
    }

    /// Its value as a 64-bit integer, `3.0` and `3e0` included, if it is one exactly.
    #[expect(clippy::cast_possible_truncation, reason = "the range and the fraction are checked first")]
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(integer) => Some(*integer),
            Self::Text(_) => {
                let float = self.as_float();
                (float.fract() == 0.0 && float.abs() < 9_007_199_254_740_992.0).then_some(float as i64)
            }
        }
    }

    /// Its value as a float, the nearest one; infinite beyond the range.
    #[expect(clippy::cast_precision_loss, reason = "the nearest float is what is asked for")]
    pub fn as_float(&self) -> f64 {
        match self {
            Self::Integer(integer) => *integer as f64,
            Self::Text(text) => text.parse().unwrap_or(f64::NAN),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(integer) => integer.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}
