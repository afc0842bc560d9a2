//! Findings: plain data that every writer reads.

use drlint_resource::ResourceId;
use drlint_source::{FileId, Span};

use crate::{Common, Place, Severity};

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The value to change. Findings sort by it first.
    pub place: Span,
    /// The rule's name.
    pub rule: &'static str,
    /// What is wrong: lower case, names in backticks, no full stop.
    pub message: String,
    /// The rule's group, such as `target_ip`.
    pub group: &'static str,
    /// How grave it is, after the project's settings.
    pub severity: Severity,
    /// What to do, as an imperative.
    pub help: Option<String>,
    /// The resource it is about: full id, or type and name, or what the rule's page says.
    pub resource: String,
    /// Other places that make it wrong, each with what there is to see.
    pub related: Vec<Related>,
    /// A change that mends it for certain.
    pub fix: Option<Fix>,
    /// The parameter files it holds for, where a template has several; empty otherwise.
    pub parameters: Vec<FileId>,
    /// What it has in common with others of its rule, so that people can be told of many in one.
    pub common: Option<Box<Common>>,
}

/// Another place of a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Related {
    /// The place.
    pub place: Span,
    /// What there is to see.
    pub message: String,
}

/// A change that mends a finding for certain.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// What to replace; empty to insert.
    pub place: Span,
    /// The new text.
    pub text: String,
}

impl Finding {
    /// Names the resource it is about.
    pub fn about(&mut self, resource: &ResourceId) -> &mut Self {
        self.resource = resource.to_string();
        self
    }

    /// Names what it is about if that is no resource: `application/NAME`, a file's path.
    pub fn about_named(&mut self, subject: impl Into<String>) -> &mut Self {
        self.resource = subject.into();
        self
    }

    /// Adds another place and what there is to see there. A place that is already shown is left out.
    pub fn related(&mut self, place: impl Into<Place>, text: impl Into<String>) -> &mut Self {
        let place = place.into().span();
        if place != self.place && !self.related.iter().any(|related| related.place == place) {
            self.related.push(Related { place, message: text.into() });
        }
        self
    }

    /// Says what to do.
    pub fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.help = Some(text.into());
        self
    }

    /// Attaches a change that mends it for certain.
    pub fn fix(&mut self, place: Span, text: impl Into<String>) -> &mut Self {
        self.fix = Some(Fix { place, text: text.into() });
        self
    }

    /// Says that others have the same fault. Many of one `owner` and `message` are told as one: their number and
    /// `message`, then `help`; `member` is what this one is about.
    pub fn together(
        &mut self,
        owner: &ResourceId,
        member: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Self {
        let (owner, member) = (owner.to_string(), member.into());
        let (message, help) = (message.into(), help.into());
        self.common = Some(Box::new(Common { owner, message, help, member }));
        self
    }
}
