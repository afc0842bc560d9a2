//! One network joined from all resources: virtual networks, links, sites, machines, recovery pairs, plans.
//!
//! The estate answers questions in the words of the subject. It knows nothing of files, formats or rules.

mod fact;

pub use fact::{Fact, Placed};

/// placeholder
#[derive(Debug, Default)]
pub struct Estate {}
