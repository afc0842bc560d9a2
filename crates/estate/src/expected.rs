//! What the members that the estate reads are expected to be. A value of another type is said at its place and taken
//! for unknown, so that no rule mistakes it for an empty list or for nothing at all.

use std::net::IpAddr;
use std::sync::Arc;

use drlint_resource::{Data, Key, Note, NoteKind, Object, Reason, Resource, Unknown, Value};

use crate::{NETWORK_MAPPING, PROTECTED_ITEM, RECOVERY_PLAN};

/// What stands at the end of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// Text.
    Text,
    /// An IP address; an empty text says that there is none.
    Address,
    /// A list of texts. One text alone is a list, as PowerShell unrolls it.
    Texts,
    /// A list of objects. One object alone is a list.
    Objects,
    /// The same, each with a name.
    Named,
    /// An object.
    Object,
    /// An id, as text or in an object.
    Reference,
}

impl Expected {
    fn words(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Address => "an IP address",
            Self::Texts => "a list of texts",
            Self::Objects | Self::Named => "a list of objects",
            Self::Object => "an object",
            Self::Reference => "an id",
        }
    }
}

/// A step of a path into all elements of a list; other steps are names.
const EACH: &str = "*";

type Row = (&'static [&'static str], Expected);

/// Members by type, paths below the properties. Only what would mislead is listed.
///
/// Source: the property paths of `AZURE.md`, sections 1.1 to 1.8, and the odd spellings of section 2.
const TABLE: [(&str, &[Row]); 11] = [
    (
        "Microsoft.Network/virtualNetworks",
        &[
            (&["addressSpace", "addressPrefixes"], Expected::Texts),
            (&["dhcpOptions", "dnsServers"], Expected::Texts),
            (&["subnets"], Expected::Named),
            (&["subnets", EACH, "addressPrefix"], Expected::Texts),
            (&["subnets", EACH, "addressPrefixes"], Expected::Texts),
            (&["virtualNetworkPeerings"], Expected::Named),
            (&["virtualNetworkPeerings", EACH, "remoteAddressSpace", "addressPrefixes"], Expected::Texts),
        ],
    ),
    (
        "Microsoft.Network/virtualNetworks/subnets",
        &[(&["addressPrefix"], Expected::Texts), (&["addressPrefixes"], Expected::Texts)],
    ),
    (
        "Microsoft.Network/networkInterfaces",
        &[
            (&["ipConfigurations"], Expected::Objects),
            (&["ipConfigurations", EACH, "privateIPAddress"], Expected::Address),
            (&["ipConfigurations", EACH, "privateIPAllocationMethod"], Expected::Text),
        ],
    ),
    ("Microsoft.Compute/virtualMachines", &[(&["networkProfile", "networkInterfaces"], Expected::Objects)]),
    ("Microsoft.Network/virtualNetworkGateways", &[(&["ipConfigurations"], Expected::Objects)]),
    (
        "Microsoft.Network/localNetworkGateways",
        &[(&["localNetworkAddressSpace", "addressPrefixes"], Expected::Texts)],
    ),
    (
        "Microsoft.Network/connections",
        &[
            (&["connectionType"], Expected::Text),
            (&["virtualNetworkGateway1"], Expected::Reference),
            (&["virtualNetworkGateway2"], Expected::Reference),
            (&["localNetworkGateway2"], Expected::Reference),
        ],
    ),
    ("Microsoft.Network/loadBalancers", &[(&["frontendIPConfigurations"], Expected::Objects)]),
    (
        PROTECTED_ITEM,
        &[
            (&["providerSpecificDetails"], Expected::Object),
            (&["providerSpecificDetails", "fabricObjectId"], Expected::Text),
            (&["providerSpecificDetails", "vmNics"], Expected::Objects),
            (&["providerSpecificDetails", "vmNics", EACH, "ipConfigs"], Expected::Objects),
            (
                &["providerSpecificDetails", "vmNics", EACH, "ipConfigs", EACH, "staticIPAddress"],
                Expected::Address,
            ),
            (
                &["providerSpecificDetails", "vmNics", EACH, "ipConfigs", EACH, "recoveryStaticIPAddress"],
                Expected::Address,
            ),
        ],
    ),
    (NETWORK_MAPPING, &[(&["primaryNetworkId"], Expected::Text), (&["recoveryNetworkId"], Expected::Text)]),
    (
        RECOVERY_PLAN,
        &[
            (&["groups"], Expected::Objects),
            (&["groups", EACH, "replicationProtectedItems"], Expected::Objects),
        ],
    ),
];

/// The same for every type.
const OF_EVERY_TYPE: Row = (&["properties"], Expected::Object);

