//! The questions that rules ask of an estate.

mod absence;
mod announced;
mod application;
mod dangling;
mod holders;
mod layout;
mod lists;
mod movement;
mod names;
mod pair;
mod partial;
mod reach;
mod subnet;
mod target;

pub use absence::Absence;
pub(crate) use absence::Shown;
pub use dangling::{Dangling, DanglingProblem};
pub(crate) use holders::HeldAddress;
pub use holders::{Held, Holder};
pub use layout::SubnetOverlap;
pub use movement::{Movement, Undecided};
pub(crate) use names::Names;
pub use names::{Found, near_names};
pub use pair::Pair;
pub use partial::PartialFailover;
pub use reach::{SiteLink, Through};
pub use target::{SourceAddress, TargetAddress, TargetSubnet};

#[cfg(test)]
mod tests;
