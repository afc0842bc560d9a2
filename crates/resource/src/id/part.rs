//! The parts of an id: names that may be unknown, and where a resource lives.

use std::fmt;
use std::sync::Arc;

/// A segment of an id: known, or unknown with what it is equal to.
#[derive(Clone, Debug)]
pub enum Part {
    /// Known text, as written.
    Known(Box<str>),
    /// Not known.
    Unknown(Arc<UnknownPart>),
}

/// A segment that is not known.
#[derive(Debug)]
pub struct UnknownPart {
    /// How it is shown: `[parameters('x')]`.
    pub shown: Arc<str>,
    /// Two parts with the same text here are equal. Never empty, and never equal to a known name.
    pub identity: Arc<str>,
}

/// Where a resource lives.
#[derive(Clone, Debug)]
pub enum Scope {
    /// In a resource group.
    Group {
        /// The subscription.
        subscription: Part,
        /// The resource group.
        group: Part,
    },
    /// In a subscription.
    Subscription(Part),
    /// In a management group, the tenant, or on another resource: the id before the last `/providers/`.
    Other(Part),
}

impl Part {
    /// A part that is not known, how it is shown, and what it is equal to.
    pub fn unknown(shown: &str, identity: &str) -> Self {
        Self::Unknown(Arc::new(UnknownPart { shown: shown.into(), identity: identity.into() }))
    }

    /// Its text, if it is known.
    pub fn known(&self) -> Option<&str> {
        match self {
            Self::Known(text) => Some(text),
            Self::Unknown(_) => None,
        }
    }

    /// Its text, or how it is shown.
    pub fn shown(&self) -> &str {
        match self {
            Self::Known(text) => text,
            Self::Unknown(part) => &part.shown,
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.shown())
    }
}

impl Scope {
    /// Whether every part of it is known.
    pub fn is_known(&self) -> bool {
        match self {
            Self::Group { subscription, group } => subscription.known().is_some() && group.known().is_some(),
            Self::Subscription(part) | Self::Other(part) => part.known().is_some(),
        }
    }

    /// Whether no known part of the two differs.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        let parts = |one: &Part, two: &Part| match (one, two) {
            (Part::Known(one), Part::Known(two)) => one.eq_ignore_ascii_case(two),
            _ => true,
        };
        match (self, other) {
            (
                Self::Group { subscription, group },
                Self::Group { subscription: other_subscription, group: other_group },
            ) => parts(subscription, other_subscription) && parts(group, other_group),
            (Self::Subscription(one), Self::Subscription(two)) | (Self::Other(one), Self::Other(two)) => {
                parts(one, two)
            }
            _ => false,
        }
    }
}

/// The parts as one, joined by `/`.
pub(super) fn joined(parts: &[Part]) -> Part {
    let shown: Vec<&str> = parts.iter().map(Part::shown).collect();
    let shown = shown.join("/");
    if parts.iter().all(|part| part.known().is_some()) {
        return Part::Known(shown.into());
    }
    let identity: Vec<String> = parts.iter().map(super::key::of_part).collect();
    Part::unknown(&shown, &identity.join("/"))
}
