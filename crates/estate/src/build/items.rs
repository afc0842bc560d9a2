//! Protected items: the written form, the read form, and patches, merged.

use drlint_resource::{Lookup, ResourceId};

use super::merge::Merged;
use super::told::{Told, ToldList};
use super::{Builder, read};
use crate::{
    ActiveLocation, Fact, InterfaceIndex, ItemIndex, ItemIpConfiguration, ItemNic, MachineIndex,
    NetworkIndex, PROTECTED_ITEM, Placed, ProtectedItem, Region, TestSettings,
};

const FABRIC: &str = "Microsoft.RecoveryServices/vaults/replicationFabrics";

impl Builder {
    pub(super) fn items(&mut self) {
        for merged in self.inventory.take(PROTECTED_ITEM) {
            self.item(&merged);
        }
    }

    fn item(&mut self, merged: &Merged) {
        let told = merged.told();
        let detail = |path: &str| detail(&told, path);
        if detail("instanceType").text().is_some_and(|kind| !kind.eq_ignore_ascii_case("A2A")) {
            return;
        }
        let mut machine_id = self.identities.read(detail("fabricObjectId"));
        let machine = machine_id.placed().map(|id| self.machine_known_from_outside(&id.value, &id.origin));
        self.spell_as_machine(&mut machine_id, machine);
        let recovery_network = [detail("selectedRecoveryAzureNetworkId"), detail("recoveryAzureNetworkId")];
        let recovery_network = self.network_reference(first(recovery_network));
        let target = self.network_of(&recovery_network);
        let list = nic_list(&told);
        let mut nics: Vec<ItemNic> = list.elements.iter().map(|nic| self.item_nic(nic, target)).collect();
        self.join_only_interface(machine, &mut nics);
        let home = machine.and_then(|machine| self.home_of(machine));
        let primary = nics.first();
        let fabric = fabric(&merged.id);
        let recovery_fabric = self.identities.read(told.property("recoveryFabricId"));
        let protection_state = read::text(told.property("protectionState"));
        let item = ProtectedItem {
            index: ItemIndex::at(self.estate.items.len()),
            name: merged.name(),
            place: merged.place(),
            machine,
            machine_name: self.machine_name(machine, &told, merged),
            machine_id,
            active_location: Fact::read(told.property("activeLocation"), |value| match value.as_str()? {
                text if text.eq_ignore_ascii_case("Primary") => Some(ActiveLocation::Primary),
                text if text.eq_ignore_ascii_case("Recovery") => Some(ActiveLocation::Recovery),
                _ => None,
            }),
            test_failover_state: read::text(told.property("testFailoverState")),
            primary_region: self.region_of(read::region(detail("primaryFabricLocation")), fabric.as_ref()),
            recovery_region: self
                .region_of(read::region(detail("recoveryFabricLocation")), recovery_fabric.known()),
            initial_primary_region: read::region(detail("initialPrimaryFabricLocation")),
            recovery_zone: read::text(detail("recoveryAvailabilityZone")),
            recovery_machine_name: read::text(detail("recoveryAzureVMName")),
            recovery_network,
            recovery_subnet_name: read::subnet_name(detail("recoverySubnetName")),
            test_network: self.identities.read(detail("selectedTfoAzureNetworkId")),
            fabric,
            recovery_fabric,
            nics_known: show_addresses(&nics) && list.unknown.is_none() && !is_replicating(&protection_state),
            nics_place: list.origin,
            source_network: primary.and_then(|nic| nic.source_network_index).or(home),
            target_network: primary.and_then(|nic| nic.recovery_network_index).or(target),
            nics,
            protection_state,
            id: merged.id.clone(),
        };
        self.learn_region(item.source_network, &item.primary_region);
        self.learn_region(item.target_network, &item.recovery_region);
        self.estate.keys.items.insert(item.id.clone(), item.index);
        self.estate.items.push(item);
    }

