#![doc = include_str!("README.md")]

use drlint_drill::{Breach, BreachKind, Drill, Moment, Topic};
use drlint_estate::{End, LinkIndex, MachineIndex, NetworkIndex};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::drill::played::{blocked, drills, lasting, place_of, say_open, steps_of, with_end};

pub(crate) static RULE: Builtin = Builtin {
    name: "drill-link-lost",
    group: "drill",
    summary: "a failover leaves places unconnected that were connected, or splits the machines of one network",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for drill in drills(estate) {
        say_open(&drill, Topic::Links, report);
        for breach in &drill.breaches {
            match &breach.kind {
                BreachKind::LinkLost { link, ends } => lost(estate, &drill, *link, *ends, report),
                BreachKind::NetworkSplit { home, other, overlap, stays } => {
                    let Moment::Step(step) = breach.from else { continue };
                    let split = Split { home: *home, other: *other, overlap: *overlap, stays: *stays };
                    split.say(estate, &drill, breach, step + 1, report);
                }
                _ => {}
            }
        }
    }
}

fn lost(estate: &Estate, drill: &Drill, link: LinkIndex, ends: [End; 2], report: &mut Report) {
    let link = estate.link(link);
    if let Some(unknown) = link.condition() {
        return blocked(drill, unknown, report);
    }
    let [mut one, mut two] = ends;
    let [mut before_one, mut before_two] = link.ends;
    // The place that moved, else the source, is named first: its counterpart is the one that is no longer reached.
    let is_source = |end: End| {
        end.network().is_some_and(|at| estate.pairs_of_source(estate.network(at)).next().is_some())
    };
    let moved = (one != before_one, two != before_two);
    if moved == (false, true) || (moved == (false, false) && is_source(two)) {
        (one, two, before_one, before_two) = (two, one, before_two, before_one);
    }
    let name = |end: End| estate.name_of(end);
    let failover = &drill.scenario.name;
    let was = if before_one == one && before_two == two {
        format!("before, they were connected by {}", link.kind)
    } else if before_two == two {
        format!("before, `{}` was connected by {}", name(before_one), link.kind)
    } else {
        format!("before, `{}` and `{}` were connected by {}", name(before_one), name(before_two), link.kind)
    };
    let message =
        format!("at the end of `{failover}` nothing connects `{}` with `{}`; {was}", name(one), name(two));
    let finding = report.finding(steps_of(&drill.scenario), message);
    match two {
        End::Network(network) => finding.about(&estate.network(network).id),
        End::Site(site) => finding.about(&estate.site(site).id),
    };
    let via =
        if link.kind == drlint_estate::LinkKind::Hub { "peering".to_owned() } else { link.kind.to_string() };
    finding.help(format!("add `{{ connect = [\"{}\", \"{}\"], via = \"{via}\" }}`", name(one), name(two)));
    for declaration in &link.declarations {
        finding.related(&declaration.place, "the link at the start");
    }
}

/// The machines of one network in two places.
struct Split {
    home: NetworkIndex,
    other: NetworkIndex,
    overlap: bool,
    stays: MachineIndex,
}

impl Split {
    fn say(&self, estate: &Estate, drill: &Drill, breach: &Breach, number: usize, report: &mut Report) {
        let (home, other) = (estate.network(self.home), estate.network(self.other));
        let stays = estate.machine(self.stays);
        let why = if self.overlap { "which have the same addresses" } else { "which nothing connects" };
        let message = format!(
            "step {number} of `{}` splits `{}`: its machines run in `{}` and `{}`, {why} {}",
            drill.scenario.name,
            home.name,
            home.name,
            other.name,
            lasting(breach)
        );
        let finding = report.finding(place_of(&drill.scenario, number), message);
        finding.about(&home.id);
        finding.help(if self.overlap {
            format!("fail over `{}` as a whole, or give the machines that move other addresses", home.name)
        } else {
            format!("connect `{}` with `{}` before this step", home.name, other.name)
        });
        finding.related(&stays.place, format!("`{}` stays", stays.name()));
        with_end(finding, &drill.scenario, breach);
    }
}
