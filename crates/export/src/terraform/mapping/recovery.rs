//! Site Recovery.

use super::Field::{Blocks, Constant, Element, Id, Ids, Value};
use super::{Field, Mapping, Parent};

const NETWORK: &str = "Microsoft.Network/virtualNetworks";
const FABRIC: &str = "Microsoft.RecoveryServices/vaults/replicationFabrics";
const CONTAINER: &str =
    "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers";
const POLICY: &str = "Microsoft.RecoveryServices/vaults/replicationPolicies";
const ITEM: &str = "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems";

const ADDRESS: &[Field] = &[
    Value("name", "name"),
    Value("primary", "isPrimary"),
    Value("is_primary", "isPrimary"),
    Value("target_static_ip", "recoveryStaticIPAddress"),
    Value("target_subnet_name", "recoverySubnetName"),
    Value("recovery_public_ip_address_id", "recoveryPublicIPAddressId"),
    Value("recovery_load_balancer_backend_address_pool_ids", "recoveryLBBackendAddressPoolIds"),
    Value("failover_test_static_ip", "tfoStaticIPAddress"),
    Value("failover_test_subnet_name", "tfoSubnetName"),
];

const ACTION: &[Field] = &[
    Value("name", "actionName"),
    Value("fail_over_types", "failoverTypes"),
    Value("fail_over_directions", "failoverDirections"),
    Value("type", "customDetails.instanceType"),
    Value("fabric_location", "customDetails.fabricLocation"),
    Value("runbook_id", "customDetails.runbookId"),
    Value("script_path", "customDetails.path"),
    Value("manual_action_instruction", "customDetails.description"),
];

const fn group(kind: &'static str) -> [Field; 4] {
    [
        Constant("groupType", kind),
        Ids("replicated_protected_items", "replicationProtectedItems", "id", ITEM),
        Blocks("pre_action", "startGroupActions", ACTION),
        Blocks("post_action", "endGroupActions", ACTION),
    ]
}

const SHUTDOWN: &[Field] = &group("Shutdown");
const FAILOVER: &[Field] = &group("Failover");
const BOOT: &[Field] = &group("Boot");

pub(super) const MAPPINGS: &[Mapping] = &[
    Mapping::new("azurerm_recovery_services_vault", "Microsoft.RecoveryServices/vaults", &[]),
    Mapping::new(
        "azurerm_site_recovery_fabric",
        FABRIC,
        &[Constant("customDetails.instanceType", "Azure"), Value("location", "customDetails.location")],
    )
    .below(&["recovery_vault_name"]),
    Mapping::new("azurerm_site_recovery_protection_container", CONTAINER, &[])
        .below(&["recovery_vault_name", "recovery_fabric_name"]),
    Mapping::new(
        "azurerm_site_recovery_protection_container_mapping",
        "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectionContainerMappings",
        &[
            Id("recovery_target_protection_container_id", "targetProtectionContainerId", CONTAINER),
            Id("recovery_replication_policy_id", "policyId", POLICY),
        ],
    )
    .below(&["recovery_vault_name", "recovery_fabric_name", "recovery_source_protection_container_name"]),
    Mapping::new("azurerm_site_recovery_replication_policy", POLICY, &[]).below(&["recovery_vault_name"]),
    Mapping {
        parent: Parent::AzureNetwork(&["recovery_vault_name", "source_recovery_fabric_name"]),
        ..Mapping::new(
            "azurerm_site_recovery_network_mapping",
            "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationNetworks/replicationNetworkMappings",
            &[
                Id("source_network_id", "primaryNetworkId", NETWORK),
                Id("target_network_id", "recoveryNetworkId", NETWORK),
                Value("target_recovery_fabric_name", "recoveryFabricName"),
                Constant("fabricSpecificSettings.instanceType", "AzureToAzure"),
            ],
        )
    },
    Mapping::new(
        "azurerm_site_recovery_replicated_vm",
        ITEM,
        &[
            Id("recovery_replication_policy_id", "policyId", POLICY),
            Id("target_recovery_fabric_id", "recoveryFabricId", FABRIC),
            Constant("providerSpecificDetails.instanceType", "A2A"),
            Id("source_vm_id", "providerSpecificDetails.fabricObjectId", "Microsoft.Compute/virtualMachines"),
            Id("target_network_id", "providerSpecificDetails.selectedRecoveryAzureNetworkId", NETWORK),
            Id("test_network_id", "providerSpecificDetails.selectedTfoAzureNetworkId", NETWORK),
            Value("target_zone", "providerSpecificDetails.recoveryAvailabilityZone"),
            Blocks("network_interface", "providerSpecificDetails.vmNics", &[
                Id(
                    "source_network_interface_id",
                    "sourceNicArmId",
                    "Microsoft.Network/networkInterfaces",
                ),
                Blocks("ip_configuration", "ipConfigs", ADDRESS),
                Element("ipConfigs", ADDRESS),
            ]),
        ],
    )
    .below(&[
        "recovery_vault_name",
        "source_recovery_fabric_name",
        "source_recovery_protection_container_name",
    ]),
    Mapping::new(
        "azurerm_site_recovery_replication_recovery_plan",
        "Microsoft.RecoveryServices/vaults/replicationRecoveryPlans",
        &[
            Id("source_recovery_fabric_id", "primaryFabricId", FABRIC),
            Id("target_recovery_fabric_id", "recoveryFabricId", FABRIC),
            Blocks("shutdown_recovery_group", "groups", SHUTDOWN),
            Blocks("failover_recovery_group", "groups", FAILOVER),
            Blocks("boot_recovery_group", "groups", BOOT),
        ],
    )
    .below_id("recovery_vault_id"),
];
