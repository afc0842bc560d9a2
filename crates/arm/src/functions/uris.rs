//! URIs.

use std::sync::Arc;

use drlint_resource::{Data, Key, Number, Object, Value};

use super::strings::{decode64, encode64, room_for_text, text_of};
use crate::machine::{Answer, Invocation, Stop, kind, refused};
use crate::text::scalar;

/// The engine writes `charset=utf-8`; the documentation's `utf8` is wrong (`ARM.md`, section 4).
pub(super) fn data_uri(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let text = text_of(arguments, 0, "dataUri")?;
    room_for_text(text.len().div_ceil(3) * 4 + 40)?;
    invocation.text(format!("data:text/plain;charset=utf-8;base64,{}", encode64(text.as_bytes())))
}

pub(super) fn data_uri_to_string(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let text = text_of(arguments, 0, "dataUriToString")?;
    let is_data = text.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
    let Some((head, body)) = text.get(5..).filter(|_| is_data).and_then(|rest| rest.split_once(',')) else {
        return Err(Stop::Argument(0, "this is no data URI".to_owned()));
    };
    if !head.to_ascii_lowercase().ends_with(";base64") {
        return invocation.text(unescaped(body));
    }
    match decode64(body) {
        Some(text) => invocation.text(text),
        None => Err(Stop::Argument(0, "this data URI holds no base64 of a text".to_owned())),
    }
}

/// Everything but unreserved characters is escaped (RFC 3986, section 2.3), with upper-case digits.
pub(super) fn uri_component(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let text = text_of(arguments, 0, "uriComponent")?;
    room_for_text(text.len().saturating_mul(3))?;
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    invocation.text(escaped)
}

pub(super) fn uri_component_to_string(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    invocation.text(unescaped(text_of(arguments, 0, "uriComponentToString")?))
}

/// Escapes that spell no UTF-8 become U+FFFD; a `%` that begins no escape stays.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The parts of an absolute URI.
struct Parts<'t> {
    scheme: &'t str,
    authority: &'t str,
    path: &'t str,
    /// With its `?`, up to the end.
    query: &'t str,
}

impl<'t> Parts<'t> {
    fn parse(text: &'t str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        if scheme.is_empty() || !scheme.bytes().all(is_scheme) {
            return None;
        }
        let path_at = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(path_at);
        let query_at = rest.find(['?', '#']).unwrap_or(rest.len());
        let (path, query) = rest.split_at(query_at);
        Some(Self { scheme, authority, path, query })
    }
}

/// Joins as RFC 3986, section 5.2: a base without a trailing `/` loses its last segment.
pub(super) fn uri(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let (base, relative) = (text_of(arguments, 0, "uri")?, text_of(arguments, 1, "uri")?);
    let Some(parts) = Parts::parse(base) else {
        return Err(Stop::Argument(0, format!("`{base}` is no absolute URI")));
    };
    if Parts::parse(relative).is_some() {
        return invocation.text(relative);
    }
    let root = format!("{}://{}", parts.scheme, parts.authority);
    if let Some(authority) = relative.strip_prefix("//") {
        return invocation.text(format!("{}://{authority}", parts.scheme));
    }
    let at = relative.find(['?', '#']).unwrap_or(relative.len());
    let (path, query) = relative.split_at(at);
    let joined = if path.is_empty() {
        if query.is_empty() {
            return invocation.text(base);
        }
        parts.path.to_owned()
    } else if path.starts_with('/') {
        path.to_owned()
    } else {
        let kept = parts.path.rfind('/').map_or("", |at| &parts.path[..at]);
        format!("{kept}/{path}")
    };
    room_for_text(base.len() + relative.len())?;
    invocation.text(format!("{root}{}{query}", without_dots(&joined)))
}

/// Takes `.` and `..` out of a path (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." if last => kept.push(""),
            "." => {}
            ".." => {
                if kept.len() > 1 {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            segment => kept.push(segment),
        }
    }
    kept.join("/")
}

pub(super) fn parse_uri(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let text = text_of(arguments, 0, "parseUri")?;
    let Some(parts) = Parts::parse(text) else {
        return Err(Stop::Argument(0, format!("`{text}` is no absolute URI")));
    };
    let span = invocation.site.span();
    let member = |name: &str, data| (Key { name: name.into(), span }, Value::new(data, span));
    let (host, port) = match parts.authority.rsplit_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok() => (host, port.parse::<i64>().ok()),
        _ => (parts.authority, None),
    };
    let port = port.map_or(Data::Null, |port| Data::Number(Number::Integer(port)));
    let mut members = vec![
        member("scheme", Data::Text(parts.scheme.into())),
        member("host", Data::Text(host.into())),
        member("port", port),
        member("path", Data::Text(parts.path.into())),
    ];
    if !parts.query.is_empty() {
        members.push(member("query", Data::Text(parts.query.into())));
    }
    Ok(invocation.value(Data::Object(Arc::new(Object::new(members)))))
}

pub(super) fn build_uri(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let object = match arguments.first().map(|value| &value.data) {
        Some(Data::Object(object)) => object,
        Some(other) => return refused(format!("`buildUri` takes an object, not {}", kind(other))),
        None => return refused("`buildUri` takes an object"),
    };
    let mut given = Vec::new();
    for name in ["scheme", "host", "port", "path", "query"] {
        given.push(match object.get(name) {
            Some(Value { data: Data::Unknown(cause), .. }) => return Err(Stop::Unknown(Arc::clone(cause))),
            Some(value) => scalar(value).unwrap_or_default().into_owned(),
            None => String::new(),
        });
    }
    let [scheme, host, port, path, query] = given.as_slice() else { return refused("parts are missing") };
    if scheme.is_empty() || host.is_empty() {
        return refused("`buildUri` needs `scheme` and `host`");
    }
    let colon = if port.is_empty() { "" } else { ":" };
    let slash = if path.starts_with('/') { "" } else { "/" };
    let mark = if query.is_empty() || query.starts_with('?') { "" } else { "?" };
    invocation.text(format!("{scheme}://{host}{colon}{port}{slash}{path}{mark}{query}"))
}
