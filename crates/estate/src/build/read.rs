//! Facts from values, tolerant of every spelling that exports have.

use std::net::IpAddr;
use std::sync::Arc;

use drlint_resource::{Data, Lookup, Origin, Reason, ResourceId, Unknown, Value};

use super::told::{Told, elements};
use crate::{Allocation, Fact, IpVersion, Placed, Prefix, Ranges, Region, Tags};

/// A string; an empty one counts as absent.
pub(crate) fn text(lookup: Lookup<'_>) -> Fact<String> {
    Fact::read(lookup, |value| value.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned))
}

/// `true` or `false`.
pub(crate) fn boolean(lookup: Lookup<'_>) -> Fact<bool> {
    Fact::read(lookup, Value::as_bool)
}

/// An integer.
pub(crate) fn integer(lookup: Lookup<'_>) -> Fact<i64> {
    Fact::read(lookup, |value| match &value.data {
        Data::Number(number) => number.as_integer(),
        Data::Text(text) => text.trim().parse().ok(),
        _ => None,
    })
}

/// A region.
pub(crate) fn region(lookup: Lookup<'_>) -> Fact<Region> {
    Fact::read(lookup, |value| value.as_str().filter(|text| !text.trim().is_empty()).map(Region::new))
}

/// An address; an empty string counts as absent, other text that is no address as unknown.
pub(crate) fn address(lookup: Lookup<'_>) -> Fact<IpAddr> {
    let Lookup::Found(value) = lookup else { return Fact::read(lookup, |_| None) };
    match value.as_str().map(str::trim) {
        None | Some("") => Fact::Absent,
        Some(text) => match text.parse() {
            Ok(address) => Fact::Known(Placed::new(address, value.origin.clone())),
            Err(_) => Fact::Unknown(unreadable(text, "address", value)),
        },
    }
}

/// `Static` or `Dynamic`.
pub(crate) fn allocation(lookup: Lookup<'_>) -> Fact<Allocation> {
    Fact::read(lookup, |value| match value.as_str()?.trim() {
        text if text.eq_ignore_ascii_case("Static") => Some(Allocation::Static),
        text if text.eq_ignore_ascii_case("Dynamic") => Some(Allocation::Dynamic),
        _ => None,
    })
}

/// `IPv4` or `IPv6`.
pub(crate) fn ip_version(lookup: Lookup<'_>) -> Fact<IpVersion> {
    Fact::read(lookup, |value| match value.as_str()?.trim() {
        text if text.eq_ignore_ascii_case("IPv4") => Some(IpVersion::V4),
        text if text.eq_ignore_ascii_case("IPv6") => Some(IpVersion::V6),
        _ => None,
    })
}

/// An id, given as a string or as an object with an `id`.
pub(crate) fn id(lookup: Lookup<'_>) -> Fact<ResourceId> {
    id_by(lookup, ResourceId::of)
}

/// The same, spelled by a value as `spelled` reads it.
pub(crate) fn id_by(
    lookup: Lookup<'_>,
    spelled: impl FnOnce(&Value) -> Option<ResourceId>,
) -> Fact<ResourceId> {
    let lookup = match lookup {
        Lookup::Found(value) if value.as_object().is_some() => value.at("id"),
        other => other,
    };
    match lookup {
        Lookup::Found(value) => match value.as_str().map(str::trim) {
            None | Some("") => Fact::Absent,
            Some(text) => match spelled(value) {
                Some(id) => Fact::Known(Placed::new(id, value.origin.of_reference())),
                None => Fact::Unknown(unreadable(text, "resource id", value)),
            },
        },
        Lookup::Unknown(unknown) => match id_of_unknown(unknown) {
            Some(id) => Fact::Known(Placed::new(id, Origin::at(unknown.place))),
            None => Fact::Unknown(Arc::clone(unknown)),
        },
        Lookup::Absent => Fact::Absent,
    }
}

fn id_of_unknown(unknown: &Arc<Unknown>) -> Option<ResourceId> {
    ResourceId::of(&Value::new(Data::Unknown(Arc::clone(unknown)), unknown.place))
}

/// The ids of a list; what is not known is left out.
pub(crate) fn ids(lookup: Lookup<'_>) -> Vec<Placed<ResourceId>> {
    ids_by(lookup, ResourceId::of)
}

/// The same, each spelled by a value as `spelled` reads it.
pub(crate) fn ids_by(
    lookup: Lookup<'_>,
    mut spelled: impl FnMut(&Value) -> Option<ResourceId>,
) -> Vec<Placed<ResourceId>> {
    let Some(list) = lookup.found() else { return Vec::new() };
    let ids = elements(list).iter().filter_map(|element| {
        let lookup = match &element.data {
            Data::Null => Lookup::Absent,
            Data::Unknown(unknown) => Lookup::Unknown(unknown),
            _ => Lookup::Found(element),
        };
        id_by(lookup, &mut spelled).placed().cloned()
    });
    ids.collect()
}

/// The strings of a list, each at its place; a single string counts as a list, split at commas.
pub(crate) fn texts(lookup: Lookup<'_>) -> Vec<Placed<String>> {
    let Some(list) = lookup.found() else { return Vec::new() };
    let mut found = Vec::new();
    for element in elements(list) {
        let Some(text) = element.as_str() else { continue };
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            found.push(Placed::new(part.to_owned(), element.origin.clone()));
        }
    }
    found
}

