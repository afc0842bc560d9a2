//! ARM templates and parameter files, evaluated offline into resources.
//!
//! What can be computed is computed; what cannot stays as an unknown value with its reason and what is left of
//! its expression. Nothing is fetched, nothing panics, and every demand of a template is checked against a
//! budget before it is met.

mod budget;
mod context;
mod documents;
mod evaluate;
mod expression;
mod functions;
mod identity;
mod machine;
mod recognise;
mod template;
mod text;
mod unknowns;
mod weight;

pub use budget::{LIMITS, Limits};
pub use evaluate::{Evaluation, Links, NoLinks, Output, Request, Target, Wanted, evaluate};
pub use expression::canonical;
pub use recognise::{is_parameters, is_template};
