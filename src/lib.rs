//! The app: reads the world, runs the rules, prints. It may use everything; nothing uses it but `main` and the tests.

pub mod baseline;
pub mod cli;
mod commands;
mod config;
mod discover;
mod exit;
mod fingerprint;
mod masks;
pub mod outcome;
mod picture;
mod progress;
mod read;
pub mod report;
pub mod repository;
pub mod run;
pub mod scope;
mod show;
mod suppressions;
mod terminal;
mod world;
mod write;

pub use commands::execute;
pub use exit::Exit;
