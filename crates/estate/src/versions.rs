//! What the estate would be if other exports held.

use crate::build::{Builder, Collected};
use crate::{Difference, Estate, Intake, Intent};

/// The other versions of an estate: where several exports tell of one thing differently and nothing says which is
/// newer, each may be the one that holds.
///
/// In each version one file is believed wherever it disagrees with others, since what was exported together goes together;
/// where it says nothing, the first of the others is. Files that were exported apart are not tried in every combination.
#[derive(Debug)]
pub struct Versions {
    collected: Option<Collected>,
    intent: Intent,
    next: usize,
    count: usize,
    differences: Vec<Difference>,
}

impl Versions {
    /// The estate of what files told and this intent, in which the first of the files is believed, and its other
    /// versions.
    pub fn of(intakes: Vec<Intake>, intent: Intent) -> (Estate, Self) {
        let mut all = Intake::default();
        for intake in intakes {
            all.append(intake);
        }
        let (collected, differences) = Collected::of(all);
        let count = collected.versions();
        let mut versions = Self { collected: Some(collected), intent, next: 0, count, differences };
        let first = versions.next().unwrap_or_default();
        (first, versions)
    }

    /// What the exports disagree on.
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }
}

impl Iterator for Versions {
    type Item = Estate;

    fn next(&mut self) -> Option<Estate> {
        let at = self.next;
        self.next += 1;
        let collected = if self.next < self.count { self.collected.clone() } else { self.collected.take() };
        Some(Builder::new(collected?, at, self.intent.clone()).finish())
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::company::{interface, item, plan};
    use crate::testing::{Inputs, network_id};
    use crate::{Estate, Fact};

    fn nic(address: &str) -> String {
        format!("[{}]", interface("nic-web", "web", "vnet/a", address))
    }

    fn addresses(versions: &[Estate]) -> Vec<String> {
        let address = |estate: &Estate| {
            let [nic] = estate.interfaces() else { panic!("one interface") };
            match &nic.primary().expect("an IP configuration").address {
                Fact::Known(address) => address.to_string(),
                other => format!("{other:?}"),
            }
        };
        versions.iter().map(address).collect()
    }

    #[test]
    fn each_export_holds_in_one_version() {
        let mut inputs = Inputs::default();
        inputs.export(&nic("10.1.1.10")).export(&nic("10.1.1.11"));
        let (versions, differences) = inputs.versions();
        assert_eq!(addresses(&versions), ["10.1.1.10", "10.1.1.11"]);
        assert_eq!(differences, [["nic-web", "10.1.1.10", "10.1.1.11"]]);
        let (versions, _) = inputs.export(&nic("10.1.1.10")).export(&nic("10.1.1.12")).versions();
        assert_eq!(addresses(&versions), ["10.1.1.10", "10.1.1.11", "10.1.1.12"]);
    }

    #[test]
    fn an_item_that_is_told_twice_has_both_targets() {
        let pinned = |address: &str| {
            format!("[{}]", item("web", ["vnet-source", "vnet-recovery"], "Subnet1", "10.1.1.10", address))
        };
        for (first, second) in [("10.1.1.10", "10.1.1.77"), ("10.1.1.77", "10.1.1.10"), ("10.1.1.10", "")] {
            let (versions, differences) =
                Inputs::default().export(&pinned(first)).export(&pinned(second)).versions();
            let target = |estate: &Estate| {
                let (_, ip) = estate.items()[0].ip_configurations().next().expect("an IP configuration");
                ip.recovery_address.known().map(ToString::to_string).unwrap_or_default()
            };
            assert_eq!(versions.iter().map(target).collect::<Vec<_>>(), [first, second]);
            assert_eq!(differences, [["web", first, second]]);
        }
    }

    #[test]
    fn members_and_actions_of_plans_are_compared_without_their_order() {
        let connect =
            r#"{"actionName": "connect", "customDetails": {"instanceType": "ManualActionDetails"}}"#;
        let tests =
            connect.replace("{\"actionName\"", "{\"failoverTypes\": [\"TestFailover\"], \"actionName\"");
        let told = |one: &str, two: &str| {
            Inputs::default().export(&format!("[{one}]")).export(&format!("[{two}]")).versions().1.len()
        };
        let whole = plan("p", &["web", "app"], "");
        assert_eq!(told(&whole, &plan("p", &["app"], "")), 1);
        assert_eq!(told(&whole, &plan("p", &["web", "app"], connect)), 1);
        let without = connect.replace("{\"actionName\"", "{\"failoverTypes\": [], \"actionName\"");
        assert_eq!(told(&plan("p", &["web"], &without), &plan("p", &["web"], &tests)), 1);
        // Members have no order, and a list of plans shows no groups.
        assert_eq!(told(&whole, &plan("p", &["app", "WEB"], "")), 0);
        assert_eq!(told(&whole, &plan("p", &[], "")), 0);
    }

    #[test]
    fn an_export_that_leaves_open_what_two_others_disagree_on_hides_nothing() {
        let (one, two, bare) = (plan("p", &["web"], ""), plan("p", &["app"], ""), plan("p", &[], ""));
        for order in [[&bare, &one, &two], [&one, &bare, &two], [&one, &two, &bare]] {
            let mut inputs = Inputs::default();
            for told in order {
                inputs.export(&format!("[{told}]"));
            }
            let (versions, differences) = inputs.versions();
            assert_eq!((versions.len(), differences.len()), (2, 2), "{differences:?}");
        }
    }

    #[test]
    fn what_one_file_tells_is_believed_together() {
        let nics = |one: &str, two: &str| {
            let of = |name: &str, address: &str| interface(name, "web", "vnet/a", address);
            format!("[{}, {}]", of("nic-a", one), of("nic-b", two))
        };
        let mut inputs = Inputs::default();
        inputs.export(&nics("10.1.1.10", "10.1.1.20"));
        inputs.export(&nics("10.1.1.11", "10.1.1.20"));
        inputs.export(&nics("10.1.1.12", "10.1.1.22"));
        let told = |estate: &Estate| -> Vec<String> {
            let addresses = estate.interfaces().iter().filter_map(|nic| nic.primary()?.address.known());
            addresses.map(ToString::to_string).collect()
        };
        let versions: Vec<Vec<String>> = inputs.versions().0.iter().map(told).collect();
        assert_eq!(
            versions,
            [["10.1.1.10", "10.1.1.20"], ["10.1.1.11", "10.1.1.20"], ["10.1.1.12", "10.1.1.22"]]
        );
    }

    #[test]
    fn three_that_leave_open_different_things_are_all_believed() {
        let id = network_id("virtualNetworks/v");
        let told = |members: &str| format!(r#"[{{"id": "{id}", "name": "v", {members}}}]"#);
        let space =
            |range: &str| format!(r#""properties": {{"addressSpace": {{"addressPrefixes": ["{range}"]}}}}"#);
        let parts = [
            told(r#""location": "eastasia""#),
            told(&space("10.2.0.0/16")),
            told(&format!(r#""location": "westus", {}"#, space("10.1.0.0/16"))),
        ];
        for order in [[0, 1, 2], [0, 2, 1], [2, 1, 0]] {
            let mut inputs = Inputs::default();
            for at in order {
                inputs.export(&parts[at]);
            }
            let (versions, differences) = inputs.versions();
            let mut spaces: Vec<String> =
                versions.iter().map(|estate| estate.networks()[0].address_space.written()).collect();
            spaces.sort_unstable();
            spaces.dedup();
            assert_eq!((spaces.len(), differences.len()), (2, 2), "{order:?}");
        }
    }

    #[test]
    fn what_no_rule_reads_is_no_difference() {
        let id = network_id("virtualNetworks/v");
        let told = |secret: &str| {
            format!(
                r#"[{{"id": "{id}", "name": "v", "tags": {{"password": "{secret}"}},
                    "properties": {{"description": "{secret}", "dhcpOptions": {{"dnsServers": ["FD00::1"]}}}}}}]"#
            )
        };
        let (versions, differences) = Inputs::default().export(&told("one")).export(&told("two")).versions();
        assert_eq!((versions.len(), differences.len()), (1, 0));
    }

    #[test]
    fn a_template_counts_in_every_version() {
        let mut inputs = Inputs::default();
        inputs.export(&nic("10.1.1.10")).export(&nic("10.1.1.11")).template(&nic("10.1.1.12"));
        assert_eq!(addresses(&inputs.versions().0), ["10.1.1.12", "10.1.1.12"]);
    }

    #[test]
    fn what_is_newer_by_its_own_word_holds_and_so_does_what_is_planned() {
        let mut inputs = Inputs::default();
        let at = |day: &str| Some(format!("2026-01-{day}T00:00:00Z"));
        inputs.export_with(&nic("10.1.1.10"), |export| export.taken = at("01"));
        inputs.export_with(&nic("10.1.1.11"), |export| (export.shape, export.taken) = ("another", at("02")));
        assert_eq!(addresses(&inputs.versions().0), ["10.1.1.11"]);
        // Of an export that does not say when it was taken, nobody knows.
        assert_eq!(addresses(&inputs.export(&nic("10.1.1.12")).versions().0), ["10.1.1.11", "10.1.1.12"]);
        inputs.export_with(&nic("10.1.1.13"), |export| export.planned = true);
        assert_eq!(addresses(&inputs.versions().0), ["10.1.1.13"]);
    }

    #[test]
    fn the_same_in_other_words_is_no_other_version() {
        let (vnet, nsg) = (network_id("virtualNetworks/v"), network_id("networkSecurityGroups/g"));
        let rest = format!(
            r#"[{{"id": "{vnet}", "name": "v", "location": "eastasia", "etag": "1", "properties": {{
                "addressSpace": {{"addressPrefixes": ["10.1.0.0/16", "10.2.0.0/16"]}},
                "subnets": [{{"name": "a", "properties": {{"addressPrefix": "10.1.1.0/24",
                    "networkSecurityGroup": {{"id": "{nsg}"}}}}}}, {{"name": "b"}}]}}}}]"#
        );
        let flattened = format!(
            r#"[{{"id": "{}", "name": "V", "location": "East Asia", "etag": "2", "dhcpOptions": null,
                "addressSpace": {{"addressPrefixes": ["10.2.0.0/16", "10.1.0.0/16"]}}, "enableDdosProtection": false,
                "subnets": [{{"name": "B"}}, {{"name": "A", "addressPrefix": "10.1.1.0/24",
                    "networkSecurityGroup": {{"id": "{}", "resourceGroup": "rg"}}}}]}}]"#,
            vnet.to_uppercase(),
            nsg.to_lowercase()
        );
        let told = |other: &str| Inputs::default().export(&rest).export(other).versions().1;
        assert_eq!(told(&flattened), [] as [[String; 3]; 0]);
        for (written, otherwise, difference) in [
            ("10.1.1.0/24", "10.1.3.0/24", ["v", "10.1.1.0/24", "10.1.3.0/24"]),
            ("East Asia", "East US", ["v", "eastasia", "East US"]),
            (r#""10.2.0.0/16", "#, "", ["v", "10.1.0.0/16, 10.2.0.0/16", "10.1.0.0/16"]),
            (r#"{"name": "B"}, "#, "", ["v", "b", "nothing of that name"]),
        ] {
            assert_eq!(told(&flattened.replace(written, otherwise)), [difference], "{written}");
        }
    }
}
