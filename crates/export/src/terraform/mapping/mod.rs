//! How a resource of the provider azurerm says what Azure says.
//!
//! Source: the documentation of the provider, versions 2 to 4 (`AZURE.md`, section 2, shape 12).

mod compute;
mod gateway;
mod network;
mod recovery;

/// A type of the provider with its counterpart.
#[derive(Debug)]
pub(super) struct Mapping {
    /// The provider's type.
    pub(super) terraform: &'static str,
    /// Azure's type.
    pub(super) kind: &'static str,
    /// Where its id comes from while Azure has given none.
    pub(super) parent: Parent,
    /// The attribute that holds its own name.
    pub(super) name: &'static str,
    /// What its attributes become.
    pub(super) fields: &'static [Field],
}

/// What a resource stands below.
#[derive(Debug)]
pub(super) enum Parent {
    /// A resource group, named by `resource_group_name`, and parents whose names these attributes hold.
    Names(&'static [&'static str]),
    /// A network mapping stands below two names and the network that is always called `azureNetwork`.
    AzureNetwork(&'static [&'static str]),
    /// The resource whose id this attribute holds.
    Id(&'static str),
    /// The subscription.
    Subscription,
}

/// What an attribute becomes. A path leads below `properties`; with `/` before it, below the resource itself.
#[derive(Debug)]
pub(super) enum Field {
    /// The value as it is: attribute, path.
    Value(&'static str, &'static str),
    /// The opposite of a Boolean: attribute, path.
    Not(&'static str, &'static str),
    /// The id of another resource: attribute, path, the type it must have.
    Id(&'static str, &'static str, &'static str),
    /// Ids of other resources: attribute, path, the member that holds each, their type.
    Ids(&'static str, &'static str, &'static str, &'static str),
    /// Strings: attribute, path, the member that holds each.
    Each(&'static str, &'static str, &'static str),
    /// A block that may stand several times: attribute, path of the list, what is in each.
    Blocks(&'static str, &'static str, &'static [Field]),
    /// A block that stands once: attribute, path of the object, what is in it.
    Block(&'static str, &'static str, &'static [Field]),
    /// Attributes that are one element of a list, unless the list is there already: path of the list, its fields.
    Element(&'static str, &'static [Field]),
    /// What the provider doesn't say: path, text.
    Constant(&'static str, &'static str),
}

impl Mapping {
    const fn new(terraform: &'static str, kind: &'static str, fields: &'static [Field]) -> Self {
        Self { terraform, kind, parent: Parent::Names(&[]), name: "name", fields }
    }

    const fn below(self, names: &'static [&'static str]) -> Self {
        Self { parent: Parent::Names(names), ..self }
    }

    const fn below_id(self, attribute: &'static str) -> Self {
        Self { parent: Parent::Id(attribute), ..self }
    }
}

/// The counterpart of a type of the provider.
pub(super) fn of(terraform: &str) -> Option<&'static Mapping> {
    let tables = [network::MAPPINGS, gateway::MAPPINGS, compute::MAPPINGS, recovery::MAPPINGS];
    tables.into_iter().flatten().find(|mapping| mapping.terraform == terraform)
}
