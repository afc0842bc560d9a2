//! The app: reads the world, runs the rules, prints. It may use everything; nothing uses it but `main` and the tests.

pub mod cli;
mod commands;
mod config;
mod discover;
mod exit;
mod fingerprint;
mod masks;
pub mod outcome;
mod read;
pub mod report;
pub mod run;
mod terminal;

pub use commands::execute;
pub use exit::Exit;
