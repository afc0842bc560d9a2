//! Rules, findings, verdicts, suppressions, and the report they add up to.
//!
//! A rule is data and one function. It looks at the estate and tells a [`Report`] what is wrong and what it could
//! not decide; the engine signs each finding with the rule's name and severity.

mod agree;
mod date;
mod doubt;
mod entries;
mod finding;
mod notes;
mod place;
mod report;
mod rule;
mod run;
mod severity;
mod shared;
mod suppression;
mod together;

pub use agree::agreed;
pub use date::Date;
pub use entries::Entries;
pub use finding::{Finding, Fix, Related};
pub use notes::findings_of_notes;
pub use place::Place;
pub use report::{Report, Undecided};
pub use rule::{Builtin, Check};
pub use run::{Verdicts, check, tidy};
pub use severity::Severity;
pub use shared::Shared;
pub use suppression::{Suppressed, Suppression, Suppressions, suppress};
pub use together::{Common, Told, told};

pub use drlint_estate::Estate;