    fn item_nic(&mut self, told: &Told<'_>, target: Option<NetworkIndex>) -> ItemNic {
        let mut source = self.identities.read(told.property("sourceNicArmId"));
        let interface = source.known().and_then(|id| self.estate.keys.interface(id, &self.estate.interfaces));
        if let (Fact::Known(id), Some(interface)) = (&mut source, interface) {
            id.value.clone_from(&self.estate.interface(interface).id);
        }
        let source_network = self.network_reference(told.property("vMNetworkName"));
        let recovery_network = self.network_reference(told.property("recoveryVMNetworkId"));
        let list = told.list("ipConfigs");
        let mut ip_configurations: Vec<ItemIpConfiguration> =
            list.elements.iter().map(|ip| self.item_ip_configuration(ip)).collect();
        if !list.is_shown() && list.unknown.is_none() && is_of_one_address(told) {
            let mut only = self.item_ip_configuration(told);
            only.primary = Fact::Known(Placed::new(true, told.origin().clone()));
            ip_configurations.push(only);
        }
        let place = told.property("nicId").found().map(|value| value.origin.clone());
        ItemNic {
            place: place.unwrap_or_else(|| told.origin().clone()),
            interface,
            source_network_index: self
                .network_of(&source_network)
                .or_else(|| interface.and_then(|interface| self.network_of_interface(interface))),
            recovery_network_index: self.network_of(&recovery_network).or(target),
            source,
            source_network,
            recovery_network,
            test_network: self.identities.read(told.property("tfoVMNetworkId")),
            accelerated_on_recovery: read::boolean(told.property("enableAcceleratedNetworkingOnRecovery")),
            recovery_security_group: self.identities.read(told.property("recoveryNetworkSecurityGroupId")),
            selection: read::text(told.property("selectionType")),
            ip_configurations,
            ip_configurations_place: list.origin,
        }
    }

    fn item_ip_configuration(&mut self, told: &Told<'_>) -> ItemIpConfiguration {
        let name = read::text(told.first_property(&["name", "ipConfigName"]));
        let place = name.origin().unwrap_or(told.origin()).clone();
        let pinned = told.first_property(&["recoveryStaticIPAddress", "replicaNicStaticIPAddress"]);
        ItemIpConfiguration {
            place,
            name,
            primary: read::boolean(told.property("isPrimary")),
            selected: read::boolean(told.first_property(&["isSeletedForFailover", "isSelectedForFailover"])),
            subnet_name: read::subnet_name(told.first_property(&["subnetName", "vMSubnetName"])),
            source_address: read::address(
                told.first_property(&["staticIPAddress", "primaryNicStaticIPAddress"]),
            ),
            source_method: read::allocation(told.property("ipAddressType")),
            recovery_subnet_name: read::subnet_name(
                told.first_property(&["recoverySubnetName", "recoveryVMSubnetName"]),
            ),
            recovery_address: read::address(pinned),
            recovery_address_place: pinned.found().map(|value| value.origin.clone()),
            recovery_public_address: self.identities.read(told.property("recoveryPublicIPAddressId")),
            recovery_pools: self
                .identities
                .references(read::ids(told.property("recoveryLBBackendAddressPoolIds"))),
            test: TestSettings {
                subnet_name: read::subnet_name(told.property("tfoSubnetName")),
                address: read::address(told.property("tfoStaticIPAddress")),
            },
        }
    }

    /// Where an item does not name the interface, and item and machine have one each, they are the same.
    fn join_only_interface(&self, machine: Option<MachineIndex>, nics: &mut [ItemNic]) {
        let machine = machine.and_then(|machine| self.estate.machines.get(machine.position()));
        let (Some(machine), [nic]) = (machine, nics) else { return };
        if let (true, [only]) = (nic.source.is_absent(), &*machine.interfaces) {
            nic.interface = Some(*only);
            nic.source_network_index = nic.source_network_index.or(self.network_of_interface(*only));
        }
    }

