//! What two exports say differently of one thing.

use std::fmt;

use drlint_resource::ResourceId;
use drlint_source::Span;

/// What two exports say differently of one thing, while nothing says which of them is newer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The thing.
    pub resource: ResourceId,
    /// What the export says that counts in the estate itself.
    pub one: Saying,
    /// What the other one says.
    pub two: Saying,
}

/// What one export says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    /// The value as it is shown.
    pub text: String,
    /// Where it stands.
    pub place: Span,
}

impl Difference {
    /// Both sayings.
    pub fn sides(&self) -> String {
        format!("`{}` here, `{}` in another", self.one.text, self.two.text)
    }
}

/// Prints the sentence a person reads beside the place of `one`.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "two exports disagree: {}", self.sides())
    }
}
