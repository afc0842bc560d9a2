#![doc = include_str!("README.md")]

use drlint_drill::{BreachKind, Topic};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::drill::played::{blocked, drills, lasting, of_steps, place_of, say_open, with_end};

pub(crate) static RULE: Builtin = Builtin {
    name: "drill-advertised-twice",
    group: "drill",
    summary: "a step of a failover makes a site receive one range from two networks",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for drill in drills(estate) {
        say_open(&drill, Topic::Announcements, report);
        for (breach, number) in of_steps(&drill) {
            let BreachKind::AnnouncedTwice { site, one, two, shared } = &breach.kind else { continue };
            let (site, one, two) = (estate.site(*site), estate.network(*one), estate.network(*two));
            // The source, which the site had before, is named first.
            let had =
                |network| estate.networks_at(site).iter().any(|(other, _)| std::ptr::eq(*other, network));
            let (old, new) = if had(two) && !had(one) { (two, one) } else { (one, two) };
            let mut ways: Vec<_> = estate.networks_at(site);
            ways.retain(|(network, _)| network.index == old.index);
            let doubt = ways.iter().find_map(|(_, way)| way.condition());
            if let Some(unknown) = doubt.filter(|_| ways.iter().all(|(_, way)| way.condition().is_some())) {
                blocked(&drill, unknown, report);
                continue;
            }
            let message = format!(
                "step {number} of `{}` makes `{}` reach `{}` through both `{}` and `{}` {}",
                drill.scenario.name,
                site.name,
                shared.written(),
                old.name,
                new.name,
                lasting(breach)
            );
            let finding = report.finding(place_of(&drill.scenario, number), message);
            finding.about(&site.id);
            finding.help(format!("disconnect `{}` and `{}` first", old.name, site.name));
            for declaration in ways.iter().flat_map(|(_, way)| &way.link.declarations) {
                finding.related(&declaration.place, format!("`{}` is connected here", old.name));
            }
            finding.related(&site.place, "the site");
            with_end(finding, &drill.scenario, breach);
        }
    }
}
