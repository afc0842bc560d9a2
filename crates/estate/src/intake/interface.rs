//! Network interfaces as one input tells of them.

use std::sync::Arc;

use drlint_resource::{Data, Origin, Resource, ResourceId, Value};
use drlint_source::Span;
use rustc_hash::FxHashMap;

use super::record::{compare_facts, compare_references};
use super::value::{Teller, reference};
use super::{Reader, Record, TellingOf};
use crate::build::{Differing, elements, read};
use crate::model::Published;
use crate::{Fact, Few, Interface, InterfaceIndex, IpConfiguration, Saying};

const ACCELERATED: u8 = 0;
const MACHINE: u8 = 1;

const NAME: u8 = 0;
const ADDRESS: u8 = 1;
const METHOD: u8 = 2;
const VERSION: u8 = 3;
const PRIMARY: u8 = 4;
const SUBNET: u8 = 5;
const PUBLIC_ADDRESS: u8 = 6;
const POOLS: u8 = 7;

impl Interface {
    /// That it has no IP configuration of this name.
    fn without(&self, name: &str) -> Saying {
        Saying { text: format!("no `{name}`"), place: self.place.span }
    }

    fn with_names(&self) -> impl DoubleEndedIterator<Item = (String, &IpConfiguration)> {
        let named = self.ip_configurations.iter().filter(|ip| !ip.name.is_empty());
        named.map(|ip| (ip.name.to_ascii_lowercase(), ip))
    }

    /// Of several of one name the first.
    fn by_name(&self) -> FxHashMap<String, &IpConfiguration> {
        self.with_names().rev().collect()
    }

    /// One of which no input tells more than that something refers to it.
    pub(crate) fn named(id: &ResourceId, place: Origin) -> Self {
        Self {
            index: InterfaceIndex::at(0),
            id: id.clone(),
            place,
            ip_configurations: Few::Nothing,
            accelerated_networking: Fact::Absent,
            machine_id: Fact::Absent,
            machine: None,
            of_private_endpoint: false,
            known_from_outside: true,
            telling: TellingOf::default(),
        }
    }
}

impl Reader {
    pub(super) fn interface(&mut self, resource: &Resource, mut telling: TellingOf) -> Interface {
        let body = &resource.body;
        let mut teller = Teller::of(body);
        let list = body.properties().at("ipConfigurations").found();
        telling.lists = list.is_some();
        let list = list.map(elements).unwrap_or_default();
        let known = list.iter().filter(|element| !element.is_null() && element.as_unknown().is_none());
        let mut interface = Interface {
            ip_configurations: known.map(|element| self.ip_configuration(element)).collect(),
            accelerated_networking: teller.tell(ACCELERATED, "enableAcceleratedNetworking", read::boolean),
            machine_id: teller.reference(MACHINE, "virtualMachine", &mut self.ids),
            of_private_endpoint: !reference(body.properties().at("privateEndpoint"), &mut self.ids)
                .is_absent(),
            known_from_outside: false,
            ..Interface::named(&resource.id, Origin::at(resource.place))
        };
        telling.said = teller.said;
        interface.telling = telling;
        interface
    }

    fn ip_configuration(&mut self, element: &Value) -> IpConfiguration {
        let mut teller = Teller::of(element);
        let name = element.at("name").found();
        if name.is_some() {
            teller.said.add(NAME);
        }
        let name = name.filter(|name| name.as_str().is_some());
        let mut pools = Vec::new();
        let _: Fact<()> = teller.tell(POOLS, "loadBalancerBackendAddressPools", |lookup| {
            pools = read::ids_by(lookup, |value| self.ids.of(value));
            Fact::Absent
        });
        let public_address = teller.reference(PUBLIC_ADDRESS, "publicIPAddress", &mut self.ids);
        let version = teller.tell(VERSION, "privateIPAddressVersion", read::ip_version);
        let primary = teller.tell(PRIMARY, "primary", read::boolean);
        IpConfiguration {
            name: self.name(name),
            place: name.map_or(&element.origin, |name| &name.origin).clone(),
            address: teller.tell(ADDRESS, "privateIPAddress", read::address),
            method: teller.tell(METHOD, "privateIPAllocationMethod", read::allocation),
            version: version.known().copied(),
            primary: primary.known() == Some(&true),
            subnet: teller.reference(SUBNET, "subnet", &mut self.ids),
            network: None,
            published: published(public_address, pools),
            said: teller.said,
        }
    }

    fn name(&mut self, name: Option<&Value>) -> Arc<str> {
        match name.map(|name| &name.data) {
            Some(Data::Text(text)) if **text == *self.last_name => {}
            Some(Data::Text(text)) => self.last_name = Arc::clone(text),
            _ => return Arc::default(),
        }
        Arc::clone(&self.last_name)
    }
}

