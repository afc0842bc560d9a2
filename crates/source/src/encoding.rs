//! Bytes to text: UTF-8 with and without mark, UTF-16 as Windows PowerShell redirects it.

use std::fmt;

/// The largest file that is held in memory as a whole, 256 MiB. Exports of a million resources are read in pieces.
pub const MAX_BYTES: usize = 1 << 28;

/// How a file's bytes spell its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, `true` if a byte-order mark stands before it.
    Utf8 {
        /// Whether the file begins with `EF BB BF`.
        mark: bool,
    },
    /// UTF-16, little endian.
    Utf16Le {
        /// Whether the file begins with `FF FE`.
        mark: bool,
    },
    /// UTF-16, big endian.
    Utf16Be {
        /// Whether the file begins with `FE FF`.
        mark: bool,
    },
}

impl Encoding {
    /// Bytes before the text.
    pub fn mark_len(self) -> usize {
        match self {
            Self::Utf8 { mark: true } => 3,
            Self::Utf16Le { mark: true } | Self::Utf16Be { mark: true } => 2,
            _ => 0,
        }
    }

    /// Where the byte `offset` of the decoded `text` stands in the file on disk.
    pub fn byte_on_disk(self, text: &str, offset: usize) -> usize {
        match self {
            Self::Utf8 { .. } => self.mark_len() + offset,
            Self::Utf16Le { .. } | Self::Utf16Be { .. } => {
                let before = text.get(..offset).unwrap_or(text);
                self.mark_len() + 2 * before.encode_utf16().count()
            }
        }
    }
}

/// A file's text and the encoding it came in.
#[derive(Debug)]
pub struct Decoded {
    /// The text, without byte-order mark.
    pub text: String,
    /// How it was spelt.
    pub encoding: Encoding,
}

/// Bytes that are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// The first bad byte of the file.
    pub byte: usize,
    /// What is wrong there.
    pub problem: DecodeProblem,
}

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeProblem {
    /// A byte sequence that UTF-8 does not allow.
    InvalidUtf8,
    /// UTF-16 with an odd number of bytes.
    OddLength,
    /// Half of a surrogate pair.
    LoneSurrogate,
    /// More than [`MAX_BYTES`].
    TooLarge,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let byte = self.byte;
        match self.problem {
            DecodeProblem::InvalidUtf8 => write!(f, "is not valid UTF-8 at byte {byte}"),
            DecodeProblem::OddLength => {
                write!(f, "is UTF-16 cut in the middle of a character at byte {byte}")
            }
            DecodeProblem::LoneSurrogate => {
                write!(f, "is not valid UTF-16: half of a surrogate pair at byte {byte}")
            }
            DecodeProblem::TooLarge => write!(f, "is larger than 256 MiB"),
        }
    }
}

impl std::error::Error for DecodeError {}

/// Decodes a file by its mark; without one as UTF-8, or as UTF-16 if a zero byte among the first two shows its order.
///
/// # Errors
///
/// The first byte that is no text, see [`DecodeProblem`].
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, DecodeError> {
    if bytes.len() > MAX_BYTES {
        return Err(DecodeError { byte: 0, problem: DecodeProblem::TooLarge });
    }
    match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, Encoding::Utf16Le { mark: true }),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, Encoding::Utf16Be { mark: true }),
        [0xEF, 0xBB, 0xBF, rest @ ..] => match std::str::from_utf8(rest) {
            Ok(text) => Ok(Decoded { text: text.to_owned(), encoding: Encoding::Utf8 { mark: true } }),
            Err(error) => {
                Err(DecodeError { byte: 3 + error.valid_up_to(), problem: DecodeProblem::InvalidUtf8 })
            }
        },
        [0, second, ..] if *second != 0 => utf16(&bytes, Encoding::Utf16Be { mark: false }),
        [first, 0, ..] if *first != 0 => utf16(&bytes, Encoding::Utf16Le { mark: false }),
        _ => match String::from_utf8(bytes) {
            Ok(text) => Ok(Decoded { text, encoding: Encoding::Utf8 { mark: false } }),
            Err(error) => Err(DecodeError {
                byte: error.utf8_error().valid_up_to(),
                problem: DecodeProblem::InvalidUtf8,
            }),
        },
    }
}

