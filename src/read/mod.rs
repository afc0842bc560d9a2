//! Reads one file after another, each on its own: bytes, text, tree, and what the tree turns out to be.

mod classify;
mod deployments;
mod document;
mod links;
mod long;
mod secrets;

pub(crate) use classify::{FileReading, read_file};
pub(crate) use deployments::{Plan, plan};
pub(crate) use document::open;
pub(crate) use links::RootLinks;
