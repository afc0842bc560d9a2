#![doc = include_str!("README.md")]

use std::collections::BTreeMap;

use drlint_estate::{End, Fact, Network, NetworkIndex, Pair, Peering};
use drlint_policy::{Builtin, Check, Estate, Report, Severity};

use crate::fixes;
use crate::shared::with_evidence;

pub(crate) static RULE: Builtin = Builtin {
    name: "peering-flags-mismatch",
    group: "links",
    summary: "a peering of a recovery has other settings than that of its source",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    check: Check::Estate(check),
};

/// A setting of a peering, what it does in words, and its value where nothing is said.
struct Flag {
    of: fn(&Peering) -> &Fact<bool>,
    verb: (&'static str, &'static str),
    object: &'static str,
    unsaid: bool,
}

const FLAGS: [Flag; 4] = [
    Flag {
        of: |peering| &peering.allow_virtual_network_access,
        verb: ("allows", "allow"),
        object: "access between the networks",
        unsaid: true,
    },
    Flag {
        of: |peering| &peering.allow_forwarded_traffic,
        verb: ("allows", "allow"),
        object: "forwarded traffic",
        unsaid: false,
    },
    Flag {
        of: |peering| &peering.allow_gateway_transit,
        verb: ("allows", "allow"),
        object: "gateway transit",
        unsaid: false,
    },
    Flag {
        of: |peering| &peering.use_remote_gateways,
        verb: ("uses", "use"),
        object: "the remote gateway",
        unsaid: false,
    },
];

fn check(estate: &Estate, report: &mut Report) {
    for pair in estate.pairs() {
        let own: BTreeMap<NetworkIndex, &Peering> = pair
            .recovery
            .peerings
            .iter()
            .filter_map(|peering| Some((peering.remote_network?, peering)))
            .collect();
        for peering in &pair.source.peerings {
            let Some(remote) = peering.remote_network else { continue };
            let places = estate.stand_ins(End::Network(remote));
            let mut places = places.into_iter().filter_map(End::network);
            let counterpart = places.find_map(|place| Some((place, *own.get(&place)?)));
            if let Some((place, counterpart)) = counterpart {
                let remotes = [estate.network(remote), estate.network(place)];
                for flag in &FLAGS {
                    judge(flag, &pair, remotes, [peering, counterpart], report);
                }
            }
        }
    }
}

fn judge(
    flag: &Flag,
    pair: &Pair<'_>,
    [remote, counterpart_remote]: [&Network; 2],
    [peering, counterpart]: [&Peering; 2],
    report: &mut Report,
) {
    let recovery = pair.recovery;
    let mut value = |fact: &Fact<bool>| match fact {
        Fact::Known(known) => Some(known.value),
        Fact::Absent => Some(flag.unsaid),
        Fact::Unknown(unknown) => {
            report.blocked(&recovery.id, unknown);
            None
        }
    };
    let facts = [(flag.of)(peering), (flag.of)(counterpart)];
    let [Some(wanted), Some(found)] = facts.map(&mut value) else { return };
    if wanted == found {
        return;
    }
    if let Some(unknown) = peering.condition.as_ref().or(counterpart.condition.as_ref()) {
        return report.blocked(&recovery.id, unknown);
    }
    let (does, does_not) = (flag.verb.0.to_owned(), format!("does not {}", flag.verb.1));
    let (of_recovery, of_source) = if found { (does, "does not") } else { (does_not, "does") };
    let message = format!(
        "peering of `{}` with `{}` {of_recovery} {}; that of `{}` with `{}` {of_source}",
        recovery.name, counterpart_remote.name, flag.object, pair.source.name, remote.name
    );
    let [in_source, in_recovery] = facts;
    let finding = report.finding(in_recovery.origin().unwrap_or(&counterpart.place), message);
    finding.about(&recovery.id);
    finding.help("copy the settings of the source's peering");
    finding.related(in_source.origin().unwrap_or(&peering.place), format!("peering `{}`", peering.name));
    with_evidence(finding, pair);
    if let Some(origin) = in_recovery.origin() {
        fixes::set_flag(finding, recovery, origin, wanted);
    }
}