/// The text of bytes that are none, with `\u{fffd}` for what cannot be read, and where in it the first such place is.
pub fn decode_lossy(bytes: &[u8], error: DecodeError) -> (String, usize) {
    let units = |rest: &[u8], order: fn([u8; 2]) -> u16| -> String {
        let units = rest.as_chunks::<2>().0.iter().map(|pair| order(*pair));
        char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    let before = |from: usize| bytes.get(from..error.byte).unwrap_or_default();
    let (text, start) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => return (lossy_utf8(rest), before(3).len()),
        [0xFF, 0xFE, rest @ ..] => (units(rest, u16::from_le_bytes), units(before(2), u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => (units(rest, u16::from_be_bytes), units(before(2), u16::from_be_bytes)),
        [0, second, ..] if *second != 0 => {
            (units(bytes, u16::from_be_bytes), units(before(0), u16::from_be_bytes))
        }
        [first, 0, ..] if *first != 0 => {
            (units(bytes, u16::from_le_bytes), units(before(0), u16::from_le_bytes))
        }
        _ => return (lossy_utf8(bytes), error.byte),
    };
    (text, start.len())
}

fn lossy_utf8(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn utf16(bytes: &[u8], encoding: Encoding) -> Result<Decoded, DecodeError> {
    let little = matches!(encoding, Encoding::Utf16Le { .. });
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units =
        pairs.iter().map(|pair| if little { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) });
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut byte = encoding.mark_len();
    for decoded in char::decode_utf16(units) {
        match decoded {
            Ok(character) => {
                text.push(character);
                byte += 2 * character.len_utf16();
            }
            Err(_) => return Err(DecodeError { byte, problem: DecodeProblem::LoneSurrogate }),
        }
    }
    if rest.is_empty() {
        Ok(Decoded { text, encoding })
    } else {
        Err(DecodeError { byte, problem: DecodeProblem::OddLength })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_bytes(text: &str, little: bool, mark: bool) -> Vec<u8> {
        let mark = mark.then_some(0xFEFF_u16);
        let order = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        mark.into_iter().chain(text.encode_utf16()).flat_map(order).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "{\"name\": \"récupération-😀\"}";
        let spellings = [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            utf16_bytes(text, true, true),
            utf16_bytes(text, false, true),
            utf16_bytes(text, true, false),
            utf16_bytes(text, false, false),
        ];
        for bytes in spellings {
            assert_eq!(decode(bytes).unwrap().text, text);
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_named() {
        let problem = |bytes: &[u8]| decode(bytes.to_vec()).unwrap_err();
        assert_eq!(problem(b"ab\xFF"), DecodeError { byte: 2, problem: DecodeProblem::InvalidUtf8 });
        assert_eq!(problem(b"\xFF\xFEa\0b"), DecodeError { byte: 4, problem: DecodeProblem::OddLength });
        assert_eq!(
            problem(b"\xFF\xFEa\0\0\xD8b\0"),
            DecodeError { byte: 4, problem: DecodeProblem::LoneSurrogate }
        );
    }

    #[test]
    fn what_is_no_text_is_shown_up_to_the_fault_and_after_it() {
        let shown = |bytes: &[u8]| decode_lossy(bytes, decode(bytes.to_vec()).unwrap_err());
        assert_eq!(shown(b"ab\xF6c"), ("ab\u{fffd}c".to_owned(), 2));
        assert_eq!(shown(b"\xEF\xBB\xBF\xC3\xA4\xF6"), ("\u{e4}\u{fffd}".to_owned(), 2));
        assert_eq!(shown(b"\xFF\xFEa\0b"), ("a".to_owned(), 1));
        assert_eq!(shown(b"\xE4\0\0\xD8b\0"), ("\u{e4}\u{fffd}b".to_owned(), 2));
    }

    #[test]
    fn offsets_lead_back_to_the_bytes_on_disk() {
        let text = "é😀x";
        assert_eq!(Encoding::Utf16Le { mark: true }.byte_on_disk(text, 6), 2 + 2 + 4);
        assert_eq!(Encoding::Utf8 { mark: true }.byte_on_disk(text, 6), 9);
    }
}
