//! Suppressions by what they speak of, so that many of them cost a finding no more than a few.

use drlint_resource::{ResourceId, Scope};
use rustc_hash::FxHashMap;

use crate::Suppression;

/// Entries, found by a rule and a resource.
///
/// An entry names a resource by its id, by its names as in `vnet/subnet` or `group/vnet`, or by the end of either from
/// some `/` on. So the ends are looked up one by one, those with as many segments as some entry of the rule has.
#[derive(Debug)]
pub struct Entries<'s> {
    entries: &'s [Suppression],
    of_rules: FxHashMap<&'s str, OfRule>,
}

/// The entries of one rule.
#[derive(Debug, Default)]
struct OfRule {
    /// How many `/` an entry has at most.
    deepest: usize,
    /// Indices of entries, rising, by the resource they name in lower case.
    by_name: FxHashMap<String, Vec<usize>>,
}

impl<'s> Entries<'s> {
    /// Entries to look up.
    pub fn new(entries: &'s [Suppression]) -> Self {
        let mut of_rules: FxHashMap<&str, OfRule> = FxHashMap::default();
        for (at, entry) in entries.iter().enumerate() {
            let of_rule = of_rules.entry(&entry.rule).or_default();
            of_rule.deepest = of_rule.deepest.max(entry.resource.matches('/').count());
            of_rule.by_name.entry(entry.resource.to_ascii_lowercase()).or_default().push(at);
        }
        Self { entries, of_rules }
    }

    /// The entries, in their order.
    pub fn all(&self) -> &'s [Suppression] {
        self.entries
    }

    /// The indices of the entries that speak of this rule and resource, rising.
    pub fn speaking_of(&self, rule: &str, resource: &str) -> Vec<usize> {
        let Some(of_rule) = self.of_rules.get(rule) else { return Vec::new() };
        let mut found = of_rule.ending(resource);
        if let Some(id) = ResourceId::parse(resource) {
            found.extend(of_rule.ending(&with_group(&id)));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Its names behind its subscription and its group, where they are known.
fn with_group(id: &ResourceId) -> String {
    let name = id.full_name();
    let Scope::Group { subscription, group } = id.scope() else { return name };
    let before = [subscription, group].map(|part| part.known().map(|text| format!("{text}/")));
    format!("{}{name}", before.into_iter().flatten().collect::<String>())
}

impl OfRule {
    /// The entries that are `name` or an end of it.
    fn ending(&self, name: &str) -> Vec<usize> {
        let name = name.to_ascii_lowercase();
        let ends = name.rmatch_indices('/').take(self.deepest + 1).map(|(at, _)| &name[at + 1..]);
        let named = ends.chain([name.as_str()]).filter_map(|end| self.by_name.get(end));
        named.flatten().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use drlint_source::{FileId, Span};
    use proptest::prelude::*;

    use super::*;

    fn entry(rule: &str, resource: &str) -> Suppression {
        Suppression {
            rule: rule.to_owned(),
            resource: resource.to_owned(),
            reason: "known".to_owned(),
            until: None,
            place: Span::new(FileId(0), 0, 0),
            until_place: None,
        }
    }

    fn speaks(written: &str, resource: &str) -> bool {
        !Entries::new(&[entry("rule", written)]).speaking_of("rule", resource).is_empty()
    }

    #[test]
    fn a_resource_is_named_by_its_id_or_by_the_end_of_it() {
        let id =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/vnet-recovery";
        assert!(speaks("vnet-recovery", id));
        assert!(speaks(&id.to_lowercase(), id));
        assert!(speaks("VNET-Recovery", "Microsoft.Network/virtualNetworks/vnet-recovery"));
        assert!(speaks("virtualNetworks/vnet-recovery", id));
        assert!(speaks("application/payroll", "application/payroll"));
        let subnet = format!("{id}/subnets/Legacy");
        assert!(speaks("vnet-recovery/legacy", &subnet) && speaks("Legacy", &subnet));
        assert!(speaks("subnets/Legacy", &subnet) && !speaks("vnet-source/Legacy", &subnet));
        assert!(speaks("g/vnet-recovery", id) && speaks("s/G/vnet-recovery/legacy", &subnet));
        assert!(!speaks("h/vnet-recovery", id));
        assert!(!speaks("recovery", id));
        assert!(!speaks("", "x"));
    }

    #[test]
    fn an_entry_speaks_of_its_own_rule_alone() {
        let entries = [entry("one", "vnet"), entry("two", "vnet"), entry("one", "g/VNET")];
        let entries = Entries::new(&entries);
        assert_eq!(entries.speaking_of("one", "/g/vnet"), [0, 2]);
        assert_eq!(entries.speaking_of("two", "vnet"), [1]);
        assert_eq!(entries.speaking_of("three", "vnet"), [0; 0]);
    }

    proptest! {
        /// What is looked up is what a look at each entry finds.
        #[test]
        fn looking_up_finds_what_looking_at_each_finds(
            names in prop::collection::vec("[aBÄ/]{0,4}", 0..8),
            resource in "[AbÄ/]{0,8}",
        ) {
            let entries: Vec<Suppression> = names.iter().map(|name| entry("rule", name)).collect();
            let means = |written: &String| {
                let (written, id) = (written.to_ascii_lowercase(), resource.to_ascii_lowercase());
                written == id || id.ends_with(&format!("/{written}"))
            };
            let each: Vec<usize> = (0..names.len()).filter(|at| means(&names[*at])).collect();
            prop_assert_eq!(Entries::new(&entries).speaking_of("rule", &resource), each);
        }
    }
}
