//! The text of a first `drlint.toml`.

use drlint_estate::{
    Application, End, Estate, Evidence, Network, NetworkIndex, Pair, SupposedPair, Uncertain,
};
use drlint_source::FileId;

use super::failovers::failovers;
use crate::terminal::printable;

const HEAD: &str = "\
# Written by `drlint init` from what the estate shows. Correct what is wrong: what stands here wins over every tag,
# mapping and protected item.
";

/// The text, and what it holds in a few words.
pub(super) struct Written {
    pub(super) text: String,
    pub(super) holds: String,
}

/// Writes the pairs with their evidence, the applications and the failovers that the links imply. `file` gives the
/// path of a file.
pub(super) fn write<'f>(estate: &Estate, file: &dyn Fn(FileId) -> &'f str) -> Written {
    let pairs: Vec<String> = estate.pairs().filter_map(|pair| recovery(estate, &pair, file)).collect();
    let supposed: Vec<String> =
        estate.supposed_pairs().iter().filter_map(|pair| self::supposed(estate, pair)).collect();
    let applications: Vec<String> =
        estate.applications().iter().map(|application| self::application(estate, application)).collect();
    let failovers = failovers(estate);
    let mut text = HEAD.to_owned();
    for part in pairs.iter().chain(&supposed).chain(&applications).chain(&failovers) {
        text.push('\n');
        text.push_str(part);
    }
    if pairs.is_empty() && supposed.is_empty() {
        text.push_str(EXAMPLE);
    }
    let counted =
        |number: usize, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
    let holds = format!(
        "{}, {}, {}",
        counted(pairs.len(), "recovery pair"),
        counted(applications.len(), "application"),
        counted(failovers.len(), "failover")
    );
    Written { text, holds }
}

/// What stands there where nothing shows a pair.
const EXAMPLE: &str = "
# Nothing shows which network recovers which. Say it so:
#
# [[recovery]]
# source = \"vnet-source\"
# recovery = \"vnet-recovery\"
";

fn recovery<'f>(estate: &Estate, pair: &Pair<'_>, file: &dyn Fn(FileId) -> &'f str) -> Option<String> {
    let mut text: String = pair.evidence().iter().map(|evidence| said(evidence, file)).collect();
    text.push_str(&format!(
        "[[recovery]]\nsource = {}\nrecovery = {}\n",
        network(estate, pair.source)?,
        network(estate, pair.recovery)?
    ));
    if !pair.retain_ip {
        text.push_str("retain-ip = false\n");
    }
    Some(text)
}

fn said<'f>(evidence: &Evidence, file: &dyn Fn(FileId) -> &'f str) -> String {
    comment(&format!("{}, in {}", evidence.text, file(evidence.place.span.file)))
}

fn supposed(estate: &Estate, pair: &SupposedPair) -> Option<String> {
    let why = match pair.why {
        Uncertain::NameAlone => {
            "Only their names say that these are a pair. If they are, take the marks away:"
        }
        Uncertain::Direction => {
            "These are a pair, but nothing says which is the source. Put them in order and take the marks away:"
        }
    };
    let name = |index: NetworkIndex| network(estate, estate.network(index));
    let (source, recovery) = (name(pair.source)?, name(pair.recovery)?);
    Some(format!("# {why}\n#\n# [[recovery]]\n# source = {source}\n# recovery = {recovery}\n"))
}

fn application(estate: &Estate, application: &Application) -> String {
    let mut text = format!("[[application]]\nname = {}\n", quoted(&application.name));
    if application.isolated {
        text.push_str("isolated = true\n");
    }
    let machines = application.machines.iter().filter_map(|index| {
        let machine = estate.machine(*index);
        name(machine.name(), &machine.id, estate.find_machine(machine.name()).one().is_some())
    });
    let subnets = application.subnets.iter().filter_map(|(index, subnet)| {
        let network = estate.network(*index);
        let whole = estate.find_network(&network.name).one()?;
        Some(quoted(&format!("{}/{subnet}", whole.name)))
    });
    let networks = application.networks.iter().filter_map(|index| network(estate, estate.network(*index)));
    text.push_str(&list("vms", &machines.collect::<Vec<_>>()));
    text.push_str(&list("subnets", &subnets.collect::<Vec<_>>()));
    text.push_str(&list("vnets", &networks.collect::<Vec<_>>()));
    text
}

fn list(key: &str, members: &[String]) -> String {
    match members {
        [] => String::new(),
        members if members.iter().map(String::len).sum::<usize>() < 80 => {
            format!("{key} = [{}]\n", members.join(", "))
        }
        members => format!("{key} = [\n  {},\n]\n", members.join(",\n  ")),
    }
}

/// One end of a link as `drlint.toml` names it; `None` if nothing names it alone.
pub(super) fn end(estate: &Estate, end: End) -> Option<String> {
    match end {
        End::Network(index) => network(estate, estate.network(index)),
        End::Site(index) => {
            let site = estate.site(index);
            name(&site.name, &site.id, estate.find_end(&site.name).one().is_some())
        }
    }
}

pub(super) fn network(estate: &Estate, network: &Network) -> Option<String> {
    name(&network.name, &network.id, estate.find_end(&network.name).one().is_some())
}

/// The name if it names one thing, else the full id if it is known.
fn name(name: &str, id: &drlint_resource::ResourceId, alone: bool) -> Option<String> {
    if alone {
        return Some(quoted(name));
    }
    let id = id.to_string();
    id.starts_with('/').then(|| quoted(&id))
}

/// A string as TOML writes it, on one line. JSON's escapes are TOML's too; TOML wants one for DEL besides.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

fn comment(text: &str) -> String {
    format!("# {}\n", printable(text))
}
