//! References that lead to nothing the estate should hold.

use drlint_resource::{Origin, ResourceId};

use crate::{End, Estate, Fact, Found, Network, Placed, StepAction};

/// A reference that names what the estate should hold and does not, or that fits several things.
#[derive(Clone, Debug)]
pub struct Dangling {
    /// The resource that refers; `None` for `drlint.toml`.
    pub referrer: Option<ResourceId>,
    /// Who refers, in words: "`drlint.toml`", "network interface `nic-web`".
    pub text: String,
    /// What is referred to, in words: "network `vnet-recvery`".
    pub target: String,
    /// The name or id that stands there.
    pub written: String,
    /// Where the reference stands.
    pub place: Origin,
    /// The container it looks into, with its name.
    pub container: Option<(String, Origin)>,
    /// What is wrong.
    pub problem: DanglingProblem,
}

/// What is wrong with a [`Dangling`] reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DanglingProblem {
    /// Nothing has the name; these are near it.
    Nothing(Vec<String>),
    /// Several things have the name; these are their ids.
    Several(Vec<String>),
}

impl Estate {
    /// All references of the input and of the intent that lead to nothing, in order of the things that refer.
    ///
    /// References to what the input does not cover, such as networks of other subscriptions, are not among them.
    pub fn dangling(&self) -> Vec<Dangling> {
        let mut found = Vec::new();
        self.dangling_subnets(&mut found);
        self.dangling_members(&mut found);
        self.dangling_tags(&mut found);
        self.dangling_intent(&mut found);
        found
    }

    fn dangling_subnets(&self, found: &mut Vec<Dangling>) {
        for interface in &self.interfaces {
            for ip in &interface.ip_configurations {
                // Nearly all are in a subnet of that name, or in a network that does not show its subnets.
                let Some(network) = ip.network.map(|network| self.network(network)) else { continue };
                let named = ip.subnet_name().is_some_and(|name| network.subnet(name).is_some());
                if named || !shows_all_subnets(network) {
                    continue;
                }
                let text = || format!("network interface `{}`", interface.name());
                found.extend(self.dangling_subnet(&ip.subnet, &interface.id, text));
            }
        }
        for gateway in &self.gateways {
            for subnet in &gateway.subnets {
                let text = || format!("gateway `{}`", gateway.name);
                found.extend(self.dangling_subnet(&Fact::Known(subnet.clone()), &gateway.id, text));
            }
        }
        for balancer in &self.load_balancers {
            for frontend in &balancer.frontends {
                let text = || format!("load balancer `{}`", balancer.name);
                found.extend(self.dangling_subnet(&frontend.subnet, &balancer.id, text));
            }
        }
        for endpoint in &self.private_endpoints {
            let text = || format!("private endpoint `{}`", endpoint.name);
            found.extend(self.dangling_subnet(&endpoint.subnet, &endpoint.id, text));
        }
    }

    /// A subnet of a network that shows its subnets, but not this one.
    fn dangling_subnet(
        &self,
        reference: &Fact<ResourceId>,
        referrer: &ResourceId,
        text: impl FnOnce() -> String,
    ) -> Option<Dangling> {
        let reference = reference.placed()?;
        let network = self.network_by_id(&reference.parent()?)?;
        if network.subnet(reference.name()).is_some() || !shows_all_subnets(network) {
            return None;
        }
        reference.names().last()?.known()?;
        let names = network.subnets.iter().map(|subnet| &*subnet.name);
        Some(Dangling {
            referrer: Some(referrer.clone()),
            text: text(),
            target: format!("subnet `{}` of `{}`", reference.name(), network.name),
            written: reference.value.to_string(),
            place: reference.origin.clone(),
            container: Some((network.name.clone(), network.place.clone())),
            problem: DanglingProblem::Nothing(super::near_names(reference.name(), names)),
        })
    }

