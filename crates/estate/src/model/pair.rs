//! Pairs of source and recovery with their evidence, and applications.

use std::sync::Arc;

use drlint_resource::{Origin, ResourceId};
use drlint_source::Span;

use super::{MachineIndex, NetworkIndex};
use crate::Placed;

/// What says that two networks are a pair. Stronger kinds sort first (`RULES.md`, preface 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceKind {
    /// `[[recovery]]` in `drlint.toml`.
    Declared,
    /// A network mapping.
    Mapping,
    /// The two networks of a protected item.
    Item,
    /// The tag `dr-recovers`.
    Tag,
    /// A protection intent: a wish of Azure Policy for one machine, which an item that follows need not keep.
    Intent,
    /// A name alone, which never convicts.
    Name,
}

/// One thing that says that two networks are a pair.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// How strong it is.
    pub kind: EvidenceKind,
    /// The place that says it.
    pub place: Origin,
    /// What says it, in words: "network mapping `map-source`".
    pub text: String,
    /// The resource that says it, if one does.
    pub resource: Option<ResourceId>,
}

/// A pair as the estate keeps it; rules see a [`crate::Pair`].
#[derive(Clone, Debug)]
pub(crate) struct PairRecord {
    pub(crate) source: NetworkIndex,
    pub(crate) recovery: NetworkIndex,
    pub(crate) retain_ip: Option<Placed<bool>>,
    pub(crate) evidence: Vec<Evidence>,
}

/// Two networks that may be a pair, without enough evidence to judge them as one.
#[derive(Clone, Debug)]
pub struct SupposedPair {
    /// The likelier source.
    pub source: NetworkIndex,
    /// The likelier recovery.
    pub recovery: NetworkIndex,
    /// What is missing.
    pub why: Uncertain,
    /// What there is, strongest first.
    pub evidence: Vec<Evidence>,
}

/// Why a pair is only supposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uncertain {
    /// Nothing but the suffix `-asr` says so.
    NameAlone,
    /// It is a pair, but nobody says which end is the source.
    Direction,
}

/// Weaker evidence that names another recovery in the same region.
#[derive(Clone, Debug)]
pub struct Contradiction {
    /// The source both speak of.
    pub source: NetworkIndex,
    /// The recovery that the stronger evidence names.
    pub recovery: NetworkIndex,
    /// The recovery that the weaker evidence names.
    pub other: NetworkIndex,
    /// The stronger evidence.
    pub stronger: Evidence,
    /// The weaker evidence.
    pub weaker: Evidence,
}

/// An application: an `[[application]]`, or the machines and networks with the same tag `dr-application`.
#[derive(Clone, Debug)]
pub struct Application {
    /// Its name as first written.
    pub name: Arc<str>,
    /// Whether it is meant to fail over alone: declared so, or a network carries its tag.
    pub isolated: bool,
    /// Where its name was first written: in `drlint.toml`, else the tag of a network, else of a machine.
    pub place: Origin,
    /// Its entry in `drlint.toml`.
    pub declared: Option<Span>,
    /// Its machines, sorted.
    pub machines: Vec<MachineIndex>,
    /// Subnets that belong to it as a whole: the network and the name of the subnet.
    pub subnets: Vec<(NetworkIndex, String)>,
    /// Networks that belong to it as a whole.
    pub networks: Vec<NetworkIndex>,
}
