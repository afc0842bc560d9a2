//! The parts of an id: names that may be unknown, and where a resource lives.

use std::fmt::{self, Write as _};
use std::sync::{Arc, OnceLock};

use super::segments;
use crate::{Data, Identity, Piece, Unknown, Value};

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
    /// What it is made of, if it comes from an expression.
    pieces: Vec<Piece>,
    /// Most are never shown: the text is made when somebody asks for it.
    shown: OnceLock<Box<str>>,
    /// Two parts with the same text here are equal. Never empty, and never equal to a known name.
    pub identity: Box<str>,
}

impl UnknownPart {
    /// A part of known and unknown pieces, without a `/` in them.
    pub(super) fn of(pieces: Vec<Piece>) -> Self {
        let mut identity = String::with_capacity(32);
        for piece in &pieces {
            match piece {
                Piece::Known(text) => identity.push_str(&text.to_lowercase()),
                Piece::Unknown(unknown) => {
                    identity.push('{');
                    push_identity(&mut identity, unknown);
                    identity.push('}');
                }
            }
        }
        Self { pieces, shown: OnceLock::new(), identity: identity.into() }
    }

    /// How it is shown: `[parameters('x')]`.
    pub fn shown(&self) -> &str {
        self.shown.get_or_init(|| {
            let pieces = self.pieces.iter().map(|piece| match piece {
                Piece::Known(text) => text.to_string(),
                Piece::Unknown(unknown) => format!("[{}]", unknown.residual),
            });
            pieces.collect::<String>().into()
        })
    }
}

fn push_identity(text: &mut String, unknown: &Unknown) {
    // Writing to a string cannot fail.
    let _ = match &unknown.identity {
        Some(Identity::Named(name)) => {
            text.push_str(name);
            Ok(())
        }
        Some(identity) => write!(text, "{identity}"),
        None => write!(text, "?{}:{}", unknown.place.file.0, unknown.place.start),
    };
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
        let shown = OnceLock::from(Box::from(shown));
        Self::Unknown(Arc::new(UnknownPart { pieces: Vec::new(), shown, identity: identity.into() }))
    }

    /// The part that a value is: a name that is known, or one that is not; `None` if it is several, or no text.
    pub fn of(value: &Value) -> Option<Self> {
        match &value.data {
            Data::Text(text) if !text.contains('/') => Some(Self::Known((**text).into())),
            Data::Unknown(unknown) => segments::only(unknown),
            _ => None,
        }
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
            Self::Unknown(part) => part.shown(),
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
