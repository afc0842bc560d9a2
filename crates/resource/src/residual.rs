//! What is left of an expression once its known parts are computed.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::sync::Arc;

use crate::{Data, Value, is_secret};

/// A residual longer than this many characters is cut when it is printed (`ARM.md`, section 10).
const PRINTED: usize = 4096;

/// The rest of an expression. Parts are shared, so a residual that doubles at each step stays small.
#[derive(Clone, Debug)]
pub enum Residual {
    /// A value without an expression.
    Nothing,
    /// A part that is known.
    Known(Value),
    /// A part of the scope that nobody gave, such as `resourceGroup().name`.
    Scope(&'static str),
    /// What could not be computed.
    Open(Arc<Open>),
}

/// An operation that could not be carried out, and how large it is.
#[derive(Debug)]
pub struct Open {
    operation: Operation,
    parts: usize,
}

/// What could not be computed.
#[derive(Debug)]
pub enum Operation {
    /// A function that could not be called.
    Call {
        /// Its name as written.
        function: Cow<'static, str>,
        /// Its arguments, reduced.
        arguments: Vec<Residual>,
    },
    /// `base.name`
    Property {
        /// What the property belongs to.
        base: Residual,
        /// Its name.
        name: Cow<'static, str>,
    },
    /// `base[index]`
    Index {
        /// The array or object.
        base: Residual,
        /// The index or key.
        index: Residual,
    },
}

impl Residual {
    /// A residual of as many parts is large: they are counted no further.
    pub const LARGE: usize = 512;

    /// A call.
    pub fn call(function: impl Into<Cow<'static, str>>, arguments: Vec<Self>) -> Self {
        let parts = arguments.iter().map(Self::parts).fold(1, added);
        Self::open(Operation::Call { function: function.into(), arguments }, parts)
    }

    /// `base.name`
    pub fn property(base: Self, name: impl Into<Cow<'static, str>>) -> Self {
        let parts = added(1, base.parts());
        Self::open(Operation::Property { base, name: name.into() }, parts)
    }

    /// `base[index]`
    pub fn index(base: Self, index: Self) -> Self {
        let parts = added(added(1, base.parts()), index.parts());
        Self::open(Operation::Index { base, index }, parts)
    }

    fn open(operation: Operation, parts: usize) -> Self {
        Self::Open(Arc::new(Open { operation, parts }))
    }

    /// The residual of a value: what is left of an unknown one, the value itself otherwise.
    pub fn of(value: &Value) -> Self {
        match &value.data {
            Data::Unknown(unknown) => unknown.residual.clone(),
            _ => Self::Known(value.clone()),
        }
    }

    /// What could not be computed, if it is that.
    pub fn operation(&self) -> Option<&Operation> {
        match self {
            Self::Open(open) => Some(&open.operation),
            Self::Nothing | Self::Known(_) | Self::Scope(_) => None,
        }
    }

    /// Whether it has [`Residual::LARGE`] parts, those that several share counted each time.
    pub fn is_large(&self) -> bool {
        self.parts() >= Self::LARGE
    }

    fn parts(&self) -> usize {
        match self {
            Self::Nothing => 1,
            Self::Known(value) => added(1, parts_of(value)),
            // A call, and its property.
            Self::Scope(_) => 2,
            Self::Open(open) => open.parts,
        }
    }
}

fn added(one: usize, two: usize) -> usize {
    (one + two).min(Residual::LARGE)
}

fn parts_of(value: &Value) -> usize {
    match &value.data {
        Data::Array(values) => parts_of_all(values.iter()),
        Data::Object(object) => parts_of_all(object.iter().map(|(_, value)| value)),
        Data::Unknown(unknown) => added(1, unknown.residual.parts()),
        _ => 1,
    }
}

fn parts_of_all<'v>(values: impl Iterator<Item = &'v Value>) -> usize {
    let mut parts = 1;
    for value in values {
        if parts == Residual::LARGE {
            break;
        }
        parts = added(parts, parts_of(value));
    }
    parts
}

