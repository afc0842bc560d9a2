//! Protected items: machines with their settings for the failover.

use std::net::IpAddr;

use drlint_resource::{Origin, ResourceId};

use crate::{Allocation, Fact, InterfaceIndex, ItemIndex, MachineIndex, NetworkIndex, Placed, Region};

/// A protected item of replication between Azure regions (`instanceType` `A2A`).
#[derive(Clone, Debug)]
pub struct ProtectedItem {
    /// Its number in the estate.
    pub index: ItemIndex,
    /// Its id.
    pub id: ResourceId,
    /// Its name as it is shown.
    pub name: String,
    /// Where its name was written.
    pub place: Origin,
    /// The machine it protects.
    pub machine_id: Fact<ResourceId>,
    /// The same in the estate.
    pub machine: Option<MachineIndex>,
    /// The name of the machine as messages show it: of the machine, else the item's `friendlyName`, else its name.
    pub machine_name: String,
    /// `protectionState`, as written.
    pub protection_state: Fact<String>,
    /// `activeLocation`: where the machine runs now.
    pub active_location: Fact<ActiveLocation>,
    /// `testFailoverState`, as written.
    pub test_failover_state: Fact<String>,
    /// The region it is replicated from.
    pub primary_region: Fact<Region>,
    /// The region it is replicated to.
    pub recovery_region: Fact<Region>,
    /// The region it was first replicated from; after a reprotection the locations are swapped.
    pub initial_primary_region: Fact<Region>,
    /// The zone it comes up in.
    pub recovery_zone: Fact<String>,
    /// The name of the machine in the recovery.
    pub recovery_machine_name: Fact<String>,
    /// `selectedRecoveryAzureNetworkId`, or `recoveryAzureNetworkId` where it is written.
    pub recovery_network: Fact<ResourceId>,
    /// `recoverySubnetName` of the whole item, where it is written. The bare name, also where the full id was given.
    pub recovery_subnet_name: Fact<String>,
    /// `selectedTfoAzureNetworkId`
    pub test_network: Fact<ResourceId>,
    /// The fabric it stands below, the region it is replicated from.
    pub fabric: Option<ResourceId>,
    /// The fabric it is replicated to.
    pub recovery_fabric: Fact<ResourceId>,
    /// Its network interfaces.
    pub nics: Vec<ItemNic>,
    /// Whether `nics` can be relied on: not in the form a template writes, nor during initial replication.
    pub nics_known: bool,
    /// Where `vmNics` stands.
    pub nics_place: Option<Origin>,
    /// The network of its machine: of its primary interface, else of the machine.
    pub source_network: Option<NetworkIndex>,
    /// The network it fails over to: of its primary interface, else of the item.
    pub target_network: Option<NetworkIndex>,
}

/// `activeLocation`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActiveLocation {
    /// Where it is replicated from.
    Primary,
    /// Where it is replicated to: it has failed over.
    Recovery,
}

/// What an item says of one network interface.
#[derive(Clone, Debug)]
pub struct ItemNic {
    /// Where it stands: its `nicId`, else the object.
    pub place: Origin,
    /// The interface of the machine.
    pub source: Fact<ResourceId>,
    /// The same in the estate.
    pub interface: Option<InterfaceIndex>,
    /// The network of the machine, in `vMNetworkName` despite that name.
    pub source_network: Fact<ResourceId>,
    /// The same in the estate, else the network of the interface.
    pub source_network_index: Option<NetworkIndex>,
    /// The network it fails over to.
    pub recovery_network: Fact<ResourceId>,
    /// The same in the estate, else the network the item selects.
    pub recovery_network_index: Option<NetworkIndex>,
    /// The network of test failovers.
    pub test_network: Fact<ResourceId>,
    /// `enableAcceleratedNetworkingOnRecovery`
    pub accelerated_on_recovery: Fact<bool>,
    /// `recoveryNetworkSecurityGroupId`
    pub recovery_security_group: Fact<ResourceId>,
    /// `selectionType`, as written: `NotSelected` is an interface that does not fail over.
    pub selection: Fact<String>,
    /// Its IP configurations.
    pub ip_configurations: Vec<ItemIpConfiguration>,
    /// Where the list of IP configurations stands.
    pub ip_configurations_place: Option<Origin>,
}

/// What an item says of one IP configuration.
#[derive(Clone, Debug)]
pub struct ItemIpConfiguration {
    /// Its name; null during initial replication.
    pub name: Fact<String>,
    /// Where its name was written, else where it stands.
    pub place: Origin,
    /// `isPrimary`
    pub primary: Fact<bool>,
    /// `isSeletedForFailover`, which is misspelt on the wire.
    pub selected: Fact<bool>,
    /// `subnetName`: the subnet of the source.
    pub subnet_name: Fact<String>,
    /// `staticIPAddress`: the address in the source, also when it is dynamic.
    pub source_address: Fact<IpAddr>,
    /// `ipAddressType`
    pub source_method: Fact<Allocation>,
    /// `recoverySubnetName`: the bare name, also where the full id was given.
    pub recovery_subnet_name: Fact<String>,
    /// `recoveryStaticIPAddress`; absent where it is not pinned.
    pub recovery_address: Fact<IpAddr>,
    /// Where `recoveryStaticIPAddress` stands, also where it is empty.
    pub recovery_address_place: Option<Origin>,
    /// `recoveryPublicIPAddressId`
    pub recovery_public_address: Fact<ResourceId>,
    /// `recoveryLBBackendAddressPoolIds`
    pub recovery_pools: Vec<Placed<ResourceId>>,
    /// What holds for test failovers.
    pub test: TestSettings,
}

/// What an IP configuration gets in a test failover.
#[derive(Clone, Debug, Default)]
pub struct TestSettings {
    /// `tfoSubnetName`
    pub subnet_name: Fact<String>,
    /// `tfoStaticIPAddress`
    pub address: Fact<IpAddr>,
}

impl ItemIpConfiguration {
    /// Whether it fails over: it is primary, or selected.
    pub fn fails_over(&self) -> bool {
        self.primary.known() == Some(&true) || self.selected.known() == Some(&true)
    }
}

impl ItemNic {
    /// The primary IP configuration: the one that says so, else the first.
    pub fn primary(&self) -> Option<&ItemIpConfiguration> {
        let primary = |ip: &&ItemIpConfiguration| ip.primary.known() == Some(&true);
        self.ip_configurations.iter().find(primary).or_else(|| self.ip_configurations.first())
    }
}

impl ProtectedItem {
    /// Whether its machine runs in the recovery.
    pub fn has_failed_over(&self) -> bool {
        self.active_location.known() == Some(&ActiveLocation::Recovery)
    }

    /// Whether it recovers into another zone of the same region.
    pub fn is_zone_to_zone(&self) -> bool {
        let regions = self.primary_region.known().zip(self.recovery_region.known());
        regions.is_some_and(|(primary, recovery)| primary == recovery) && self.recovery_zone.known().is_some()
    }

    /// Whether a test failover has left machines behind, or is under way.
    pub fn is_in_test_failover(&self) -> bool {
        self.test_failover_state.known().is_some_and(|state| !state.eq_ignore_ascii_case("None"))
    }

    /// Its IP configurations with the interface each belongs to.
    pub fn ip_configurations(&self) -> impl Iterator<Item = (&ItemNic, &ItemIpConfiguration)> {
        self.nics.iter().flat_map(|nic| nic.ip_configurations.iter().map(move |ip| (nic, ip)))
    }
}
