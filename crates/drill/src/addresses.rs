//! Every machine that comes up must find its subnet, and its address inside, not reserved and free.

use std::net::IpAddr;
use std::sync::Arc;

use drlint_estate::{
    Estate, Holder, Machine, Network, Pair, ProtectedItem, Subnet, TargetAddress, TargetSubnet,
};
use drlint_resource::Unknown;

use crate::{LostAddress, State, Why};

/// What became of the addresses of machines that came up.
#[derive(Default)]
pub(crate) struct Arrival {
    pub(crate) lost: Vec<LostAddress>,
    pub(crate) open: Vec<Arc<Unknown>>,
}

/// Brings up a machine in the recovery of `pair`, with its item if it has one.
pub(crate) fn arrive(
    estate: &Estate,
    state: &mut State,
    pair: &Pair<'_>,
    machine: &Machine,
    arrival: &mut Arrival,
) {
    match estate.item_of(machine) {
        // It runs there already, with the address it has.
        Some(item) if item.has_failed_over() => {}
        Some(item) if item.nics_known => with_item(estate, state, pair, machine, item, arrival),
        Some(item) => {
            let text = format!("the target addresses of `{}` are not in the input", item.machine_name);
            let reason = drlint_resource::Reason::Other(text.into());
            arrival.open.push(Arc::new(Unknown::without_expression(reason, item.place.span)));
        }
        None if pair.retain_ip => without_item(estate, state, pair, machine, arrival),
        None => {}
    }
}

fn with_item(
    estate: &Estate,
    state: &mut State,
    pair: &Pair<'_>,
    machine: &Machine,
    item: &ProtectedItem,
    arrival: &mut Arrival,
) {
    for (nic, ip) in item.ip_configurations().filter(|(_, ip)| ip.fails_over()) {
        let address = match pair.target_address(nic, ip) {
            TargetAddress::Pinned(address) | TargetAddress::Kept(address) => address.value,
            TargetAddress::Free => continue,
            TargetAddress::Unknown(unknown) => {
                arrival.open.push(unknown);
                continue;
            }
        };
        let why = match pair.target_subnet(nic, ip) {
            TargetSubnet::Named(subnet) | TargetSubnet::SameName(subnet) => {
                in_subnet(estate, state, pair.recovery, subnet, machine, address)
            }
            TargetSubnet::Fallback(_) => {
                let name = estate.source_subnet_name(nic, ip).unwrap_or("its subnet");
                Some(Why::SubnetMissing(name.to_owned()))
            }
            TargetSubnet::Unknown(unknown) => {
                arrival.open.push(unknown);
                continue;
            }
        };
        settle(state, pair, machine, address, why, arrival);
    }
}

/// Without an item, the machine keeps the address of each interface in the subnet of the same name.
fn without_item(
    estate: &Estate,
    state: &mut State,
    pair: &Pair<'_>,
    machine: &Machine,
    arrival: &mut Arrival,
) {
    let interfaces = machine.interfaces.iter().flat_map(|index| &estate.interface(*index).ip_configurations);
    let here: Vec<_> = interfaces.filter(|ip| ip.network == Some(pair.source.index)).collect();
    for ip in here {
        let (Some(address), Some(name)) = (ip.address.known().copied(), ip.subnet_name()) else { continue };
        let why = match pair.recovery.subnet(name) {
            Some(subnet) => in_subnet(estate, state, pair.recovery, subnet, machine, address),
            None if pair.recovery.all_subnets_known().is_ok() => Some(Why::SubnetMissing(name.to_owned())),
            None => continue,
        };
        settle(state, pair, machine, address, why, arrival);
    }
}

fn settle(
    state: &mut State,
    pair: &Pair<'_>,
    machine: &Machine,
    address: IpAddr,
    why: Option<Why>,
    arrival: &mut Arrival,
) {
    match why {
        Some(why) => {
            let lost = LostAddress { machine: machine.name().to_owned(), address: Some(address), why };
            arrival.lost.push(lost);
        }
        None => {
            state.came_up.insert((pair.recovery.index, address), machine.index);
        }
    }
}

/// Why a machine cannot have an address in a subnet.
fn in_subnet(
    estate: &Estate,
    state: &State,
    recovery: &Network,
    subnet: &Subnet,
    machine: &Machine,
    address: IpAddr,
) -> Option<Why> {
    if !subnet.prefixes.is_shown() || subnet.prefixes.unknown.is_some() {
        return None;
    }
    let place = || subnet.prefixes.prefixes.first().map(|prefix| prefix.origin.clone());
    let Some(prefix) = subnet.prefixes.holding(address) else {
        return Some(Why::Outside { subnet: subnet.name.clone(), place: place() });
    };
    if is_reserved(prefix.net, address) {
        return Some(Why::Reserved { subnet: subnet.name.clone(), place: Some(prefix.origin.clone()) });
    }
    if let Some(other) =
        state.came_up.get(&(recovery.index, address)).filter(|other| **other != machine.index)
    {
        return Some(Why::Taken { by: estate.machine(*other).name().to_owned(), place: None });
    }
    let own = |holder: &Holder| match holder {
        Holder::Interface(index, _) => estate.interface(*index).machine == Some(machine.index),
        Holder::Frontend(..) | Holder::PrivateEndpoint(..) => false,
    };
    let holder = estate.holders_of(recovery, address).find(|held| !own(&held.holder))?;
    Some(Why::Taken { by: holder.name.to_owned(), place: Some(holder.place) })
}

/// Whether Azure keeps the address: the first four and the last of a prefix (virtual network FAQ, 2019-02-12).
fn is_reserved(prefix: ipnet::IpNet, address: IpAddr) -> bool {
    let number = |address: IpAddr| match address {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
    };
    let (first, last, number) = (number(prefix.network()), number(prefix.broadcast()), number(address));
    number - first < 4 || number == last
}
