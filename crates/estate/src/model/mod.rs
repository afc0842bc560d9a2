//! The things of an estate, as plain data.

mod difference;
mod few;
mod gateway;
mod index;
mod intent;
mod interface;
mod link;
mod machine;
mod network;
mod pair;
mod region;
mod site;
mod standing;

pub use difference::{Difference, Saying};
pub use few::Few;
pub use gateway::{
    Connection, ConnectionKind, Gateway, GatewayKind, HubConnection, NatMode, NatRule, NatRules, VpnType,
};
pub use index::{
    ConnectionIndex, GatewayIndex, InterfaceIndex, ItemIndex, LinkIndex, LoadBalancerIndex, MachineIndex,
    NetworkIndex, PairIndex, PlanIndex, SiteIndex,
};
pub use intent::{DeclaredApplication, DeclaredFailover, DeclaredRecovery, DeclaredStep, Intent, StepAction};
pub(crate) use interface::Published;
pub use interface::{Allocation, Interface, IpConfiguration, IpVersion};
pub use link::{End, Link, LinkDeclaration, LinkKind};
pub use machine::Machine;
pub(crate) use machine::Own;
pub(crate) use network::without_case;
pub use network::{
    Declaration, Network, NetworkKind, Peering, PeeringState, Subnet, SubnetPlace, Tags, Telling,
};
pub(crate) use pair::PairRecord;
pub use pair::{Application, Contradiction, Evidence, EvidenceKind, SupposedPair, Uncertain};
pub use region::Region;
pub use site::{Site, SiteKind, SiteTelling};
pub use standing::{
    Frontend, LoadBalancer, PrivateEndpoint, PublicAddress, Route, RouteTable, SecurityGroup,
};
