//! One network joined from all resources: virtual networks, links, sites, machines, recovery pairs, plans.
//!
//! The estate answers questions in the words of the subject. It knows nothing of files, formats or rules.

mod address;
mod build;
mod estate;
mod expected;
mod fact;
mod intake;
mod interest;
mod model;
mod positions;
mod query;
mod site_recovery;
mod versions;

pub use address::{AddressSet, Prefix, Ranges, overlaps_among};
pub use estate::Estate;
pub use expected::expect_types;
pub use fact::{Fact, Placed};
pub use intake::Intake;
pub use interest::{is_of_interest, members_of_interest};
pub use model::*;
pub use query::*;
pub use site_recovery::*;
pub use versions::Versions;

#[cfg(test)]
mod testing;
