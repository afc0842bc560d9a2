//! Machines, and what only has to exist.

use super::Field::{Id, Ids, Value};
use super::{Field, Mapping, Parent};

const MACHINE: &str = "Microsoft.Compute/virtualMachines";
const FIELDS: &[Field] = &[
    Ids(
        "network_interface_ids",
        "networkProfile.networkInterfaces",
        "id",
        "Microsoft.Network/networkInterfaces",
    ),
    Value("zone", "/zones"),
    Value("zones", "/zones"),
    Id("availability_set_id", "availabilitySet.id", "Microsoft.Compute/availabilitySets"),
];

pub(super) const MAPPINGS: &[Mapping] = &[
    Mapping::new("azurerm_linux_virtual_machine", MACHINE, FIELDS),
    Mapping::new("azurerm_windows_virtual_machine", MACHINE, FIELDS),
    Mapping::new("azurerm_virtual_machine", MACHINE, FIELDS),
    Mapping::new("azurerm_availability_set", "Microsoft.Compute/availabilitySets", &[]),
    Mapping::new("azurerm_storage_account", "Microsoft.Storage/storageAccounts", &[]),
    Mapping {
        parent: Parent::Subscription,
        ..Mapping::new("azurerm_resource_group", "Microsoft.Resources/resourceGroups", &[])
    },
];
