//! A picture as SVG: one file, no scripts, no fonts to fetch, in the colours of light and dark.

use super::layout::{Area, Layout, Route, TEXT, layout, lines_of};
use super::{Block, Line, LineState, Picture};
use crate::terminal::printable;

/// Colours by what things are, for light and dark, so that the picture can stand in any page.
const STYLE: &str = "\
svg{--ground:#fff;--ink:#1b1f24;--soft:#57606a;--pane:#f3f5f8;--edge:#b8c0cc;--box:#fff;--source:#dbeafe;--recovery:#dcfce7;\
--replica:#fef3c7;--hub:#ede9fe;--site:#e7e5e4;--line:#374151;--bad:#c81e1e;--new:#15803d;\
font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--ground)}\
@media (prefers-color-scheme:dark){svg{--ground:#0f1318;--ink:#e6e9ee;--soft:#9aa4b2;--pane:#171d25;--edge:#3b4554;\
--box:#1d2530;--source:#1e3a5f;--recovery:#14432a;--replica:#4a3a10;--hub:#352a55;--site:#33302c;--line:#aab4c2;\
--bad:#ff6b6b;--new:#4ade80}}\
text{fill:var(--ink)}.title{font-size:15px;font-weight:600}.pane{fill:var(--pane);stroke:var(--edge)}\
.soft{fill:var(--soft)}.box{fill:var(--box);stroke:var(--edge)}.source{fill:var(--source)}\
.recovery{fill:var(--recovery)}.replica{fill:var(--replica)}.hub{fill:var(--hub)}.site{fill:var(--site)}\
.changed{stroke:var(--new);stroke-width:2}.broken{stroke:var(--bad);stroke-width:2}.name{font-weight:600}\
.bad{fill:var(--bad);font-weight:600}.line{fill:none;stroke:var(--line);stroke-width:1.5}\
.down,.cut{stroke-dasharray:5 4}.made{stroke:var(--new);stroke-width:2.5}.wrong{stroke:var(--bad);stroke-width:2.5}\
.pair{stroke:var(--soft);stroke-dasharray:2 4}";

/// The space between two pictures of one file.
const BETWEEN: i32 = 16;

/// Draws a picture as a file of its own.
pub(crate) fn svg(picture: &Picture) -> String {
    svg_of_all([picture].into_iter())
}

/// Draws pictures below one another, in one file.
pub(crate) fn svg_of_all<'p>(pictures: impl Iterator<Item = &'p Picture>) -> String {
    let mut drawn = String::new();
    let (mut width, mut height) = (0, 0);
    let mut title = String::new();
    for picture in pictures {
        if height > 0 {
            height += BETWEEN;
        } else {
            title = escaped(&picture.title);
        }
        let laid = layout(picture);
        drawn
            .push_str(&format!("<g transform=\"translate(0 {height})\">\n{}</g>\n", content(picture, &laid)));
        width = width.max(laid.width);
        height += laid.height;
    }
    format!("{}<title>{title}</title>\n<style>{STYLE}</style>\n{drawn}</svg>\n", opening(width, height))
}

/// Draws a picture for a page that has the style.
pub(crate) fn svg_without_style(picture: &Picture) -> String {
    let laid = layout(picture);
    let opening = opening(laid.width, laid.height);
    format!("{opening}<title>{}</title>\n{}</svg>\n", escaped(&picture.title), content(picture, &laid))
}

/// The style of all pictures.
pub(crate) fn svg_style() -> &'static str {
    STYLE
}

fn opening(width: i32, height: i32) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\">\n"
    )
}

fn content(picture: &Picture, laid: &Layout) -> String {
    let mut out = text(24, 28, "title", &picture.title);
    for (pane, area) in picture.panes.iter().zip(&laid.panes) {
        out.push_str(&rectangle(area, "pane", 8));
        out.push_str(&text(area.x + 12, area.y + 20, "soft", &pane.name));
    }
    for (line, route) in picture.lines.iter().zip(&laid.routes) {
        if let Some(route) = route {
            out.push_str(&draw_line(line, route));
        }
    }
    for one in picture.panes.iter().flat_map(|pane| &pane.blocks) {
        if let Some(area) = laid.blocks.get(&one.key) {
            out.push_str(&draw_box(one, area));
        }
    }
    out
}

fn draw_box(one: &Block, area: &Area) -> String {
    let changed = if one.changed { " changed" } else { "" };
    let broken = if one.broken.is_some() { " broken" } else { "" };
    let mut out = rectangle(area, &format!("box {}{changed}{broken}", one.role), 4);
    let lines = lines_of(one);
    let last = lines.len() - 1;
    for ((line, at), y) in lines.iter().zip(0..).zip((area.y + TEXT..).step_by(TEXT as usize)) {
        let class = match at {
            0 => "name",
            _ if at == last && one.broken.is_some() => "bad",
            _ => "soft",
        };
        out.push_str(&text(area.x + 10, y + 2, class, line));
    }
    out
}

fn draw_line(line: &Line, route: &Route) -> String {
    let points: Vec<String> = route.points.iter().map(|(x, y)| format!("{x},{y}")).collect();
    let state = match line.state {
        LineState::Up => "up",
        LineState::Down => "down",
        LineState::Made => "made",
        LineState::Cut => "cut",
        LineState::Pair => "pair",
    };
    let wrong = if line.broken.is_some() { " wrong" } else { "" };
    let class = if line.broken.is_some() { "bad" } else { "soft" };
    let why = line.broken.as_ref().map(|why| format!("<title>{}</title>", escaped(why))).unwrap_or_default();
    let (x, y) = route.label;
    format!(
        "<polyline class=\"line {state}{wrong}\" points=\"{}\">{why}</polyline>\n{}",
        points.join(" "),
        text(x, y, class, &line.label)
    )
}

fn rectangle(area: &Area, class: &str, radius: i32) -> String {
    let Area { x, y, width, height } = area;
    format!(
        "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\"/>\n"
    )
}

fn text(x: i32, y: i32, class: &str, content: &str) -> String {
    format!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>\n", escaped(content))
}

/// Text as XML wants it, without control characters.
pub(crate) fn escaped(text: &str) -> String {
    printable(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
