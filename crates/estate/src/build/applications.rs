//! Applications, from `drlint.toml` and from tags.

use std::collections::BTreeMap;
use std::sync::Arc;

use drlint_resource::Origin;

use super::Builder;
use crate::{Application, Estate, Placed};

impl Builder {
    /// Needs the pairs, since a recovery mirrors the subnets of its source.
    pub(super) fn applications(&mut self) {
        let mut found: BTreeMap<String, Application> = BTreeMap::new();
        declared(&self.estate, &mut found);
        tagged(&self.estate, &mut found);
        self.estate.applications = found
            .into_values()
            .map(|mut application| {
                application.machines.sort_unstable();
                application.machines.dedup();
                application.networks.sort_unstable();
                application.networks.dedup();
                application
            })
            .collect();
    }
}

fn declared(estate: &Estate, found: &mut BTreeMap<String, Application>) {
    for declared in &estate.intent.applications {
        let application = entry(found, &declared.name);
        application.declared = application.declared.or(Some(declared.place));
        application.isolated |= declared.isolated.as_ref().is_some_and(|isolated| isolated.value);
        let machines = declared.vms.iter().filter_map(|name| estate.find_machine(name).one());
        application.machines.extend(machines.map(|machine| machine.index));
        let networks = declared.vnets.iter().filter_map(|name| estate.find_network(name).one());
        application.networks.extend(networks.map(|network| network.index));
        let subnets = declared.subnets.iter().filter_map(|name| estate.find_application_subnet(name).one());
        application.subnets.extend(subnets.map(|(network, subnet)| (network.index, subnet.name.clone())));
    }
}

fn tagged(estate: &Estate, found: &mut BTreeMap<String, Application>) {
    for network in &estate.networks {
        if let Some(name) = network.tags.application.placed() {
            let application = entry(found, name);
            // The network is declared to be that application's own.
            application.isolated = true;
            application.networks.push(network.index);
        }
    }
    for machine in &estate.machines {
        if let Some(name) = machine.tags().application.placed() {
            entry(found, name).machines.push(machine.index);
        }
    }
}

fn entry<'f>(found: &'f mut BTreeMap<String, Application>, name: &Placed<String>) -> &'f mut Application {
    let written: Arc<str> = name.trim().into();
    let place: &Origin = &name.origin;
    found.entry(written.to_lowercase()).or_insert_with(|| Application {
        name: written,
        isolated: false,
        place: place.clone(),
        declared: None,
        machines: Vec::new(),
        subnets: Vec::new(),
        networks: Vec::new(),
    })
}