/// The prefixes at each of `paths` below the properties, as one list.
pub(crate) fn ranges(told: &Told<'_>, paths: &[&str]) -> Ranges {
    let mut ranges = Ranges::default();
    // Two spellings in two inputs are two words on one thing, not two parts of it.
    let told = told.as_first_with(paths);
    for path in paths {
        match told.property(path) {
            Lookup::Found(value) => add_prefixes(&mut ranges, value),
            Lookup::Unknown(unknown) => {
                ranges.unknown.get_or_insert_with(|| Arc::clone(unknown));
            }
            Lookup::Absent => {}
        }
    }
    ranges
}

/// Adds the prefixes of a list, of a single string, or of a string with commas.
pub(crate) fn add_prefixes(ranges: &mut Ranges, list: &Value) {
    if ranges.origin.is_none() {
        ranges.origin = Some(place_of_list(list));
    }
    for element in elements(list) {
        match &element.data {
            Data::Text(text) => add_written(ranges, text, &element.origin),
            Data::Unknown(unknown) => {
                ranges.unknown.get_or_insert_with(|| Arc::clone(unknown));
            }
            _ => {}
        }
    }
}

/// A list is changed where it stands; one whose only element was carried into it is changed where that was written.
fn place_of_list(list: &Value) -> Origin {
    match elements(list) {
        [only] if !list.origin.span.contains(only.origin.span) => only.origin.clone(),
        _ => list.origin.clone(),
    }
}

/// Prefixes from an address pool are unknown, but for those that an export shows as allocated.
pub(crate) fn add_pools(ranges: &mut Ranges, allocations: Lookup<'_>) {
    let Some(list) = allocations.found() else { return };
    for pool in elements(list) {
        match pool.at("allocatedAddressPrefixes").found() {
            Some(allocated) => add_prefixes(ranges, allocated),
            None => {
                let reason = Reason::AddressPool;
                let unknown = Arc::new(Unknown::without_expression(reason, pool.origin.span));
                ranges.unknown.get_or_insert(unknown);
            }
        }
    }
}

fn add_written(ranges: &mut Ranges, text: &str, origin: &Origin) {
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        // An address without a length is no prefix of a network.
        let prefix = part.contains('/').then(|| Prefix::parse(part, origin.clone())).flatten();
        match prefix {
            // A string beside the list mostly repeats its first element.
            Some(prefix) if ranges.prefixes.iter().any(|known| known.net == prefix.net) => {}
            Some(prefix) => ranges.prefixes.push(prefix),
            None => {
                let reason = Reason::Other(format!("`{part}` is no prefix").into());
                let unknown = Arc::new(Unknown::without_expression(reason, origin.span));
                ranges.unknown.get_or_insert(unknown);
                ranges.invalid.push(Placed::new(part.to_owned(), origin.clone()));
            }
        }
    }
}

/// The addresses of a list such as `dnsServers`.
pub(crate) fn addresses(lookup: Lookup<'_>) -> Fact<Vec<Placed<IpAddr>>> {
    let Lookup::Found(list) = lookup else { return Fact::read(lookup, |_| None) };
    let mut found = Vec::new();
    for element in elements(list) {
        if let Data::Unknown(unknown) = &element.data {
            return Fact::Unknown(Arc::clone(unknown));
        }
        for part in element.as_str().unwrap_or_default().split(',').map(str::trim) {
            match part.parse() {
                Ok(address) => found.push(Placed::new(address, element.origin.clone())),
                Err(_) if part.is_empty() => {}
                Err(_) => return Fact::Unknown(unreadable(part, "address", element)),
            }
        }
    }
    Fact::Known(Placed::new(found, list.origin.clone()))
}

/// What the tags say to drlint.
pub(crate) fn tags(told: &Told<'_>) -> Tags {
    // PowerShell's network classes say `Tag`.
    let tag = |name: &str| match text(told.member(&format!("tags.{name}"))) {
        Fact::Absent => text(told.member(&format!("tag.{name}"))),
        tag => tag,
    };
    let recovers = match tag("dr-recovers") {
        // An id of which the scope is not known says the name all the same.
        Fact::Unknown(unknown) => named(&unknown).unwrap_or(Fact::Unknown(unknown)),
        tag => tag,
    };
    Tags { recovers, application: tag("dr-application"), role: tag("dr-role") }
}

/// The last name of the id that an unknown text is.
fn named(unknown: &Arc<Unknown>) -> Option<Fact<String>> {
    let id = id_of_unknown(unknown)?;
    let name = id.names().last()?.known()?;
    Some(Fact::Known(Placed::new(name.to_owned(), Origin::at(unknown.place))))
}

/// The bare name of a subnet that was given as a name or as a full id: the last segment.
pub(crate) fn subnet_name(lookup: Lookup<'_>) -> Fact<String> {
    match lookup {
        Lookup::Unknown(unknown) => match id_of_unknown(unknown).as_ref().and_then(|id| id.names().last()) {
            Some(name) if name.known().is_some() => {
                Fact::Known(Placed::new(name.to_string(), Origin::at(unknown.place)))
            }
            _ => Fact::Unknown(Arc::clone(unknown)),
        },
        lookup => match text(lookup) {
            Fact::Known(written) => {
                let name = written.value.trim().rsplit('/').next().unwrap_or_default().to_owned();
                Fact::Known(Placed::new(name, written.origin))
            }
            other => other,
        },
    }
}

fn unreadable(text: &str, what: &str, value: &Value) -> Arc<Unknown> {
    let article = if what.starts_with('a') { "an" } else { "a" };
    let reason = Reason::Other(format!("`{text}` is not {article} {what}").into());
    Arc::new(Unknown::without_expression(reason, value.origin.span))
}
