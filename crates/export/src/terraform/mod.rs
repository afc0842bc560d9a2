//! Plans and states of Terraform: the resources of the provider azurerm as Azure would tell of them.

mod body;
mod identity;
mod instance;
mod mapping;
mod reference;

use drlint_resource::{Note, NoteKind};
use drlint_source::{Node, NodeKind};

use crate::collect::Collector;
use crate::{Outcome, Shape};

/// A document of Terraform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `terraform show -json` of a plan.
    Plan,
    /// `terraform show -json` of a state.
    State,
    /// The state as it is stored.
    RawState,
}

/// Which document of Terraform `object` is.
pub(crate) fn form(object: Node<'_>) -> Option<Form> {
    let has = |name: &str| object.get(name).is_some();
    if has("format_version") && (has("planned_values") || has("resource_changes")) {
        Some(Form::Plan)
    } else if has("format_version") && (has("values") || has("terraform_version")) {
        Some(Form::State)
    } else {
        let resources = object.get("resources").or_else(|| object.get("modules"));
        let is_raw = has("terraform_version")
            && has("version")
            && resources.is_some_and(|resources| resources.kind() == NodeKind::Array);
        is_raw.then_some(Form::RawState)
    }
}

/// Reads a document of Terraform.
pub(crate) fn read(mut collector: Collector, document: Node<'_>, form: Form) -> Outcome {
    if let Some(note) = unsupported(document, form) {
        return Outcome::Unreadable(note);
    }
    collector.taken = document.get("timestamp").and_then(Node::as_str).map(String::from);
    let instances = match form {
        Form::Plan => instance::of_plan(document),
        Form::State => instance::of_state(document),
        Form::RawState => instance::of_raw_state(document),
    };
    let scene = identity::Scene::new(document, instances, collector.file);
    let mut left_out = 0_usize;
    for at in 0..scene.instances.len() {
        if !body::add(&mut collector, &scene, at) {
            left_out += 1;
        }
    }
    if collector.count() == 0 && left_out > 0 {
        return Outcome::Skipped(
            "a Terraform document without Azure networks, no network configuration".to_owned(),
        );
    }
    let shape = if form == Form::Plan { Shape::TerraformPlan } else { Shape::TerraformState };
    collector.outcome(shape)
}

/// Majors 0 and 1 of the output format are read, and version 4 of the state.
///
/// Source: the page on the JSON output format of Terraform: another major may mean anything (`AZURE.md`, section 2).
fn unsupported(document: Node<'_>, form: Form) -> Option<Note> {
    let (member, supported): (&str, &[&str]) = match form {
        Form::Plan | Form::State => ("format_version", &["0", "1"]),
        Form::RawState => ("version", &["4"]),
    };
    let version = document.get(member)?;
    let text = version.as_str().unwrap_or_else(|| version.raw().into());
    let major = text.split('.').next().unwrap_or_default();
    (!supported.contains(&major)).then(|| {
        let message = format!("a Terraform document of `{member}` {text} is not supported");
        let help = "use `terraform show -json` of Terraform 1";
        Note::new(NoteKind::Unreadable, version.span(), message).help(help)
    })
}
