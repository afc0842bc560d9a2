//! What fails over within a pair: the machines' addresses on their way from source to recovery.

use std::net::IpAddr;
use std::sync::Arc;

use drlint_resource::{Origin, Unknown};

use super::{Pair, SourceAddress, TargetAddress, TargetSubnet};
use crate::{
    Allocation, Fact, Held, Holder, Interface, IpConfiguration, ItemIpConfiguration, ItemNic, Placed,
    ProtectedItem,
};

/// An IP configuration of a protected machine that fails over from the source of a pair to its recovery.
#[derive(Clone, Copy, Debug)]
pub struct Move<'e> {
    /// The pair.
    pub pair: Pair<'e>,
    /// The machine.
    pub item: &'e ProtectedItem,
    /// Its network interface.
    pub nic: &'e ItemNic,
    /// The IP configuration.
    pub ip: &'e ItemIpConfiguration,
}

impl ItemNic {
    /// Whether it fails over with its machine.
    pub fn fails_over(&self) -> bool {
        !self.selection.known().is_some_and(|selection| selection.eq_ignore_ascii_case("NotSelected"))
    }

    /// Whether `ip` of this interface fails over: it says so, or it is the only one and says nothing.
    fn moves(&self, ip: &ItemIpConfiguration) -> bool {
        let silent = ip.primary.is_absent() && ip.selected.is_absent();
        ip.fails_over() || (silent && self.ip_configurations.len() == 1)
    }
}

impl<'e> Pair<'e> {
    /// The interfaces of `item` that fail over within this pair.
    pub fn moving_nics(&self, item: &'e ProtectedItem) -> impl Iterator<Item = &'e ItemNic> + use<'e> {
        let (source, recovery) = (self.source.index, self.recovery.index);
        item.nics.iter().filter(move |nic| {
            nic.fails_over()
                && nic.source_network_index.is_none_or(|network| network == source)
                && nic.recovery_network_index.is_none_or(|network| network == recovery)
        })
    }

    /// The IP configurations of `item` that fail over within this pair.
    pub fn moves_of(&self, item: &'e ProtectedItem) -> impl Iterator<Item = Move<'e>> + use<'e> {
        let pair = *self;
        self.moving_nics(item).flat_map(move |nic| {
            let moving = nic.ip_configurations.iter().filter(|ip| nic.moves(ip));
            moving.map(move |ip| Move { pair, item, nic, ip })
        })
    }
}

impl<'e> Move<'e> {
    /// The interface in the source and its IP configuration, where they are in the input.
    pub fn source_configuration(&self) -> Option<(&'e Interface, &'e IpConfiguration)> {
        self.pair.estate().source_configuration(self.nic, self.ip)
    }

    /// The address in the source.
    ///
    /// # Errors
    ///
    /// Why it is not known.
    pub fn source_address(&self) -> Result<SourceAddress<'e>, Arc<Unknown>> {
        self.pair.estate().source_address(self.nic, self.ip)
    }

    /// Whether the address in the source is fixed: by the interface, else by the item.
    pub fn allocation(&self) -> &'e Fact<Allocation> {
        let own = self.source_configuration().map(|(_, own)| &own.method);
        own.filter(|method| !method.is_absent()).unwrap_or(&self.ip.source_method)
    }

    /// The name of the subnet in the source.
    pub fn source_subnet_name(&self) -> Option<&'e str> {
        self.pair.estate().source_subnet_name(self.nic, self.ip)
    }

    /// The subnet it comes up in.
    pub fn target_subnet(&self) -> TargetSubnet<'e> {
        self.pair.target_subnet(self.nic, self.ip)
    }

    /// The address it comes up with.
    pub fn target_address(&self) -> TargetAddress<'e> {
        self.pair.target_address(self.nic, self.ip)
    }

    /// Where the target address is set, or would be: `recoveryStaticIPAddress`, else the name of the configuration.
    pub fn pin_place(&self) -> &'e Origin {
        self.ip.recovery_address_place.as_ref().unwrap_or(&self.ip.place)
    }

    /// Where a person changes the target address `address`: the pin, or the source address that is kept.
    pub fn address_place(&self, address: &'e Placed<IpAddr>) -> &'e Origin {
        if self.ip.recovery_address.known().is_some() { self.pin_place() } else { &address.origin }
    }
}

impl ProtectedItem {
    /// Whether `held`, in the network this item fails over to, is its own machine: the interface it replicates, or
    /// one of the machine that failed over before, be it still unprotected or protected for the way back.
    pub fn is_own(&self, held: &Held<'_>, pair: &Pair<'_>) -> bool {
        let Holder::Interface(index, _) = held.holder else { return false };
        if self.nics.iter().any(|nic| nic.interface == Some(index)) {
            return true;
        }
        let Some(machine) = pair.estate().interface(index).machine else { return false };
        let machine = pair.estate().machine(machine);
        let name = self.recovery_machine_name.known().unwrap_or(&self.machine_name);
        let protected_for_the_way_back = || {
            let item = pair.estate().item_of(machine);
            item.is_some_and(|item| item.target_network == Some(pair.source.index))
        };
        machine.name().eq_ignore_ascii_case(name) && (self.has_failed_over() || protected_for_the_way_back())
    }
}
