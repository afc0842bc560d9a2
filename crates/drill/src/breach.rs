//! What a drill finds.

use std::net::IpAddr;

use drlint_estate::{AddressSet, End, LinkIndex, LinkKind, MachineIndex, NetworkIndex, SiteIndex};
use drlint_resource::Origin;
use drlint_source::Span;

/// An invariant that a step broke.
#[derive(Clone, Debug)]
pub struct Breach {
    /// What is broken.
    pub kind: BreachKind,
    /// When it broke.
    pub from: Moment,
    /// The step that mended it; `None` if it lasts to the end.
    pub until: Option<usize>,
}

/// A moment of a drill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// Before the first step.
    Start,
    /// At this step, counted from 0.
    Step(usize),
    /// After the last step, once all is said and done.
    End,
}

/// What is broken.
#[derive(Clone, Debug)]
pub enum BreachKind {
    /// Two linked networks overlap.
    LinkedOverlap {
        /// One of them.
        one: NetworkIndex,
        /// The other.
        two: NetworkIndex,
        /// What both use.
        shared: AddressSet,
    },
    /// Two neighbors of one network overlap.
    NeighborsOverlap {
        /// The network in the middle.
        middle: NetworkIndex,
        /// One neighbor.
        one: NetworkIndex,
        /// The other.
        two: NetworkIndex,
        /// What both use.
        shared: AddressSet,
    },
    /// A site receives a range from two networks.
    AnnouncedTwice {
        /// The site.
        site: SiteIndex,
        /// One network.
        one: NetworkIndex,
        /// The other.
        two: NetworkIndex,
        /// What it receives from both.
        shared: AddressSet,
    },
    /// Machines that came up cannot have their addresses.
    AddressesLost {
        /// The network they came up in.
        recovery: NetworkIndex,
        /// Each of them.
        lost: Vec<LostAddress>,
    },
    /// The machines of one network run in two that cannot serve as one.
    NetworkSplit {
        /// The network they come from.
        home: NetworkIndex,
        /// Where the others run.
        other: NetworkIndex,
        /// Whether the two overlap; otherwise they are not linked.
        overlap: bool,
        /// A machine that stays.
        stays: MachineIndex,
    },
    /// Nothing connects two places at the end that were connected at the start.
    LinkLost {
        /// The link at the start.
        link: LinkIndex,
        /// Where the machines of its ends run now.
        ends: [End; 2],
    },
    /// A link came back as one of another kind: a warning.
    OtherKind {
        /// The link at the start.
        link: LinkIndex,
        /// Where the machines of its ends run now.
        ends: [End; 2],
        /// The kind it has now.
        kind: LinkKind,
        /// The step that made it.
        made: Option<usize>,
    },
    /// No step points the routes of a site to where the machines run now: a warning.
    NotRerouted {
        /// The site.
        site: SiteIndex,
        /// Where the machines run now.
        network: NetworkIndex,
        /// The step that connected the two.
        connected: Option<usize>,
    },
    /// A step that does nothing: a warning.
    Ineffective {
        /// Why, as a sentence without full stop.
        why: String,
        /// The name that is to blame.
        place: Option<Span>,
    },
}

impl BreachKind {
    /// Whether it makes the failover violated.
    pub fn is_error(&self) -> bool {
        !matches!(self, Self::OtherKind { .. } | Self::NotRerouted { .. } | Self::Ineffective { .. })
    }
}

/// A machine that cannot have its address.
#[derive(Clone, Debug)]
pub struct LostAddress {
    /// The machine, by the name that messages show.
    pub machine: String,
    /// The address it should have.
    pub address: Option<IpAddr>,
    /// Why it cannot have it.
    pub why: Why,
}

/// Why a machine cannot have its address.
#[derive(Clone, Debug)]
pub enum Why {
    /// The recovery has no subnet of this name.
    SubnetMissing(String),
    /// The address is not in the subnet.
    Outside {
        /// The subnet.
        subnet: String,
        /// Where its prefix stands.
        place: Option<Origin>,
    },
    /// Azure keeps the address for itself.
    Reserved {
        /// The subnet.
        subnet: String,
        /// Where its prefix stands.
        place: Option<Origin>,
    },
    /// Something else has the address.
    Taken {
        /// Its name.
        by: String,
        /// Where it says so.
        place: Option<Origin>,
    },
}

/// What a question that stays open is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Whether networks overlap.
    Ranges,
    /// Whether a site receives a range twice.
    Announcements,
    /// Whether machines keep their addresses.
    Addresses,
    /// Whether a link is restored.
    Links,
    /// Whether routes follow.
    Routes,
    /// What a name in a step means.
    Names,
}

impl Topic {
    /// All that is judged of a state: every topic but names, which are the reader's.
    pub const JUDGED: [Self; 5] =
        [Self::Ranges, Self::Announcements, Self::Addresses, Self::Links, Self::Routes];
}

/// Something that could not be judged.
#[derive(Clone, Debug)]
pub struct Open {
    /// What it is about.
    pub topic: Topic,
    /// The step after which it came up; `None` for the end.
    pub step: Option<usize>,
    /// Why, as a sentence without full stop.
    pub reason: String,
    /// What blocked it.
    pub place: Option<Span>,
}

/// A time in which two places that were connected cannot reach each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The link at the start.
    pub link: LinkIndex,
    /// The step that cut it, counted from 0.
    pub lost: usize,
    /// The step that brought it back; `None` if none does.
    pub regained: Option<usize>,
}

/// What a drill comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// No invariant is broken.
    Holds,
    /// None is broken as far as is known.
    Undecided,
    /// One is broken.
    Violated,
}

impl Verdict {
    /// What a failover comes to that two versions of an estate judge so.
    #[must_use]
    pub fn agreed(self, other: Self) -> Self {
        if self == other { self } else { Self::Undecided }
    }

    /// `holds`, `undecided` or `violated`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Undecided => "undecided",
            Self::Violated => "violated",
        }
    }
}
