//! Which documents are templates and which are parameter files (`AZURE.md`, section 2.2).

use drlint_source::{Document, Node, NodeKind};

/// What a template deploys into, by its `$schema`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Group,
    Subscription,
    ManagementGroup,
    Tenant,
}

/// Whether the document is a deployment template of any scope, by its `$schema`, or the answer of `exportTemplate`
/// around one: `{"template": {...}}`.
pub fn is_template(document: &Document) -> bool {
    template_of(document).1.is_some()
}

/// The template that a document holds, its root or the one inside the answer of `exportTemplate`, and its level.
pub(crate) fn template_of(document: &Document) -> (Node<'_>, Option<Level>) {
    let root = document.root();
    if let Some(level) = level(root) {
        return (root, Some(level));
    }
    let wrapped = root.get("template").and_then(|template| Some((template, Some(level(template)?))));
    wrapped.unwrap_or((root, None))
}

/// Whether the document's `$schema` names deployment parameters.
pub fn is_parameters(document: &Document) -> bool {
    let is_parameters = |name: &str| name.to_ascii_lowercase().ends_with("deploymentparameters.json");
    with_schema(document.root(), |name| Some(is_parameters(name))) == Some(true)
}

/// The scope that a template's `$schema` names.
pub(crate) fn level(template: Node<'_>) -> Option<Level> {
    let levels = [
        ("deploymentTemplate.json", Level::Group),
        ("subscriptionDeploymentTemplate.json", Level::Subscription),
        ("managementGroupDeploymentTemplate.json", Level::ManagementGroup),
        ("tenantDeploymentTemplate.json", Level::Tenant),
    ];
    with_schema(template, |name| {
        levels.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, level)| *level)
    })
}

/// What `judge` says of the last segment of `$schema`.
fn with_schema<T>(root: Node<'_>, judge: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    if root.kind() != NodeKind::Object {
        return None;
    }
    let schema = root.get("$schema")?.as_str()?;
    let end = schema.bytes().position(|byte| byte == b'#' || byte == b'?').unwrap_or(schema.len());
    let address = schema.get(..end).unwrap_or_default().trim_end_matches('/');
    judge(address.rsplit_once('/').map_or(address, |(_, name)| name))
}
