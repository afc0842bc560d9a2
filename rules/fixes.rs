//! Changes that mend a finding for certain.
//!
//! Only in templates and in `drlint.toml`: an export is a record, and to change it changes nothing in Azure. And only
//! where a literal stands where it is used: what a parameter or a variable carries may serve others too.

use drlint_estate::{AddressSet, LinkKind, Network, Placed, Ranges, Subnet};
use drlint_policy::Finding;
use drlint_resource::{Input, Origin};
use drlint_source::Span;

/// Replaces the literal at `origin` by the text `value`.
pub(crate) fn replace(finding: &mut Finding, network: &Network, origin: &Origin, value: &str) {
    if let Some(span) = editable(network, origin) {
        finding.fix(span, format!("\"{value}\""));
    }
}

/// Replaces the flag at `origin` by `value`.
pub(crate) fn set_flag(finding: &mut Finding, network: &Network, origin: &Origin, value: bool) {
    if let Some(span) = editable(network, origin) {
        finding.fix(span, value.to_string());
    }
}

/// Replaces the kind of link of a step by `kind`, where `drlint.toml` has a word for it.
pub(crate) fn set_kind(finding: &mut Finding, via: &Placed<LinkKind>, kind: LinkKind) {
    if kind != LinkKind::Hub {
        finding.fix(via.origin.span, format!("\"{kind}\""));
    }
}

/// Replaces a name in `drlint.toml` that leads nowhere by the only one that is near it. Names that differ in their
/// numbers alone are those of siblings, and no slip of the hand.
pub(crate) fn correct_name(finding: &mut Finding, place: &Origin, written: &str, near: &[String]) {
    let letters = |name: &str| -> String {
        name.chars().filter(|letter| !letter.is_ascii_digit()).flat_map(char::to_lowercase).collect()
    };
    if let [near] = near
        && letters(near) != letters(written)
        && !written.contains('/')
        && near.chars().all(|letter| letter.is_alphanumeric() || "-_.".contains(letter))
    {
        finding.fix(place.span, format!("\"{near}\""));
    }
}

/// Adds prefixes to a list of the network, after the last that stands there.
pub(crate) fn add_prefixes(finding: &mut Finding, network: &Network, list: &Ranges, added: &AddressSet) {
    let whole = list.origin.as_ref().and_then(|origin| editable(network, origin));
    let bottom = list.prefixes.iter().map(|prefix| &prefix.origin).max_by_key(|origin| origin.span.end);
    if let Some((whole, bottom)) = whole.zip(bottom)
        && is_element(whole, bottom)
    {
        let added: Vec<String> = added.prefixes().iter().map(|prefix| format!(", \"{prefix}\"")).collect();
        finding.fix(Span { start: bottom.span.end, ..bottom.span }, added.concat());
    }
}

/// Adds a subnet of the name and the prefix of `subnet` to the network, before those that stand there.
pub(crate) fn add_subnet(finding: &mut Finding, network: &Network, subnet: &Subnet) {
    let ([prefix], Ok(space)) = (subnet.prefixes.prefixes.as_slice(), network.address_space.complete())
    else {
        return;
    };
    let free = network.subnets.iter().all(|other| !other.prefixes.addresses().overlaps(&prefix.net.into()));
    let fits = space.iter().any(|range| range.net.contains(&prefix.net));
    let list = network.subnets_place.as_ref().and_then(|origin| editable(network, origin));
    let Some(list) = list.filter(|_| free && fits && network.subnets_unknown.is_none()) else { return };
    let filled = network.subnets.iter().any(|other| is_element(list, &other.place));
    if filled || list.len() == 2 {
        let (name, prefix) = (&subnet.name, &prefix.written);
        let comma = if filled { ", " } else { "" };
        let text =
            format!("{{\"name\": \"{name}\", \"properties\": {{\"addressPrefix\": \"{prefix}\"}}}}{comma}");
        finding.fix(Span { start: list.start + 1, end: list.start + 1, ..list }, text);
    }
}

/// The literal at `origin`, if a person can change it there.
fn editable(network: &Network, origin: &Origin) -> Option<Span> {
    let mut inputs = network.declarations.iter().map(|declaration| &declaration.input);
    let in_template = inputs.any(|input| match input {
        Input::Template(deployment) => deployment.template == origin.span.file,
        Input::Export(_) => false,
    });
    (in_template && origin.carrier.is_none()).then_some(origin.span)
}

/// Whether `origin` is a literal inside `list`, rather than the whole of it.
fn is_element(list: Span, origin: &Origin) -> bool {
    origin.carrier.is_none() && list.contains(origin.span) && list != origin.span
}