/// Prints the expression without the brackets around it, cut at 4,096 characters.
impl fmt::Display for Residual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut printer = Printer { text: String::new(), full: false };
        printer.residual(self);
        if printer.full {
            printer.text.push_str("...");
        }
        f.write_str(&printer.text)
    }
}

struct Printer {
    text: String,
    full: bool,
}

impl Printer {
    fn push(&mut self, text: &str) {
        if self.text.len() + text.len() > PRINTED {
            self.full = true;
            let mut room = PRINTED.saturating_sub(self.text.len()).min(text.len());
            while !text.is_char_boundary(room) {
                room -= 1;
            }
            self.text.push_str(&text[..room]);
        } else {
            self.text.push_str(text);
        }
    }

    fn residual(&mut self, residual: &Residual) {
        if self.full {
            return;
        }
        let operation = match residual {
            Residual::Nothing => return,
            Residual::Known(value) => return self.value(value),
            Residual::Scope(what) => return self.push(what),
            Residual::Open(open) => &open.operation,
        };
        match operation {
            Operation::Call { function, arguments } => {
                self.push(function);
                self.push("(");
                for (at, argument) in arguments.iter().enumerate() {
                    if at > 0 {
                        self.push(", ");
                    }
                    self.residual(argument);
                }
                self.push(")");
            }
            Operation::Property { base, name } => {
                self.residual(base);
                self.push(".");
                self.push(name);
            }
            Operation::Index { base, index } => {
                self.residual(base);
                self.push("[");
                self.residual(index);
                self.push("]");
            }
        }
    }

    fn list<'v>(&mut self, function: &str, values: impl Iterator<Item = &'v Value>) {
        self.push(function);
        self.push("(");
        for (at, value) in values.enumerate() {
            if at > 0 {
                self.push(", ");
            }
            self.value(value);
            if self.full {
                return;
            }
        }
        self.push(")");
    }

    fn string(&mut self, text: &str) {
        self.push("'");
        for (at, part) in text.split('\'').enumerate() {
            if at > 0 {
                self.push("''");
            }
            self.push(part);
        }
        self.push("'");
    }

    fn value(&mut self, value: &Value) {
        if self.full {
            return;
        }
        match &value.data {
            Data::Null => self.push("null()"),
            Data::Bool(true) => self.push("true()"),
            Data::Bool(false) => self.push("false()"),
            Data::Number(number) => {
                let mut text = String::new();
                // Writing to a string cannot fail.
                let _ = write!(text, "{number}");
                if number.as_integer().is_some_and(|integer| i32::try_from(integer).is_ok()) {
                    self.push(&text);
                } else {
                    self.push(&format!("json('{text}')"));
                }
            }
            Data::Text(text) => self.string(text),
            Data::Array(values) => self.list("createArray", values.iter()),
            Data::Object(object) => {
                self.push("createObject(");
                for (at, (key, value)) in object.iter().enumerate() {
                    if at > 0 {
                        self.push(", ");
                    }
                    self.string(&key.name);
                    self.push(", ");
                    if is_secret(&key.name) && matches!(value.data, Data::Text(_)) {
                        self.string("(secret)");
                    } else {
                        self.value(value);
                    }
                    if self.full {
                        return;
                    }
                }
                self.push(")");
            }
            Data::Unknown(unknown) => self.residual(&unknown.residual),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_several_share_count_each_time() {
        let twice = |residual: Residual| Residual::call("concat", vec![residual.clone(), residual]);
        let doubled = (0..7).fold(Residual::Nothing, |residual, _| twice(residual));
        assert!(!doubled.is_large());
        let doubled = twice(doubled);
        assert!(!doubled.is_large(), "511 parts");
        assert!((0..100).fold(doubled, |residual, _| twice(residual)).is_large());
    }
}
