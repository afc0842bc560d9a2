//! The ids of the resources of a plan: given by Azure, or made of what the plan says.

use std::cell::OnceCell;

use drlint_resource::{Part, ResourceId, Scope};
use drlint_source::{FileId, Node, NodeKind, Span};
use rustc_hash::FxHashMap;

use super::instance::{Instance, attribute};
use super::mapping::{self, Mapping, Parent};
use super::reference::References;
use crate::identity::{self, known};

/// How many ids may stand in each other.
const DEEPEST: u32 = 8;

/// The resources of a document, with what joins them.
#[derive(Debug)]
pub(super) struct Scene<'d> {
    pub(super) instances: Vec<Instance<'d>>,
    pub(super) references: References<'d>,
    document: Node<'d>,
    file: FileId,
    associations: OnceCell<FxHashMap<ResourceId, Vec<Association>>>,
}

/// What one resource hangs on another: `azurerm_subnet_route_table_association` and its like.
#[derive(Debug)]
pub(super) struct Association {
    /// Where it hangs there.
    pub(super) path: &'static str,
    /// What hangs.
    pub(super) hanging: ResourceId,
    /// The instance that says so.
    pub(super) instance: usize,
}

/// Types that only join two resources: the attribute of the holder, the one of what hangs on it, and where.
const ASSOCIATIONS: [(&str, &str, &str, &str); 4] = [
    (
        "azurerm_subnet_network_security_group_association",
        "subnet_id",
        "network_security_group_id",
        "networkSecurityGroup.id",
    ),
    ("azurerm_subnet_route_table_association", "subnet_id", "route_table_id", "routeTable.id"),
    ("azurerm_subnet_nat_gateway_association", "subnet_id", "nat_gateway_id", "natGateway.id"),
    (
        "azurerm_network_interface_security_group_association",
        "network_interface_id",
        "network_security_group_id",
        "networkSecurityGroup.id",
    ),
];

/// Whether resources of this type only join others.
pub(super) fn is_association(kind: &str) -> bool {
    ASSOCIATIONS.iter().any(|(name, ..)| *name == kind)
}

impl<'d> Scene<'d> {
    pub(super) fn new(document: Node<'d>, instances: Vec<Instance<'d>>, file: FileId) -> Self {
        let references = References::new(document, &instances);
        Self { instances, references, document, file, associations: OnceCell::new() }
    }

    /// The id of an instance, if it is of a type that has one here.
    pub(super) fn id(&self, at: usize) -> Option<ResourceId> {
        self.id_within(at, DEEPEST)
    }

    /// What hangs on the resource `id`.
    pub(super) fn hanging_on(&self, id: &ResourceId) -> impl Iterator<Item = &Association> {
        let associations = self.associations.get_or_init(|| self.find_associations());
        associations.get(id).into_iter().flatten()
    }

    /// The resources of type `kind` that an attribute of `from` refers to.
    pub(super) fn targets(&self, expression: Node<'d>, from: &Instance<'_>, kind: &str) -> Vec<ResourceId> {
        let targets = self.references.targets(expression, from, &self.instances);
        targets.into_iter().filter_map(|at| self.id(at)).filter(|id| id.is(kind)).collect()
    }

    fn id_within(&self, at: usize, levels: u32) -> Option<ResourceId> {
        let levels = levels.checked_sub(1)?;
        let instance = self.instances.get(at)?;
        if let Some(id) = instance.id.get() {
            return id.clone();
        }
        let found = self.given(instance).or_else(|| self.made(instance, levels));
        // Someone deeper may have come by and set it already, to the same.
        let _ = instance.id.set(found.clone());
        found
    }

    fn given(&self, instance: &Instance<'d>) -> Option<ResourceId> {
        identity::parse(&instance.attribute("id")?.as_str()?, self.file)
    }

    fn made(&self, instance: &Instance<'d>, levels: u32) -> Option<ResourceId> {
        if instance.is_data {
            return None;
        }
        let mapping = mapping::of(&instance.kind)?;
        let own = self.text(instance, mapping.name, levels);
        match mapping.parent {
            Parent::Names(attributes) => Some(self.named(instance, mapping, attributes, &[], own, levels)),
            Parent::AzureNetwork(attributes) => {
                Some(self.named(instance, mapping, attributes, &["azureNetwork"], own, levels))
            }
            Parent::Subscription => Some(ResourceId::new(
                Scope::Subscription(self.subscription(instance)),
                mapping.kind,
                vec![own],
            )),
            Parent::Id(attribute) => {
                let (_, last) = mapping.kind.rsplit_once('/')?;
                Some(self.parent(instance, attribute, levels)?.child(last, own))
            }
        }
    }

