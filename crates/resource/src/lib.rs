//! What every reader yields: resources with their ids, and values that know where they came from.
//!
//! A [`Value`] is JSON in which each node has an [`Origin`] and may be [`Unknown`] with its reason. This crate
//! knows neither templates nor exports nor networks.

mod id;
mod lookup;
mod note;
mod number;
mod object;
mod origin;
mod reading;
mod residual;
mod secret;
mod unknown;
mod value;

pub use id::{Ids, Part, ResourceId, Scope, UnknownPart};
pub use lookup::Lookup;
pub use note::{Note, NoteKind};
pub use number::Number;
pub use object::{Key, Object};
pub use origin::{Carrier, Origin, Transport};
pub use reading::{Deployment, Export, Input, Missing, Reading, Resource};
pub use residual::{Open, Operation, Residual};
pub use secret::is_secret;
pub use unknown::{Identity, Piece, Reason, Unknown};
pub use value::{Data, Value};
