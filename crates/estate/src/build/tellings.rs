//! What each input tells of a network, side by side, for `deployed-network-drifted`.

use drlint_resource::{Input, Origin, Resource};

use super::merge::{Merged, declaration};
use super::networks::read_address_space;
use super::subnets::read_subnet_prefixes;
use super::told::Told;
use super::{element_name, read};
use crate::{SubnetPlace, Telling};

/// What each input that has properties tells of a network.
pub(super) fn tellings(merged: &Merged, children: &[Merged]) -> Vec<Telling> {
    let shows = |telling: &&Resource| match &telling.input {
        Input::Export(export) => !export.existence_only,
        Input::Template(_) => true,
    };
    let tell = |telling: &Resource| {
        let told = Told::one(&telling.body);
        let list = told.list("subnets");
        let own = children.iter().flat_map(|child| {
            let same = child.tellings().filter(|other| same_input(&other.input, &telling.input));
            same.map(move |other| (child, other))
        });
        let nameless = list.elements.iter().find_map(|element| element.member("name").unknown().cloned());
        let mut subnets: Vec<SubnetPlace> = list.elements.iter().filter_map(subnet_place).collect();
        for (child, other) in own {
            if subnets.iter().all(|subnet| !subnet.name.eq_ignore_ascii_case(child.id.name())) {
                let prefixes = read_subnet_prefixes(&Told::one(&other.body));
                let place = Origin::at(other.place);
                subnets.push(SubnetPlace { name: child.id.name().to_owned(), place, prefixes });
            }
        }
        Telling {
            declaration: declaration(telling),
            address_space: read_address_space(&told),
            region: read::region(told.member("location")),
            dns_servers: read::addresses(told.property("dhcpOptions.dnsServers")),
            subnets_shown: list.is_shown() || !subnets.is_empty(),
            subnets_unknown: list.unknown.or(nameless),
            subnets,
        }
    };
    merged.tellings().filter(shows).map(tell).collect()
}

fn same_input(one: &Input, two: &Input) -> bool {
    match (one, two) {
        (Input::Template(one), Input::Template(two)) => one == two,
        (Input::Export(one), Input::Export(two)) => one == two,
        _ => false,
    }
}

fn subnet_place(element: &Told<'_>) -> Option<SubnetPlace> {
    let (name, place) = element_name(element)?;
    Some(SubnetPlace { name: name.to_string(), place, prefixes: read_subnet_prefixes(element) })
}
