//! Which machines of a source move in a failover, and which stay.

use std::collections::BTreeSet;
use std::sync::Arc;

use drlint_resource::Unknown;

use crate::{
    Estate, Machine, MachineIndex, Network, NetworkIndex, PROTECTED_ITEM, Plan, ProtectedItem, RECOVERY_PLAN,
};

/// The machines of a source that move, and those that stay (`RULES.md`, *Moving and staying*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// The source.
    pub source: NetworkIndex,
    /// Those that fail over, sorted.
    pub moving: Vec<MachineIndex>,
    /// Those that do not, replicas left out, sorted.
    pub staying: Vec<MachineIndex>,
}

/// Why nobody knows.
pub type Undecided = Arc<Unknown>;

impl Estate {
    /// Who moves when `source` fails over: the machines of all its plans together; without a plan, its protected
    /// machines.
    ///
    /// # Errors
    ///
    /// Undecided where a plan that may cover it does not show its members, and where some stay as far as the input goes,
    /// which lacks items or plans.
    pub fn movement_of(&self, source: &Network) -> Result<Movement, Undecided> {
        let hidden = self.plan_without_members(source).and_then(|plan| plan.groups_unknown.as_ref());
        if let Some(unknown) = hidden {
            return Err(Arc::clone(unknown));
        }
        // Sorted, as the index was filled plan by plan.
        let covering = &self.by_network[source.index.position()].plans;
        if covering.is_empty() {
            let movement = self.movement_with(source, self.items_of(source).filter_map(|item| item.machine));
            return self.if_complete(movement);
        }
        // A plan may have members in thousands of networks, so the machines of this one are asked for their plans.
        let in_a_plan = |machine: MachineIndex| {
            let plans = self.plans_of_machine.get(&machine).into_iter().flatten();
            plans.into_iter().any(|plan| covering.binary_search(plan).is_ok())
        };
        self.if_complete(self.movement(source, in_a_plan))
    }

    fn if_complete(&self, movement: Movement) -> Result<Movement, Undecided> {
        let Some(staying) = movement.staying.first().map(|at| self.machine(*at)) else { return Ok(movement) };
        self.incomplete(&[PROTECTED_ITEM, RECOVERY_PLAN], staying.place.span).map_or(Ok(movement), Err)
    }

    /// Who moves when the machines in `named` fail over from `source`.
    pub fn movement_with(&self, source: &Network, named: impl IntoIterator<Item = MachineIndex>) -> Movement {
        let named: BTreeSet<MachineIndex> = named.into_iter().collect();
        self.movement(source, |machine| named.contains(&machine))
    }

    /// The plans with an item of `network`.
    pub fn plans_covering<'e>(&'e self, network: &Network) -> impl Iterator<Item = &'e Plan> + use<'e> {
        self.by_network[network.index.position()].plans.iter().map(|index| self.plan(*index))
    }

    /// A plan that may cover `source`, but whose members are not known: one from the fabric of its items, or one
    /// that names no fabric.
    pub fn plan_without_members(&self, source: &Network) -> Option<&Plan> {
        let unfilled = &self.unfilled_plans;
        unfilled.first?;
        let covers = |item: &ProtectedItem| match &item.fabric {
            Some(fabric) => unfilled.by_fabric.get(fabric).copied().or(unfilled.of_no_fabric),
            None => unfilled.first,
        };
        self.items_of(source).find_map(covers).map(|index| self.plan(index))
    }

    /// The names of the subnets of `network` that `machine` has an address in, in lower case and sorted: by its
    /// interfaces, else by its item.
    pub fn subnets_of(&self, machine: &Machine, network: &Network) -> BTreeSet<String> {
        let interfaces = machine.interfaces.iter().flat_map(|at| &self.interface(*at).ip_configurations);
        let here = interfaces.filter(|ip| ip.network == Some(network.index));
        let mut found: BTreeSet<String> =
            here.filter_map(|ip| ip.subnet_name()).map(str::to_lowercase).collect();
        if found.is_empty() {
            let nics = self.item_of(machine).into_iter().flat_map(|item| &item.nics);
            let nics = nics.filter(|nic| nic.source_network_index == Some(network.index));
            let ips = nics.flat_map(|nic| &nic.ip_configurations);
            found.extend(ips.filter_map(|ip| ip.subnet_name.known()).map(|name| name.to_lowercase()));
        }
        found
    }

    /// Whether machines move from some subnet of the source while another subnet with machines stays whole.
    pub fn is_partial(&self, movement: &Movement) -> bool {
        let source = self.network(movement.source);
        let subnets = |machines: &[MachineIndex]| -> BTreeSet<String> {
            machines.iter().flat_map(|at| self.subnets_of(self.machine(*at), source)).collect()
        };
        let (left, kept) = (subnets(&movement.moving), subnets(&movement.staying));
        !left.is_empty() && kept.difference(&left).next().is_some()
    }

    fn movement(&self, source: &Network, moves: impl Fn(MachineIndex) -> bool) -> Movement {
        let here = self.machines_in(source).filter(|machine| !machine.is_replica());
        let (moving, staying): (Vec<&Machine>, Vec<&Machine>) =
            here.partition(|machine| moves(machine.index));
        let indices = |machines: Vec<&Machine>| machines.into_iter().map(|machine| machine.index).collect();
        Movement { source: source.index, moving: indices(moving), staying: indices(staying) }
    }
}
