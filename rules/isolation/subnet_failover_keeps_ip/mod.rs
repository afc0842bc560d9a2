#![doc = include_str!("README.md")]

use drlint_estate::{Pair, PartialFailover};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::partial::{show_movers, subnet_names};
use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "subnet-failover-keeps-ip",
    group: "isolation",
    summary: "a subnet would fail over alone and keep its addresses",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for pair in estate.pairs().filter(|pair| pair.retain_ip) {
        let source = pair.source;
        // With a site, `on-premises-subnet-failover` speaks.
        if estate.site_links_of(source).iter().any(|way| !way.is_down()) {
            continue;
        }
        let partial = match estate.partial_failover(source) {
            Ok(Some(partial)) => partial,
            Ok(None) => continue,
            Err(unknown) => {
                report.blocked(&source.id, &unknown);
                continue;
            }
        };
        match pair.changes_addresses(&partial.movement) {
            Ok(false) => say(estate, &pair, &partial, report),
            Ok(true) => {}
            Err(unknown) => report.blocked(&source.id, &unknown),
        }
    }
}

fn say(estate: &Estate, pair: &Pair<'_>, partial: &PartialFailover<'_>, report: &mut Report) {
    let source = pair.source;
    let (their, they_lose) =
        if partial.left.len() == 1 { ("its", "it loses") } else { ("their", "they lose") };
    let message = format!(
        "{} of `{}` would fail over alone and keep {their} addresses; {they_lose} {}",
        subnet_names(&partial.left),
        source.name,
        subnet_names(&partial.kept)
    );
    let finding = report.finding(&source.place, message);
    finding.about(&source.id);
    finding.help("use other target addresses, or give the application its own virtual network");
    show_movers(estate, source, partial, finding);
    with_evidence(finding, pair);
}
