//! How the rules on links say what they see.

use drlint_estate::{AddressSet, Estate, Link, LinkKind, Network, Pair, Prefix};
use drlint_policy::Finding;

/// How many names or ranges a message shows before it counts the rest.
const SHOWN: usize = 5;

/// `` `a` ``, `` `a` and `b` ``, or the first five and how many more there are.
pub(super) fn listed<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    let mut names: Vec<String> = names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect();
    if names.len() > SHOWN {
        let rest = names.len() - SHOWN;
        names.truncate(SHOWN);
        return format!("{} and {rest} more", names.join(", "));
    }
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

/// The prefixes of a set in backticks, the first five of many.
pub(super) fn ranges(addresses: &AddressSet) -> String {
    let prefixes = addresses.prefixes();
    let shown: Vec<String> = prefixes.iter().take(SHOWN).map(ToString::to_string).collect();
    let shown = shown.join(", ");
    match prefixes.len().checked_sub(SHOWN) {
        Some(rest) if rest > 0 => format!("`{shown}` and {rest} more"),
        _ => format!("`{shown}`"),
    }
}

/// Each kind once: `vpn`, or `peering and vpn`.
pub(super) fn kinds(kinds: impl IntoIterator<Item = LinkKind>) -> String {
    let kinds: std::collections::BTreeSet<LinkKind> = kinds.into_iter().collect();
    let kinds: Vec<String> = kinds.iter().map(ToString::to_string).collect();
    kinds.join(" and ")
}

/// The first prefix of `network` with an address in `addresses`.
pub(super) fn prefix_in<'n>(network: &'n Network, addresses: &AddressSet) -> Option<&'n Prefix> {
    network.address_space.overlapping(addresses)
}

/// Adds the prefix of `network` with an address in `addresses`.
pub(super) fn with_prefix(finding: &mut Finding, network: &Network, addresses: &AddressSet) {
    if let Some(prefix) = prefix_in(network, addresses) {
        finding.related(&prefix.origin, format!("`{}` has `{}`", network.name, prefix.written));
    }
}

/// Adds each resource that declares `link`.
pub(super) fn with_declarations(finding: &mut Finding, link: &Link) {
    for declaration in &link.declarations {
        finding.related(&declaration.place, declaration.text.clone());
    }
}

/// The pair that the two networks are, in either order.
pub(super) fn pair_of<'e>(estate: &'e Estate, one: &Network, two: &Network) -> Option<Pair<'e>> {
    let forward = estate.pairs_of_source(one).find(|pair| pair.recovery.index == two.index);
    forward.or_else(|| estate.pairs_of_source(two).find(|pair| pair.recovery.index == one.index))
}
