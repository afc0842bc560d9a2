//! The objects of Azure Site Recovery, as plain data.

mod intent;
mod item;
mod mapping;
mod plan;

/// The type of protected items.
pub const PROTECTED_ITEM: &str = "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems";
/// The type of recovery plans.
pub const RECOVERY_PLAN: &str = "Microsoft.RecoveryServices/vaults/replicationRecoveryPlans";
/// The type of network mappings.
pub const NETWORK_MAPPING: &str =
    "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationNetworks/replicationNetworkMappings";

pub use intent::ProtectionIntent;
pub use item::{ActiveLocation, ItemIpConfiguration, ItemNic, ProtectedItem, TestSettings};
pub use mapping::{Fabric, Mapping};
pub use plan::{Action, ActionKind, Group, GroupKind, Plan, PlanMember};
