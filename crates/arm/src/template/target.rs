//! Where a deployment goes, and what the scope functions say of it.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use drlint_resource::{Data, Identity, Key, Object, Part, Reason, Residual, ResourceId, Scope, Value};
use drlint_source::Span;

use crate::evaluate;
use crate::identity::identity_of;
use crate::recognise::Level;
use crate::text::Composer;
use crate::unknowns::unknown;

/// The scope of one deployment; what nobody gave is unknown, and equal to itself.
///
/// Its parts are made when they are asked for: most templates ask for few of them.
#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) level: Level,
    /// What tells the root deployment from all others of a run.
    key: Rc<str>,
    subscription: OnceCell<Value>,
    group: OnceCell<Value>,
    management_group: OnceCell<Value>,
    tenant: OnceCell<Value>,
    group_location: OnceCell<Value>,
    location: OnceCell<Value>,
    name: OnceCell<Value>,
    group_object: OnceCell<Value>,
    subscription_object: OnceCell<Value>,
    management_group_object: OnceCell<Value>,
    tenant_object: OnceCell<Value>,
    deployment_object: OnceCell<Value>,
    /// The last id of a resource of the group: the next one shares its scope, and often its type.
    last_id: RefCell<Option<ResourceId>>,
    /// Where the template stands: the place of values that no one wrote.
    pub(crate) span: Span,
}

impl Target {
    /// The target of a root template.
    pub(crate) fn root(given: &evaluate::Target, level: Level, key: Rc<str>, span: Span) -> Self {
        let value = |given: &Option<String>| match given {
            Some(text) => Value::text(text, span).into(),
            None => OnceCell::new(),
        };
        Self {
            level,
            key,
            subscription: value(&given.subscription),
            group: value(&given.resource_group),
            management_group: value(&given.management_group),
            tenant: value(&given.tenant),
            group_location: value(&given.location),
            location: value(&given.location),
            name: value(&given.deployment_name),
            group_object: OnceCell::new(),
            subscription_object: OnceCell::new(),
            management_group_object: OnceCell::new(),
            tenant_object: OnceCell::new(),
            deployment_object: OnceCell::new(),
            last_id: RefCell::default(),
            span,
        }
    }

    /// The id of the subscription alone.
    pub(crate) fn subscription_name(&self) -> &Value {
        self.part_or(&self.subscription, "subscription().subscriptionId")
    }

    /// The name of the resource group.
    pub(crate) fn group_name(&self) -> &Value {
        self.part_or(&self.group, "resourceGroup().name")
    }

    /// The name of the management group.
    pub(crate) fn management_group_name(&self) -> &Value {
        self.part_or(&self.management_group, "managementGroup().name")
    }

    fn tenant_name(&self) -> &Value {
        self.part_or(&self.tenant, "tenant().tenantId")
    }

    /// The location of the resource group.
    fn group_location(&self) -> &Value {
        self.part_or(&self.group_location, "resourceGroup().location")
    }

    /// The location of the deployment itself, above resource groups.
    fn location(&self) -> &Value {
        self.part_or(&self.location, "deployment().location")
    }

    fn name(&self) -> &Value {
        self.part_or(&self.name, "deployment().name")
    }

    /// A part of the scope, unknown if nobody gave it.
    fn part_or<'t>(&self, part: &'t OnceCell<Value>, what: &'static str) -> &'t Value {
        part.get_or_init(|| {
            let (function, name) = function_and_name(what);
            // Spelt out, so that ids of scopes that nobody gave keep the order of their files.
            let identity = Identity::Named([&*self.key, ":", function, ".", name].concat().into());
            scope_unknown(what, Some(identity), self.span)
        })
    }

    /// The same scope for a deployment of another name.
    pub(crate) fn renamed(&self, name: Value) -> Self {
        Self { name: name.into(), deployment_object: OnceCell::new(), ..self.clone() }
    }

    /// The target of a nested deployment that has a location of its own.
    pub(crate) fn at_location(mut self, location: Value) -> Self {
        self.location = location.into();
        self
    }

    /// The target of a nested deployment that goes to another management group.
    pub(crate) fn into_management_group(mut self, group: Value) -> Self {
        self.level = Level::ManagementGroup;
        self.management_group = group.into();
        self.management_group_object = OnceCell::new();
        self
    }

    /// The target of a nested deployment that goes to another subscription.
    pub(crate) fn into_subscription(mut self, subscription: Value) -> Self {
        self.subscription = subscription.into();
        self.subscription_object = OnceCell::new();
        self.group_object = OnceCell::new();
        self.last_id = RefCell::default();
        self
    }

    /// The target of a nested deployment that goes to another resource group.
    pub(crate) fn into_group(mut self, group: Value) -> Self {
        let same = self.level == Level::Group
            && match (&self.group_name().data, &group.data) {
                (Data::Text(one), Data::Text(two)) => one.eq_ignore_ascii_case(two),
                _ => *self.group_name() == group,
            };
        if !same {
            let identity =
                identity_of("resourceGroup.location", &[self.subscription_name().clone(), group.clone()]);
            self.group_location = scope_unknown("resourceGroup().location", identity, self.span).into();
        }
        self.level = Level::Group;
        self.group = group.into();
        self.group_object = OnceCell::new();
        self.last_id = RefCell::default();
        self
    }

    /// The id of a resource of the group; `None` elsewhere, and where the group's names are no names.
    pub(crate) fn id_in_group(&self, kind: &str, names: Vec<Part>) -> Option<ResourceId> {
        (self.level == Level::Group).then_some(())?;
        let mut last = self.last_id.borrow_mut();
        let id = match &*last {
            Some(last) if last.kind() == kind => last.beside(names),
            Some(last) => ResourceId::new(last.scope().clone(), kind, names),
            None => {
                let subscription = Part::of(self.subscription_name())?;
                let scope = Scope::Group { subscription, group: Part::of(self.group_name())? };
                ResourceId::new(scope, kind, names)
            }
        };
        *last = Some(id.clone());
        Some(id)
    }

