//! Strings.

use std::sync::Arc;

use drlint_resource::{Data, Piece, Unknown, Value};

use super::arrays::{array_of, integer, made, room};
use super::units;
use crate::budget::LIMITS;
use crate::machine::{Answer, Invocation, Stop, kind, refused};
use crate::text::{Composer, Quotes, scalar, write_json};
use crate::unknowns::first_unknown;

/// Asks for one computed string of so many bytes.
pub(super) fn room_for_text(length: usize) -> Result<(), Stop> {
    if length > LIMITS.text {
        return Err(Stop::Budget(format!(
            "a text of {length} bytes is longer than the {} allowed",
            LIMITS.text
        )));
    }
    Ok(())
}

/// The string that an argument must be.
pub(super) fn text_of<'v>(arguments: &'v [Value], at: usize, function: &str) -> Result<&'v str, Stop> {
    match arguments.get(at).map(|value| &value.data) {
        Some(Data::Text(text)) => Ok(text),
        Some(other) => Err(Stop::Argument(at, format!("`{function}` takes a string, not {}", kind(other)))),
        None => Err(Stop::Refused(format!("`{function}` takes a string"))),
    }
}

/// All arrays, or all scalars.
pub(super) fn concat(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let arrays = arguments.iter().filter(|value| matches!(value.data, Data::Array(_))).count();
    if arrays == 0 {
        return concat_texts(invocation, arguments);
    }
    let mut all = Vec::new();
    for (at, value) in arguments.iter().enumerate() {
        match &value.data {
            Data::Array(values) => {
                room(invocation, all.len() + values.len())?;
                all.extend(values.iter().cloned());
            }
            Data::Unknown(cause) => return Err(Stop::Unknown(Arc::clone(cause))),
            other => {
                return Err(Stop::Argument(at, format!("`concat` of arrays cannot take {}", kind(other))));
            }
        }
    }
    made(invocation, all)
}

fn concat_texts(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let known = arguments.iter().filter_map(Value::as_str).map(str::len).sum();
    let mut text = Composer::with_room(LIMITS.text.min(known));
    for (at, value) in arguments.iter().enumerate() {
        match &value.data {
            Data::Unknown(unknown) => text.push_unknown(unknown),
            _ => match scalar(value) {
                Some(part) => {
                    room_for_text(text.len() + part.len())?;
                    text.push(&part);
                }
                None => {
                    let message = format!("`concat` of strings cannot take {}", kind(&value.data));
                    return Err(Stop::Argument(at, message));
                }
            },
        }
        room_for_text(text.len())?;
    }
    invocation.machine.meter.bytes(text.len())?;
    Ok(text.finish(invocation.site.span(), || invocation.residual(arguments)))
}

pub(super) fn to_lower(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    change_case(invocation, arguments, str::to_lowercase)
}

pub(super) fn to_upper(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    change_case(invocation, arguments, str::to_uppercase)
}

fn change_case(invocation: &Invocation<'_, '_>, arguments: &[Value], change: fn(&str) -> String) -> Answer {
    let Some(value) = arguments.first() else { return refused("a string is missing") };
    if let Data::Unknown(cause) = &value.data {
        return Ok(case_of_unknown(invocation, value, cause, change));
    }
    let text = text_of(arguments, 0, &invocation.call.name())?;
    room_for_text(text.len())?;
    let mut result = invocation.text(change(text))?;
    result.origin = value.origin.clone();
    Ok(result)
}

/// The known pieces change; an unknown one becomes the same call of it alone.
fn case_of_unknown(
    invocation: &Invocation<'_, '_>,
    value: &Value,
    cause: &Unknown,
    change: fn(&str) -> String,
) -> Value {
    let Some(pieces) = &cause.pieces else {
        return invocation.blocked(cause, std::slice::from_ref(value));
    };
    let mut text = Composer::default();
    for piece in pieces.iter() {
        match piece {
            Piece::Known(part) => text.push(&change(part)),
            Piece::Unknown(inner) => {
                let inner = Value { data: Data::Unknown(Arc::clone(inner)), origin: value.origin.clone() };
                if let Data::Unknown(changed) = &invocation.blocked(cause, std::slice::from_ref(&inner)).data
                {
                    text.push_unknown(changed);
                }
            }
        }
    }
    text.finish(invocation.site.span(), || invocation.residual(std::slice::from_ref(value)))
}

pub(super) fn trim(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let text = text_of(arguments, 0, "trim")?;
    invocation.text(text.trim())
}

