//! The grammar of JSON numbers.

/// Whether `text` is a number as JSON writes it.
pub(super) fn is_number(text: &[u8]) -> bool {
    let rest = text.strip_prefix(b"-").unwrap_or(text);
    let rest = match rest {
        [b'0', rest @ ..] => rest,
        [b'1'..=b'9', ..] => skip_digits(rest),
        _ => return false,
    };
    let rest = match rest {
        [b'.', b'0'..=b'9', ..] => skip_digits(&rest[1..]),
        [b'.', ..] => return false,
        _ => rest,
    };
    match rest {
        [] => true,
        [b'e' | b'E', b'+' | b'-', digits @ ..] | [b'e' | b'E', digits @ ..] => {
            !digits.is_empty() && skip_digits(digits).is_empty()
        }
        _ => false,
    }
}

fn skip_digits(text: &[u8]) -> &[u8] {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    &text[digits..]
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn json_numbers_and_nothing_else() {
        for good in ["0", "-0", "12", "1.5", "1e9", "1E+9", "-1.25e-400", "123456789012345678901234567890"] {
            assert!(is_number(good.as_bytes()), "{good}");
        }
        for bad in ["", "-", "01", ".5", "1.", "+1", "1e", "1e+", "0x1", "1_0", "1.e5", "--1"] {
            assert!(!is_number(bad.as_bytes()), "{bad}");
        }
    }
}
