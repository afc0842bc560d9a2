//! Drills as one page that stands alone: pictures, steps and findings, with nothing to fetch.

use drlint_drill::Moment;

use super::told::{Fault, Instant, Remark, Told};
use crate::picture::{Picture, escaped, svg_style, svg_without_style};

const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");
/// The page needs what is in it and nothing else.
const POLICY: &str =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/// The page for drills with their pictures.
pub(super) fn page(played: &[(Told, Vec<Picture>)]) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <link rel=\"icon\" href=\"data:,\">\n<title>drlint drill</title>\n\
         <style>\n{}\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>drlint drill</h1>\n",
        svg_style()
    );
    if played.len() > 1 {
        out.push_str("<label for=\"scenario\">Failover</label>\n<select id=\"scenario\">\n");
        for (at, (told, _)) in played.iter().enumerate() {
            let (name, verdict) = (escaped(&told.name), told.verdict.name());
            out.push_str(&format!("<option value=\"{at}\">{name}: {verdict}</option>\n"));
        }
        out.push_str("</select>\n");
    }
    out.push_str("</header>\n<main>\n");
    for (told, pictures) in played {
        out.push_str(&drill(told, pictures));
    }
    out.push_str(&format!("</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"));
    out
}

fn drill(told: &Told, pictures: &[Picture]) -> String {
    let verdict = told.verdict.name();
    let mut out = format!(
        "<section class=\"drill\">\n<h2>{} <span class=\"verdict {verdict}\">{verdict}</span></h2>\n<p class=\"by\">{}</p>\n",
        escaped(&told.name),
        escaped(&told.said_by())
    );
    out.push_str(
        "<div class=\"stepper\" role=\"group\" aria-label=\"Steps\">\n\
         <button type=\"button\" class=\"back\">← Back</button>\n\
         <button type=\"button\" class=\"on\">On →</button>\n\
         <p class=\"where\" role=\"status\" aria-live=\"polite\"></p>\n</div>\n<div class=\"sides\">\n",
    );
    out.push_str(&steps(told));
    out.push_str("<div class=\"states\">\n");
    for (state, picture) in pictures.iter().enumerate() {
        let drawn = svg_without_style(picture);
        out.push_str(&format!("<figure data-state=\"{state}\">\n{drawn}</figure>\n"));
    }
    out.push_str("</div>\n</div>\n");
    out.push_str(&findings(told));
    out.push_str("</section>\n");
    out
}

fn steps(told: &Told) -> String {
    let mut out = String::from("<ol class=\"steps\">\n");
    let last = told.steps.len();
    let mut item = |state: usize, words: &str, remarks: &[Remark]| {
        out.push_str(&format!(
            "<li data-state=\"{state}\">\n<button type=\"button\" class=\"step\" data-to=\"{state}\">{}</button>\n<ul>\n",
            escaped(words)
        ));
        for remark in remarks {
            let (class, sign, text) = (remark.mark.class(), remark.mark.sign(), escaped(&remark.text));
            out.push_str(&format!("<li class=\"{class}\">{sign} {text}</li>\n"));
        }
        out.push_str("</ul>\n</li>\n");
    };
    item(0, "before", &told.remarks(Instant::Start));
    for (at, step) in told.steps.iter().enumerate() {
        item(at + 1, &format!("{}. {}", at + 1, step.words), &told.remarks(Instant::After(at)));
    }
    item(last, "at the end", &told.remarks(Instant::End));
    out.push_str("</ol>\n");
    out
}

fn findings(told: &Told) -> String {
    let last = told.steps.len();
    let mut items = String::new();
    for fault in &told.faults {
        let (state, when) = when(fault, last);
        let class = if fault.is_error { "fault" } else { "doubt" };
        let place = fault.place.as_ref().map(ToString::to_string);
        items.push_str(&entry(class, state, &when, &fault.message, place.as_deref()));
    }
    for window in &told.windows {
        let when = format!("step {}", window.lost + 1);
        items.push_str(&entry("window", window.lost + 1, &when, &window.message, None));
    }
    for open in &told.open {
        let state = open.step.map_or(last, |step| step + 1);
        let place = open.place.as_ref().map(ToString::to_string);
        items.push_str(&entry("open", state, "open", &open.reason, place.as_deref()));
    }
    for action in &told.actions {
        items.push_str(&entry("open", last, "open", &format!("what `{action}` does is not known"), None));
    }
    if items.is_empty() {
        "<h3>Findings</h3>\n<p>None.</p>\n".to_owned()
    } else {
        format!("<h3>Findings</h3>\n<ul class=\"findings\">\n{items}</ul>\n")
    }
}

/// The state that shows a fault first, and how the page names the time.
fn when(fault: &Fault, last: usize) -> (usize, String) {
    let (state, from) = match fault.from {
        Moment::Start => (0, "from the start".to_owned()),
        Moment::Step(step) => (step + 1, format!("step {}", step + 1)),
        Moment::End => (last, "at the end".to_owned()),
    };
    match fault.until {
        Some(until) if until + 1 > state => (state, format!("{from} to {}", until + 1)),
        _ => (state, from),
    }
}

fn entry(class: &str, state: usize, when: &str, message: &str, place: Option<&str>) -> String {
    let place = place.map(|place| format!(" <code>{}</code>", escaped(place))).unwrap_or_default();
    format!(
        "<li class=\"{class}\"><button type=\"button\" data-to=\"{state}\">{when}</button> {}{place}</li>\n",
        escaped(message)
    )
}