pub(super) fn starts_with(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let (text, part) = (text_of(arguments, 0, "startsWith")?, text_of(arguments, 1, "startsWith")?);
    Ok(invocation.value(Data::Bool(units::folded(text).starts_with(&units::folded(part)))))
}

pub(super) fn ends_with(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let (text, part) = (text_of(arguments, 0, "endsWith")?, text_of(arguments, 1, "endsWith")?);
    Ok(invocation.value(Data::Bool(units::folded(text).ends_with(&units::folded(part)))))
}

/// `*` stands for any run of characters; case does not matter.
pub(super) fn like(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let (text, pattern) = (text_of(arguments, 0, "like")?, text_of(arguments, 1, "like")?);
    invocation.machine.meter.steps((text.len() as u64 + pattern.len() as u64) / 16)?;
    let (text, pattern) = (units::folded(text), units::folded(pattern));
    Ok(invocation.value(Data::Bool(matches_pattern(&text, &pattern))))
}

/// Each run between two stars is taken at its first place, which leaves most for those after it.
fn matches_pattern(text: &str, pattern: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return text == pattern };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    for run in middle.split('*').filter(|run| !run.is_empty()) {
        match text.find(run) {
            Some(at) => text = &text[at + run.len()..],
            None => return false,
        }
    }
    text.ends_with(end)
}

pub(super) fn join(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    if let Some(cause) = arguments.iter().find_map(Value::as_unknown) {
        return Err(Stop::Unknown(Arc::clone(cause)));
    }
    let values = array_of(arguments, 0, "join")?;
    let delimiter = text_of(arguments, 1, "join")?;
    invocation.machine.meter.steps(values.len() as u64)?;
    let mut text = Composer::default();
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            text.push(delimiter);
        }
        match &value.data {
            Data::Unknown(unknown) => text.push_unknown(unknown),
            Data::Array(_) | Data::Object(_) => {
                let mut printed = String::new();
                if let Some(cause) = first_unknown(value) {
                    return Err(Stop::Unknown(Arc::clone(cause)));
                }
                if !write_json(value, Quotes::Double, LIMITS.text, &mut printed) {
                    room_for_text(usize::MAX)?;
                }
                text.push(&printed);
            }
            _ => text.push(&scalar(value).unwrap_or_default()),
        }
        room_for_text(text.len())?;
    }
    invocation.machine.meter.bytes(text.len())?;
    Ok(text.finish(invocation.site.span(), || invocation.residual(arguments)))
}

pub(super) fn pad_left(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let Some(text) = arguments.first().and_then(scalar) else {
        return refused("`padLeft` takes a string or an integer");
    };
    let width = integer(arguments, 1, "the width")?;
    let pad = match arguments.get(2) {
        None => ' ',
        Some(_) => {
            let pad = text_of(arguments, 2, "padLeft")?;
            let mut characters = pad.chars();
            match (characters.next(), characters.next()) {
                (Some(pad), None) => pad,
                _ => return Err(Stop::Argument(2, "`padLeft` pads with one character".to_owned())),
            }
        }
    };
    let missing = usize::try_from(width).unwrap_or(0).saturating_sub(units::length(&text));
    room_for_text(missing.saturating_mul(pad.len_utf8()).saturating_add(text.len()))?;
    let mut padded: String = std::iter::repeat_n(pad, missing).collect();
    padded.push_str(&text);
    invocation.text(padded)
}

pub(super) fn replace(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let text = text_of(arguments, 0, "replace")?;
    let (old, new) = (text_of(arguments, 1, "replace")?, text_of(arguments, 2, "replace")?);
    if old.is_empty() {
        return Err(Stop::Argument(1, "`replace` cannot look for an empty string".to_owned()));
    }
    let found = text.matches(old).count();
    let length = (text.len() - found * old.len()).saturating_add(found.saturating_mul(new.len()));
    room_for_text(length)?;
    invocation.text(text.replace(old, new))
}

