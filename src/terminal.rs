//! What the terminal can do.

use std::io::IsTerminal;

use crate::cli::Color;

/// Whether to colour what goes to standard output.
pub(crate) fn colored(choice: Color) -> bool {
    match choice {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            !refused && !is_dumb() && std::io::stdout().is_terminal()
        }
    }
}

/// Whether a line on standard error can be written over.
pub(crate) fn rewrites_lines() -> bool {
    !is_dumb() && std::io::stderr().is_terminal()
}

fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Control characters as their pictures, so that no input can steer a terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(printable_char).collect()
}

/// One character: a control character becomes its picture, a direction mark the replacement character.
pub(crate) fn printable_char(character: char) -> char {
    match character {
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            '\u{fffd}'
        }
        other => other,
    }
}
