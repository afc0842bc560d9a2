//! `primaryLocationLineHash`: the name that GitHub's upload action gives to a line, so that an alert survives
//! lines moved above it.
//!
//! The algorithm is that of `github/codeql-action`, `src/fingerprints.ts` (read in November 2026): spaces and tabs
//! do not count, every line end counts as one LF, and a line is hashed with what follows it, 100 UTF-16 code units
//! in all, as a polynomial in 37 modulo 2^64. Lines of one file with equal hashes are numbered.

use std::collections::{BTreeMap, VecDeque};

use drlint_source::{Encoding, SourceFile};

const BASE: u64 = 37;
const WINDOW: usize = 100;
/// Stands for the end of the file.
const END: u16 = 0xFFFF;

/// The hashes of all lines of a file.
#[derive(Debug)]
pub(super) struct LineHashes(Vec<String>);

impl LineHashes {
    /// Hashes a file as the upload action reads it: as UTF-8, whatever it is.
    pub(super) fn of(file: &SourceFile) -> Self {
        match file.encoding {
            Encoding::Utf8 { mark } => {
                Self::new(mark.then_some('\u{feff}').into_iter().chain(file.text.chars()))
            }
            encoding => Self::new(String::from_utf8_lossy(&utf16_bytes(&file.text, encoding)).chars()),
        }
    }

    /// Hashes a text.
    pub(super) fn new(text: impl Iterator<Item = char>) -> Self {
        let mut hasher = Hasher::default();
        let (mut after_carriage_return, mut at_start) = (false, true);
        let mut units = [0; 2];
        for character in text {
            let dropped = matches!(character, ' ' | '\t') || (character == '\n' && after_carriage_return);
            after_carriage_return = character == '\r';
            if dropped {
                continue;
            }
            if at_start {
                hasher.start_line();
            }
            at_start = matches!(character, '\r' | '\n');
            let character = if at_start { '\n' } else { character };
            for unit in character.encode_utf16(&mut units) {
                hasher.push(*unit);
            }
        }
        if at_start {
            hasher.start_line();
        }
        hasher.push(END);
        for _ in 0..WINDOW {
            hasher.push(0);
        }
        Self(numbered(hasher.hashes))
    }

    /// The hash of a line, counted from 1.
    pub(super) fn line(&self, line: u32) -> Option<&str> {
        let at = usize::try_from(line).ok()?.checked_sub(1)?;
        self.0.get(at).map(String::as_str)
    }
}

/// The polynomial over the last [`WINDOW`] units.
struct Hasher {
    window: [u16; WINDOW],
    /// Units pushed so far.
    count: usize,
    hash: u64,
    /// The first units of lines whose window is not full yet.
    starts: VecDeque<usize>,
    hashes: Vec<u64>,
}

impl Default for Hasher {
    fn default() -> Self {
        Self { window: [0; WINDOW], count: 0, hash: 0, starts: VecDeque::new(), hashes: Vec::new() }
    }
}

impl Hasher {
    /// 37 to the power of the window's length, modulo 2^64.
    const LEAVING: u64 = BASE.wrapping_pow(100);

    fn start_line(&mut self) {
        self.starts.push_back(self.count);
    }

    fn push(&mut self, unit: u16) {
        let slot = &mut self.window[self.count % WINDOW];
        let left = u64::from(std::mem::replace(slot, unit)).wrapping_mul(Self::LEAVING);
        self.hash = self.hash.wrapping_mul(BASE).wrapping_add(u64::from(unit)).wrapping_sub(left);
        self.count += 1;
        if self.starts.front().is_some_and(|start| start + WINDOW == self.count) {
            self.starts.pop_front();
            self.hashes.push(self.hash);
        }
    }
}

fn numbered(hashes: Vec<u64>) -> Vec<String> {
    let mut seen: BTreeMap<u64, u32> = BTreeMap::new();
    let number = |hash| {
        let number = seen.entry(hash).or_default();
        *number += 1;
        format!("{hash:x}:{number}")
    };
    hashes.into_iter().map(number).collect()
}

fn utf16_bytes(text: &str, encoding: Encoding) -> Vec<u8> {
    let little = matches!(encoding, Encoding::Utf16Le { .. });
    let mark = (encoding.mark_len() > 0).then_some(0xFEFF_u16);
    let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
    mark.into_iter().chain(text.encode_utf16()).flat_map(bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(text: &str) -> Vec<String> {
        LineHashes::new(text.chars()).0
    }

    /// The first three are what the action's own tests expect; the others were computed with an independent tool.
    #[test]
    fn lines_have_the_names_that_the_upload_action_gives_them() {
        assert_eq!(hashes(""), ["c129715d7a2bc9a3:1"]);
        assert_eq!(
            hashes(" a\nb\n  \t\tc\n d"),
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]
        );
        let lorem = hashes(&"Lorem ipsum dolor sit amet.\n".repeat(10));
        assert_eq!((&*lorem[0], &*lorem[5]), ("a7f2ff13bc495cf2:1", "a7f2ff13bc495cf2:6"));
        assert_eq!(
            lorem[6..],
            [
                "a7f2ff1481e87703:1",
                "a9cf91f7bbf1862b:1",
                "55ec222b86bcae53:1",
                "cc97dc7b1d7d8f7b:1",
                "c129715d7a2bc9a3:1"
            ]
        );
        assert_eq!(
            hashes("[\n1,\n1,\n1,\n1\n]\n\n"),
            [
                "97c13ba859d3238d:1",
                "9ebc452c1a6e5f64:1",
                "3062c70b6172db55:1",
                "f11b67223b24f62:1",
                "ea5075a2a8c77f9b:1",
                "f09398c6985aba34:1",
                "3c5bef55b72b93c9:1",
                "c129715d7a2bc9a3:1",
            ]
        );
    }

    #[test]
    fn every_kind_of_line_end_counts_once() {
        assert_eq!(
            hashes("{ \r \n}\r"),
            ["9c564f2e91b36cf1:1", "2aace4c0835fec88:1", "32dce9ccfdbc9d3e:1", "c129715d7a2bc9a3:1"]
        );
        assert_eq!(
            hashes(
                "{\r\n\t\"name\": \"récupération-😀\",\r\n\t\"addressPrefixes\": [ \"10.1.0.0/16\" ]\r\n}\r\n"
            ),
            [
                "1835cd03d0262761:1",
                "98d4ce1b76e6ed78:1",
                "1cf58bb7fc0fc958:1",
                "32dce9ccfdbc9d3e:1",
                "c129715d7a2bc9a3:1",
            ]
        );
    }

    #[test]
    fn a_file_is_hashed_as_the_action_reads_its_bytes() {
        let file = |encoding| SourceFile::new("x.json".to_owned(), "{\n \"x\": 1\n}\n".into(), encoding);
        let marked = LineHashes::of(&file(Encoding::Utf8 { mark: true }));
        assert_eq!(
            marked.0,
            ["8c93d7a39ec4554f:1", "343654c3a789903b:1", "32dce9ccfdbc9d3e:1", "c129715d7a2bc9a3:1"]
        );
        let wide = LineHashes::of(&file(Encoding::Utf16Le { mark: true }));
        assert_eq!(wide.0.len(), 4);
        assert_ne!(wide.line(2), marked.line(2));
        assert_eq!(wide.line(5), None);
    }
}
