//! The shape of `drlint.toml` as a JSON Schema, so that editors complete and check it.
//!
//! These types mirror those of `file.rs`, which carry places that a schema has no use for. A test holds the keys of
//! both together.

use std::collections::BTreeMap;

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::Deserialize;

/// What drlint cannot know by itself: which network recovers which, what belongs together, how people mean to fail
/// over, and which findings they live with.
#[derive(Deserialize, JsonSchema)]
#[schemars(title = "drlint.toml")]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Configuration {
    /// Templates with their parameter files and targets, where the files' names don't say it.
    deployment: Vec<Deployment>,
    /// Which network recovers which.
    recovery: Vec<Recovery>,
    /// What belongs together.
    application: Vec<Application>,
    /// The failovers that people mean to carry out.
    failover: Vec<Failover>,
    /// The severity of rules and groups in this project.
    severity: BTreeMap<String, Severity>,
    /// Findings to live with.
    suppress: Vec<Suppress>,
}

/// A template with one set of parameters.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(dead_code, reason = "only its schema is of use")]
struct Deployment {
    /// The template, relative to this file.
    template: String,
    /// Its parameter files, relative to this file; later ones win.
    #[serde(default)]
    parameters: Vec<String>,
    /// The subscription it is deployed to.
    subscription: Option<String>,
    /// The resource group it is deployed to.
    resource_group: Option<String>,
    /// The region of the deployment.
    location: Option<String>,
    /// The tenant.
    tenant: Option<String>,
    /// The management group it is deployed to.
    management_group: Option<String>,
}

/// A network and the one that recovers it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(dead_code, reason = "only its schema is of use")]
#[expect(clippy::struct_field_names, reason = "the entry's words are those of `drlint.toml`")]
struct Recovery {
    /// The name or the full id of the source.
    source: String,
    /// The name or the full id of its recovery.
    recovery: String,
    /// Whether machines keep their private addresses.
    #[serde(default = "yes")]
    retain_ip: bool,
}

fn yes() -> bool {
    true
}

/// Machines, subnets and networks that fail over together.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is of use")]
struct Application {
    /// Its name.
    name: String,
    /// Whether it has a network of its own and fails over alone.
    #[serde(default)]
    isolated: bool,
    /// Names or ids of virtual machines.
    #[serde(default)]
    vms: Vec<String>,
    /// Names of subnets, `network/subnet`, or ids.
    #[serde(default)]
    subnets: Vec<String>,
    /// Names or ids of virtual networks.
    #[serde(default)]
    vnets: Vec<String>,
}

/// A failover, step by step.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is of use")]
struct Failover {
    /// Its name.
    name: String,
    /// Its steps in order; each does exactly one thing.
    steps: Vec<Step>,
}

/// One step: `disconnect`, `connect` with `via`, `fail-over`, `fail-over-vms`, or `reroute` with `to`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[derive(Default)]
struct Step {
    /// Cuts the links between two networks, or a network and a site.
    disconnect: Option<[String; 2]>,
    /// Links two networks, or a network and a site.
    connect: Option<[String; 2]>,
    /// How `connect` links them.
    via: Option<Via>,
    /// Fails over all machines of these networks.
    #[schemars(length(min = 1))]
    fail_over: Option<Vec<String>>,
    /// Fails over these machines.
    #[schemars(length(min = 1))]
    fail_over_vms: Option<Vec<String>>,
    /// The site whose routes are changed.
    reroute: Option<String>,
    /// The network that `reroute` points to.
    to: Option<String>,
}

/// How a link is made.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Via {
    /// A VPN.
    Vpn,
    /// A peering.
    Peering,
    /// An ExpressRoute circuit.
    ExpressRoute,
}

/// How grave a rule's findings are.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Severity {
    /// Will go wrong.
    Error,
    /// Likely to go wrong.
    Warning,
    /// Worth knowing.
    Note,
    /// The rule does not run.
    Off,
}

/// A finding to live with.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is of use")]
struct Suppress {
    /// The rule.
    rule: String,
    /// The resource: a name or a full id.
    resource: String,
    /// Why the finding may stay.
    #[schemars(length(min = 1))]
    reason: String,
    /// The last day on which it may, as `2027-03-31`.
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    until: Option<String>,
}

/// The schema as text.
pub(crate) fn schema() -> serde_json::Result<String> {
    // Draft 7 is what the editors' TOML plugins know.
    let schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<Configuration>();
    serde_json::to_string_pretty(&schema).map(|text| text + "\n")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::config::Config;

    /// The keys that reading a file accepts at a place: it names them when it meets a wrong one.
    fn accepted(text: &str) -> BTreeSet<String> {
        let problems = Config::parse(text, &|_| None).unwrap_err();
        let message = &problems[0].message;
        let (_, expected) = message.split_once("expected").unwrap_or_else(|| panic!("{message}"));
        expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn the_schema_knows_the_keys_that_are_read() {
        let schema: Value = serde_json::from_str(&schema().unwrap()).unwrap();
        let keys = |shape: &Value| -> BTreeSet<String> {
            shape["properties"].as_object().unwrap().keys().cloned().collect()
        };
        assert_eq!(keys(&schema), accepted("wrong = 1\n"));
        for (entry, shape, before) in [
            ("deployment", "Deployment", ""),
            ("recovery", "Recovery", ""),
            ("application", "Application", ""),
            ("failover", "Failover", ""),
            ("suppress", "Suppress", ""),
        ] {
            let text = format!("[[{entry}]]\n{before}wrong = 1\n");
            assert_eq!(keys(&schema["definitions"][shape]), accepted(&text), "{entry}");
        }
        let step = accepted("[[failover]]\nname = \"x\"\nsteps = [{ wrong = 1 }]\n");
        assert_eq!(keys(&schema["definitions"]["Step"]), step);
        let of = |shape: &str| schema["definitions"][shape].to_string();
        for word in ["vpn", "peering", "expressroute"] {
            assert!(of("Via").contains(&format!("\"{word}\"")), "{word}");
        }
        for word in ["error", "warning", "note", "off"] {
            assert!(of("Severity").contains(&format!("\"{word}\"")), "{word}");
        }
    }
}
