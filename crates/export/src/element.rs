//! One exported thing as a list of members, whether they stand in an object or in the row of a table.

use std::borrow::Cow;

use drlint_source::{Node, NodeKind, Span};

use crate::graph;

/// A member: its name, the place of the name, its value.
#[derive(Clone, Debug)]
pub(crate) struct Field<'d> {
    pub(crate) name: Cow<'d, str>,
    pub(crate) key: Span,
    pub(crate) value: Node<'d>,
}

/// How a tool writes a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// With an object `properties`.
    Nested,
    /// Flattened, with the names of the wire.
    Flat,
    /// Flattened, with the names of .NET.
    Pascal,
}

/// Types that tell of Azure, not of an estate.
///
/// Source: recorded answers (`corpus/exports`, shape `other`).
const CATALOGUES: [(&str, &str); 8] = [
    ("expressRouteServiceProviders", "the providers of ExpressRoute, no network configuration"),
    ("bgpServiceCommunities", "the BGP communities of Azure, no network configuration"),
    ("availableDelegations", "the delegations Azure offers, no network configuration"),
    ("availableServiceAliases", "the service aliases Azure offers, no network configuration"),
    ("availablePrivateEndpointTypes", "the endpoint types Azure offers, no network configuration"),
    ("usages", "usages and limits, no network configuration"),
    ("replicationVaultHealth", "the health of a vault, no network configuration"),
    ("replicationEvents", "events of Site Recovery, no network configuration"),
];

/// What may become a resource.
#[derive(Clone, Debug)]
pub(crate) struct Element<'d> {
    pub(crate) fields: Vec<Field<'d>>,
    /// Where it stands.
    pub(crate) node: Node<'d>,
}

impl<'d> Element<'d> {
    /// The members of an object.
    pub(crate) fn of(object: Node<'d>) -> Self {
        let fields = object.members().map(|member| Field {
            name: member.key.as_str().unwrap_or_default(),
            key: member.key.span(),
            value: member.value,
        });
        Self { fields: fields.collect(), node: object }
    }

    /// The cells of a row under the names of their columns.
    pub(crate) fn row(columns: &[Node<'d>], row: Node<'d>) -> Self {
        let cells = columns.iter().zip(row.elements());
        let fields = cells.filter_map(|(column, cell)| {
            Some(Field { name: column.as_str()?, key: column.span(), value: cell })
        });
        Self { fields: fields.collect(), node: row }
    }

    /// The member `name`, compared without case; of several the last.
    pub(crate) fn field(&self, name: &str) -> Option<&Field<'d>> {
        self.fields.iter().rev().find(|field| field.name.eq_ignore_ascii_case(name))
    }

    /// The value of `name`, if it is there and not null.
    pub(crate) fn get(&self, name: &str) -> Option<Node<'d>> {
        self.field(name).map(|field| field.value).filter(|value| value.kind() != NodeKind::Null)
    }

    /// The text of `name`, if it is a string that is not empty.
    pub(crate) fn text(&self, name: &str) -> Option<Cow<'d, str>> {
        self.get(name)?.as_str().filter(|text| !text.is_empty())
    }

    /// Whether it has `name`, null or not.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.field(name).is_some()
    }

    /// Whether it is only a reference: an id, and members that are null, empty, or the JSON text of such a member.
    ///
    /// Source: Azure CLI of 2017 and PowerShell write references so (`AZURE.md`, fact 14).
    pub(crate) fn is_stub(&self) -> bool {
        let says_nothing = |field: &Field<'_>| {
            let shown = field.name.ends_with("Text") && field.value.kind() == NodeKind::String;
            let named =
                field.name.eq_ignore_ascii_case("id") || field.name.eq_ignore_ascii_case("resourceGroup");
            match field.value.kind() {
                NodeKind::Null => true,
                NodeKind::Array | NodeKind::Object => field.value.size() == 1,
                _ => shown || named,
            }
        };
        self.get("id").is_some()
            && self.fields.iter().any(|field| field.value.kind() == NodeKind::Null)
            && self.fields.iter().all(says_nothing)
    }

    /// Whether a query picked single properties: `properties_addressSpace`.
    pub(crate) fn has_columns_of_properties(&self) -> bool {
        self.fields.iter().any(|field| graph::path_of_column(&field.name).is_some())
    }

    /// How it is written.
    pub(crate) fn style(&self) -> Style {
        let upper =
            |name: &str| self.field(name).is_some_and(|field| field.name.starts_with(char::is_uppercase));
        let nested = |node: Node<'_>| matches!(node.kind(), NodeKind::Object | NodeKind::String);
        if upper("id") && (upper("name") || self.has("ResourceGroupName") || self.has("FriendlyName")) {
            Style::Pascal
        } else if self.get("properties").is_some_and(nested) {
            Style::Nested
        } else {
            Style::Flat
        }
    }

    /// What it tells of if it has a type of Azure and yet is no part of an estate.
    pub(crate) fn catalogue(&self) -> Option<&'static str> {
        let (type_, id) = (self.text("type"), self.text("id"));
        let kind = match (&type_, &id) {
            (Some(kind), _) => kind.rsplit('/').next(),
            (None, Some(id)) => id.trim_end_matches('/').rsplit('/').nth(1),
            (None, None) => None,
        }?;
        CATALOGUES.iter().find(|(name, _)| kind.eq_ignore_ascii_case(name)).map(|(_, what)| *what)
    }
}
