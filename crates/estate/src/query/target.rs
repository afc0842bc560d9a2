//! Where a machine comes up: its target subnet and its target address (`RULES.md`, *Terms*).

use std::net::IpAddr;
use std::sync::Arc;

use drlint_resource::{Reason, Unknown};

use super::Pair;
use crate::{
    Allocation, Estate, Fact, Interface, IpConfiguration, ItemIpConfiguration, ItemNic, Placed, Subnet,
};

/// The address of an IP configuration in the source.
#[derive(Clone, Debug)]
pub struct SourceAddress<'e> {
    /// The address.
    pub address: &'e Placed<IpAddr>,
    /// Whether it is fixed; unknown where neither the interface nor the item says so.
    pub is_static: Option<bool>,
    /// The interface and its IP configuration that say so; without them, the item does.
    pub interface: Option<(&'e Interface, &'e IpConfiguration)>,
}

/// The subnet an IP configuration comes up in.
#[derive(Clone, Debug)]
pub enum TargetSubnet<'e> {
    /// The one that `recoverySubnetName` names.
    Named(&'e Subnet),
    /// The recovery's subnet of the name of the source subnet.
    SameName(&'e Subnet),
    /// The first in alphabetical order, since the recovery has none of either name; `None` if it has none at all.
    Fallback(Option<&'e Subnet>),
    /// Not known.
    Unknown(Arc<Unknown>),
}

impl<'e> TargetSubnet<'e> {
    /// The subnet, if there is one.
    pub fn subnet(&self) -> Option<&'e Subnet> {
        match self {
            Self::Named(subnet) | Self::SameName(subnet) => Some(subnet),
            Self::Fallback(subnet) => *subnet,
            Self::Unknown(_) => None,
        }
    }
}

/// The address an IP configuration comes up with.
#[derive(Clone, Debug)]
pub enum TargetAddress<'e> {
    /// The pinned one.
    Pinned(&'e Placed<IpAddr>),
    /// The fixed source address, which the pair retains.
    Kept(&'e Placed<IpAddr>),
    /// Whatever is free.
    Free,
    /// Not known.
    Unknown(Arc<Unknown>),
}

impl<'e> TargetAddress<'e> {
    /// The address with its place, if one is set or kept.
    pub fn placed(&self) -> Option<&'e Placed<IpAddr>> {
        match self {
            Self::Pinned(address) | Self::Kept(address) => Some(address),
            Self::Free | Self::Unknown(_) => None,
        }
    }
}

impl Estate {
    /// The IP configuration of the machine's interface that `ip` replicates: of the same name; else the only one;
    /// else, for the primary one, the primary one.
    pub fn source_configuration(
        &self,
        nic: &ItemNic,
        ip: &ItemIpConfiguration,
    ) -> Option<(&Interface, &IpConfiguration)> {
        let interface = self.interface(nic.interface?);
        let same = ip.name.known().and_then(|name| interface.ip_configuration(name));
        let only = || match &*interface.ip_configurations {
            [only] => Some(only),
            _ => interface.primary().filter(|_| ip.primary.known() == Some(&true)),
        };
        Some((interface, same.or_else(only)?))
    }

    /// The source address of `ip`: of the interface, else of the item.
    ///
    /// # Errors
    ///
    /// Why it is not known.
    pub fn source_address<'e>(
        &'e self,
        nic: &'e ItemNic,
        ip: &'e ItemIpConfiguration,
    ) -> Result<SourceAddress<'e>, Arc<Unknown>> {
        let interface = self.source_configuration(nic, ip);
        // The interface wins, also where what it says is not known.
        if let Some(unknown) = interface.and_then(|(_, own)| own.address.unknown()) {
            return Err(Arc::clone(unknown));
        }
        let of_interface = interface.and_then(|(_, own)| own.address.placed());
        let method = interface.and_then(|(_, own)| own.method.known()).or(ip.source_method.known());
        let Some(address) = of_interface.or_else(|| ip.source_address.placed()) else {
            let unknown = ip.source_address.unknown().cloned();
            return Err(unknown.unwrap_or_else(|| not_said("the source address", ip)));
        };
        let is_static = method.map(|method| *method == Allocation::Static);
        Ok(SourceAddress { address, is_static, interface })
    }

    /// The name of the source subnet of `ip`: of the interface, else of the item.
    pub fn source_subnet_name<'e>(
        &'e self,
        nic: &'e ItemNic,
        ip: &'e ItemIpConfiguration,
    ) -> Option<&'e str> {
        let of_interface = self.source_configuration(nic, ip).and_then(|(_, own)| own.subnet_name());
        of_interface.or_else(|| ip.subnet_name.known().map(String::as_str))
    }
}

impl<'e> Pair<'e> {
    /// The subnet of the recovery that `ip` comes up in.
    pub fn target_subnet(&self, nic: &'e ItemNic, ip: &'e ItemIpConfiguration) -> TargetSubnet<'e> {
        if let Fact::Unknown(unknown) = &ip.recovery_subnet_name {
            return TargetSubnet::Unknown(Arc::clone(unknown));
        }
        let named = ip.recovery_subnet_name.known().and_then(|name| self.recovery.subnet(name));
        if let Some(subnet) = named {
            return TargetSubnet::Named(subnet);
        }
        if ip.recovery_subnet_name.known().is_some()
            && let Err(unknown) = self.recovery.all_subnets_known()
        {
            return TargetSubnet::Unknown(unknown);
        }
        let Some(name) = self.estate().source_subnet_name(nic, ip) else {
            return TargetSubnet::Unknown(not_said("the source subnet", ip));
        };
        match self.recovery.subnet(name) {
            Some(subnet) => TargetSubnet::SameName(subnet),
            None => match self.recovery.all_subnets_known() {
                Ok(()) => TargetSubnet::Fallback(self.recovery.fallback_subnet()),
                Err(unknown) => TargetSubnet::Unknown(unknown),
            },
        }
    }

    /// The address that `ip` comes up with.
    pub fn target_address(&self, nic: &'e ItemNic, ip: &'e ItemIpConfiguration) -> TargetAddress<'e> {
        match &ip.recovery_address {
            Fact::Known(pinned) => return TargetAddress::Pinned(pinned),
            Fact::Unknown(unknown) => return TargetAddress::Unknown(Arc::clone(unknown)),
            Fact::Absent if !self.retain_ip => return TargetAddress::Free,
            Fact::Absent => {}
        }
        match self.estate().source_address(nic, ip) {
            Ok(source) if source.is_static == Some(true) => TargetAddress::Kept(source.address),
            Ok(SourceAddress { is_static: None, .. }) => {
                TargetAddress::Unknown(not_said("whether the source address is static", ip))
            }
            Ok(_) => TargetAddress::Free,
            Err(unknown) => TargetAddress::Unknown(unknown),
        }
    }
}

fn not_said(what: &str, ip: &ItemIpConfiguration) -> Arc<Unknown> {
    let reason = Reason::Other(format!("{what} is not in the input").into());
    Arc::new(Unknown::without_expression(reason, ip.place.span))
}
