//! Expressions that a what-if left as they were: enough of the language to keep what is known of an id.
//!
//! `[format('/subscriptions/{0}/resourceGroups/rg-hub/...', parameters('subscription'))]` names everything but the
//! subscription (`AZURE.md`, section 2, shape 11). Evaluation proper is the business of the reader of templates.

use std::sync::Arc;

use drlint_resource::{Data, Identity, Number, Operation, Piece, Reason, Residual, Unknown, Value};
use drlint_source::Span;

use crate::identity::push;

/// How deep calls may nest.
const DEEPEST: u32 = 32;

/// Whether `text` is an expression of a template: `[...]`, but not `[[...]`.
pub(crate) fn is_expression(text: &str) -> bool {
    text.starts_with('[') && text.ends_with(']') && !text.starts_with("[[")
}

/// The value of the expression `text`, which stands at `place`: what is known of it.
pub(crate) fn read(text: &str, place: Span) -> Data {
    let inside = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let mut parser = Parser { rest: inside.trim(), place };
    let Some(residual) = parser.expression(DEEPEST).filter(|_| parser.rest.is_empty()) else {
        return Data::Unknown(Arc::new(unknown(Residual::call(inside.to_owned(), Vec::new()), place)));
    };
    let mut pieces = Vec::new();
    flatten(&residual, place, &mut pieces);
    match pieces.as_slice() {
        [Piece::Known(text)] => Data::Text(Arc::clone(text)),
        [Piece::Unknown(unknown)] => Data::Unknown(Arc::clone(unknown)),
        _ => {
            let mut whole = unknown(residual, place);
            whole.pieces = Some(pieces.into());
            Data::Unknown(Arc::new(whole))
        }
    }
}

fn unknown(residual: Residual, place: Span) -> Unknown {
    let text = residual.to_string();
    let reason = Reason::Other(format!("the what-if did not evaluate `{text}`").into());
    let mut unknown = Unknown::new(reason, place, residual);
    unknown.identity = Some(Identity::Named(format!("{text} of file {}", place.file.0).into()));
    unknown
}

/// The text that `residual` means, in known and unknown pieces.
fn flatten(residual: &Residual, place: Span, pieces: &mut Vec<Piece>) {
    match (residual, residual.operation()) {
        (Residual::Known(Value { data: Data::Text(text), .. }), _) => push(pieces, text),
        (Residual::Known(Value { data: Data::Number(number), .. }), _) => push(pieces, &number.to_string()),
        (_, Some(Operation::Call { function, arguments })) if function.eq_ignore_ascii_case("concat") => {
            for argument in arguments {
                flatten(argument, place, pieces);
            }
        }
        (_, Some(Operation::Call { function, arguments })) if function.eq_ignore_ascii_case("format") => {
            match arguments.split_first() {
                Some((Residual::Known(Value { data: Data::Text(format), .. }), rest)) => {
                    fill(format, rest, place, pieces);
                }
                _ => pieces.push(Piece::Unknown(Arc::new(unknown(residual.clone(), place)))),
            }
        }
        _ => pieces.push(Piece::Unknown(Arc::new(unknown(residual.clone(), place)))),
    }
}

/// The text of `format` with `{0}` and its like replaced.
fn fill(format: &str, arguments: &[Residual], place: Span, pieces: &mut Vec<Piece>) {
    let mut rest = format;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((number, behind)) = after.split_once('}') else { break };
        let Some(argument) = number.parse().ok().and_then(|at: usize| arguments.get(at)) else { break };
        push(pieces, before);
        flatten(argument, place, pieces);
        rest = behind;
    }
    push(pieces, rest);
}

/// Calls, strings, integers, and `.name` or `[index]` behind them.
struct Parser<'t> {
    rest: &'t str,
    place: Span,
}

impl Parser<'_> {
    fn expression(&mut self, levels: u32) -> Option<Residual> {
        let levels = levels.checked_sub(1)?;
        let mut found = self.primary(levels)?;
        loop {
            if self.take('.') {
                let name = self.word()?;
                found = Residual::property(found, name);
            } else if self.take('[') {
                let index = self.expression(levels)?;
                self.take(']').then_some(())?;
                found = Residual::index(found, index);
            } else {
                return Some(found);
            }
        }
    }

    fn primary(&mut self, levels: u32) -> Option<Residual> {
        if self.take('\'') {
            return self.string();
        }
        let word = self.word()?;
        if let Ok(integer) = word.parse() {
            return Some(self.known(Data::Number(Number::Integer(integer))));
        }
        self.take('(').then_some(())?;
        let mut arguments = Vec::new();
        if self.take(')') {
            return Some(Residual::call(word, arguments));
        }
        loop {
            arguments.push(self.expression(levels)?);
            if self.take(')') {
                return Some(Residual::call(word, arguments));
            }
            self.take(',').then_some(())?;
        }
    }

    /// The rest of a string whose first quote is taken; a quote in it is doubled.
    fn string(&mut self) -> Option<Residual> {
        let mut text = String::new();
        loop {
            let (before, after) = self.rest.split_once('\'')?;
            text.push_str(before);
            let Some(more) = after.strip_prefix('\'') else {
                self.rest = after.trim_start();
                return Some(self.known(Data::Text(text.into())));
            };
            text.push('\'');
            self.rest = more;
        }
    }

    fn known(&self, data: Data) -> Residual {
        Residual::Known(Value::new(data, self.place))
    }

    fn word(&mut self) -> Option<String> {
        let end = self
            .rest
            .find(|character: char| !character.is_alphanumeric() && character != '_' && character != '-');
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest.trim_start();
        (!word.is_empty()).then(|| word.to_owned())
    }

    fn take(&mut self, character: char) -> bool {
        let rest = self.rest.strip_prefix(character);
        if let Some(rest) = rest {
            // Spaces inside a string count.
            self.rest = if character == '\'' { rest } else { rest.trim_start() };
        }
        rest.is_some()
    }
}

#[cfg(test)]
mod tests {
    use drlint_resource::{Data, ResourceId, Value};
    use drlint_source::{FileId, Span};

    use super::read;

    fn value(text: &str) -> Value {
        let place = Span::new(FileId(0), 0, 1);
        Value::new(read(text, place), place)
    }

    #[test]
    fn an_id_keeps_what_an_expression_spells_out() {
        let network = "[format('/subscriptions/{0}/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/{1}', \
                       parameters('hub'), 'vnet-hub')]";
        let id = ResourceId::of(&value(network)).unwrap();
        assert_eq!(id.name(), "vnet-hub");
        assert!(id.is("microsoft.network/virtualnetworks") && !id.scope_is_known());
        let same = network.replace("parameters('hub')", "parameters( 'hub' )");
        assert_eq!(ResourceId::of(&value(&same)), Some(id));
    }

    #[test]
    fn an_expression_of_literals_is_its_text() {
        assert_eq!(value("[format('it''s {0}', 1)]").as_str(), Some("it's 1"));
        assert_eq!(value("[concat('a', 'b')]").as_str(), Some("ab"));
    }

    #[test]
    fn nothing_is_guessed_of_what_is_no_expression() {
        for text in
            ["[parameters('x').y[0]]", "[format('{0]", "[']", "[]", "[f(]", &format!("[{}", "f(".repeat(500))]
        {
            assert!(matches!(value(text).data, Data::Unknown(_)), "{text}");
        }
    }
}
