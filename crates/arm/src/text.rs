//! Values to text, and texts of which parts are known.

use std::fmt::Write as _;
use std::sync::Arc;

use drlint_resource::{Data, Number, Piece, Residual, Unknown, Value};
use drlint_source::Span;

use crate::identity::identity_of_text;

/// More pieces than this are no longer told apart.
const MOST_PIECES: usize = 256;

/// The id of a resource in a group that nobody named, and of a name that is not known, has no more.
const USUAL_PIECES: usize = 6;

/// Nearly all ids have no more bytes.
const USUAL_ID: usize = 192;

/// Puts a text together from known and unknown values.
#[derive(Default)]
pub(crate) struct Composer {
    pieces: Vec<Piece>,
    text: String,
    cause: Option<Arc<Unknown>>,
    length: usize,
}

impl Composer {
    /// With room for so many bytes of known text.
    pub(crate) fn with_room(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ..Self::default() }
    }

    /// With room for an id.
    pub(crate) fn for_id() -> Self {
        Self::with_room(USUAL_ID)
    }

    /// Adds known text.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.length += text.len();
    }

    /// Adds a stretch that is not known.
    pub(crate) fn push_unknown(&mut self, unknown: &Arc<Unknown>) {
        if self.cause.is_none() {
            self.cause = Some(Arc::clone(unknown));
        }
        match &unknown.pieces {
            Some(pieces) => {
                for piece in pieces.iter() {
                    match piece {
                        Piece::Known(text) => self.push(text),
                        Piece::Unknown(inner) => self.push_piece(inner),
                    }
                }
            }
            None => self.push_piece(unknown),
        }
    }

    fn push_piece(&mut self, unknown: &Arc<Unknown>) {
        if self.pieces.is_empty() {
            self.pieces.reserve(USUAL_PIECES);
        }
        self.flush();
        self.pieces.push(Piece::Unknown(Arc::clone(unknown)));
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.pieces.push(Piece::Known(self.text.as_str().into()));
            self.text.clear();
        }
    }

    /// What is left of it as a part of an expression: `format` over its pieces.
    pub(crate) fn residual(&self, span: Span) -> Residual {
        let text = |text: &str| Residual::Known(Value::text(text, span));
        let mut parts: Vec<Residual> = self
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Known(known) => text(known),
                Piece::Unknown(unknown) => unknown.residual.clone(),
            })
            .collect();
        if !self.text.is_empty() {
            parts.push(text(&self.text));
        }
        match parts.as_slice() {
            [one] => one.clone(),
            _ => Residual::call("concat", parts),
        }
    }

    /// Bytes of known text so far.
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// The text, or an unknown with its pieces; `residual` says what is left of the expression.
    pub(crate) fn finish(mut self, span: Span, residual: impl FnOnce() -> Residual) -> Value {
        let Some(cause) = self.cause.take() else {
            return Value::new(Data::Text(self.text.into()), span);
        };
        self.flush();
        let identity = identity_of_text(&self.pieces);
        let pieces = (self.pieces.len() <= MOST_PIECES).then(|| self.pieces.into());
        let unknown = Unknown {
            reason: cause.reason.clone(),
            place: cause.place,
            declared: cause.declared,
            residual: residual(),
            pieces,
            identity,
        };
        Value::new(Data::Unknown(Arc::new(unknown)), span)
    }
}

/// How strings of JSON are written into a computed text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quotes {
    /// `{"a":1}`
    Double,
    /// `{'a':1}`, inside `format` (`ARM.md`, section 3)
    Single,
}

/// Compact JSON of a wholly known value; `false` once `most` bytes are passed.
pub(crate) fn write_json(value: &Value, quotes: Quotes, most: usize, out: &mut String) -> bool {
    if out.len() > most {
        return false;
    }
    match &value.data {
        Data::Null => out.push_str("null"),
        Data::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Data::Number(number) => write_number(number, out),
        Data::Text(text) => write_string(text, quotes, out),
        Data::Array(values) => {
            out.push('[');
            for (at, value) in values.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                if !write_json(value, quotes, most, out) {
                    return false;
                }
            }
            out.push(']');
        }
        Data::Object(object) => {
            out.push('{');
            for (at, (key, value)) in object.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_string(&key.name, quotes, out);
                out.push(':');
                if !write_json(value, quotes, most, out) {
                    return false;
                }
            }
            out.push('}');
        }
        // Callers check that everything is known.
        Data::Unknown(unknown) => {
            let _ = write!(out, "\"[{}]\"", unknown.residual);
        }
    }
    out.len() <= most
}

pub(crate) fn write_number(number: &Number, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(out, "{number}");
}

fn write_string(text: &str, quotes: Quotes, out: &mut String) {
    let quote = if quotes == Quotes::Double { '"' } else { '\'' };
    out.push(quote);
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            control if (control as u32) < 0x20 => {
                let _ = write!(out, "\\u{:04x}", control as u32);
            }
            character if character == quote => {
                out.push('\\');
                out.push(character);
            }
            character => out.push(character),
        }
    }
    out.push(quote);
}

/// A scalar as `format`, `concat` and `join` print it; `None` for arrays, objects and unknowns.
///
/// Booleans print `True` and `False` as .NET has it (`ARM.md`, section 3).
pub(crate) fn scalar(value: &Value) -> Option<std::borrow::Cow<'_, str>> {
    Some(match &value.data {
        Data::Null => "".into(),
        Data::Bool(true) => "True".into(),
        Data::Bool(false) => "False".into(),
        Data::Number(number) => number.to_string().into(),
        Data::Text(text) => (&**text).into(),
        _ => return None,
    })
}