    /// Members of plans whose container is in the input, but which are not.
    fn dangling_members(&self, found: &mut Vec<Dangling>) {
        let containers: std::collections::BTreeSet<ResourceId> =
            self.items.iter().filter_map(|item| item.id.parent()).collect();
        for plan in &self.plans {
            for member in plan.members().filter(|member| member.item.is_none()) {
                let container = member.id.parent();
                let covered = container.is_some_and(|container| containers.contains(&container));
                let place = member.id.origin.span;
                if !covered || self.incomplete(&[member.id.kind()], place).is_some() {
                    continue;
                }
                let names = self.items.iter().map(|item| &*item.name);
                found.push(Dangling {
                    referrer: Some(plan.id.clone()),
                    text: format!("recovery plan `{}`", plan.name),
                    target: format!("protected item `{}`", member.id.name()),
                    written: member.id.value.to_string(),
                    place: member.id.origin.clone(),
                    container: Some((plan.name.clone(), plan.place.clone())),
                    problem: DanglingProblem::Nothing(super::near_names(member.id.name(), names)),
                });
            }
        }
    }

    fn dangling_tags(&self, found: &mut Vec<Dangling>) {
        for network in &self.networks {
            let Some(source) = network.tags.recovers.placed() else { continue };
            // An id of another subscription or group may lead outside the input.
            let outside = ResourceId::parse(source).is_some_and(|id| self.network_by_id(&id).is_none());
            if self.tagged_source(network).is_some() || outside {
                continue;
            }
            found.extend(problem(self.find_network(source), |network| &network.id).map(|problem| Dangling {
                referrer: Some(network.id.clone()),
                text: format!("tag `dr-recovers` of `{}`", network.name),
                target: format!("network `{}`", source.value),
                written: source.value.clone(),
                place: source.origin.clone(),
                container: None,
                problem,
            }));
        }
    }

    fn dangling_intent(&self, found: &mut Vec<Dangling>) {
        let network = |name: &Placed<String>, found: &mut Vec<Dangling>| {
            found.extend(stated(name, "network", problem(self.find_network(name), |one| &one.id)));
        };
        for recovery in &self.intent.recoveries {
            network(&recovery.source, found);
            network(&recovery.recovery, found);
        }
        for application in &self.intent.applications {
            for name in &application.vms {
                found.extend(stated(name, "machine", problem(self.find_machine(name), |one| &one.id)));
            }
            for name in &application.vnets {
                network(name, found);
            }
            for name in &application.subnets {
                let subnets = self.find_application_subnet(name);
                found.extend(stated(name, "subnet", problem(subnets, |(_, subnet)| &subnet.id)));
            }
        }
        for step in self.intent.failovers.iter().flat_map(|failover| &failover.steps) {
            match &step.action {
                StepAction::Disconnect(a, b) | StepAction::Connect { a, b, .. } => {
                    found.extend(self.dangling_end(a));
                    found.extend(self.dangling_end(b));
                }
                StepAction::FailOver(sources) => {
                    for source in sources {
                        network(source, found);
                    }
                }
                StepAction::FailOverMachines(machines) => {
                    for name in machines {
                        found.extend(stated(
                            name,
                            "machine",
                            problem(self.find_machine(name), |one| &one.id),
                        ));
                    }
                }
                StepAction::Reroute { site, to } => {
                    found.extend(stated(site, "site", problem(self.find_site(site), |one| &one.id)));
                    network(to, found);
                }
            }
        }
    }

    fn dangling_end(&self, name: &Placed<String>) -> Option<Dangling> {
        let id = |end: &End| match end {
            End::Network(network) => &self.network(*network).id,
            End::Site(site) => &self.site(*site).id,
        };
        stated(name, "network or site", problem(self.find_end(name), id))
    }
}

fn shows_all_subnets(network: &Network) -> bool {
    network.all_subnets_known().is_ok() && !network.known_from_outside
}

fn problem<'e, T>(found: Found<T>, id: impl Fn(&T) -> &'e ResourceId) -> Option<DanglingProblem> {
    match found {
        Found::One(_) => None,
        Found::None(near) => Some(DanglingProblem::Nothing(near)),
        Found::Several(things) => {
            Some(DanglingProblem::Several(things.iter().map(|thing| id(thing).to_string()).collect()))
        }
    }
}

/// A dangling name of `drlint.toml`.
fn stated(name: &Placed<String>, what: &str, problem: Option<DanglingProblem>) -> Option<Dangling> {
    Some(Dangling {
        referrer: None,
        text: "`drlint.toml`".to_owned(),
        target: format!("{what} `{}`", name.value),
        written: name.value.clone(),
        place: name.origin.clone(),
        container: None,
        problem: problem?,
    })
}
