//! The questions that rules ask of an estate.

mod lists;
mod names;
mod pair;
mod subnet;

pub use names::near_names;
pub use pair::Pair;
