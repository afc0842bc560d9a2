//! The contents of `drlint.toml`. An unknown key, a wrong type or a senseless step is a problem at its line.

use std::collections::BTreeMap;

use drlint_policy::{Date, Severity};
use serde::Deserialize;
use toml::Spanned;

use super::Problem;

/// A string with its place.
pub(crate) type Text = Spanned<String>;

/// All that `drlint.toml` can say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    pub(crate) deployment: Vec<DeploymentEntry>,
    pub(crate) recovery: Vec<Spanned<RecoveryEntry>>,
    pub(crate) application: Vec<Spanned<ApplicationEntry>>,
    pub(crate) failover: Vec<Spanned<FailoverEntry>>,
    pub(crate) severity: BTreeMap<Text, Spanned<String>>,
    pub(crate) suppress: Vec<SuppressEntry>,
}

/// `[[deployment]]`: a template with its parameter files and its target.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct DeploymentEntry {
    pub(crate) template: Text,
    #[serde(default)]
    pub(crate) parameters: Vec<Text>,
    pub(crate) subscription: Option<Text>,
    pub(crate) resource_group: Option<Text>,
    pub(crate) location: Option<Text>,
    pub(crate) tenant: Option<Text>,
    pub(crate) management_group: Option<Text>,
}

/// `[[recovery]]`: which network recovers which.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RecoveryEntry {
    pub(crate) source: Text,
    pub(crate) recovery: Text,
    pub(crate) retain_ip: Option<Spanned<bool>>,
}

/// `[[application]]`: what belongs together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApplicationEntry {
    pub(crate) name: Text,
    pub(crate) isolated: Option<Spanned<bool>>,
    #[serde(default)]
    pub(crate) vms: Vec<Text>,
    #[serde(default)]
    pub(crate) subnets: Vec<Text>,
    #[serde(default)]
    pub(crate) vnets: Vec<Text>,
}

/// `[[failover]]`: the steps people mean to take.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FailoverEntry {
    pub(crate) name: Text,
    pub(crate) steps: Spanned<Vec<Spanned<StepEntry>>>,
}

/// One step: exactly one of its verbs.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct StepEntry {
    pub(crate) disconnect: Option<Spanned<Vec<Text>>>,
    pub(crate) connect: Option<Spanned<Vec<Text>>>,
    pub(crate) via: Option<Text>,
    pub(crate) fail_over: Option<Spanned<Vec<Text>>>,
    pub(crate) fail_over_vms: Option<Spanned<Vec<Text>>>,
    pub(crate) reroute: Option<Text>,
    pub(crate) to: Option<Text>,
}

/// `[[suppress]]`: a finding to live with.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SuppressEntry {
    pub(crate) rule: Text,
    pub(crate) resource: Text,
    pub(crate) reason: Text,
    pub(crate) until: Option<Text>,
}

/// What `[severity]` makes of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SeverityChange {
    /// Another severity.
    To(Severity),
    /// Not run.
    Off,
}

impl Config {
    /// Reads the text of `drlint.toml`. `knows` tells whether a rule or group of that name exists.
    pub(crate) fn parse(text: &str, knows: &dyn Fn(&str) -> Option<String>) -> Result<Self, Vec<Problem>> {
        let config: Self = toml::from_str(text).map_err(|error| {
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            vec![Problem { message, place: error.span(), help: None }]
        })?;
        let mut problems = Vec::new();
        for (rule, severity) in &config.severity {
            problems.extend(knows(rule.as_ref()).map(|help| unknown_rule(rule, help)));
            if severity_change(severity.as_ref()).is_none() {
                let message = format!("`{}` is no severity", severity.as_ref());
                problems.push(
                    Problem::at(severity.span(), message)
                        .help("write \"error\", \"warning\", \"note\" or \"off\""),
                );
            }
        }
        for entry in &config.suppress {
            problems.extend(knows(entry.rule.as_ref()).map(|help| unknown_rule(&entry.rule, help)));
            if entry.reason.as_ref().trim().is_empty() {
                let problem = Problem::at(entry.reason.span(), "a suppression needs a reason");
                problems.push(problem.help("say why the finding may stay"));
            }
            if let Some(until) = &entry.until
                && let Err(message) = until.as_ref().parse::<Date>()
            {
                problems.push(Problem::at(until.span(), message));
            }
        }
        for recovery in config.recovery.iter().map(AsRef::as_ref) {
            if recovery.source.as_ref().eq_ignore_ascii_case(recovery.recovery.as_ref()) {
                let problem = Problem::at(recovery.recovery.span(), "a network cannot be its own recovery");
                problems.push(problem.help("name the network that the machines come up in"));
            }
        }
        for (at, failover) in config.failover.iter().enumerate() {
            let name = &failover.as_ref().name;
            if config.failover.iter().take(at).any(|other| other.as_ref().name.as_ref() == name.as_ref()) {
                let message = format!("two failovers are called `{}`", name.as_ref());
                problems.push(Problem::at(name.span(), message).help("give each a name of its own"));
            }
            problems.extend(failover.as_ref().steps.as_ref().iter().filter_map(check_step));
        }
        if problems.is_empty() { Ok(config) } else { Err(problems) }
    }

    /// What `[severity]` says of `rule`, else of its group.
    pub(crate) fn severity_of(&self, rule: &str, group: &str) -> Option<SeverityChange> {
        let of = |name: &str| self.severity.iter().find(|(key, _)| key.as_ref() == name);
        of(rule).or_else(|| of(group)).and_then(|(_, severity)| severity_change(severity.as_ref()))
    }
}

