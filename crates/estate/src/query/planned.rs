//! The links that failovers of `drlint.toml` are to make, and the places a recovery may reach in the stead of others.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use drlint_resource::{ResourceId, Unknown};

use crate::{
    DeclaredFailover, DeclaredStep, End, Estate, LinkKind, Machine, NetworkIndex, Placed, StepAction,
};

/// A `connect` step whose two ends are known.
#[derive(Clone, Copy, Debug)]
pub struct PlannedLink<'e> {
    /// The failover it belongs to.
    pub failover: &'e DeclaredFailover,
    /// The step.
    pub step: &'e DeclaredStep,
    /// What it joins.
    pub ends: [End; 2],
    /// How; a link with a hub is written as `peering`.
    pub kind: LinkKind,
    /// Where that is stated.
    pub via: &'e Placed<LinkKind>,
}

impl PlannedLink<'_> {
    /// The end that is not `end`; `None` if `end` is not one of its ends.
    pub fn other(&self, end: End) -> Option<End> {
        end.opposite(self.ends)
    }
}

/// Something that declares a link whose other end, or whose kind, is not known.
#[derive(Clone, Debug)]
pub struct UnknownLink<'e> {
    /// The network on whose side it is declared, if that is known.
    pub owner: Option<NetworkIndex>,
    /// The peering or connection.
    pub id: &'e ResourceId,
    /// Why nobody knows.
    pub unknown: &'e Arc<Unknown>,
}

impl Estate {
    /// The links that the failovers of `drlint.toml` are to make, in order. A step whose ends are not in the input
    /// is left out.
    pub fn planned_links(&self) -> Vec<PlannedLink<'_>> {
        let mut found = Vec::new();
        for failover in &self.intent().failovers {
            for step in &failover.steps {
                let StepAction::Connect { a, b, via } = &step.action else { continue };
                let (Some(a), Some(b)) = (self.find_end(a).one(), self.find_end(b).one()) else { continue };
                let hub = [a, b].iter().any(|end| end.network().is_some_and(|at| self.network(at).is_hub()));
                let kind = if hub && via.value == LinkKind::Peering { LinkKind::Hub } else { via.value };
                found.push(PlannedLink { failover, step, ends: [a, b], kind, via });
            }
        }
        found
    }

    /// The networks that failovers of `drlint.toml` move, or of which they move machines.
    pub fn networks_moved_by_failovers(&self) -> BTreeSet<NetworkIndex> {
        let mut found = BTreeSet::new();
        for step in self.intent().failovers.iter().flat_map(|failover| &failover.steps) {
            match &step.action {
                StepAction::FailOver(networks) => {
                    let networks = networks.iter().filter_map(|name| self.find_network(name).one());
                    found.extend(networks.map(|network| network.index));
                }
                StepAction::FailOverMachines(machines) => {
                    let machines = machines.iter().filter_map(|name| self.find_machine(name).one());
                    found.extend(machines.flat_map(|machine| self.homes_of(machine)));
                }
                StepAction::Disconnect(..) | StepAction::Connect { .. } | StepAction::Reroute { .. } => {}
            }
        }
        found
    }

    /// The networks of a machine: of its interfaces, and the source of its item.
    fn homes_of(&self, machine: &Machine) -> Vec<NetworkIndex> {
        let interfaces = machine.interfaces.iter().map(|index| self.interface(*index));
        let networks =
            interfaces.flat_map(|interface| &interface.ip_configurations).filter_map(|ip| ip.network);
        let source = self.item_of(machine).and_then(|item| item.source_network);
        networks.chain(source).collect()
    }

    /// Where a recovery may find what its source finds at `end`: there, or in a recovery of that network.
    pub fn stand_ins(&self, end: End) -> Vec<End> {
        let network = end.network().map(|index| self.network(index));
        let recoveries = network.into_iter().flat_map(|network| self.pairs_of_source(network));
        std::iter::once(end).chain(recoveries.map(|pair| End::Network(pair.recovery.index))).collect()
    }

    /// Peerings and connections that may be links, with what is not known of each.
    pub fn unknown_links(&self) -> Vec<UnknownLink<'_>> {
        let peerings = self.networks().iter().flat_map(|network| {
            network.peerings.iter().filter_map(|peering| {
                let unknown = peering.remote.unknown()?;
                Some(UnknownLink { owner: Some(network.index), id: &peering.id, unknown })
            })
        });
        let connections = self.connections().iter().filter_map(|connection| {
            let facts = [connection.gateway.unknown(), connection.other.unknown(), connection.kind.unknown()];
            let unknown = facts.into_iter().flatten().next()?;
            let owner = connection.gateway_index.and_then(|index| self.gateway(index).network);
            Some(UnknownLink { owner, id: &connection.id, unknown })
        });
        peerings.chain(connections).collect()
    }

    /// [`Estate::unknown_links`] by the network that declares them.
    pub fn unknown_links_by_network(&self) -> BTreeMap<NetworkIndex, Vec<UnknownLink<'_>>> {
        let mut found: BTreeMap<NetworkIndex, Vec<UnknownLink<'_>>> = BTreeMap::new();
        for link in self.unknown_links() {
            if let Some(owner) = link.owner {
                found.entry(owner).or_default().push(link);
            }
        }
        found
    }
}