    /// `region`, or where an item does not say it, that of its fabric.
    fn region_of(&self, region: Fact<Region>, fabric: Option<&ResourceId>) -> Fact<Region> {
        let known = |id: &&ResourceId| self.estate.keys.fabrics.get(id).copied();
        match region {
            Fact::Absent => fabric
                .as_ref()
                .and_then(known)
                .and_then(|at| self.estate.fabrics.get(at))
                .map_or(Fact::Absent, |fabric| fabric.region.clone()),
            region => region,
        }
    }

    fn network_of_interface(&self, interface: InterfaceIndex) -> Option<NetworkIndex> {
        self.estate.interfaces.get(interface.position())?.primary()?.network
    }

    /// The network of a machine's first interface.
    pub(super) fn home_of(&self, machine: MachineIndex) -> Option<NetworkIndex> {
        let machine = self.estate.machines.get(machine.position())?;
        machine.interfaces.iter().find_map(|interface| self.network_of_interface(*interface))
    }

    /// Site Recovery writes ids in letters of its own; a machine is shown as it calls itself.
    fn spell_as_machine(&self, id: &mut Fact<ResourceId>, machine: Option<MachineIndex>) {
        if let (Fact::Known(id), Some(machine)) = (id, machine) {
            id.value.clone_from(&self.estate.machine(machine).id);
        }
    }

    fn machine_name(&self, machine: Option<MachineIndex>, told: &Told<'_>, merged: &Merged) -> String {
        let machine = machine.and_then(|machine| self.estate.machines.get(machine.position()));
        match machine {
            Some(machine) if !machine.known_from_outside => machine.name().to_owned(),
            machine => match read::text(told.property("friendlyName")) {
                Fact::Known(name) => name.value,
                _ => machine.map_or_else(|| merged.name(), |machine| machine.name().to_owned()),
            },
        }
    }
}

/// What stands in the details of the provider, or beside them as a patch has it.
fn detail<'v>(told: &Told<'v>, path: &str) -> Lookup<'v> {
    first([told.property(&format!("providerSpecificDetails.{path}")), told.property(path)])
}

fn first<const N: usize>(lookups: [Lookup<'_>; N]) -> Lookup<'_> {
    let found = lookups.iter().copied().find(|lookup| lookup.found().is_some());
    found.or_else(|| lookups.into_iter().find(|lookup| !lookup.is_absent())).unwrap_or(Lookup::Absent)
}

fn nic_list<'v>(told: &Told<'v>) -> ToldList<'v> {
    let lists = ["providerSpecificDetails.vmNics", "vmNics", "nicDetailsList"];
    let mut lists = lists.into_iter().map(|path| told.list(path));
    lists.find(|list| list.is_shown() || list.unknown.is_some()).unwrap_or_default()
}

fn fabric(item: &ResourceId) -> Option<ResourceId> {
    item.parent()?.parent().filter(|id| id.is(FABRIC))
}

/// In older PowerShell modules an interface has one address and no list of IP configurations (`AZURE.md`,
/// section 2, shape 9).
fn is_of_one_address(nic: &Told<'_>) -> bool {
    let members = ["vMSubnetName", "recoveryVMSubnetName", "replicaNicStaticIPAddress"];
    members.iter().any(|member| nic.property(member).found().is_some())
}

/// Whether there are interfaces, and IP configurations in each: a list without any says nothing of the machine.
fn show_addresses(nics: &[ItemNic]) -> bool {
    !nics.is_empty() && nics.iter().all(|nic| !nic.ip_configurations.is_empty())
}

/// During initial replication an item says nothing reliable about networks (`AZURE.md`, fact 12).
fn is_replicating(state: &Fact<String>) -> bool {
    state.known().is_some_and(|state| state.to_ascii_lowercase().starts_with("initialreplication"))
}
