//! The text of a file, piece by piece.

use std::io::{ErrorKind, Read};

use drlint_source::{DecodeError, DecodeProblem};

use super::StreamError;

/// How many bytes are read at once.
const PIECE: usize = 1 << 19;

/// Decodes a file as it is read: UTF-8, or UTF-16 by its mark or its first zero byte.
pub(super) struct TextReader<R> {
    reader: R,
    encoding: Option<Encoding>,
    /// Room for a piece, used again for each.
    buffer: Vec<u8>,
    /// How many bytes in it were read and not decoded yet.
    filled: usize,
    /// How many bytes of the file stand before them.
    before: usize,
    ended: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
}

impl<R: Read> TextReader<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, encoding: None, buffer: vec![0; PIECE], filled: 0, before: 0, ended: false }
    }

    /// Adds the next piece to `text`; `false` at the end of the file.
    pub(super) fn read(&mut self, text: &mut String) -> Result<bool, StreamError> {
        if self.ended {
            return Ok(false);
        }
        self.ended = !self.fill()?;
        let encoding = match self.encoding {
            Some(encoding) => encoding,
            None => self.begin(),
        };
        let used = match encoding {
            Encoding::Utf8 => self.utf8(text)?,
            Encoding::Utf16Le | Encoding::Utf16Be => self.utf16(text, encoding == Encoding::Utf16Le)?,
        };
        self.consume(used);
        Ok(true)
    }

    /// Reads until the buffer is full or the file ends; whether anything came.
    fn fill(&mut self) -> Result<bool, StreamError> {
        let before = self.filled;
        while self.filled < self.buffer.len() {
            match self.reader.read(&mut self.buffer[self.filled..]) {
                Ok(0) => break,
                Ok(count) => self.filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(StreamError::Io(error)),
            }
        }
        Ok(self.filled > before)
    }

    fn bytes(&self) -> &[u8] {
        &self.buffer[..self.filled]
    }

    /// Drops the first `count` bytes: they are decoded.
    fn consume(&mut self, count: usize) {
        self.buffer.copy_within(count..self.filled, 0);
        self.filled -= count;
        self.before += count;
    }

    /// Finds the encoding and drops the mark.
    fn begin(&mut self) -> Encoding {
        let (encoding, mark) = match self.bytes() {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
            [0xFF, 0xFE, ..] => (Encoding::Utf16Le, 2),
            [0xFE, 0xFF, ..] => (Encoding::Utf16Be, 2),
            [0, second, ..] if *second != 0 => (Encoding::Utf16Be, 0),
            [first, 0, ..] if *first != 0 => (Encoding::Utf16Le, 0),
            _ => (Encoding::Utf8, 0),
        };
        self.encoding = Some(encoding);
        self.consume(mark);
        encoding
    }

    fn utf8(&self, text: &mut String) -> Result<usize, StreamError> {
        match std::str::from_utf8(self.bytes()) {
            Ok(valid) => {
                text.push_str(valid);
                Ok(valid.len())
            }
            Err(error) => {
                let (valid, rest) = self.bytes().split_at(error.valid_up_to());
                // A character may be cut at the end of a piece, but not at the end of the file.
                if error.error_len().is_some() || self.ended || rest.len() > 3 {
                    return Err(self.wrong(valid.len(), DecodeProblem::InvalidUtf8));
                }
                text.push_str(std::str::from_utf8(valid).unwrap_or_default());
                Ok(valid.len())
            }
        }
    }

    fn utf16(&self, text: &mut String, little: bool) -> Result<usize, StreamError> {
        let (pairs, rest) = self.bytes().as_chunks::<2>();
        let unit =
            |pair: &[u8; 2]| if little { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) };
        let cut = pairs.last().is_some_and(|pair| (0xD800..0xDC00).contains(&unit(pair)));
        let whole = if cut && !self.ended { pairs.len() - 1 } else { pairs.len() };
        let mut used = 0;
        for decoded in char::decode_utf16(pairs[..whole].iter().map(unit)) {
            let Ok(character) = decoded else { return Err(self.wrong(used, DecodeProblem::LoneSurrogate)) };
            text.push(character);
            used += 2 * character.len_utf16();
        }
        if self.ended && !rest.is_empty() {
            return Err(self.wrong(used, DecodeProblem::OddLength));
        }
        Ok(used)
    }

    fn wrong(&self, at: usize, problem: DecodeProblem) -> StreamError {
        StreamError::Decode(DecodeError { byte: self.before + at, problem })
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    /// Gives one byte at a time, as a slow pipe would.
    struct Slow<'b>(&'b [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            buffer[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn decoded(bytes: &[u8]) -> Result<String, StreamError> {
        let mut reader = TextReader::new(Slow(bytes));
        let mut text = String::new();
        while reader.read(&mut text)? {}
        Ok(text)
    }

    #[test]
    fn pieces_make_the_text_in_every_encoding() {
        let text = "é😀".repeat(200_000);
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            [b"\xFF\xFE", little.as_slice()].concat(),
            [b"\xFE\xFF", big.as_slice()].concat(),
        ] {
            assert!(decoded(&bytes).unwrap() == text);
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_named() {
        let wrong = |bytes: &[u8]| match decoded(bytes) {
            Err(StreamError::Decode(error)) => (error.byte, error.problem),
            other => panic!("{other:?}"),
        };
        assert_eq!(wrong(b"ab\xFF"), (2, DecodeProblem::InvalidUtf8));
        assert_eq!(wrong(b"ab\xC3"), (2, DecodeProblem::InvalidUtf8));
        assert_eq!(wrong(b"\xFF\xFEa\0b"), (4, DecodeProblem::OddLength));
        assert_eq!(wrong(b"\xFF\xFEa\0\0\xD8"), (4, DecodeProblem::LoneSurrogate));
    }
}
