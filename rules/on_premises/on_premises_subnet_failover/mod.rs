#![doc = include_str!("README.md")]

use drlint_estate::{Pair, PartialFailover, SiteLink};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::partial::{show_movers, subnet_names};
use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "on-premises-subnet-failover",
    group: "on_premises",
    summary: "a subnet cannot fail over alone while a site stays connected with its network",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for pair in estate.pairs().filter(|pair| pair.retain_ip) {
        let source = pair.source;
        let mut ways = estate.site_links_of(source);
        ways.retain(|way| !way.is_down());
        ways.sort_by_key(|way| way.condition().is_some());
        let Some(way) = ways.first() else { continue };
        let partial = match estate.partial_failover(source) {
            Ok(Some(partial)) => partial,
            Ok(None) => continue,
            Err(unknown) => {
                report.blocked(&source.id, &unknown);
                continue;
            }
        };
        if let Some(unknown) = way.condition() {
            report.blocked(&source.id, unknown);
        } else if keeps_apart(&pair, &partial, report) == Some(false) {
            say(estate, &pair, &partial, way, report);
        }
    }
}

/// Whether the moving machines get other addresses, of ranges that the source does not have.
fn keeps_apart(pair: &Pair<'_>, partial: &PartialFailover<'_>, report: &mut Report) -> Option<bool> {
    let (source, recovery) = (&pair.source.address_space, &pair.recovery.address_space);
    match pair.changes_addresses(&partial.movement) {
        Ok(false) => Some(false),
        Ok(true) if source.addresses().overlaps(&recovery.addresses()) => Some(false),
        Ok(true) => {
            report.decided(&pair.source.id, source.complete())?;
            report.decided(&pair.source.id, recovery.complete())?;
            Some(true)
        }
        Err(unknown) => {
            report.blocked(&pair.source.id, &unknown);
            None
        }
    }
}

fn say(
    estate: &Estate,
    pair: &Pair<'_>,
    partial: &PartialFailover<'_>,
    way: &SiteLink<'_>,
    report: &mut Report,
) {
    let source = pair.source;
    let message = format!(
        "{} of `{}` cannot fail over alone: `{}` stays connected with `{}` and its `{}`",
        subnet_names(&partial.left),
        source.name,
        way.site_name(estate),
        source.name,
        source.address_space.written()
    );
    let finding = report.finding(&source.place, message);
    finding.about(&source.id);
    finding.help("give the application its own virtual network and fail over that network");
    show_movers(estate, source, partial, finding);
    if let Some(declaration) = way.link.declared_by(source.index) {
        finding.related(&declaration.place, declaration.text.clone());
    }
    with_evidence(finding, pair);
}
