#![doc = include_str!("README.md")]

use drlint_estate::{Allocation, Interface, ItemNic, Pair, Placed, ProtectedItem};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::moves::without_networks;

pub(crate) static RULE: Builtin = Builtin {
    name: "source-ip-dynamic",
    group: "target_ip",
    summary: "a protected machine that shall keep its address has a dynamic one",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    for pair in estate.pairs().filter(|pair| pair.retain_ip) {
        for item in pair.items() {
            if item.nics_known {
                pair.moving_nics(item).for_each(|nic| as_replicated(&pair, item, nic, report));
            } else {
                as_it_stands(estate, &pair, item, report);
            }
        }
    }
    without_networks(estate, report);
}

/// Judges an interface that the item shows: by its own word, else by the item's.
fn as_replicated(pair: &Pair<'_>, item: &ProtectedItem, nic: &ItemNic, report: &mut Report) {
    for one in pair.moves_of(item).filter(|one| std::ptr::eq(one.nic, nic)) {
        let allocation = one.allocation();
        let interface = one.source_configuration().map(|(interface, _)| interface);
        if allocation.is_absent() {
            let reason = "the input does not say whether an address is static";
            report.undecided(&item.id, &one.ip.place, reason);
        }
        let Some(allocation) = report.known(&item.id, allocation) else { continue };
        if allocation.value == Allocation::Dynamic {
            say(pair, item, interface, allocation, report);
            return;
        }
    }
}

/// Judges the interfaces of a machine whose item does not show them, as in a template: each of them fails over.
fn as_it_stands(estate: &Estate, pair: &Pair<'_>, item: &ProtectedItem, report: &mut Report) {
    let machine = item.machine.map(|machine| estate.machine(machine));
    let interfaces = machine.iter().flat_map(|machine| &machine.interfaces).map(|at| estate.interface(*at));
    let mut seen = false;
    for interface in interfaces.filter(|interface| !interface.known_from_outside) {
        seen = true;
        let Some(primary) = interface.primary() else { continue };
        let Some(allocation) = report.known(&item.id, &primary.method) else { continue };
        if allocation.value == Allocation::Dynamic {
            say(pair, item, Some(interface), allocation, report);
        }
    }
    if !seen {
        let reason = "the input shows neither the network settings nor the interfaces of a protected machine";
        report.undecided(&item.id, &item.place, reason);
    }
}

fn say(
    pair: &Pair<'_>,
    item: &ProtectedItem,
    interface: Option<&Interface>,
    allocation: &Placed<Allocation>,
    report: &mut Report,
) {
    let machine = &item.machine_name;
    let (message, whose) = match interface {
        Some(interface) => {
            let name = interface.name();
            let what =
                format!("network interface `{name}` of protected machine `{machine}` has a dynamic address");
            (what, name)
        }
        None => (format!("protected machine `{machine}` has a dynamic address"), machine.as_str()),
    };
    let finding = report.finding(allocation, message);
    finding.about(interface.map_or(&item.id, |interface| &interface.id));
    finding.help(format!("make the address of `{whose}` static, then set it as the target address"));
    finding.related(&item.place, format!("`{machine}` is protected"));
    let whose_all = if interface.is_some() { "network interfaces of protected" } else { "protected" };
    finding.together(
        &pair.source.id,
        whose,
        format!("{whose_all} machines of `{}` have dynamic addresses", pair.source.name),
        "make the addresses static, then set them as the target addresses",
    );
}
