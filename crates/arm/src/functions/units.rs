//! Strings as .NET measures them: in UTF-16 units.

/// Length in units.
pub(super) fn length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// `count` units from unit `start` on; half of a pair becomes U+FFFD.
pub(super) fn slice(text: &str, start: usize, count: usize) -> String {
    if text.is_ascii() {
        let start = start.min(text.len());
        return text[start..start.saturating_add(count).min(text.len())].to_owned();
    }
    let units: Vec<u16> = text.encode_utf16().skip(start).take(count).collect();
    String::from_utf16_lossy(&units)
}

/// The unit where `part` begins in `text`, compared without case.
pub(super) fn find(text: &str, part: &str, last: bool) -> Option<usize> {
    let (text_folded, part_folded) = (folded(text), folded(part));
    let byte = if last { text_folded.rfind(&*part_folded)? } else { text_folded.find(&*part_folded)? };
    let characters = text_folded[..byte].chars().count();
    Some(text.chars().take(characters).map(char::len_utf16).sum())
}

/// Lower case, one character for each, so that places stay.
pub(super) fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

fn fold(character: char) -> char {
    let mut lower = character.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) => lower,
        _ => character,
    }
}
