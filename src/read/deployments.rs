//! Which parameter files go with which template.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use drlint_arm::Target;
use drlint_source::FileId;

use crate::config::{Config, Problem};
use crate::discover::Found;

/// A template with one set of parameters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Planned {
    /// Parameter files, later ones win.
    pub(crate) parameters: Vec<FileId>,
    /// Where it is deployed, as far as anybody said.
    pub(crate) target: Target,
}

/// All deployments of a run by their template.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    by_template: BTreeMap<FileId, Vec<Planned>>,
    used: BTreeSet<FileId>,
}

impl Plan {
    /// The deployments of a template; a template that nobody speaks of is deployed once with its defaults.
    pub(crate) fn of(&self, template: FileId) -> Vec<Planned> {
        self.by_template.get(&template).cloned().unwrap_or_else(|| vec![Planned::default()])
    }

    /// Whether some deployment uses this parameter file.
    pub(crate) fn uses(&self, parameters: FileId) -> bool {
        self.used.contains(&parameters)
    }

    /// The templates that a parameter file is used with.
    pub(crate) fn templates_of(&self, parameters: FileId) -> Vec<FileId> {
        let uses = |planned: &Vec<Planned>| planned.iter().any(|one| one.parameters.contains(&parameters));
        self.by_template.iter().filter(|(_, planned)| uses(planned)).map(|(template, _)| *template).collect()
    }

    /// Whether a template is deployed with parameters or by configuration, and so stands for itself.
    pub(crate) fn names(&self, template: FileId) -> bool {
        self.by_template.contains_key(&template)
    }

    fn add(&mut self, template: FileId, planned: Planned) {
        self.used.extend(planned.parameters.iter().copied());
        self.by_template.entry(template).or_default().push(planned);
    }
}

/// Pairs templates and parameter files: as `[[deployment]]` says, else `x.json` with each `x.parameters*.json`
/// beside it.
pub(crate) fn plan(
    files: &[Found],
    config: &Config,
    config_path: Option<&Path>,
) -> Result<Plan, Vec<Problem>> {
    let mut plan = Plan::default();
    let mut problems = Vec::new();
    let folder = config_path.and_then(Path::parent).map(Path::to_owned).unwrap_or_default();
    for entry in &config.deployment {
        let mut find = |name: &toml::Spanned<String>| {
            let found = find(files, &folder, name.as_ref());
            if found.is_none() {
                let message = format!("`{}` is not among the files that are checked", name.as_ref());
                problems.push(Problem::at(name.span(), message).help("paths are relative to drlint.toml"));
            }
            found
        };
        let template = find(&entry.template);
        let parameters: Vec<Option<FileId>> = entry.parameters.iter().map(&mut find).collect();
        let text = |value: &Option<toml::Spanned<String>>| value.as_ref().map(|value| value.as_ref().clone());
        let target = Target {
            subscription: text(&entry.subscription),
            resource_group: text(&entry.resource_group),
            location: text(&entry.location),
            tenant: text(&entry.tenant),
            management_group: text(&entry.management_group),
            ..Target::default()
        };
        if let Some(template) = template {
            plan.add(template, Planned { parameters: parameters.into_iter().flatten().collect(), target });
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    pair_by_name(files, &mut plan);
    Ok(plan)
}

fn pair_by_name(files: &[Found], plan: &mut Plan) {
    let ids: BTreeMap<&str, FileId> =
        files.iter().zip(0..).map(|(file, id)| (file.shown.as_str(), FileId(id))).collect();
    let mut pairs = Vec::new();
    for (file, id) in files.iter().zip(0..) {
        if plan.uses(FileId(id)) {
            continue;
        }
        let Some(stem) = template_stem(&file.shown) else { continue };
        let template =
            ["json", "jsonc"].iter().find_map(|extension| ids.get(format!("{stem}.{extension}").as_str()));
        if let Some(template) = template.filter(|template| !plan.names(**template)) {
            pairs.push((*template, FileId(id)));
        }
    }
    for (template, parameters) in pairs {
        plan.add(template, Planned { parameters: vec![parameters], target: Target::default() });
    }
}

/// `x` for a parameter file `x.parameters.json`, `x.parameters.prod.json`, `x.parameters-dr.json`.
pub(crate) fn template_stem(shown: &str) -> Option<&str> {
    let lower = shown.to_ascii_lowercase();
    let extension = lower.rsplit_once('.')?.1;
    if !["json", "jsonc"].contains(&extension) {
        return None;
    }
    let name = lower.rfind('/').map_or(0, |slash| slash + 1);
    let at = lower[name..].find(".parameters")? + name;
    (at > name).then(|| &shown[..at])
}

fn find(files: &[Found], folder: &Path, name: &str) -> Option<FileId> {
    let wanted = std::fs::canonicalize(folder.join(name)).ok()?;
    let same = |file: &Found| std::fs::canonicalize(&file.path).is_ok_and(|path: PathBuf| path == wanted);
    files.iter().position(same).and_then(|at| u32::try_from(at).ok()).map(FileId)
}

#[cfg(test)]
mod tests {
    use super::template_stem;

    #[test]
    fn parameter_files_name_their_template() {
        assert_eq!(template_stem("infra/main.parameters.json"), Some("infra/main"));
        assert_eq!(template_stem("main.parameters.prod.json"), Some("main"));
        assert_eq!(template_stem("main.parameters-dr.jsonc"), Some("main"));
        assert_eq!(template_stem("main.json"), None);
        assert_eq!(template_stem(".parameters.json"), None);
        assert_eq!(template_stem("a.parameters/main.json"), None);
    }
}
