//! The estate as text.

use std::io::{self, Write};

use drlint_estate::{Difference, End, Estate, Network, Plan, Saying, Uncertain};

use crate::commands::places::Places;
use crate::picture::{region, role, shown};
use crate::terminal::printable;
use crate::world::Understood;

/// Differences that are listed.
const LISTED: usize = 20;

pub(super) fn write(understood: &Understood, out: &mut dyn Write) -> io::Result<()> {
    let estate = &understood.estate;
    writeln!(out, "networks")?;
    for network in estate.networks() {
        write_network(estate, network, out)?;
    }
    section(
        out,
        "sites",
        estate.sites().iter().map(|site| format!("{}  {}", site.name, shown(&site.ranges))),
    )?;
    let links = estate.links().iter().map(|link| {
        let [one, two] = link.ends.map(|end| estate.name_of(end));
        format!("{one} - {two}  {}{}", link.kind, if link.down { ", down" } else { "" })
    });
    section(out, "links", links)?;
    let pairs = estate.pairs().map(|pair| {
        let kept = if pair.retain_ip { "keeps its addresses" } else { "takes new addresses" };
        let evidence: Vec<&str> = pair.evidence().iter().map(|evidence| evidence.text.as_str()).collect();
        format!("{} -> {}  {kept}; {}", pair.source.name, pair.recovery.name, evidence.join(", "))
    });
    section(out, "recovery pairs", pairs)?;
    let supposed = estate.supposed_pairs().iter().map(|pair| {
        let why = match pair.why {
            Uncertain::NameAlone => "by name alone: say it with a tag `dr-recovers` or a [[recovery]]",
            Uncertain::Direction => "nothing says which of the two is the source: say it with a [[recovery]]",
        };
        let name = |index| &estate.network(index).name;
        format!("{} -> {}?  {why}", name(pair.source), name(pair.recovery))
    });
    section(out, "supposed pairs", supposed)?;
    section(out, "recovery plans", estate.plans().iter().map(plan))?;
    let applications = estate.applications().iter().map(|application| {
        let isolated = if application.isolated { ", isolated" } else { "" };
        format!("{}  {} machines{isolated}", application.name, application.machines.len())
    });
    section(out, "applications", applications)?;
    let differences = understood.versions.differences();
    let mut places = Places::new(&understood.world.files);
    let listed = differences.iter().take(LISTED);
    let mut told: Vec<String> = listed.map(|one| told_differently(one, &mut places)).collect();
    if let Some(more) = differences.len().checked_sub(LISTED).filter(|more| *more > 0) {
        told.push(format!("and {more} more"));
    }
    section(out, "told differently by two exports", told.into_iter())
}

fn told_differently(difference: &Difference, places: &mut Places<'_>) -> String {
    let mut said = |saying: &Saying| {
        let place = places.place(saying.place).map(|place| format!(" ({place})")).unwrap_or_default();
        format!("`{}`{place}", saying.text)
    };
    let (one, two) = (said(&difference.one), said(&difference.two));
    format!("{}  {one}, or {two}", difference.resource.full_name())
}

fn write_network(estate: &Estate, network: &Network, out: &mut dyn Write) -> io::Result<()> {
    let role = Some(role(estate, network)).filter(|role| !role.is_empty()).map(|role| format!(", {role}"));
    let outside = if network.known_from_outside { ", not in the input" } else { "" };
    let line = format!(
        "{}  {}  {}{}{outside}",
        network.name,
        shown(&network.address_space),
        region(network),
        role.unwrap_or_default()
    );
    writeln!(out, "  {}", printable(&line))?;
    for subnet in &network.subnets {
        let line = format!("{}  {}", subnet.name, shown(&subnet.prefixes));
        writeln!(out, "    {}", printable(&line))?;
    }
    for machine in estate.machines_in(network) {
        let addresses: Vec<String> = estate
            .interfaces_in(network)
            .filter(|interface| interface.machine == Some(machine.index))
            .flat_map(|interface| &interface.ip_configurations)
            .filter_map(|ip| ip.address.known().map(ToString::to_string))
            .collect();
        let protected = if estate.item_of(machine).is_some() { ", protected" } else { "" };
        let line = format!("machine {}  {}{protected}", machine.name(), addresses.join(", "));
        writeln!(out, "    {}", printable(&line))?;
    }
    if let Some(unknown) = &network.address_space.unknown {
        writeln!(out, "    unknown: {}", printable(&unknown.reason.to_string()))?;
    }
    let links = estate.links_of(network).filter_map(|link| link.other(End::Network(network.index)));
    let places: Vec<&str> = links.map(|end| estate.name_of(end)).collect();
    if !places.is_empty() {
        writeln!(out, "    connected with {}", printable(&places.join(", ")))?;
    }
    Ok(())
}

fn plan(plan: &Plan) -> String {
    if plan.groups_unknown.is_some() {
        return format!("{}  members unknown: export the plan by itself", plan.name);
    }
    let members: usize = plan.groups.iter().map(|group| group.members.len()).sum();
    let actions: usize =
        plan.groups.iter().map(|group| group.start_actions.len() + group.end_actions.len()).sum();
    format!("{}  {members} machines, {actions} actions", plan.name)
}

fn section(out: &mut dyn Write, title: &str, lines: impl Iterator<Item = String>) -> io::Result<()> {
    let mut lines = lines.peekable();
    if lines.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "\n{title}")?;
    for line in lines {
        writeln!(out, "  {}", printable(&line))?;
    }
    Ok(())
}
