#![doc = include_str!("README.md")]

use drlint_estate::{Fact, Interface, Move, Pair, Placed, ProtectedItem, Subnet, TargetSubnet};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::Origin;

use crate::moves::{without_networks, without_settings};

pub(crate) static RULE: Builtin = Builtin {
    name: "target-subnet-fallback",
    group: "target_ip",
    summary: "a machine would come up in the first subnet, since its target subnet does not exist",
    severity: Severity::Error,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for pair in estate.pairs() {
        for item in pair.items() {
            if item.nics_known {
                as_replicated(&pair, item, report);
            } else if let Some(name) = item.recovery_subnet_name.placed() {
                as_written(estate, &pair, item, name, report);
            } else {
                without_settings(item, report);
            }
        }
    }
    without_networks(estate, report);
}

/// Judges what each IP configuration says. Those of one machine mostly say the same: that is said once.
fn as_replicated<'e>(pair: &Pair<'e>, item: &'e ProtectedItem, report: &mut Report) {
    let mut said: Vec<&str> = Vec::new();
    for one in pair.moves_of(item) {
        let Some((name, place)) = wanted(&one, report) else { continue };
        if said.contains(&name) {
            continue;
        }
        said.push(name);
        match one.target_subnet() {
            TargetSubnet::Unknown(unknown) => report.blocked(&item.id, &unknown),
            target => say(pair, item, name, place, target.subnet(), report),
        }
    }
}

/// The name of a subnet that the machine is to come up in, which the recovery lacks, with the place that names it.
fn wanted<'e>(one: &Move<'e>, report: &mut Report) -> Option<(&'e str, &'e Origin)> {
    match &one.ip.recovery_subnet_name {
        Fact::Known(name) => {
            let lacks = lacks(&one.pair, name);
            lacks.then_some((name.value.as_str(), &name.origin))
        }
        Fact::Unknown(unknown) => {
            report.blocked(&one.item.id, unknown);
            None
        }
        Fact::Absent if one.pair.retain_ip => None,
        Fact::Absent => {
            let Some(name) = one.source_subnet_name() else {
                report.undecided(
                    &one.item.id,
                    &one.ip.place,
                    "the source subnet of a protected machine is not in the input",
                );
                return None;
            };
            one.pair.recovery.subnet(name).is_none().then_some((name, &one.ip.place))
        }
    }
}

/// Whether the recovery lacks the named subnet, and `recovery-subnet-missing` does not say so.
fn lacks(pair: &Pair<'_>, name: &str) -> bool {
    let in_source = pair.source.subnet(name).is_some();
    pair.recovery.subnet(name).is_none() && !(in_source && pair.retain_ip)
}

/// Judges an item as a template writes it, with one subnet for the whole machine.
fn as_written(
    estate: &Estate,
    pair: &Pair<'_>,
    item: &ProtectedItem,
    name: &Placed<String>,
    report: &mut Report,
) {
    if !lacks(pair, name) {
        return;
    }
    if !pair.recovery.subnets_shown || pair.recovery.subnets_unknown.is_some() {
        let reason = format!("the subnets of `{}` are not in the input", pair.recovery.name);
        report.undecided(&item.id, &pair.recovery.place, reason);
        return;
    }
    let machine = item.machine.map(|machine| estate.machine(machine));
    let interface = machine.and_then(|machine| machine.interfaces.first()).map(|at| estate.interface(*at));
    let source = interface.and_then(Interface::primary).and_then(|ip| ip.subnet_name());
    let landing = source.and_then(|name| pair.recovery.subnet(name)).or(pair.recovery.fallback_subnet());
    say(pair, item, name, &name.origin, landing, report);
}

fn say(
    pair: &Pair<'_>,
    item: &ProtectedItem,
    name: &str,
    place: &Origin,
    landing: Option<&Subnet>,
    report: &mut Report,
) {
    let (machine, recovery) = (&item.machine_name, pair.recovery);
    let lands = match landing {
        Some(subnet) => format!("would land in `{}`", subnet.name),
        None => "would find no subnet".to_owned(),
    };
    let lands = format!("{lands}: `{}` has no subnet `{name}`", recovery.name);
    let message = format!("machine `{machine}` {lands}");
    let finding = report.finding(place, message);
    finding.about(&item.id);
    finding.help(format!("set the target subnet of `{machine}` to one that `{}` has", recovery.name));
    let subnets = recovery.subnets_place.as_ref().unwrap_or(&recovery.place);
    finding.related(subnets, format!("the subnets of `{}`", recovery.name));
    finding.together(
        &pair.source.id,
        machine,
        format!("machines of `{}` {lands}", pair.source.name),
        format!("set the target subnet of each to one that `{}` has", recovery.name),
    );
}
