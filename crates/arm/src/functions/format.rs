//! `format`: .NET composite formatting.

use std::sync::Arc;

use drlint_resource::{Data, Value};

use super::strings::{room_for_text, text_of};
use crate::budget::LIMITS;
use crate::machine::{Answer, Invocation, Stop, refused};
use crate::text::{Composer, Quotes, scalar, write_json};
use crate::unknowns::first_unknown;

mod numeric;

pub(super) fn format(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    if let Some(cause) = arguments.first().and_then(Value::as_unknown) {
        return Err(Stop::Unknown(Arc::clone(cause)));
    }
    let pattern = text_of(arguments, 0, "format")?;
    let values = &arguments[1..];
    let mut out = Composer::with_room(pattern.len());
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '}']) {
        out.push(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            out.push(brace);
            rest = after;
            continue;
        }
        if brace == "}" {
            return refused("a `}` in the format has no `{`; write `}}` for the character");
        }
        let Some(end) = rest.find('}') else {
            return refused("a `{` in the format has no `}`; write `{{` for the character");
        };
        let item = Item::parse(&rest[..end])?;
        rest = &rest[end + 1..];
        let Some(value) = values.get(item.index) else {
            return refused(format!(
                "the format asks for value {}, but {} are given",
                item.index,
                values.len()
            ));
        };
        push(&mut out, &item, value)?;
        room_for_text(out.len())?;
    }
    out.push(rest);
    room_for_text(out.len())?;
    invocation.machine.meter.bytes(out.len())?;
    Ok(out.finish(invocation.site.span(), || invocation.residual(arguments)))
}

/// `{index,width:format}`
struct Item<'t> {
    index: usize,
    width: i64,
    format: &'t str,
}

impl<'t> Item<'t> {
    fn parse(text: &'t str) -> Result<Self, Stop> {
        let (head, format) = text.split_once(':').unwrap_or((text, ""));
        let (index, width) = head.split_once(',').unwrap_or((head, "0"));
        match (index.trim().parse(), width.trim().parse()) {
            (Ok(index), Ok(width)) => Ok(Self { index, width, format }),
            _ => refused(format!("`{{{text}}}` is no place for a value in a format")),
        }
    }
}

fn push(out: &mut Composer, item: &Item<'_>, value: &Value) -> Result<(), Stop> {
    if let Data::Unknown(unknown) = &value.data {
        out.push_unknown(unknown);
        return Ok(());
    }
    let printed = match &value.data {
        Data::Number(number) if !item.format.is_empty() => numeric::format(number, item.format)?,
        Data::Array(_) | Data::Object(_) => {
            if let Some(cause) = first_unknown(value) {
                return Err(Stop::Unknown(Arc::clone(cause)));
            }
            let mut text = String::new();
            if !write_json(value, Quotes::Single, LIMITS.text, &mut text) {
                room_for_text(text.len())?;
            }
            text
        }
        _ => scalar(value).unwrap_or_default().into_owned(),
    };
    let width = usize::try_from(item.width.unsigned_abs()).unwrap_or(usize::MAX);
    room_for_text(out.len().saturating_add(width.max(printed.len())))?;
    let padding = " ".repeat(width.saturating_sub(super::units::length(&printed)));
    if item.width > 0 {
        out.push(&padding);
    }
    out.push(&printed);
    if item.width < 0 {
        out.push(&padding);
    }
    Ok(())
}
