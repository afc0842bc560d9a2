//! Values that somebody blacked out before the file was passed on.

/// Whether `text` hides its value: asterisks, `<redacted>`, or an address with blacked-out groups such as
/// `10.xxx.0.0/16`.
///
/// Source: published output of Azure CLI (`AZURE.md`, section 2, shape 3), what-if (section 1.9).
pub(crate) fn is_masked(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() > 64 || !bytes.iter().any(|byte| matches!(byte, b'*' | b'x' | b'X' | b'<' | b'[')) {
        return false;
    }
    is_asterisks(text) || is_redacted(text) || is_masked_address(text)
}

fn is_asterisks(text: &str) -> bool {
    text.len() >= 3 && text.bytes().all(|byte| byte == b'*')
}

fn is_redacted(text: &str) -> bool {
    let inside = text.trim_matches(['<', '>', '[', ']', '*']);
    inside.len() < text.len()
        && ["redacted", "masked", "hidden", "sensitive", "secret"]
            .iter()
            .any(|word| inside.eq_ignore_ascii_case(word))
}

fn is_masked_address(text: &str) -> bool {
    let (address, length) =
        text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
    let groups: Vec<&str> = address.split('.').collect();
    groups.len() == 4
        && groups.iter().chain(&length).all(|group| is_number(group) || is_mask(group))
        && groups.iter().any(|group| is_mask(group))
}

fn is_number(group: &str) -> bool {
    (1..=3).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_mask(group: &str) -> bool {
    (1..=3).contains(&group.len()) && group.bytes().all(|byte| matches!(byte, b'x' | b'X' | b'*'))
}

#[cfg(test)]
mod tests {
    use super::is_masked;

    #[test]
    fn blacked_out_values_are_told_from_names() {
        for masked in
            ["10.xxx.0.0/16", "10.X.0.0/22", "xx.xx.xx.xx", "10.1.*.*", "***", "*******", "<redacted>"]
        {
            assert!(is_masked(masked), "{masked}");
        }
        let plain =
            ["10.1.0.0/16", "*", "mySNxxx", "max.example.com", "10.1.0.0", "x", "a.b.x.d", "[subnets]", "**"];
        for plain in plain {
            assert!(!is_masked(plain), "{plain}");
        }
    }
}