/// Makes each value of `resource` unknown that is not what it is expected to be, and remarks on it.
pub fn expect_types(resource: &mut Resource, notes: &mut Vec<Note>) {
    let rows = TABLE.iter().find(|(kind, _)| resource.is(kind)).map_or(&[][..], |(_, rows)| rows);
    for (steps, expected) in std::iter::once(&OF_EVERY_TYPE).chain(rows) {
        let mut faults = Faults { name: resource.id.name(), expected: *expected, notes };
        if let Some(body) = faults.inside(&resource.body, steps, "") {
            resource.body = body;
        }
    }
}

struct Faults<'f> {
    name: &'f str,
    expected: Expected,
    notes: &'f mut Vec<Note>,
}

impl Faults<'_> {
    /// `value` again if something below `steps` had to be made unknown; `member` is the last name on the way.
    fn inside(&mut self, value: &Value, steps: &[&str], member: &str) -> Option<Value> {
        let Some((step, rest)) = steps.split_first() else { return self.judged(value, member) };
        match &value.data {
            Data::Array(elements) if *step == EACH => {
                let list = mended(elements, |element| self.inside(element, rest, member))?;
                Some(replaced(value, list))
            }
            Data::Object(_) if *step == EACH => self.inside(value, rest, member),
            Data::Object(object) => {
                if let Some((key, found)) = object.entry(step) {
                    let mended = self.inside(found, rest, step)?;
                    return Some(with_member(value, object, key, &mended));
                }
                // REST nests what Azure CLI has flattened.
                let (key, properties) = object.entry("properties")?;
                let Data::Object(_) = &properties.data else { return None };
                let mended = self.inside(properties, steps, member)?;
                Some(with_member(value, object, key, &mended))
            }
            _ => None,
        }
    }

    /// `value`, or parts of it, made unknown if it is not what was expected.
    fn judged(&mut self, value: &Value, member: &str) -> Option<Value> {
        match (&value.data, self.expected) {
            (Data::Null | Data::Unknown(_), _)
            | (Data::Text(_), Expected::Text | Expected::Texts | Expected::Reference)
            | (Data::Object(_), Expected::Objects | Expected::Object | Expected::Reference) => None,
            (Data::Text(text), Expected::Address) => {
                let text = text.trim();
                let is_address = text.is_empty() || text.parse::<IpAddr>().is_ok();
                (!is_address).then(|| self.fault(value, member, &format!("`{text}`"), self.expected.words()))
            }
            (Data::Object(object), Expected::Named) if has_name(object) => None,
            (Data::Array(elements), Expected::Texts | Expected::Objects | Expected::Named) => {
                let list = mended(elements, |element| self.judged_element(element, member))?;
                Some(replaced(value, list))
            }
            (data, expected) => Some(self.fault(value, member, kind(data), expected.words())),
        }
    }

    fn judged_element(&mut self, element: &Value, member: &str) -> Option<Value> {
        match (&element.data, self.expected) {
            (Data::Null | Data::Unknown(_), _)
            | (Data::Text(_), Expected::Texts)
            | (Data::Object(_), Expected::Objects) => None,
            (Data::Object(object), Expected::Named) if has_name(object) => None,
            (Data::Object(_), Expected::Named) => {
                let message = format!("an element of `{member}` of `{}` has no name", self.name);
                Some(self.said(element, message))
            }
            (data, expected) => {
                let wanted = if expected == Expected::Texts { "text" } else { "an object" };
                let message = format!(
                    "an element of `{member}` of `{}` is {}, where {wanted} belongs",
                    self.name,
                    kind(data)
                );
                Some(self.said(element, message))
            }
        }
    }

    fn fault(&mut self, value: &Value, member: &str, found: &str, wanted: &str) -> Value {
        self.said(value, format!("`{member}` of `{}` is {found}, where {wanted} belongs", self.name))
    }

    fn said(&mut self, value: &Value, message: String) -> Value {
        let place = value.origin.span;
        let reason = Reason::Other(message.as_str().into());
        self.notes
            .push(Note::new(NoteKind::Unreadable, place, message).help("mend the value, or export it again"));
        let unknown = Unknown::without_expression(reason, place);
        replaced(value, Data::Unknown(Arc::new(unknown)))
    }
}

/// The list again if `mend` has a new value for one of its elements.
fn mended(elements: &[Value], mut mend: impl FnMut(&Value) -> Option<Value>) -> Option<Data> {
    let mut list: Option<Vec<Value>> = None;
    for (at, element) in elements.iter().enumerate() {
        match (mend(element), &mut list) {
            (None, None) => {}
            (Some(new), None) => {
                let before = elements.iter().take(at).cloned();
                list = Some(before.chain([new]).collect());
            }
            (new, Some(list)) => list.push(new.unwrap_or_else(|| element.clone())),
        }
    }
    list.map(|list| Data::Array(Arc::new(list)))
}

/// An element of an export may be known by its id alone.
fn has_name(object: &Object) -> bool {
    ["name", "id"].into_iter().any(|name| object.get(name).is_some_and(|value| !value.is_null()))
}

