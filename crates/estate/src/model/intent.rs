//! What people mean, as `drlint.toml` says it, without its format.

use drlint_source::Span;

use super::LinkKind;
use crate::Placed;

/// Pairs, applications and failovers that people declare.
#[derive(Clone, Debug, Default)]
pub struct Intent {
    /// Each `[[recovery]]`.
    pub recoveries: Vec<DeclaredRecovery>,
    /// Each `[[application]]`.
    pub applications: Vec<DeclaredApplication>,
    /// Each `[[failover]]`.
    pub failovers: Vec<DeclaredFailover>,
}

/// A `[[recovery]]`.
#[derive(Clone, Debug)]
pub struct DeclaredRecovery {
    /// Name or id of the source.
    pub source: Placed<String>,
    /// Name or id of the recovery.
    pub recovery: Placed<String>,
    /// Whether machines keep their addresses; absent means they do.
    pub retain_ip: Option<Placed<bool>>,
    /// The entry.
    pub place: Span,
}

/// An `[[application]]`.
#[derive(Clone, Debug)]
pub struct DeclaredApplication {
    /// Its name.
    pub name: Placed<String>,
    /// Whether it is meant to fail over alone.
    pub isolated: Option<Placed<bool>>,
    /// Names or ids of its machines.
    pub vms: Vec<Placed<String>>,
    /// Names or ids of its subnets.
    pub subnets: Vec<Placed<String>>,
    /// Names or ids of its networks.
    pub vnets: Vec<Placed<String>>,
    /// The entry.
    pub place: Span,
}

/// A `[[failover]]`.
#[derive(Clone, Debug)]
pub struct DeclaredFailover {
    /// Its name.
    pub name: Placed<String>,
    /// Its steps in order.
    pub steps: Vec<DeclaredStep>,
    /// The entry.
    pub place: Span,
    /// The list of steps.
    pub steps_place: Span,
}

/// One step of a failover.
#[derive(Clone, Debug)]
pub struct DeclaredStep {
    /// The step.
    pub place: Span,
    /// What it does.
    pub action: StepAction,
}

/// What a step does. Networks, sites and machines are given by name or id.
#[derive(Clone, Debug)]
pub enum StepAction {
    /// Cuts every link between the two.
    Disconnect(Placed<String>, Placed<String>),
    /// Links the two.
    Connect {
        /// One end.
        a: Placed<String>,
        /// The other end.
        b: Placed<String>,
        /// The kind of link.
        via: Placed<LinkKind>,
    },
    /// Moves the moving machines of each source to its recovery.
    FailOver(Vec<Placed<String>>),
    /// Moves the named machines alone.
    FailOverMachines(Vec<Placed<String>>),
    /// Points the routes of a site to a network.
    Reroute {
        /// The site.
        site: Placed<String>,
        /// The network.
        to: Placed<String>,
    },
}
