//! Sites: local network gateways, VPN sites and circuits, those with one device made one.

use std::net::IpAddr;
use std::sync::Arc;

use drlint_resource::{Origin, Reason, ResourceId, Unknown};
use rustc_hash::FxHashMap;

use super::merge::Merged;
use super::{Builder, not_in_input, not_shown, read};
use crate::{Fact, GatewayIndex, Ranges, Site, SiteIndex, SiteKind, SiteTelling};

const LOCAL_GATEWAY: &str = "Microsoft.Network/localNetworkGateways";
const VPN_SITE: &str = "Microsoft.Network/vpnSites";
pub(super) const CIRCUIT: &str = "Microsoft.Network/expressRouteCircuits";

impl Builder {
    /// Needs the gateways and the public addresses.
    pub(super) fn sites(&mut self) {
        let gateways = self.gateways_by_address();
        let mut devices = FxHashMap::default();
        for merged in self.inventory.take(LOCAL_GATEWAY) {
            let told = merged.told();
            let mut ranges = read::ranges(&told, &["localNetworkAddressSpace.addressPrefixes"]);
            ranges.unknown_unless_shown(|| not_shown("the prefixes", &merged.name(), &merged.place()));
            let device = read::text(told.first_property(&["gatewayIpAddress", "fqdn"]));
            let gateway = self.gateway_at(&device, &gateways);
            if let Some(gateway) = gateway {
                self.estate.local_gateways.insert(merged.id.clone(), gateway);
            } else {
                let telling = telling(&merged, ranges, device);
                self.add_telling(telling, SiteKind::LocalNetworkGateway, &mut devices);
            }
        }
        for merged in self.inventory.take(VPN_SITE) {
            let told = merged.told();
            let mut ranges = read::ranges(&told, &["addressSpace.addressPrefixes"]);
            ranges.unknown_unless_shown(|| not_shown("the prefixes", &merged.name(), &merged.place()));
            let device = match read::text(told.property("ipAddress")) {
                Fact::Absent => {
                    let links = told.list("vpnSiteLinks").elements;
                    let devices = links.iter().map(|link| read::text(link.property("ipAddress")));
                    devices.into_iter().find(|device| !device.is_absent()).unwrap_or_default()
                }
                device => device,
            };
            self.add_telling(telling(&merged, ranges, device), SiteKind::VpnSite, &mut devices);
        }
        for merged in self.inventory.take(CIRCUIT) {
            let mut telling = telling(&merged, Ranges::default(), Fact::Absent);
            let text = format!("what `{}` leads to is announced by BGP", telling.name);
            let unknown = Unknown::without_expression(Reason::Other(text.into()), telling.place.span);
            telling.ranges.unknown = Some(Arc::new(unknown));
            self.add_telling(telling, SiteKind::Circuit, &mut devices);
        }
    }

    /// The public addresses of all gateways.
    fn gateways_by_address(&self) -> FxHashMap<IpAddr, GatewayIndex> {
        let mut found = FxHashMap::default();
        for gateway in &self.estate.gateways {
            for public in &gateway.public_addresses {
                let public = self.estate.keys.public_addresses.get(public);
                let public = public.and_then(|at| self.estate.public_addresses.get(*at));
                if let Some(address) = public.and_then(|public| public.address.known()) {
                    found.entry(*address).or_insert(gateway.index);
                }
            }
        }
        found
    }

    /// The gateway whose public address `device` is: by the address itself, or, where a template gives it, by the
    /// reference to the public address.
    fn gateway_at(
        &mut self,
        device: &Fact<String>,
        gateways: &FxHashMap<IpAddr, GatewayIndex>,
    ) -> Option<GatewayIndex> {
        match device {
            Fact::Known(text) => gateways.get(&text.trim().parse::<IpAddr>().ok()?).copied(),
            Fact::Unknown(unknown) => {
                let public = super::referred::address_of(unknown)?;
                let same = |id: &ResourceId| public.fits(id);
                let mut fitting =
                    self.estate.gateways.iter().filter(|gateway| {
                        gateway.public_addresses.iter().any(|address| same(&address.value))
                    });
                let gateway = fitting.next()?;
                fitting.next().is_none().then_some(gateway.index)
            }
            Fact::Absent => None,
        }
    }

    fn add_telling(
        &mut self,
        telling: SiteTelling,
        kind: SiteKind,
        devices: &mut FxHashMap<String, SiteIndex>,
    ) {
        let device = telling.device.known().map(|device| device.trim().to_lowercase());
        let known = device.as_ref().and_then(|device| devices.get(device).copied());
        let id = telling.id.clone();
        let index = match known.and_then(|at| self.estate.sites.get_mut(at.position())) {
            Some(site) => {
                site.ranges = joined(&site.ranges, &telling.ranges);
                site.tellings.push(telling);
                site.index
            }
            None => self.add_site(Site {
                index: SiteIndex::at(0),
                id: id.clone(),
                name: telling.name.clone(),
                place: telling.place.clone(),
                kind,
                ranges: telling.ranges.clone(),
                tellings: vec![telling],
                known_from_outside: false,
            }),
        };
        self.estate.keys.sites.insert(id.clone(), index);
        if let Some(device) = device {
            devices.entry(device).or_insert(index);
        }
    }

    fn add_site(&mut self, site: Site) -> SiteIndex {
        let index = SiteIndex::at(self.estate.sites.len());
        self.estate.sites.push(Site { index, ..site });
        index
    }

    /// The site of this id, made known if it is not yet.
    pub(super) fn site_known_from_outside(
        &mut self,
        id: &ResourceId,
        kind: SiteKind,
        place: &Origin,
    ) -> SiteIndex {
        if let Some(index) = self.estate.keys.sites.get(id) {
            return *index;
        }
        let ranges = Ranges { unknown: Some(not_in_input(id, place)), ..Ranges::default() };
        let index = self.add_site(Site {
            index: SiteIndex::at(0),
            id: id.clone(),
            name: id.name().to_owned(),
            place: place.clone(),
            kind,
            ranges,
            tellings: Vec::new(),
            known_from_outside: true,
        });
        self.estate.keys.sites.insert(id.clone(), index);
        index
    }
}

fn telling(merged: &Merged, ranges: Ranges, device: Fact<String>) -> SiteTelling {
    SiteTelling { id: merged.id.clone(), name: merged.name(), place: merged.place(), ranges, device }
}

fn joined(one: &Ranges, two: &Ranges) -> Ranges {
    let mut joined = one.clone();
    for prefix in &two.prefixes {
        if joined.prefixes.iter().all(|known| known.net != prefix.net) {
            joined.prefixes.push(prefix.clone());
        }
    }
    joined.unknown = joined.unknown.or_else(|| two.unknown.clone());
    joined.invalid.extend(two.invalid.iter().cloned());
    joined.origin = joined.origin.or_else(|| two.origin.clone());
    joined
}
