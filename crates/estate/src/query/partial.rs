//! Failovers that move part of a network and leave the rest behind (`RULES.md`, *Moving and staying*).

use std::collections::BTreeSet;
use std::sync::Arc;

use drlint_resource::{Reason, Unknown};

use super::Pair;
use crate::{
    DeclaredFailover, Estate, MachineIndex, Movement, Network, StepAction, Subnet, TargetAddress, Undecided,
};

/// A failover that moves machines of some subnets of a source while other subnets stay whole.
#[derive(Clone, Debug)]
pub struct PartialFailover<'e> {
    /// Who moves and who stays.
    pub movement: Movement,
    /// The subnets that machines move from.
    pub left: Vec<&'e Subnet>,
    /// The subnets with machines that stay whole.
    pub kept: Vec<&'e Subnet>,
    /// The failover of `drlint.toml` that says so; `None` if the plans or the items do.
    pub failover: Option<&'e DeclaredFailover>,
}

impl Estate {
    /// How `source` would fail over in part: by its plans or items, else by a failover that names machines.
    ///
    /// # Errors
    ///
    /// When nobody knows who moves, or who stays.
    pub fn partial_failover<'e>(
        &'e self,
        source: &Network,
    ) -> Result<Option<PartialFailover<'e>>, Undecided> {
        let standing = self.movement_of(source);
        if let Ok(movement) = &standing
            && self.is_partial(movement)
        {
            return Ok(Some(self.partial(movement.clone(), None)));
        }
        for failover in &self.intent.failovers {
            let named = self.named_machines(failover, source);
            let movement = self.movement_with(source, named);
            if self.is_partial(&movement) {
                return Ok(Some(self.partial(movement, Some(failover))));
            }
        }
        let moves = standing.map(|movement| !movement.moving.is_empty())?;
        if moves && self.interfaces_in(source).next().is_none() {
            let text = format!("no input shows which other machines are in `{}`", source.name);
            let unknown = Unknown::without_expression(Reason::Other(text.into()), source.place.span);
            return Err(Arc::new(unknown));
        }
        Ok(None)
    }

    /// The machines that the steps of `failover` name; none if a step moves the whole source.
    fn named_machines(&self, failover: &DeclaredFailover, source: &Network) -> BTreeSet<MachineIndex> {
        let mut found = BTreeSet::new();
        for step in &failover.steps {
            match &step.action {
                StepAction::FailOverMachines(names) => {
                    let machines = names.iter().filter_map(|name| self.find_machine(name).one());
                    found.extend(machines.map(|machine| machine.index));
                }
                StepAction::FailOver(names) => {
                    let networks = names.iter().filter_map(|name| self.find_network(name).one());
                    if networks.into_iter().any(|network| network.index == source.index) {
                        return BTreeSet::new();
                    }
                }
                _ => {}
            }
        }
        found
    }

    fn partial<'e>(
        &'e self,
        movement: Movement,
        failover: Option<&'e DeclaredFailover>,
    ) -> PartialFailover<'e> {
        let source = self.network(movement.source);
        let names = |machines: &[MachineIndex]| -> BTreeSet<String> {
            machines.iter().flat_map(|at| self.subnets_of(self.machine(*at), source)).collect()
        };
        let (left, kept) = (names(&movement.moving), names(&movement.staying));
        let subnets = |names: &mut dyn Iterator<Item = &String>| -> Vec<&'e Subnet> {
            names.filter_map(|name| source.subnet(name)).collect()
        };
        let (left, kept) = (subnets(&mut left.iter()), subnets(&mut kept.difference(&left)));
        PartialFailover { movement, left, kept, failover }
    }
}

impl Pair<'_> {
    /// Whether the moving machines get other addresses: the pair does not retain them, or all are pinned to others.
    ///
    /// # Errors
    ///
    /// When a pinned address, or the source address beside it, is not known.
    pub fn changes_addresses(&self, movement: &Movement) -> Result<bool, Undecided> {
        if !self.retain_ip {
            return Ok(true);
        }
        let estate = self.estate();
        let items = movement.moving.iter().filter_map(|at| estate.item_of(estate.machine(*at)));
        let mut pinned = false;
        for item in items {
            for (nic, ip) in item.ip_configurations().filter(|(_, ip)| ip.fails_over()) {
                match self.target_address(nic, ip) {
                    TargetAddress::Pinned(target) => {
                        if estate.source_address(nic, ip)?.address.value == target.value {
                            return Ok(false);
                        }
                        pinned = true;
                    }
                    TargetAddress::Unknown(unknown) if ip.recovery_address.unknown().is_some() => {
                        return Err(unknown);
                    }
                    _ => return Ok(false),
                }
            }
        }
        Ok(pinned)
    }
}
