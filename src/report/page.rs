//! A rule's page cut to what a format has room for.

/// What stands before the first heading below the title: the paragraph that says what is wrong, on one line.
pub(super) fn first_paragraph(page: &str) -> String {
    let lines = page.lines().skip_while(|line| line.starts_with('#') || line.trim().is_empty());
    let paragraph: Vec<&str> = lines.map(str::trim).take_while(|line| !line.is_empty()).collect();
    paragraph.join(" ").replace("**", "")
}

/// The prose of a page, without its title, its examples and its marks.
pub(super) fn prose(page: &str) -> String {
    let mut prose = String::new();
    let mut fenced = false;
    for line in page.lines().skip(1) {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            let blank = prose.is_empty() || prose.ends_with("\n\n");
            if !(blank && line.trim().is_empty()) {
                prose.push_str(&line.trim_start_matches('#').trim_start().replace("**", ""));
                prose.push('\n');
            }
        }
    }
    prose.truncate(prose.trim_end().len());
    prose
}

/// At most `limit` characters of a text, cut at a word with an ellipsis.
pub(super) fn shortened(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    let end = kept.rfind(' ').unwrap_or(kept.len());
    format!("{}…", kept[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gives_its_first_paragraph_and_its_prose() {
        let page = "# x\n\nOne **bold**\nsentence.\n\n## Fires\n\n```json a.json\n{}\n```\n\nWhy.\n";
        assert_eq!(first_paragraph(page), "One bold sentence.");
        assert_eq!(prose(page), "One bold\nsentence.\n\nFires\n\nWhy.");
    }

    #[test]
    fn a_long_text_ends_at_a_word() {
        assert_eq!(shortened("one two three", 13), "one two three");
        assert_eq!(shortened("one two three", 10), "one two…");
        assert_eq!(shortened("été-été", 4), "été…");
    }
}