    fn named(
        &self,
        instance: &Instance<'d>,
        mapping: &Mapping,
        attributes: &[&'static str],
        between: &[&str],
        own: Part,
        levels: u32,
    ) -> ResourceId {
        let parents = attributes.iter().map(|attribute| self.text(instance, attribute, levels));
        let names = parents.chain(between.iter().map(|name| known(name))).chain([own]).collect();
        let group = self.text(instance, "resource_group_name", levels);
        ResourceId::new(
            Scope::Group { subscription: self.subscription(instance), group },
            mapping.kind,
            names,
        )
    }

    /// The resource whose id an attribute holds or refers to.
    fn parent(&self, instance: &Instance<'d>, name: &str, levels: u32) -> Option<ResourceId> {
        if let Some(id) = instance.attribute(name).and_then(Node::as_str) {
            return identity::parse(&id, self.file);
        }
        match self.referred(instance, name)?.as_slice() {
            [only] => self.id_within(*only, levels),
            _ => None,
        }
    }

    /// The name that an attribute holds; or that of the resource it refers to; or one that is not known.
    fn text(&self, instance: &Instance<'d>, name: &str, levels: u32) -> Part {
        if let Some(text) = instance.attribute(name).and_then(Node::as_str) {
            return known(&text);
        }
        let referred = self.referred(instance, name);
        if let Some([only]) = referred.as_deref()
            && let Some(part) = self.id_within(*only, levels).and_then(|id| id.names().last().cloned())
        {
            return part;
        }
        let Instance { module_address, kind, name: label, index, .. } = instance;
        let index = index.map(|index| format!("[{index}]")).unwrap_or_default();
        let module = if module_address.is_empty() { String::new() } else { format!("{module_address}.") };
        identity::unknown(&format!("{module}{kind}.{label}{index}.{name}"), self.file)
    }

    fn referred(&self, instance: &Instance<'d>, name: &str) -> Option<Vec<usize>> {
        let expression = self.references.expressions(instance)?.get(name)?;
        Some(self.references.targets(expression, instance, &self.instances))
    }

    /// The subscription that the configuration of the provider names.
    fn subscription(&self, instance: &Instance<'d>) -> Part {
        let resource = self.references.configuration(instance);
        let key = resource.and_then(|resource| resource.get("provider_config_key")).and_then(Node::as_str);
        let key = key.unwrap_or_else(|| "azurerm".into());
        let providers = self.document.get("configuration").and_then(|node| node.get("provider_config"));
        let expression =
            providers.and_then(|providers| providers.get(&key)?.get("expressions")?.get("subscription_id"));
        let constant = expression.and_then(|node| node.get("constant_value")).and_then(Node::as_str);
        let variable = || {
            let references = expression?.get("references")?;
            let name = references.elements().next()?.as_str()?;
            self.document.get("variables")?.get(name.strip_prefix("var.")?)?.get("value")?.as_str()
        };
        match constant.or_else(variable) {
            Some(subscription) => known(&subscription),
            None => identity::unknown_subscription(&key, self.file),
        }
    }

    /// By the id of what something hangs on.
    fn find_associations(&self) -> FxHashMap<ResourceId, Vec<Association>> {
        let mut found: FxHashMap<ResourceId, Vec<Association>> = FxHashMap::default();
        for (at, instance) in self.instances.iter().enumerate() {
            let kinds = ASSOCIATIONS.iter().filter(|(kind, ..)| *kind == instance.kind);
            for (_, holder, hanging, path) in kinds {
                let ends =
                    self.parent(instance, holder, DEEPEST).zip(self.parent(instance, hanging, DEEPEST));
                if let Some((holder, hanging)) = ends {
                    let association = Association { path, hanging, instance: at };
                    found.entry(holder).or_default().push(association);
                }
            }
        }
        found
    }
}

/// Whether an attribute of a block is known only after the apply.
pub(super) fn is_unknown(unknown: Option<Node<'_>>, name: &str) -> Option<Span> {
    let node = attribute(unknown?, name)?;
    (node.kind() == NodeKind::Bool(true)).then(|| node.span())
}
