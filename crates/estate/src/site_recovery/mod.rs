//! The objects of Azure Site Recovery, as plain data.

mod intent;
mod item;
mod mapping;
mod plan;

pub use intent::ProtectionIntent;
pub use item::{ActiveLocation, ItemIpConfiguration, ItemNic, ProtectedItem, TestSettings};
pub use mapping::{Fabric, Mapping};
pub use plan::{Action, ActionKind, Group, GroupKind, Plan, PlanMember};