fn severity_change(name: &str) -> Option<SeverityChange> {
    match name {
        "off" => Some(SeverityChange::Off),
        other => other.parse().ok().map(SeverityChange::To),
    }
}

fn unknown_rule(name: &Text, help: String) -> Problem {
    Problem::at(name.span(), format!("there is no rule `{}`", name.as_ref())).help(help)
}

/// What is wrong with a step, if anything.
fn check_step(step: &Spanned<StepEntry>) -> Option<Problem> {
    let entry = step.as_ref();
    let verbs = [
        entry.disconnect.is_some(),
        entry.connect.is_some(),
        entry.fail_over.is_some(),
        entry.fail_over_vms.is_some(),
        entry.reroute.is_some(),
    ];
    if verbs.iter().filter(|verb| **verb).count() != 1 {
        let problem = Problem::at(step.span(), "a step does exactly one thing");
        return Some(
            problem
                .help("write one of disconnect, connect with via, fail-over, fail-over-vms, reroute with to"),
        );
    }
    for ends in [&entry.disconnect, &entry.connect].into_iter().flatten() {
        if ends.as_ref().len() != 2 {
            return Some(
                Problem::at(ends.span(), "a link has two ends").help("write [\"vnet-a\", \"vnet-b\"]"),
            );
        }
    }
    for moved in [&entry.fail_over, &entry.fail_over_vms].into_iter().flatten() {
        if moved.as_ref().is_empty() {
            return Some(Problem::at(moved.span(), "nothing is named here that should fail over"));
        }
    }
    match (&entry.connect, &entry.via) {
        (Some(connect), None) => {
            return Some(
                Problem::at(connect.span(), "the kind of the link is missing").help("add via = \"vpn\""),
            );
        }
        (None, Some(via)) => return Some(Problem::at(via.span(), "`via` belongs to `connect`")),
        (Some(_), Some(via)) if !["vpn", "peering", "expressroute"].contains(&via.as_ref().as_str()) => {
            let message = format!("`{}` is no kind of link", via.as_ref());
            return Some(
                Problem::at(via.span(), message).help("write \"vpn\", \"peering\" or \"expressroute\""),
            );
        }
        _ => {}
    }
    match (&entry.reroute, &entry.to) {
        (Some(reroute), None) => Some(
            Problem::at(reroute.span(), "where the routes go is missing").help("add to = \"vnet-recovery\""),
        ),
        (None, Some(to)) => Some(Problem::at(to.span(), "`to` belongs to `reroute`")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, Vec<Problem>> {
        Config::parse(text, &|rule| (rule == "typo").then(|| "did you mean `x`".to_owned()))
    }

    fn problem(text: &str) -> (String, String) {
        let problems = parse(text).unwrap_err();
        let place = problems[0].place.clone().map_or("", |place| &text[place]);
        (problems[0].message.clone(), place.to_owned())
    }

    #[test]
    fn the_example_of_the_contract_is_read() {
        let text = r#"
            [[deployment]]
            template = "main.json"
            parameters = ["main.prod.parameters.json"]
            subscription = "s"
            resource-group = "rg-app"
            location = "eastasia"

            [[recovery]]
            source = "vnet-source"
            recovery = "vnet-recovery"
            retain-ip = true

            [[application]]
            name = "payroll"
            isolated = true
            vms = ["vm-pay-1"]

            [[failover]]
            name = "full-region"
            steps = [
              { disconnect = ["vnet-source", "vnet-azure"] },
              { fail-over = ["vnet-source"] },
              { connect = ["vnet-recovery", "vnet-azure"], via = "vpn" },
              { reroute = "lng-hq", to = "vnet-recovery" },
            ]

            [severity]
            recovery-connected-early = "error"

            [[suppress]]
            rule = "recovery-gateway-missing"
            resource = "vnet-recovery"
            reason = "gateway is built by the runbook"
            until = "2027-03-31"
        "#;
        let config = parse(text).unwrap();
        assert_eq!(config.failover[0].as_ref().steps.as_ref().len(), 4);
        let change = config.severity_of("recovery-connected-early", "links");
        assert_eq!(change, Some(SeverityChange::To(Severity::Error)));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let unknown_key = problem("[[recovery]]\nsource = \"a\"\nrecovery = \"b\"\nretian-ip = true\n");
        assert!(unknown_key.0.contains("retian-ip"), "{}", unknown_key.0);
        assert_eq!(unknown_key.1, "retian-ip");
        assert_eq!(problem("[[recovery]]\nsource = 1\nrecovery = \"b\"\n").1, "1");
        assert_eq!(problem("[[recovery]]\nsource = \"a\"\nrecovery = \"A\"\n").1, "\"A\"");
        let failover = "[[failover]]\nname = \"x\"\nsteps = []\n";
        assert_eq!(problem(&failover.repeat(2)).0, "two failovers are called `x`");
        assert_eq!(problem("[severity]\ntypo = \"off\"\n").1, "typo");
        assert_eq!(problem("[severity]\nx = \"fatal\"\n").1, "\"fatal\"");
        let step = |step: &str| problem(&format!("[[failover]]\nname = \"x\"\nsteps = [{step}]\n")).0;
        assert_eq!(step("{ connect = [\"a\", \"b\"] }"), "the kind of the link is missing");
        assert_eq!(step("{ disconnect = [\"a\"] }"), "a link has two ends");
        assert_eq!(step("{ fail-over = [\"a\"], reroute = \"x\" }"), "a step does exactly one thing");
        assert_eq!(step("{ connect = [\"a\", \"b\"], via = \"vnp\" }"), "`vnp` is no kind of link");
    }
}
