//! Values that cannot be known offline, each with its reason.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use drlint_source::{Node, Span};

use crate::Residual;

/// A value that is not known.
#[derive(Clone, Debug)]
pub struct Unknown {
    /// Why.
    pub reason: Reason,
    /// The expression, or the reference, that blocks it.
    pub place: Span,
    /// Where the thing that has no value is declared, such as a parameter.
    pub declared: Option<Span>,
    /// What is left of the expression, its known parts reduced.
    pub residual: Residual,
    /// If the value is a text of which parts are known: the parts in order. `None` if nothing is known of it.
    pub pieces: Option<Arc<[Piece]>>,
    /// What it is equal to, if that can be said.
    pub identity: Option<Identity>,
}

/// Two unknown values with equal identities are equal: the same residual in the same deployment.
///
/// Enough to match names, never enough to compare addresses.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Identity {
    /// Spelt out.
    Named(Arc<str>),
    /// The hash of the computation that gives the value: what it computes, and with what. Computations are far fewer
    /// than two of them would need to meet in 64 bits.
    Computed(u64),
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(text) => f.write_str(text),
            Self::Computed(hash) => write!(f, "#{hash:x}"),
        }
    }
}

/// A part of a partly known text.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Text that is known.
    Known(Arc<str>),
    /// A stretch that is not.
    Unknown(Arc<Unknown>),
}

/// Why a value is not known. Prints as the sentence a person reads.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// A required parameter that nobody gave a value.
    ParameterWithoutValue(Arc<str>),
    /// The parameter's value stands in a key vault.
    KeyVault(Arc<str>),
    /// The parameter is a `secureString` or `secureObject`.
    Secure(Arc<str>),
    /// A function whose value exists only after the deployment, such as `reference`.
    AfterDeployment(Arc<str>),
    /// Something about the deployment's target that nobody gave, such as `resourceGroup().location`.
    ScopeNotGiven(Cow<'static, str>),
    /// A function that nobody knows.
    UnknownFunction(Arc<str>),
    /// Azure would refuse the expression; the fault is reported where it stands.
    Refused(Arc<str>),
    /// A limit of evaluation; the text says which, and how much was asked for.
    Budget(Arc<str>),
    /// The prefixes come from an address pool.
    AddressPool,
    /// The file ends, or the tool that wrote it stopped, before this value does.
    Cut,
    /// The value is masked or blacked out in the input.
    Masked,
    /// The resource it belongs to is not in the input.
    NotInInput(Arc<str>),
    /// Any other reason, as a sentence without full stop.
    Other(Arc<str>),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ParameterWithoutValue(name) => write!(f, "parameter `{name}` has no value"),
            Self::KeyVault(name) => write!(f, "parameter `{name}` takes its value from a key vault"),
            Self::Secure(name) => write!(f, "parameter `{name}` is secure"),
            Self::AfterDeployment(function) => write!(f, "`{function}()` is known only after deployment"),
            Self::ScopeNotGiven(what) => write!(f, "`{what}` is not given"),
            Self::UnknownFunction(name) => write!(f, "function `{name}` is not known"),
            Self::Refused(what) | Self::Budget(what) | Self::Other(what) => f.write_str(what),
            Self::AddressPool => f.write_str("the prefixes come from an address pool"),
            Self::Cut => f.write_str("the file is cut at this value"),
            Self::Masked => f.write_str("the value is masked in the input"),
            Self::NotInInput(what) => write!(f, "`{what}` is not in the input"),
        }
    }
}

impl Unknown {
    /// An unknown of which nothing else can be said.
    pub fn new(reason: Reason, place: Span, residual: Residual) -> Self {
        Self { reason, place, declared: None, residual, pieces: None, identity: None }
    }

    /// That the file ends before `node` does, and nobody knows how it goes on; `None` if it is whole.
    pub fn cut(node: Node<'_>) -> Option<Self> {
        let span = node.span();
        let end = Span { start: span.end, ..span };
        node.is_cut().then(|| Self::without_expression(Reason::Cut, end))
    }

    /// An unknown in an export: no expression, only a reason.
    pub fn without_expression(reason: Reason, place: Span) -> Self {
        Self::new(reason, place, Residual::Nothing)
    }
}
