//! The inner loops: runs of blanks and the plain part of strings, eight bytes at a time.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// Marks the bytes of `word` that are zero; the lowest mark is exact.
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGHS
}

/// Marks the bytes of `word` below 0x20; the lowest mark is exact.
const fn controls(word: u64) -> u64 {
    word.wrapping_sub(ONES * 0x20) & !word & HIGHS
}

/// Marks the bytes of `word` that are not `byte`; every mark is exact.
const fn unlike(word: u64, byte: u8) -> u64 {
    let differences = word ^ (ONES * byte as u64);
    (((differences & !HIGHS) + !HIGHS) | differences) & HIGHS
}

/// The first `"`, `\` or control character from `at` on, or the end.
pub(super) fn string_stop(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let stops = zeros(word ^ (ONES * 0x22)) | zeros(word ^ (ONES * 0x5C)) | controls(word);
        if stops != 0 {
            return at + (stops.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while let Some(byte) = bytes.get(at) {
        if *byte == b'"' || *byte == b'\\' || *byte < 0x20 {
            break;
        }
        at += 1;
    }
    at
}

/// The first byte from `at` on that is no blank, or the end.
pub fn blanks_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let others = unlike(word, b' ') & unlike(word, b'\n') & unlike(word, b'\r') & unlike(word, b'\t');
        if others != 0 {
            return at + (others.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_stop_is_found_at_every_offset() {
        for stop in [b'"', b'\\', b'\n', 0x1F] {
            for at in 0..20 {
                let mut bytes = vec![0xC3; 24];
                bytes[at] = stop;
                assert_eq!(string_stop(&bytes, 0), at);
            }
        }
        assert_eq!(string_stop(b"plain", 0), 5);
    }

    #[test]
    fn blanks_end_at_the_first_other_byte() {
        for length in 0..40 {
            let mut bytes = vec![b' '; length];
            bytes.push(b'{');
            assert_eq!(blanks_end(&bytes, 0), length);
        }
        assert_eq!(blanks_end(b"\r\n\t x", 0), 4);
    }
}