    /// The part that most expressions ask a scope function for, without making the others.
    pub(crate) fn usual_part(&self, function: &str, name: &str) -> Option<&Value> {
        let is = |own: &str| name.eq_ignore_ascii_case(own);
        match function {
            "resourceGroup" if is("location") => Some(self.group_location()),
            "resourceGroup" if is("name") => Some(self.group_name()),
            "subscription" if is("subscriptionId") => Some(self.subscription_name()),
            "subscription" | "tenant" if is("tenantId") => Some(self.tenant_name()),
            "deployment" if is("name") => Some(self.name()),
            _ => None,
        }
    }

    /// `resourceGroup()`
    pub(crate) fn resource_group(&self) -> Value {
        let make = || {
            let parts = [
                ("id", self.group_id()),
                ("name", self.group_name().clone()),
                ("type", self.known("Microsoft.Resources/resourceGroups")),
                ("location", self.group_location().clone()),
                ("tags", self.part("resourceGroup().tags", &[self.subscription_name(), self.group_name()])),
                (
                    "managedBy",
                    self.part("resourceGroup().managedBy", &[self.subscription_name(), self.group_name()]),
                ),
                ("properties", self.object(vec![("provisioningState", self.known("Succeeded"))])),
            ];
            self.object(parts.into())
        };
        self.group_object.get_or_init(make).clone()
    }

    /// `subscription()`
    pub(crate) fn subscription(&self) -> Value {
        let make = || {
            let name = self.part("subscription().displayName", &[self.subscription_name()]);
            self.object(vec![
                ("id", self.subscription_id()),
                ("subscriptionId", self.subscription_name().clone()),
                ("tenantId", self.tenant_name().clone()),
                ("displayName", name),
            ])
        };
        self.subscription_object.get_or_init(make).clone()
    }

    /// `managementGroup()`
    pub(crate) fn management_group(&self) -> Value {
        let make = || {
            self.object(vec![
                ("id", self.management_group_id()),
                ("name", self.management_group_name().clone()),
                ("type", self.known("/providers/Microsoft.Management/managementGroups")),
                ("properties", self.part("managementGroup().properties", &[self.management_group_name()])),
            ])
        };
        self.management_group_object.get_or_init(make).clone()
    }

    /// `tenant()`
    pub(crate) fn tenant(&self) -> Value {
        let make = || {
            self.object(vec![
                ("id", self.known("/")),
                ("tenantId", self.tenant_name().clone()),
                ("displayName", self.part("tenant().displayName", &[self.tenant_name()])),
                ("countryCode", self.part("tenant().countryCode", &[self.tenant_name()])),
            ])
        };
        self.tenant_object.get_or_init(make).clone()
    }

    /// `deployment()`
    pub(crate) fn deployment(&self) -> Value {
        let make = || {
            let properties = self.part("deployment().properties", &[self.name()]);
            self.object(vec![
                ("name", self.name().clone()),
                ("location", self.location().clone()),
                ("properties", properties),
            ])
        };
        self.deployment_object.get_or_init(make).clone()
    }

    /// `/subscriptions/x`
    pub(crate) fn subscription_id(&self) -> Value {
        let mut id = Composer::for_id();
        id.push("/subscriptions/");
        push(&mut id, self.subscription_name());
        id.finish(self.span, || Residual::Scope("subscription().id"))
    }

    /// `/subscriptions/x/resourceGroups/y`
    pub(crate) fn group_id(&self) -> Value {
        let mut id = Composer::for_id();
        id.push("/subscriptions/");
        push(&mut id, self.subscription_name());
        id.push("/resourceGroups/");
        push(&mut id, self.group_name());
        id.finish(self.span, || Residual::Scope("resourceGroup().id"))
    }

    /// `/providers/Microsoft.Management/managementGroups/x`
    pub(crate) fn management_group_id(&self) -> Value {
        let mut id = Composer::for_id();
        id.push("/providers/Microsoft.Management/managementGroups/");
        push(&mut id, self.management_group_name());
        id.finish(self.span, || Residual::Scope("managementGroup().id"))
    }

    fn known(&self, text: &str) -> Value {
        Value::text(text, self.span)
    }

    fn part(&self, what: &'static str, of: &[&Value]) -> Value {
        let of: Vec<Value> = of.iter().copied().cloned().collect();
        let (function, name) = function_and_name(what);
        let identity = identity_of(&[function, ".", name].concat(), &of);
        scope_unknown(what, identity, self.span)
    }

    fn object(&self, parts: Vec<(&str, Value)>) -> Value {
        let span = self.span;
        let members = parts.into_iter().map(|(name, value)| (Key { name: name.into(), span }, value));
        Value::new(Data::Object(Arc::new(Object::new(members.collect()))), span)
    }
}

fn push(composer: &mut Composer, value: &Value) {
    match &value.data {
        Data::Unknown(unknown) => composer.push_unknown(unknown),
        _ => composer.push(value.as_str().unwrap_or_default()),
    }
}

fn function_and_name(what: &'static str) -> (&'static str, &'static str) {
    let (function, rest) = what.split_once('(').unwrap_or((what, ""));
    (function, rest.strip_prefix(").").unwrap_or(rest))
}

fn scope_unknown(what: &'static str, identity: Option<Identity>, span: Span) -> Value {
    unknown(Reason::ScopeNotGiven(what.into()), Residual::Scope(what), identity, span)
}
