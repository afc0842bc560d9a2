#![doc = include_str!("README.md")]

use std::collections::BTreeSet;

use drlint_estate::{Absence, Fact, Machine, Network, NetworkIndex, PROTECTED_ITEM, ProtectedItem};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};
use drlint_resource::Origin;

pub(crate) static RULE: Builtin = Builtin {
    name: "machine-not-protected",
    group: "replication",
    summary: "a machine is not protected, though others of its network are",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

fn check(estate: &Estate, report: &mut Report) {
    let came_back = machines_of_items(estate);
    for source in estate.networks().iter().filter(|network| !network.is_replica()) {
        let Some(neighbor) = estate.items_of(source).next() else { continue };
        let unread = estate.items_of(source).find_map(|item| item.machine_id.unknown());
        for machine in estate.machines_in(source) {
            let moved = came_back.contains(&(source.index, machine.name().to_lowercase()));
            if machine.is_replica() || estate.item_of(machine).is_some() || moved {
                continue;
            }
            if let Some(unknown) = unread {
                report.blocked(&machine.id, unknown);
            } else if let Fact::Unknown(unknown) = &machine.tags().role {
                report.blocked(&machine.id, unknown);
            } else if let Absence::Undecided(unknown) =
                estate.absence(PROTECTED_ITEM, &neighbor.id, machine.place.span)
            {
                report.blocked(&machine.id, &unknown);
            } else {
                say(estate, source, machine, neighbor, report);
            }
        }
    }
}

/// The networks that items lead to, with the names of their machines: what has failed over and is protected for the
/// way back is not unprotected where it came from.
fn machines_of_items(estate: &Estate) -> BTreeSet<(NetworkIndex, String)> {
    let items = estate.items().iter();
    items.filter_map(|item| Some((item.target_network?, item.machine_name.to_lowercase()))).collect()
}

fn say(estate: &Estate, source: &Network, machine: &Machine, neighbor: &ProtectedItem, report: &mut Report) {
    let message = format!("`{}` in `{}` is not protected, its neighbors are", machine.name(), source.name);
    let finding = report.finding(place(estate, machine), message);
    finding.about(&machine.id);
    finding.help(format!(
        "enable replication for `{}`, or tag it `dr-role = replica` if it has a twin elsewhere",
        machine.name()
    ));
    finding.related(&neighbor.place, format!("`{}` is protected", neighbor.machine_name));
    finding.together(
        &source.id,
        machine.name(),
        format!("machines in `{}` are not protected, their neighbors are", source.name),
        "enable replication for them, or tag those `dr-role = replica` that have a twin elsewhere",
    );
}

/// The machine's name; of one outside the input, that of its interface.
fn place<'e>(estate: &'e Estate, machine: &'e Machine) -> &'e Origin {
    let interface = machine.interfaces.first().filter(|_| machine.known_from_outside);
    interface.map_or(&machine.place, |index| &estate.interface(*index).place)
}
