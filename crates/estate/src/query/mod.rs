//! The questions that rules ask of an estate.

mod lists;
mod pair;

pub use pair::Pair;
