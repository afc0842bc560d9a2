//! A failover played step by step on a copy of the estate's topology.
//!
//! Nothing here touches Azure or reads a runbook: it plays what people state in `drlint.toml`, what recovery plans
//! show, and what the estate implies. After each step the invariants of the drill are judged around what the step
//! touched, and at the end every link of the start is looked for between the places where machines run now.

mod addresses;
mod breach;
mod end;
mod overlap;
mod plans;
mod play;
mod scenario;
mod sites;
mod split;
mod state;

pub use breach::{Breach, BreachKind, LostAddress, Moment, Open, Topic, Verdict, Why, Window};
pub use plans::planned;
pub use play::{Drill, play, play_observed};
pub use scenario::{Action, Origin, Scenario, Step, declared, implied, scenarios};
pub use state::{LiveLink, State};