/// The delimiter is a string or an array of strings.
pub(super) fn split(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let text = text_of(arguments, 0, "split")?;
    let delimiters: Vec<&str> = match arguments.get(1).map(|value| &value.data) {
        Some(Data::Text(delimiter)) => vec![delimiter],
        Some(Data::Array(values)) => {
            let mut delimiters = Vec::new();
            for value in values.iter() {
                match &value.data {
                    Data::Text(delimiter) => delimiters.push(&**delimiter),
                    Data::Unknown(cause) => return Err(Stop::Unknown(Arc::clone(cause))),
                    other => {
                        return Err(Stop::Argument(
                            1,
                            format!("a delimiter must be a string, not {}", kind(other)),
                        ));
                    }
                }
            }
            delimiters
        }
        _ => {
            return Err(Stop::Argument(
                1,
                "the delimiter must be a string or an array of strings".to_owned(),
            ));
        }
    };
    let delimiters: Vec<&str> = delimiters.into_iter().filter(|delimiter| !delimiter.is_empty()).collect();
    let cost = (text.len() as u64).saturating_mul(delimiters.len() as u64) / 64;
    invocation.machine.meter.steps(cost)?;
    let mut parts = Vec::new();
    let mut rest = text;
    let mut start = 0;
    while start < rest.len() {
        // At one place the first delimiter given wins, as in .NET.
        let here = delimiters.iter().find(|delimiter| rest[start..].starts_with(**delimiter));
        match here {
            Some(delimiter) => {
                parts.push(&rest[..start]);
                rest = &rest[start + delimiter.len()..];
                start = 0;
                room(invocation, 1)?;
                if parts.len() > LIMITS.elements {
                    room(invocation, parts.len())?;
                }
            }
            None => start += rest[start..].chars().next().map_or(1, char::len_utf8),
        }
    }
    parts.push(rest);
    let parts = parts.into_iter().map(|part| invocation.value(Data::Text(part.into())));
    made(invocation, parts.collect())
}

pub(super) fn string(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let Some(value) = arguments.first() else { return refused("`string` takes a value") };
    match &value.data {
        Data::Text(_) => Ok(value.clone()),
        Data::Array(_) | Data::Object(_) => {
            if let Some(cause) = first_unknown(value) {
                return Err(Stop::Unknown(Arc::clone(cause)));
            }
            let mut text = String::new();
            if !write_json(value, Quotes::Double, LIMITS.text, &mut text) {
                room_for_text(text.len())?;
            }
            invocation.text(text)
        }
        _ => invocation.text(scalar(value).unwrap_or_default().as_ref()),
    }
}

pub(super) fn substring(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let text = text_of(arguments, 0, "substring")?;
    let start = integer(arguments, 1, "the start")?;
    let length = units::length(text);
    let Some(start) = usize::try_from(start).ok().filter(|start| *start <= length) else {
        return Err(Stop::Argument(
            1,
            format!("start {start} is outside of the text of {length} characters"),
        ));
    };
    let count = match arguments.get(2) {
        None => length - start,
        Some(_) => {
            let count = integer(arguments, 2, "the length")?;
            match usize::try_from(count).ok().filter(|count| *count <= length - start) {
                Some(count) => count,
                None => {
                    return Err(Stop::Argument(
                        2,
                        format!("{count} characters from {start} on leave the text of {length} characters"),
                    ));
                }
            }
        }
    };
    invocation.text(units::slice(text, start, count))
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub(super) fn base64(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let text = text_of(arguments, 0, "base64")?;
    room_for_text(text.len().div_ceil(3) * 4)?;
    invocation.text(encode64(text.as_bytes()))
}

/// Standard alphabet, padded (RFC 4648, section 4).
pub(super) fn encode64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word =
            chunk.iter().fold(0_u32, |word, byte| (word << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            if at <= chunk.len() {
                let digit = (word >> (18 - 6 * at)) & 0x3f;
                text.push(char::from(ALPHABET[digit as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

/// The text that base64 spells; `None` if it is none, or no UTF-8.
pub(super) fn decode64(text: &str) -> Option<String> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    if !digits.len().is_multiple_of(4) {
        return None;
    }
    let padding = digits.iter().rev().take_while(|byte| **byte == b'=').count();
    if padding > 2 {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3);
    let (mut word, mut bits) = (0_u32, 0);
    for byte in &digits[..digits.len() - padding] {
        let digit = ALPHABET.iter().position(|known| known == byte)?;
        word = (word << 6) | u32::try_from(digit).ok()?;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((word >> bits) & 0xff).ok()?);
        }
    }
    String::from_utf8(bytes).ok()
}

pub(super) fn base64_to_string(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    invocation.text(decoded(arguments, "base64ToString")?)
}

pub(super) fn base64_to_json(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    super::json::parsed(invocation, &decoded(arguments, "base64ToJson")?)
}

fn decoded(arguments: &[Value], function: &str) -> Result<String, Stop> {
    let text = text_of(arguments, 0, function)?;
    decode64(text).ok_or_else(|| Stop::Argument(0, "this is no base64 of a text".to_owned()))
}
