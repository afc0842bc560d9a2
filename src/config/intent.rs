//! What `drlint.toml` says about the estate, in the estate's own words.

use drlint_estate::{
    DeclaredApplication, DeclaredFailover, DeclaredRecovery, DeclaredStep, Intent, LinkKind, Placed,
    StepAction,
};
use drlint_resource::Origin;
use drlint_source::FileId;
use toml::Spanned;

use super::file::{Config, StepEntry, Text};
use super::span;

/// The intent of a configuration that was read from `file`.
pub(crate) fn intent(config: &Config, file: FileId) -> Intent {
    let reader = Reader { file };
    Intent {
        recoveries: config
            .recovery
            .iter()
            .map(|entry| DeclaredRecovery {
                source: reader.text(&entry.as_ref().source),
                recovery: reader.text(&entry.as_ref().recovery),
                retain_ip: entry.as_ref().retain_ip.as_ref().map(|value| reader.flag(value)),
                place: span(file, entry.span()),
            })
            .collect(),
        applications: config
            .application
            .iter()
            .map(|entry| DeclaredApplication {
                name: reader.text(&entry.as_ref().name),
                isolated: entry.as_ref().isolated.as_ref().map(|value| reader.flag(value)),
                vms: reader.texts(&entry.as_ref().vms),
                subnets: reader.texts(&entry.as_ref().subnets),
                vnets: reader.texts(&entry.as_ref().vnets),
                place: span(file, entry.span()),
            })
            .collect(),
        failovers: config
            .failover
            .iter()
            .map(|entry| DeclaredFailover {
                name: reader.text(&entry.as_ref().name),
                steps: entry.as_ref().steps.as_ref().iter().filter_map(|step| reader.step(step)).collect(),
                place: span(file, entry.span()),
                steps_place: span(file, entry.as_ref().steps.span()),
            })
            .collect(),
    }
}

struct Reader {
    file: FileId,
}

impl Reader {
    fn text(&self, text: &Text) -> Placed<String> {
        Placed::new(text.as_ref().clone(), Origin::at(span(self.file, text.span())))
    }

    fn texts(&self, texts: &[Text]) -> Vec<Placed<String>> {
        texts.iter().map(|text| self.text(text)).collect()
    }

    fn flag(&self, flag: &Spanned<bool>) -> Placed<bool> {
        Placed::new(*flag.as_ref(), Origin::at(span(self.file, flag.span())))
    }

    /// A step was checked when the configuration was read, so what is missing here cannot be.
    fn step(&self, step: &Spanned<StepEntry>) -> Option<DeclaredStep> {
        let entry = step.as_ref();
        let ends =
            |ends: &Option<Spanned<Vec<Text>>>| match ends.as_ref().map(|ends| ends.as_ref().as_slice()) {
                Some([a, b]) => Some((self.text(a), self.text(b))),
                _ => None,
            };
        let action = if let Some((a, b)) = ends(&entry.disconnect) {
            StepAction::Disconnect(a, b)
        } else if let Some((a, b)) = ends(&entry.connect) {
            StepAction::Connect { a, b, via: self.kind(entry.via.as_ref()?)? }
        } else if let Some(sources) = &entry.fail_over {
            StepAction::FailOver(self.texts(sources.as_ref()))
        } else if let Some(machines) = &entry.fail_over_vms {
            StepAction::FailOverMachines(self.texts(machines.as_ref()))
        } else {
            StepAction::Reroute {
                site: self.text(entry.reroute.as_ref()?),
                to: self.text(entry.to.as_ref()?),
            }
        };
        Some(DeclaredStep { place: span(self.file, step.span()), action })
    }

    fn kind(&self, via: &Text) -> Option<Placed<LinkKind>> {
        let kind = match via.as_ref().as_str() {
            "vpn" => LinkKind::Vpn,
            "peering" => LinkKind::Peering,
            "expressroute" => LinkKind::ExpressRoute,
            _ => return None,
        };
        Some(Placed::new(kind, Origin::at(span(self.file, via.span()))))
    }
}