/// Other data at the same place.
fn replaced(value: &Value, data: Data) -> Value {
    Value { data, origin: value.origin.clone() }
}

fn with_member(value: &Value, object: &Object, changed: &Key, new: &Value) -> Value {
    let members = object.iter().map(|(key, old)| {
        let is_changed = std::ptr::eq(key, changed);
        (key.clone(), if is_changed { new.clone() } else { old.clone() })
    });
    replaced(value, Data::Object(Arc::new(members.collect())))
}

fn kind(data: &Data) -> &'static str {
    match data {
        Data::Null => "null",
        Data::Bool(_) => "a boolean",
        Data::Number(_) => "a number",
        Data::Text(_) => "text",
        Data::Array(_) => "a list",
        Data::Object(_) => "an object",
        Data::Unknown(_) => "not known",
    }
}

#[cfg(test)]
mod tests {
    use drlint_resource::{Export, Input, ResourceId};
    use drlint_source::{Document, FileId, Span};

    use super::*;

    fn checked(kind: &str, body: &str) -> (Resource, Vec<String>) {
        let document = Document::parse(FileId(0), body.into());
        let export = Export {
            file: FileId(0),
            shape: "a list",
            truncated: false,
            taken: None,
            existence_only: false,
            planned: false,
            missing: Vec::new(),
        };
        let mut resource = Resource {
            id: ResourceId::parse(&format!("/subscriptions/s/resourceGroups/g/providers/{kind}/x")).unwrap(),
            body: Value::literal(document.root()),
            place: Span::new(FileId(0), 0, 0),
            condition: None,
            input: Input::Export(Arc::new(export)),
        };
        let mut notes = Vec::new();
        expect_types(&mut resource, &mut notes);
        (resource, notes.into_iter().map(|note| note.message).collect())
    }

    #[test]
    fn what_tools_write_is_expected() {
        for (kind, body) in [
            (
                "Microsoft.Network/virtualNetworks",
                r#"{"addressSpace": {"addressPrefixes": "10.1.0.0/16"}, "subnets": {"name": "one"}}"#,
            ),
            (
                "Microsoft.Network/virtualNetworks",
                r#"{"properties": {"subnets": [{"id": "/a/b"}], "virtualNetworkPeerings": null}}"#,
            ),
            (
                "Microsoft.Network/networkInterfaces",
                r#"{"ipConfigurations": [{"privateIPAddress": ""}, {"privateIPAddress": "fd00::4"}]}"#,
            ),
        ] {
            assert_eq!(checked(kind, body).1, [""; 0], "{body}");
        }
    }

    #[test]
    fn another_type_is_said_and_unknown() {
        let network = "Microsoft.Network/virtualNetworks";
        for (body, path, message) in [
            (
                r#"{"properties": {"addressSpace": {"addressPrefixes": 10}}}"#,
                "addressSpace.addressPrefixes",
                "`addressPrefixes` of `x` is a number, where a list of texts belongs",
            ),
            (
                r#"{"subnets": "none"}"#,
                "subnets",
                "`subnets` of `x` is text, where a list of objects belongs",
            ),
            (
                r#"{"subnets": {"web": {}}}"#,
                "subnets",
                "`subnets` of `x` is an object, where a list of objects belongs",
            ),
        ] {
            let (resource, messages) = checked(network, body);
            assert_eq!(messages, [message]);
            assert!(resource.property(path).unknown().is_some(), "{body}");
        }
    }

    #[test]
    fn an_element_alone_is_unknown_and_the_others_stay() {
        let (resource, messages) = checked(
            "Microsoft.Network/virtualNetworks",
            r#"{"addressSpace": {"addressPrefixes": [10.4, "10.1.0.0/16"]}}"#,
        );
        assert_eq!(messages, ["an element of `addressPrefixes` of `x` is a number, where text belongs"]);
        let list = resource.property("addressSpace.addressPrefixes").found().unwrap().as_array().unwrap();
        assert!(list[0].as_unknown().is_some());
        assert_eq!(list[1].as_str(), Some("10.1.0.0/16"));
        let (_, messages) = checked(
            "Microsoft.Network/virtualNetworks",
            r#"{"subnets": [{"addressPrefix": "10.1.9.0/24"}]}"#,
        );
        assert_eq!(messages, ["an element of `subnets` of `x` has no name"]);
    }

    #[test]
    fn text_that_is_no_address_is_said() {
        let (resource, messages) = checked(
            "Microsoft.Network/networkInterfaces",
            r#"{"properties": {"ipConfigurations": [{"properties": {"privateIPAddress": "10.40.1.x"}}]}}"#,
        );
        assert_eq!(messages, ["`privateIPAddress` of `x` is `10.40.1.x`, where an IP address belongs"]);
        let ip = &resource.property("ipConfigurations").found().unwrap().as_array().unwrap()[0];
        assert!(ip.properties().at("privateIPAddress").unknown().is_some());
    }
}
