#![doc = include_str!("README.md")]

use drlint_estate::{Interface, Pair, ProtectedItem};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::ResourceId;

use crate::moves::items;

pub(crate) static RULE: Builtin = Builtin {
    name: "protected-nic-missing",
    group: "target_ip",
    summary: "a network interface of a protected machine is not replicated",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for (pair, item) in items(estate, report, |pair| pair.retain_ip) {
        if item.has_failed_over() {
            continue;
        }
        let machine = item.machine.map(|machine| estate.machine(machine));
        let Some(machine) = machine.filter(|machine| !machine.interfaces.is_empty()) else {
            report.undecided(
                &item.id,
                &item.place,
                "the interfaces of a protected machine are not in the input",
            );
            continue;
        };
        let replicated: Option<Vec<&ResourceId>> =
            item.nics.iter().map(|nic| report.known(&item.id, &nic.source).map(|id| &id.value)).collect();
        let Some(replicated) = replicated else {
            if item.nics.iter().any(|nic| nic.source.is_absent()) {
                report.undecided(
                    &item.id,
                    &item.place,
                    "a protected machine does not name the interfaces it replicates",
                );
            }
            continue;
        };
        for interface in machine.interfaces.iter().map(|at| estate.interface(*at)) {
            if !replicated.contains(&&interface.id) {
                say(&pair, item, interface, report);
            }
        }
    }
}

fn say(pair: &Pair<'_>, item: &ProtectedItem, interface: &Interface, report: &mut Report) {
    let (machine, name) = (&item.machine_name, interface.name());
    let message = format!("network interface `{name}` of `{machine}` is not replicated");
    let finding = report.finding(item.nics_place.as_ref().unwrap_or(&item.place), message);
    finding.about(&interface.id);
    finding.help(format!("disable and enable replication of `{machine}`, or remove `{name}`"));
    finding.related(&interface.place, "the network interface");
    finding.together(
        &pair.source.id,
        name,
        format!("network interfaces of machines of `{}` are not replicated", pair.source.name),
        "disable and enable replication of the machines, or remove the interfaces",
    );
}
