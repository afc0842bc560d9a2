//! Recovery plans.

use std::sync::Arc;

use drlint_resource::{Origin, ResourceId, Unknown};

use crate::{Fact, ItemIndex, Placed, PlanIndex};

/// A recovery plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its number in the estate.
    pub index: PlanIndex,
    /// Its id.
    pub id: ResourceId,
    /// Its name as it is shown.
    pub name: String,
    /// Where its name was written.
    pub place: Origin,
    /// Its groups in order.
    pub groups: Vec<Group>,
    /// Why `groups` cannot be relied on, if they cannot: a list of plans comes with empty groups (`RULES.md`, *Members of
    /// a plan*).
    pub groups_unknown: Option<Arc<Unknown>>,
    /// Where the groups stand.
    pub groups_place: Option<Origin>,
    /// `primaryFabricId`
    pub primary_fabric: Fact<ResourceId>,
    /// `recoveryFabricId`
    pub recovery_fabric: Fact<ResourceId>,
    /// `primaryZone`
    pub primary_zone: Fact<String>,
    /// `recoveryZone`
    pub recovery_zone: Fact<String>,
}

/// A group of a plan.
#[derive(Clone, Debug)]
pub struct Group {
    /// What it does.
    pub kind: GroupKind,
    /// Where it stands.
    pub place: Origin,
    /// Its items.
    pub members: Vec<PlanMember>,
    /// What runs before it.
    pub start_actions: Vec<Action>,
    /// What runs after it.
    pub end_actions: Vec<Action>,
}

/// `groupType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// Machines of the source are shut down.
    Shutdown,
    /// Machines fail over.
    Failover,
    /// Machines start.
    Boot,
    /// Not known, or one that is not documented.
    Other,
}

/// An item of a group.
#[derive(Clone, Debug)]
pub struct PlanMember {
    /// The protected item.
    pub id: Placed<ResourceId>,
    /// The same in the estate.
    pub item: Option<ItemIndex>,
}

/// An action of a group.
#[derive(Clone, Debug)]
pub struct Action {
    /// `actionName`
    pub name: String,
    /// Where its name was written.
    pub place: Origin,
    /// `failoverTypes`, as written.
    pub failover_types: Vec<Placed<String>>,
    /// Where that list stands.
    pub failover_types_place: Option<Origin>,
    /// `failoverDirections`, as written.
    pub directions: Vec<Placed<String>>,
    /// Where that list stands.
    pub directions_place: Option<Origin>,
    /// `fabricLocation`, as written: where a runbook or script runs.
    pub location: Fact<String>,
    /// What it is.
    pub kind: ActionKind,
}

/// `customDetails.instanceType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// A runbook of an Automation account.
    Runbook,
    /// A script, which needs a VMM server.
    Script,
    /// A manual action, which waits for a person.
    Manual,
    /// Not known, or one that is not documented.
    Other,
}

impl Action {
    /// Whether it runs for failovers of type `kind`, such as `UnplannedFailover`.
    pub fn runs_for(&self, kind: &str) -> bool {
        self.failover_types.iter().any(|written| written.eq_ignore_ascii_case(kind))
    }

    /// Whether it runs in the direction, such as `PrimaryToRecovery`.
    pub fn runs_towards(&self, direction: &str) -> bool {
        self.directions.iter().any(|written| written.eq_ignore_ascii_case(direction))
    }

    /// Whether it runs in an unplanned failover to the recovery, when the source region is lost: one that runs at
    /// `Primary` cannot.
    pub fn runs_when_source_is_lost(&self) -> bool {
        self.runs_for("UnplannedFailover")
            && self.runs_towards("PrimaryToRecovery")
            && !self.location.known().is_some_and(|location| location.eq_ignore_ascii_case("Primary"))
    }
}

impl Plan {
    /// All its members, in order.
    pub fn members(&self) -> impl Iterator<Item = &PlanMember> {
        self.groups.iter().flat_map(|group| &group.members)
    }

    /// All its actions, in order.
    pub fn actions(&self) -> impl Iterator<Item = &Action> {
        self.groups.iter().flat_map(|group| group.start_actions.iter().chain(&group.end_actions))
    }

    /// Whether it recovers into another zone of the same region.
    pub fn is_zone_to_zone(&self) -> bool {
        self.primary_zone.known().is_some() && self.recovery_zone.known().is_some()
    }
}
