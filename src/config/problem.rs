//! What is wrong with a configuration, shown at its line.

use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic, Label};
use codespan_reporting::files::SimpleFile;
use codespan_reporting::term;

/// What is wrong, and where in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// What is wrong.
    pub(crate) message: String,
    /// The bytes it is about; `None` if the file as a whole.
    pub(crate) place: Option<Range<usize>>,
    /// What to do.
    pub(crate) help: Option<String>,
}

impl Problem {
    /// A problem at a place.
    pub(crate) fn at(place: Range<usize>, message: impl Into<String>) -> Self {
        Self { message: message.into(), place: Some(place), help: None }
    }

    /// The same with help.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The problems with the lines they are about.
pub(crate) fn render(path: &str, text: &str, problems: &[Problem]) -> String {
    let file = SimpleFile::new(path, text);
    let mut rendered = String::new();
    for problem in problems {
        let labels = problem.place.clone().map(|place| Label::primary((), place)).into_iter().collect();
        let message = if problem.place.is_some() {
            problem.message.clone()
        } else {
            format!("{path}: {}", problem.message)
        };
        let diagnostic = Diagnostic::error()
            .with_message(message)
            .with_labels(labels)
            .with_notes(problem.help.iter().map(|help| format!("help: {help}")).collect());
        match term::emit_into_string(&term::Config::default(), &file, &diagnostic) {
            Ok(text) => rendered.push_str(&text),
            Err(_) => rendered.push_str(&format!("error: {path}: {}\n", problem.message)),
        }
    }
    rendered
}
