//! Which subnets a network has, and who lives in them.

use std::sync::Arc;

use drlint_resource::{Part, Reason, Unknown};

use crate::{Estate, ItemIpConfiguration, Machine, Network, Pair, Plan, ProtectedItem, Subnet};

impl Network {
    /// Whether the input shows all of its subnets and their names, so that one that is not there is absent.
    ///
    /// # Errors
    ///
    /// Why nobody knows which subnets there are.
    pub fn all_subnets_known(&self) -> Result<(), Arc<Unknown>> {
        if let Some(unknown) = &self.subnets_unknown {
            return Err(Arc::clone(unknown));
        }
        let told = |text: String, place| {
            Err(Arc::new(Unknown::without_expression(Reason::Other(text.into()), place)))
        };
        if !self.subnets_shown {
            return told(format!("the subnets of `{}` are not in the input", self.name), self.place.span);
        }
        let nameless = |subnet: &&Subnet| matches!(subnet.id.names().last(), Some(Part::Unknown { .. }));
        match self.subnets.iter().find(nameless) {
            Some(subnet) => {
                told(format!("the name of a subnet of `{}` is not known", self.name), subnet.place.span)
            }
            None => Ok(()),
        }
    }
}

impl Estate {
    /// The items of `network` with an IP configuration in `subnet`, as the items or the interfaces tell.
    pub fn items_in_subnet<'e>(&'e self, network: &Network, subnet: &Subnet) -> Vec<&'e ProtectedItem> {
        self.items_of(network).filter(|item| self.lives_in(item, network, subnet)).collect()
    }

    /// The machines with an IP configuration in `subnet` of `network`.
    pub fn machines_in_subnet<'e>(&'e self, network: &Network, subnet: &Subnet) -> Vec<&'e Machine> {
        let here = |machine: &&Machine| {
            machine.interfaces.iter().any(|index| {
                let configurations = &self.interface(*index).ip_configurations;
                configurations.iter().any(|ip| ip.subnet.known() == Some(&subnet.id))
            })
        };
        self.machines_in(network).filter(here).collect()
    }

    /// Whether `pair` recovers into another zone of one region, as its items or its plans say.
    pub fn is_zone_to_zone(&self, pair: &Pair<'_>) -> bool {
        pair.items().any(ProtectedItem::is_zone_to_zone)
            || self.plans_covering(pair.source).any(Plan::is_zone_to_zone)
            || self.plan_without_members(pair.source).is_some_and(Plan::is_zone_to_zone)
    }

    /// Why nobody knows whether `pair` recovers into another zone of one region: an item or a plan has a zone without a
    /// value, or an item has a zone and does not show the regions, as in the form a template writes.
    pub fn doubt_of_zone_to_zone(&self, pair: &Pair<'_>) -> Option<Arc<Unknown>> {
        let of_item = |item: &ProtectedItem| {
            let regions_known =
                item.primary_region.known().is_some() && item.recovery_region.known().is_some();
            let hidden = item.recovery_zone.placed().filter(|_| !regions_known).map(|zone| {
                let text = format!("the regions of protected item `{}` are not in the input", item.name);
                Arc::new(Unknown::without_expression(Reason::Other(text.into()), zone.origin.span))
            });
            item.recovery_zone.unknown().cloned().or(hidden)
        };
        let of_plan = |plan: &Plan| plan.primary_zone.unknown().or(plan.recovery_zone.unknown()).cloned();
        pair.items().find_map(of_item).or_else(|| self.plans_covering(pair.source).find_map(of_plan))
    }

    fn lives_in(&self, item: &ProtectedItem, network: &Network, subnet: &Subnet) -> bool {
        let named = |ip: &ItemIpConfiguration| {
            ip.subnet_name.known().is_some_and(|name| name.eq_ignore_ascii_case(&subnet.name))
        };
        let told = item.nics.iter().any(|nic| {
            let here = nic.source_network_index.is_none_or(|source| source == network.index);
            here && nic.ip_configurations.iter().any(named)
        });
        told || item.machine.is_some_and(|machine| {
            self.machine(machine).interfaces.iter().any(|index| {
                let configurations = &self.interface(*index).ip_configurations;
                configurations.iter().any(|ip| ip.subnet.known() == Some(&subnet.id))
            })
        })
    }
}
