//! Protection intents.

use drlint_resource::{Origin, ResourceId};

use crate::{Fact, MachineIndex, NetworkIndex};

/// That a machine shall be protected, as Azure Policy leaves it in a vault: no item yet, and a wish for its network.
#[derive(Clone, Debug)]
pub struct ProtectionIntent {
    /// Its id.
    pub id: ResourceId,
    /// Where its name was written.
    pub place: Origin,
    /// The machine that shall be protected.
    pub machine: Option<MachineIndex>,
    /// The network of the machine's interfaces.
    pub source_network: Option<NetworkIndex>,
    /// The network it shall recover into.
    pub recovery: Fact<ResourceId>,
    /// The same in the estate.
    pub recovery_network: Option<NetworkIndex>,
}
