//! Addresses: prefixes as written, sets of addresses, and who overlaps whom.

mod overlap;
mod prefix;
mod set;

pub use overlap::overlaps_among;
pub(crate) use overlap::overlaps_up_to;
pub use prefix::{Prefix, Ranges};
pub use set::AddressSet;

#[cfg(test)]
mod tests;
