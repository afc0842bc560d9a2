//! Names, and where the deployment goes.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use drlint_resource::{Data, Key, Object, Reason, Value};
use drlint_source::{FileId, Span};

use crate::expression::TermKind;
use crate::machine::{Answer, Invocation, Stop, kind, refused};

/// The name that the only argument gives.
fn name<'c>(invocation: &Invocation<'c, '_>) -> Result<Cow<'c, str>, Stop> {
    // Nearly always a literal: no value is made for it.
    if let Some(term) = invocation.term_of(0)
        && let TermKind::Text(text) = term.kind()
    {
        return Ok(text);
    }
    let value = invocation.argument(0);
    match &value.data {
        Data::Text(text) => Ok(Cow::Owned((**text).to_owned())),
        Data::Unknown(cause) => Err(Stop::Unknown(Arc::clone(cause))),
        other => Err(Stop::Argument(0, format!("a name must be a string, not {}", kind(other)))),
    }
}

pub(super) fn parameters(invocation: &Invocation<'_, '_>) -> Answer {
    let name = name(invocation)?;
    let span = invocation.span();
    invocation.machine.parameter(&name, invocation.context, span)
}

pub(super) fn variables(invocation: &Invocation<'_, '_>) -> Answer {
    let name = name(invocation)?;
    invocation.machine.variable(&name, invocation.context, invocation.span())
}

/// `externalInputs('key')`, in parameter files only.
pub(super) fn external_inputs(invocation: &Invocation<'_, '_>) -> Answer {
    let name = name(invocation)?;
    let Some(root) = invocation.context.inputs else {
        return refused("`externalInputs` can be used in parameter files only");
    };
    let given = root.get("externalInputs").and_then(|inputs| inputs.get(&name));
    match given.and_then(|input| input.get("value")) {
        Some(value) => Ok(Value::literal(value)),
        None => Err(Stop::Offline(Reason::Other(format!("external input `{name}` has no value").into()))),
    }
}

pub(super) fn fail(_: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    match arguments.first().map(|value| &value.data) {
        Some(Data::Text(text)) => refused(&**text),
        Some(other) => refused(format!("`fail` takes a string, not {}", kind(other))),
        None => refused("`fail` takes a string"),
    }
}

pub(super) fn resource_group(invocation: &Invocation<'_, '_>) -> Answer {
    Ok(invocation.context.template.target.resource_group())
}

pub(super) fn subscription(invocation: &Invocation<'_, '_>) -> Answer {
    Ok(invocation.context.template.target.subscription())
}

pub(super) fn management_group(invocation: &Invocation<'_, '_>) -> Answer {
    Ok(invocation.context.template.target.management_group())
}

pub(super) fn tenant(invocation: &Invocation<'_, '_>) -> Answer {
    Ok(invocation.context.template.target.tenant())
}

pub(super) fn deployment(invocation: &Invocation<'_, '_>) -> Answer {
    Ok(invocation.context.template.target.deployment())
}

/// The public cloud.
const ENVIRONMENT: &[(&str, &str)] = &[
    ("name", "AzureCloud"),
    ("gallery", "https://gallery.azure.com/"),
    ("graph", "https://graph.windows.net/"),
    ("portal", "https://portal.azure.com"),
    ("graphAudience", "https://graph.windows.net/"),
    ("activeDirectoryDataLake", "https://datalake.azure.net/"),
    ("batch", "https://batch.core.windows.net/"),
    ("media", "https://rest.media.azure.net"),
    ("sqlManagement", "https://management.core.windows.net:8443/"),
    (
        "vmImageAliasDoc",
        "https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/quickstart-templates/aliases.json",
    ),
    ("resourceManager", "https://management.azure.com/"),
    ("authentication.loginEndpoint", "https://login.microsoftonline.com/"),
    ("authentication.tenant", "common"),
    ("authentication.identityProvider", "AAD"),
    ("suffixes.acrLoginServer", ".azurecr.io"),
    ("suffixes.azureDatalakeAnalyticsCatalogAndJob", "azuredatalakeanalytics.net"),
    ("suffixes.azureDatalakeStoreFileSystem", "azuredatalakestore.net"),
    ("suffixes.azureFrontDoorEndpointSuffix", "azurefd.net"),
    ("suffixes.keyvaultDns", ".vault.azure.net"),
    ("suffixes.sqlServerHostname", ".database.windows.net"),
    ("suffixes.storage", "core.windows.net"),
];

/// The public cloud's addresses (docs, `template-functions-deployment.md`).
pub(super) fn environment(invocation: &Invocation<'_, '_>) -> Answer {
    static VALUE: OnceLock<Value> = OnceLock::new();
    let value = VALUE.get_or_init(|| {
        let span = Span::new(FileId(0), 0, 0);
        let key = |name: &str| Key { name: name.into(), span };
        let object =
            |members: Vec<(Key, Value)>| Value::new(Data::Object(Arc::new(Object::new(members))), span);
        let inside = |prefix: &str| {
            let own = ENVIRONMENT.iter().filter_map(|(name, text)| Some((name.strip_prefix(prefix)?, text)));
            object(own.map(|(name, text)| (key(name), Value::text(text, span))).collect())
        };
        let mut authentication = match &inside("authentication.").data {
            Data::Object(object) => object.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
            _ => Vec::new(),
        };
        let audiences = ["https://management.core.windows.net/", "https://management.azure.com/"];
        let audiences = audiences.iter().map(|text| Value::text(text, span)).collect();
        authentication.push((key("audiences"), Value::new(Data::Array(Arc::new(audiences)), span)));
        let plain = ENVIRONMENT.iter().filter(|(name, _)| !name.contains('.'));
        let mut members: Vec<_> = plain.map(|(name, text)| (key(name), Value::text(text, span))).collect();
        members.push((key("authentication"), object(authentication)));
        members.push((key("suffixes"), inside("suffixes.")));
        object(members)
    });
    Ok(invocation.value(value.data.clone()))
}
