//! The questions that rules ask of an estate.

mod absence;
mod announced;
mod application;
mod clash;
mod dangling;
mod holders;
mod home;
mod hub;
mod later;
mod layout;
mod lists;
mod movement;
mod moves;
mod named;
mod names;
mod pair;
mod partial;
mod planned;
mod reach;
mod subnet;
mod target;
mod transit;
mod used;

pub use absence::Absence;
pub(crate) use absence::Shown;
pub use clash::{Neighborhood, Space};
pub use dangling::{Dangling, DanglingProblem};
pub(crate) use holders::HeldAddress;
pub use holders::{Held, Holder};
pub use hub::HubWay;
pub use later::Reach;
pub use layout::SubnetOverlap;
pub use movement::{Movement, Undecided};
pub use moves::Move;
pub(crate) use names::Names;
pub use names::{Found, near_names};
pub use pair::Pair;
pub use partial::PartialFailover;
pub use planned::{PlannedLink, UnknownLink};
pub use reach::{SiteLink, Through};
pub use target::{SourceAddress, TargetAddress, TargetSubnet};

#[cfg(test)]
mod tests;
