//! Recovery plans: a list of them has empty groups, the answer for one has them, and the two are merged.

use std::sync::Arc;

use drlint_resource::{Input, Reason, Resource, Unknown};

use super::merge::Merged;
use super::told::{Told, ToldList};
use super::{Builder, read};
use crate::{Action, ActionKind, Group, GroupKind, Plan, PlanIndex, PlanMember, RECOVERY_PLAN};

impl Builder {
    /// Needs the items.
    pub(super) fn plans(&mut self) {
        for merged in self.inventory.take(RECOVERY_PLAN) {
            self.plan(&merged);
        }
    }

    fn plan(&mut self, merged: &Merged) {
        let told = merged.told();
        let told_groups = groups(merged);
        let groups: Vec<Group> = told_groups.elements.iter().map(|group| self.group(group)).collect();
        let filled = groups.iter().any(|group| {
            !(group.members.is_empty() && group.start_actions.is_empty() && group.end_actions.is_empty())
        });
        let in_template = merged.tellings().any(|telling| {
            matches!(telling.input, Input::Template(_)) && !telling.property("groups").is_absent()
        });
        let groups_unknown = match &told_groups.unknown {
            Some(unknown) => Some(Arc::clone(unknown)),
            None if filled || in_template => None,
            None => Some(Arc::new(not_shown(merged, &told_groups))),
        };
        let zones = told.list("providerSpecificDetails").elements;
        let zone = |path: &str| {
            let zones = zones.iter().map(|details| read::text(details.property(path)));
            zones.into_iter().find(|zone| !zone.is_absent()).unwrap_or_default()
        };
        let plan = Plan {
            index: PlanIndex::at(self.estate.plans.len()),
            id: merged.id.clone(),
            name: merged.name(),
            place: merged.place(),
            groups,
            groups_unknown,
            groups_place: told_groups.origin,
            primary_fabric: self.identities.read(told.property("primaryFabricId")),
            recovery_fabric: self.identities.read(told.property("recoveryFabricId")),
            primary_zone: zone("primaryZone"),
            recovery_zone: zone("recoveryZone"),
        };
        self.estate.plans.push(plan);
    }

    fn group(&mut self, told: &Told<'_>) -> Group {
        let mut members = Vec::new();
        for element in told.list("replicationProtectedItems").elements {
            let Some(id) = self.identities.read(element.member("id")).placed().cloned() else {
                continue;
            };
            let item = self.estate.keys.items.get(&id).copied();
            members.push(PlanMember { id, item });
        }
        let actions = |path: &str| told.list(path).elements.iter().map(action).collect();
        Group {
            kind: told.property("groupType").text().map_or(GroupKind::Other, group_kind),
            place: told.origin().clone(),
            members,
            start_actions: actions("startGroupActions"),
            end_actions: actions("endGroupActions"),
        }
    }
}

fn not_shown(merged: &Merged, told: &ToldList<'_>) -> Unknown {
    let reason = format!("the groups of recovery plan `{}` are not in the input", merged.name());
    let place = told.origin.clone().unwrap_or_else(|| merged.place());
    Unknown::without_expression(Reason::Other(reason.into()), place.span)
}

/// The groups of the first telling that has something in them, else of the first that shows any.
fn groups(merged: &Merged) -> ToldList<'_> {
    let list = |telling| -> ToldList<'_> {
        let resource: &Resource = telling;
        Told::one(&resource.body).list("groups")
    };
    let filled = |list: &ToldList<'_>| list.elements.iter().any(is_filled);
    let found = merged.tellings().map(list).find(filled);
    found.unwrap_or_else(|| merged.told().list("groups"))
}

fn is_filled(group: &Told<'_>) -> bool {
    let lists = ["replicationProtectedItems", "startGroupActions", "endGroupActions"];
    lists.iter().any(|path| !group.list(path).elements.is_empty())
}

fn action(told: &Told<'_>) -> Action {
    let name = read::text(told.property("actionName"));
    let types = told.property("failoverTypes");
    let directions = told.property("failoverDirections");
    Action {
        place: name.origin().unwrap_or(told.origin()).clone(),
        name: name.known().cloned().unwrap_or_default(),
        failover_types: read::texts(types),
        failover_types_place: types.found().map(|value| value.origin.clone()),
        directions: read::texts(directions),
        directions_place: directions.found().map(|value| value.origin.clone()),
        location: read::text(told.property("customDetails.fabricLocation")),
        kind: told.property("customDetails.instanceType").text().map_or(ActionKind::Other, action_kind),
    }
}

fn group_kind(written: &str) -> GroupKind {
    match written {
        _ if written.eq_ignore_ascii_case("Shutdown") => GroupKind::Shutdown,
        _ if written.eq_ignore_ascii_case("Failover") => GroupKind::Failover,
        _ if written.eq_ignore_ascii_case("Boot") => GroupKind::Boot,
        _ => GroupKind::Other,
    }
}

fn action_kind(written: &str) -> ActionKind {
    match written {
        _ if written.eq_ignore_ascii_case("AutomationRunbookActionDetails") => ActionKind::Runbook,
        _ if written.eq_ignore_ascii_case("ScriptActionDetails") => ActionKind::Script,
        _ if written.eq_ignore_ascii_case("ManualActionDetails") => ActionKind::Manual,
        _ => ActionKind::Other,
    }
}
