//! The estate: all things of one run, and the indices by which questions about them are answered.

use std::sync::Arc;

use drlint_resource::{Resource, ResourceId};
use rustc_hash::FxHashMap;

use crate::intake::Intake;
use crate::model::PairRecord;
use crate::positions::Positions;
use crate::query::{HeldAddress, Names, Shown};
use crate::{
    Application, Connection, Contradiction, Fabric, Gateway, GatewayIndex, Intent, Interface, InterfaceIndex,
    ItemIndex, Link, LinkIndex, LoadBalancer, LoadBalancerIndex, Machine, MachineIndex, Mapping, Network,
    NetworkIndex, PairIndex, Plan, PlanIndex, PrivateEndpoint, ProtectedItem, ProtectionIntent,
    PublicAddress, RouteTable, SecurityGroup, Site, SiteIndex, Subnet, SupposedPair, Versions,
};

/// The whole network of one run, joined from all inputs.
#[derive(Debug, Default)]
pub struct Estate {
    pub(crate) networks: Vec<Network>,
    pub(crate) interfaces: Vec<Interface>,
    pub(crate) machines: Vec<Machine>,
    pub(crate) gateways: Vec<Gateway>,
    pub(crate) connections: Vec<Connection>,
    /// Local network gateways that stand for a gateway of the estate, by key.
    pub(crate) local_gateways: FxHashMap<ResourceId, GatewayIndex>,
    pub(crate) sites: Vec<Site>,
    pub(crate) links: Vec<Link>,
    pub(crate) load_balancers: Vec<LoadBalancer>,
    pub(crate) private_endpoints: Vec<PrivateEndpoint>,
    pub(crate) route_tables: Vec<RouteTable>,
    pub(crate) public_addresses: Vec<PublicAddress>,
    pub(crate) security_groups: Vec<SecurityGroup>,
    pub(crate) fabrics: Vec<Fabric>,
    pub(crate) items: Vec<ProtectedItem>,
    pub(crate) mappings: Vec<Mapping>,
    pub(crate) protection_intents: Vec<ProtectionIntent>,
    pub(crate) plans: Vec<Plan>,
    pub(crate) pairs: Vec<PairRecord>,
    pub(crate) supposed_pairs: Vec<SupposedPair>,
    pub(crate) contradictions: Vec<Contradiction>,
    pub(crate) applications: Vec<Application>,
    pub(crate) intent: Intent,
    pub(crate) keys: Keys,
    pub(crate) names: Names,
    pub(crate) shown: Shown,
    pub(crate) by_network: Vec<NetworkLists>,
    pub(crate) by_site: Vec<Vec<LinkIndex>>,
    /// By hub: all that route among each other in its virtual WAN, itself among them.
    pub(crate) hubs_beside: FxHashMap<NetworkIndex, Arc<[NetworkIndex]>>,
    /// Sorted by network and address.
    pub(crate) held: Vec<HeldAddress>,
    pub(crate) unfilled_plans: UnfilledPlans,
    pub(crate) item_of_machine: FxHashMap<MachineIndex, ItemIndex>,
    /// The plans that a machine is a member of.
    pub(crate) plans_of_machine: FxHashMap<MachineIndex, Vec<PlanIndex>>,
}

/// Plans whose members are not known, the first of each sort.
#[derive(Debug, Default)]
pub(crate) struct UnfilledPlans {
    /// By the key of the primary fabric.
    pub(crate) by_fabric: FxHashMap<ResourceId, PlanIndex>,
    /// One that names no primary fabric.
    pub(crate) of_no_fabric: Option<PlanIndex>,
    pub(crate) first: Option<PlanIndex>,
}

/// Things by the keys of their ids.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    pub(crate) networks: FxHashMap<ResourceId, NetworkIndex>,
    pub(crate) interfaces: Positions,
    pub(crate) machines: Positions,
    pub(crate) gateways: FxHashMap<ResourceId, GatewayIndex>,
    pub(crate) sites: FxHashMap<ResourceId, SiteIndex>,
    /// Positions in the list of fabrics.
    pub(crate) fabrics: FxHashMap<ResourceId, usize>,
    /// Positions in the list of public addresses.
    pub(crate) public_addresses: FxHashMap<ResourceId, usize>,
    /// Positions in the list of route tables.
    pub(crate) route_tables: FxHashMap<ResourceId, usize>,
    pub(crate) items: FxHashMap<ResourceId, ItemIndex>,
}

impl Keys {
    pub(crate) fn interface(&self, id: &ResourceId, all: &[Interface]) -> Option<InterfaceIndex> {
        let at = self.interfaces.find(id, |at| all.get(at).map(|interface| &interface.id))?;
        Some(InterfaceIndex::at(at))
    }

    pub(crate) fn machine(&self, id: &ResourceId, all: &[Machine]) -> Option<MachineIndex> {
        let at = self.machines.find(id, |at| all.get(at).map(|machine| &machine.id))?;
        Some(MachineIndex::at(at))
    }
}

/// What belongs to one network.
#[derive(Debug, Default)]
pub(crate) struct NetworkLists {
    pub(crate) interfaces: Vec<InterfaceIndex>,
    pub(crate) machines: Vec<MachineIndex>,
    pub(crate) items: Vec<ItemIndex>,
    pub(crate) links: Vec<LinkIndex>,
    pub(crate) plans: Vec<PlanIndex>,
    /// Positions in the list of mappings whose primary network this is.
    pub(crate) mappings: Vec<usize>,
    pub(crate) load_balancers: Vec<LoadBalancerIndex>,
    /// Positions in the list of private endpoints.
    pub(crate) private_endpoints: Vec<usize>,
    pub(crate) pairs_as_source: Vec<PairIndex>,
    pub(crate) pairs_as_recovery: Vec<PairIndex>,
}

impl Estate {
    /// The estate of these resources and this intent. The order of the resources makes no difference.
    pub fn build(resources: Vec<Resource>, intent: Intent) -> Self {
        let mut intake = Intake::default();
        intake.extend(resources);
        Self::join(vec![intake], intent)
    }

    /// The estate of what files told and this intent. Where exports disagree the first is believed: [`Versions`] has the
    /// others.
    pub fn join(intakes: Vec<Intake>, intent: Intent) -> Self {
        Versions::of(intakes, intent).0
    }

    /// What people mean, as `drlint.toml` says it.
    pub fn intent(&self) -> &Intent {
        &self.intent
    }

    /// The subnet of this id, with its network.
    pub fn subnet_by_id(&self, id: &ResourceId) -> Option<(&Network, &Subnet)> {
        let network = self.network_by_id(&id.parent()?)?;
        let subnet = network.subnet(id.name())?;
        // Names that are not known can look alike and differ.
        (subnet.id.names().last()?.known().is_some() || subnet.id == *id).then_some((network, subnet))
    }

    /// The network of this id.
    pub fn network_by_id(&self, id: &ResourceId) -> Option<&Network> {
        self.keys.networks.get(id).map(|index| self.network(*index))
    }
}
