//! Terms to text, and to residuals.

use std::fmt::{self, Write as _};

use drlint_resource::{Data, Number, Residual, Value};
use drlint_source::Span;

use super::{Step, Term, TermKind};

/// Prints without the brackets around the whole; what is printed parses back to an equal term.
impl fmt::Display for Term<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            TermKind::Text(text) => {
                f.write_char('\'')?;
                f.write_str(&text.replace('\'', "''"))?;
                f.write_char('\'')
            }
            TermKind::Integer(integer) => write!(f, "{integer}"),
            TermKind::Number(number) => f.write_str(number),
            TermKind::Call(call) => {
                f.write_str(&call.name())?;
                f.write_char('(')?;
                for (at, argument) in call.arguments().enumerate() {
                    if at > 0 {
                        f.write_str(", ")?;
                    }
                    argument.fmt(f)?;
                }
                f.write_char(')')
            }
            TermKind::Access(base, steps) => {
                base.fmt(f)?;
                for step in steps {
                    match step {
                        Step::Property { name, .. } => write!(f, ".{name}")?,
                        Step::Index(index) => write!(f, "[{index}]")?,
                    }
                }
                Ok(())
            }
        }
    }
}

impl Term<'_> {
    /// The term as a residual, nothing evaluated; its literals stand at `span`.
    pub(crate) fn residual(self, span: Span) -> Residual {
        let known = |data| Residual::Known(Value::new(data, span));
        match self.kind() {
            TermKind::Text(text) => known(Data::Text((*text).into())),
            TermKind::Integer(integer) => known(Data::Number(Number::Integer(integer))),
            TermKind::Number(number) => known(Data::Number(Number::parse(number))),
            TermKind::Call(call) => {
                let arguments = call.arguments().map(|argument| argument.residual(span));
                Residual::call(call.spelling(), arguments.collect())
            }
            TermKind::Access(base, steps) => steps.fold(base.residual(span), |residual, step| match step {
                Step::Property { name, .. } => Residual::property(residual, name.to_owned()),
                Step::Index(index) => Residual::index(residual, index.residual(span)),
            }),
        }
    }
}
