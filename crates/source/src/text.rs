//! The text that a JSON string token means.

use std::borrow::Cow;

/// The meaning of the inside of a JSON string, `raw` without its quotes.
///
/// Half of a surrogate pair and an unknown escape become U+FFFD; the parser has said the latter.
pub fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        let (character, length) = escape(&rest[at..]);
        text.push(character);
        rest = &rest[at + length..];
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The byte of `raw` where the byte `decoded` of its meaning is written.
pub fn raw_offset(raw: &str, decoded: usize) -> usize {
    let (mut at, mut seen) = (0, 0);
    while seen < decoded && at < raw.len() {
        if raw[at..].starts_with('\\') {
            let (character, length) = escape(&raw[at..]);
            seen += character.len_utf8();
            at += length;
        } else {
            let length = raw[at..].chars().next().map_or(1, char::len_utf8);
            seen += length;
            at += length;
        }
    }
    at.min(raw.len())
}

/// The character that an escape at the start of `text` means, and the bytes it takes.
fn escape(text: &str) -> (char, usize) {
    let simple = |character| (character, 2);
    match text.as_bytes().get(1) {
        Some(b'n') => simple('\n'),
        Some(b't') => simple('\t'),
        Some(b'r') => simple('\r'),
        Some(b'b') => simple('\u{8}'),
        Some(b'f') => simple('\u{c}'),
        Some(b'"') => simple('"'),
        Some(b'\\') => simple('\\'),
        Some(b'/') => simple('/'),
        Some(b'u') => unicode(text),
        Some(_) => {
            let length = text[1..].chars().next().map_or(0, char::len_utf8);
            (char::REPLACEMENT_CHARACTER, 1 + length)
        }
        None => (char::REPLACEMENT_CHARACTER, 1),
    }
}

fn unicode(text: &str) -> (char, usize) {
    let Some(high) = code_unit(text) else {
        let digits = text.bytes().skip(2).take(4).take_while(u8::is_ascii_hexdigit).count();
        return (char::REPLACEMENT_CHARACTER, 2 + digits);
    };
    if let Some(character) = char::from_u32(high) {
        return (character, 6);
    }
    let low = text.get(6..).filter(|rest| rest.starts_with("\\u")).and_then(code_unit);
    match low {
        Some(low @ 0xDC00..=0xDFFF) if high < 0xDC00 => {
            let code = 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00);
            (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
        }
        _ => (char::REPLACEMENT_CHARACTER, 6),
    }
}

fn code_unit(text: &str) -> Option<u32> {
    let digits = text.get(2..6)?;
    if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        u32::from_str_radix(digits, 16).ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_mean_what_json_says() {
        assert_eq!(unescape(r"a\n\u00e9\ud83d\ude00\/z"), "a\né😀/z");
        assert_eq!(unescape(r"\ud800x\udc00"), "\u{fffd}x\u{fffd}");
        assert_eq!(unescape(r"\q\u12"), "\u{fffd}\u{fffd}");
        assert_eq!(unescape("\\"), "\u{fffd}");
    }

    #[test]
    fn offsets_lead_back_through_escapes() {
        let raw = r#"[a(\"é\")]"#;
        let text = unescape(raw);
        let close = text.find(')').unwrap();
        assert_eq!(raw_offset(raw, close), raw.find(')').unwrap());
        assert_eq!(raw_offset(raw, 0), 0);
    }
}
