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
    /// A function that could not be called.
    Call {
        /// Its name as written.
        function: Cow<'static, str>,
        /// Its arguments, reduced.
        arguments: Vec<Arc<Residual>>,
    },
    /// `base.name`
    Property {
        /// What the property belongs to.
        base: Arc<Residual>,
        /// Its name.
        name: Cow<'static, str>,
    },
    /// `base[index]`
    Index {
        /// The array or object.
        base: Arc<Residual>,
        /// The index or key.
        index: Arc<Residual>,
    },
}

impl Residual {
    /// A call.
    pub fn call(function: impl Into<Cow<'static, str>>, arguments: Vec<Arc<Residual>>) -> Self {
        Self::Call { function: function.into(), arguments }
    }

    /// The residual of a value: what is left of an unknown one, the value itself otherwise.
    pub fn of(value: &Value) -> Arc<Self> {
        match &value.data {
            Data::Unknown(unknown) => Arc::clone(&unknown.residual),
            _ => Arc::new(Self::Known(value.clone())),
        }
    }
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
        match residual {
            Residual::Nothing => {}
            Residual::Known(value) => self.value(value),
            Residual::Call { function, arguments } => {
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
            Residual::Property { base, name } => {
                self.residual(base);
                self.push(".");
                self.push(name);
            }
            Residual::Index { base, index } => {
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
