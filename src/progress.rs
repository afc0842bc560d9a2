//! How far the reading of a long file has come, for the person who waits for it.

use std::io::{self, Read, Write};
use std::time::{Duration, Instant};

use crate::terminal::{printable, rewrites_lines};

/// So long nothing is said: most runs end before.
const PATIENCE: Duration = Duration::from_millis(500);

/// A long file that says on standard error, if that is a terminal, how much of it is read.
pub(crate) struct Progress<R> {
    reader: R,
    name: String,
    length: u64,
    read: u64,
    next: Option<Instant>,
    /// Whether there is a line to wipe out.
    shown: bool,
}

impl<R: Read> Progress<R> {
    /// The progress of `reader`, which is called `name` and has `length` bytes.
    pub(crate) fn of(reader: R, name: &str, length: u64) -> Self {
        let next = rewrites_lines().then(|| Instant::now() + PATIENCE);
        Self { reader, name: printable(name), length, read: 0, next, shown: false }
    }

    fn show(&mut self) {
        let Some(next) = self.next else { return };
        let now = Instant::now();
        if now >= next {
            let percent = 100 * self.read / self.length.max(1);
            say(&format!("\r\x1b[Kreading {}: {} %", self.name, percent.min(100)));
            self.shown = true;
            self.next = Some(now + Duration::from_millis(100));
        }
    }
}

impl<R: Read> Read for Progress<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.read = self.read.saturating_add(count as u64);
        self.show();
        Ok(count)
    }
}

impl<R> Drop for Progress<R> {
    fn drop(&mut self) {
        if self.shown {
            say("\r\x1b[K");
        }
    }
}

fn say(text: &str) {
    let mut terminal = io::stderr().lock();
    // Who cannot be told how far it is need not be told.
    let _ = terminal.write_all(text.as_bytes()).and_then(|()| terminal.flush());
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::Progress;

    #[test]
    fn a_file_is_read_as_it_is() {
        let mut text = String::new();
        Progress::of(&b"abc"[..], "a.json", 0).read_to_string(&mut text).unwrap();
        assert_eq!(text, "abc");
    }
}