fn published(
    public_address: Fact<ResourceId>,
    backend_pools: Vec<crate::Placed<ResourceId>>,
) -> Option<Box<Published>> {
    let any = !public_address.is_absent() || !backend_pools.is_empty();
    any.then(|| Box::new(Published { public_address, backend_pools }))
}

impl Record for Interface {
    fn id(&self) -> &ResourceId {
        &self.id
    }

    fn id_mut(&mut self) -> &mut ResourceId {
        &mut self.id
    }

    fn span(&self) -> Span {
        self.place.span
    }

    fn telling(&self) -> TellingOf {
        self.telling
    }

    fn telling_mut(&mut self) -> &mut TellingOf {
        &mut self.telling
    }

    fn compare(&self, other: &Self, found: &mut Differing<'_>) {
        compare_facts(&self.accelerated_networking, &other.accelerated_networking, bool::to_string, found);
        compare_references(&self.machine_id, &other.machine_id, found);
        if !(self.telling.lists && other.telling.lists) {
            return;
        }
        let (here, there) = (self.by_name(), other.by_name());
        for (name, ip) in self.with_names() {
            match there.get(&name) {
                Some(other) => ip.compare(other, found),
                None => found(ip.saying(), other.without(&ip.name)),
            }
        }
        for (_, ip) in other.with_names().filter(|(name, _)| !here.contains_key(name)) {
            found(self.without(&ip.name), ip.saying());
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        let mut differs = false;
        self.compare(other, &mut |_, _| differs = true);
        let said = |one: &Self| (one.telling.said, one.telling.lists, one.of_private_endpoint);
        let parts = |one: &Self| one.ip_configurations.iter().map(|ip| ip.said).collect::<Vec<_>>();
        !differs && said(self) == said(other) && parts(self) == parts(other)
    }

    fn fill(&mut self, weaker: &mut Self) {
        let (said, other) = (&mut self.telling.said, weaker.telling.said);
        said.fill(other, ACCELERATED, &mut self.accelerated_networking, &mut weaker.accelerated_networking);
        said.fill(other, MACHINE, &mut self.machine_id, &mut weaker.machine_id);
        self.of_private_endpoint |= weaker.of_private_endpoint;
        if !self.telling.lists {
            self.telling.lists = weaker.telling.lists;
            self.ip_configurations = std::mem::take(&mut weaker.ip_configurations);
            return;
        }
        for ip in weaker.ip_configurations.iter_mut() {
            let same = |own: &&mut IpConfiguration| {
                !ip.name.is_empty() && own.name.to_lowercase() == ip.name.to_lowercase()
            };
            if let Some(own) = self.ip_configurations.iter_mut().rev().find(same) {
                own.fill(ip);
            }
        }
    }
}

impl IpConfiguration {
    fn compare(&self, other: &Self, found: &mut Differing<'_>) {
        compare_facts(&self.address, &other.address, ToString::to_string, found);
        compare_facts(&self.method, &other.method, |method| format!("{method:?}"), found);
        compare_references(&self.subnet, &other.subnet, found);
        compare_references(self.public_address(), other.public_address(), found);
        let saying = |ip: &Self, text: String| Saying { text, place: ip.place.span };
        if self.said.has(PRIMARY) && other.said.has(PRIMARY) && self.primary != other.primary {
            let text = |ip: &Self| if ip.primary { "primary" } else { "not primary" }.to_owned();
            found(saying(self, text(self)), saying(other, text(other)));
        }
        let pools = |ip: &Self| {
            let mut pools: Vec<String> =
                ip.backend_pools().iter().map(|pool| pool.value.full_name().to_lowercase()).collect();
            pools.sort_unstable();
            pools.join(", ")
        };
        if self.said.has(POOLS) && other.said.has(POOLS) && pools(self) != pools(other) {
            found(saying(self, pools(self)), saying(other, pools(other)));
        }
    }

    fn saying(&self) -> Saying {
        Saying { text: self.name.to_string(), place: self.place.span }
    }

    fn fill(&mut self, weaker: &mut Self) {
        let (said, other) = (&mut self.said, weaker.said);
        said.fill(other, ADDRESS, &mut self.address, &mut weaker.address);
        said.fill(other, METHOD, &mut self.method, &mut weaker.method);
        said.fill_plain(other, VERSION, &mut self.version, &mut weaker.version);
        said.fill_plain(other, PRIMARY, &mut self.primary, &mut weaker.primary);
        said.fill(other, SUBNET, &mut self.subnet, &mut weaker.subnet);
        let mut own = self.published.take().map(|own| *own).unwrap_or_default();
        let mut weaker = weaker.published.take().map(|weaker| *weaker).unwrap_or_default();
        said.fill(other, PUBLIC_ADDRESS, &mut own.public_address, &mut weaker.public_address);
        said.fill_plain(other, POOLS, &mut own.backend_pools, &mut weaker.backend_pools);
        self.published = published(own.public_address, own.backend_pools);
    }
}
