//! A picture as Mermaid text, for a pull request.

use super::{LineState, Picture};
use crate::terminal::printable;

/// Writes a picture as a flowchart.
pub(crate) fn mermaid(picture: &Picture) -> String {
    let mut out = String::from("flowchart LR\n");
    for (at, pane) in picture.panes.iter().enumerate() {
        out.push_str(&format!("  subgraph p{at}[\"{}\"]\n", quoted(&pane.name)));
        for one in &pane.blocks {
            let mut lines = vec![format!("<b>{}</b>", quoted(&one.name)), quoted(&one.ranges)];
            lines.extend(one.contents.iter().map(|line| quoted(line)));
            lines.extend(one.broken.iter().map(|why| format!("✗ {}", quoted(why))));
            lines.retain(|line| !line.is_empty());
            out.push_str(&format!("    n{}[\"{}\"]\n", one.key, lines.join("<br/>")));
        }
        out.push_str("  end\n");
    }
    let mut wrong = Vec::new();
    for (at, line) in picture.lines.iter().enumerate() {
        let arrow = match line.state {
            LineState::Up => "---",
            LineState::Made => "===",
            LineState::Down | LineState::Cut | LineState::Pair => "-.-",
        };
        let [from, to] = line.ends;
        out.push_str(&format!("  n{from} {arrow}|\"{}\"| n{to}\n", quoted(&line.label)));
        if line.broken.is_some() {
            wrong.push(at.to_string());
        }
    }
    if !wrong.is_empty() {
        out.push_str(&format!("  linkStyle {} stroke:#c81e1e,stroke-width:3px\n", wrong.join(",")));
    }
    for one in picture.panes.iter().flat_map(|pane| &pane.blocks).filter(|one| one.broken.is_some()) {
        out.push_str(&format!("  style n{} stroke:#c81e1e,stroke-width:3px\n", one.key));
    }
    out
}

/// Text inside the quotes of a label: Mermaid knows entities with `#`.
fn quoted(text: &str) -> String {
    printable(text).replace('#', "#35;").replace('"', "#quot;").replace('<', "#lt;").replace('>', "#gt;")
}
