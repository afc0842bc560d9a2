//! What belongs to each network, looked up once so that no question walks the whole estate.

use super::Builder;
use crate::estate::NetworkLists;
use crate::query::{HeldAddress, Holder, Names};
use crate::{Estate, NetworkIndex, ProtectedItem};

impl Builder {
    pub(super) fn index(&mut self) {
        let estate = &mut self.estate;
        estate.by_network.resize_with(estate.networks.len(), NetworkLists::default);
        estate.by_site.resize_with(estate.sites.len(), Vec::new);
        interfaces(estate);
        items(estate);
        mappings(estate);
        plans(estate);
        links(estate);
        standing(estate);
        for lists in &mut estate.by_network {
            lists.machines.sort_unstable();
            lists.machines.dedup();
            lists.load_balancers.dedup();
        }
        estate.held.sort_by_key(|held| (held.network, held.address, held.holder));
        estate.names = Names::of(estate);
    }
}

fn interfaces(estate: &mut Estate) {
    for interface in &estate.interfaces {
        for (at, ip) in (0..).zip(&interface.ip_configurations) {
            let Some(network) = ip.network else { continue };
            let Some(lists) = estate.by_network.get_mut(network.position()) else { continue };
            if lists.interfaces.last() != Some(&interface.index) {
                lists.interfaces.push(interface.index);
            }
            lists.machines.extend(interface.machine);
            if let Some(address) = ip.address.known() {
                let holder = Holder::Interface(interface.index, at);
                estate.held.push(HeldAddress { network, address: *address, holder });
            }
        }
    }
}

/// The networks an item has its machine in.
fn sources(item: &ProtectedItem) -> Vec<NetworkIndex> {
    let of_nics = item.nics.iter().filter_map(|nic| nic.source_network_index);
    let mut sources: Vec<NetworkIndex> = of_nics.chain(item.source_network).collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}

fn items(estate: &mut Estate) {
    for item in &estate.items {
        if let Some(machine) = item.machine {
            estate.item_of_machine.entry(machine).or_insert(item.index);
        }
        for source in sources(item) {
            if let Some(lists) = estate.by_network.get_mut(source.position()) {
                lists.items.push(item.index);
                // The machine itself may be outside the input.
                lists.machines.extend(item.machine);
            }
        }
    }
}

fn mappings(estate: &mut Estate) {
    for (at, mapping) in estate.mappings.iter().enumerate() {
        let lists = mapping.primary_network.and_then(|network| estate.by_network.get_mut(network.position()));
        if let Some(lists) = lists {
            lists.mappings.push(at);
        }
    }
}

fn plans(estate: &mut Estate) {
    for plan in estate.plans.iter().filter(|plan| plan.groups_unknown.is_some()) {
        let unfilled = &mut estate.unfilled_plans;
        unfilled.first.get_or_insert(plan.index);
        match plan.primary_fabric.known() {
            Some(fabric) => {
                unfilled.by_fabric.entry(fabric.clone()).or_insert(plan.index);
            }
            None => {
                unfilled.of_no_fabric.get_or_insert(plan.index);
            }
        }
    }
    for plan in &estate.plans {
        let members = plan.members().filter_map(|member| member.item);
        let mut covered: Vec<NetworkIndex> = Vec::new();
        for item in members.filter_map(|item| estate.items.get(item.position())) {
            covered.extend(sources(item));
            if let Some(machine) = item.machine {
                estate.plans_of_machine.entry(machine).or_default().push(plan.index);
            }
        }
        covered.sort_unstable();
        covered.dedup();
        for network in covered {
            if let Some(lists) = estate.by_network.get_mut(network.position()) {
                lists.plans.push(plan.index);
            }
        }
    }
}

fn links(estate: &mut Estate) {
    for link in &estate.links {
        for end in link.ends {
            let lists = end.network().and_then(|at| estate.by_network.get_mut(at.position()));
            if let Some(lists) = lists {
                lists.links.push(link.index);
            }
            if let Some(links) = end.site().and_then(|at| estate.by_site.get_mut(at.position())) {
                links.push(link.index);
            }
        }
    }
}

fn standing(estate: &mut Estate) {
    for balancer in &estate.load_balancers {
        for (at, frontend) in (0..).zip(&balancer.frontends) {
            let Some(network) = frontend.network else { continue };
            if let Some(lists) = estate.by_network.get_mut(network.position()) {
                lists.load_balancers.push(balancer.index);
            }
            if let Some(address) = frontend.address.known() {
                let holder = Holder::Frontend(balancer.index, at);
                estate.held.push(HeldAddress { network, address: *address, holder });
            }
        }
    }
    for (at, endpoint) in estate.private_endpoints.iter().enumerate() {
        let Some(network) = endpoint.network else { continue };
        if let Some(lists) = estate.by_network.get_mut(network.position()) {
            lists.private_endpoints.push(at);
        }
        for (which, address) in (0..).zip(&endpoint.addresses) {
            let holder = Holder::PrivateEndpoint(u32::try_from(at).unwrap_or(u32::MAX), which);
            estate.held.push(HeldAddress { network, address: address.value, holder });
        }
    }
}
