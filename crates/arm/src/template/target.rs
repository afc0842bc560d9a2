//! Where a deployment goes, and what the scope functions say of it.

use std::cell::OnceCell;
use std::sync::Arc;

use drlint_resource::{Data, Key, Object, Reason, Residual, Value};
use drlint_source::Span;

use crate::evaluate;
use crate::recognise::Level;
use crate::text::Composer;
use crate::unknowns::{identity_of, unknown};

/// The scope of one deployment; what nobody gave is unknown, and equal to itself.
pub(crate) struct Target {
    pub(crate) level: Level,
    pub(crate) subscription: Value,
    pub(crate) group: Value,
    pub(crate) management_group: Value,
    pub(crate) tenant: Value,
    /// The location of the resource group.
    pub(crate) group_location: Value,
    /// The location of the deployment itself, above resource groups.
    pub(crate) location: Value,
    pub(crate) name: Value,
    pub(crate) group_object: OnceCell<Value>,
    pub(crate) subscription_object: OnceCell<Value>,
    pub(crate) management_group_object: OnceCell<Value>,
    pub(crate) tenant_object: OnceCell<Value>,
    pub(crate) deployment_object: OnceCell<Value>,
    /// Where the template stands: the place of values that no one wrote.
    pub(crate) span: Span,
}

impl Target {
    /// The target of a root template.
    pub(crate) fn root(given: &evaluate::Target, level: Level, key: &str, span: Span) -> Self {
        let value = |given: &Option<String>, function: &str, name: &str| match given {
            Some(text) => Value::text(text, span),
            None => not_given(function, name, key, span),
        };
        Self {
            level,
            subscription: value(&given.subscription, "subscription", "subscriptionId"),
            group: value(&given.resource_group, "resourceGroup", "name"),
            management_group: value(&given.management_group, "managementGroup", "name"),
            tenant: value(&given.tenant, "tenant", "tenantId"),
            group_location: value(&given.location, "resourceGroup", "location"),
            location: value(&given.location, "deployment", "location"),
            name: value(&given.deployment_name, "deployment", "name"),
            group_object: OnceCell::new(),
            subscription_object: OnceCell::new(),
            management_group_object: OnceCell::new(),
            tenant_object: OnceCell::new(),
            deployment_object: OnceCell::new(),
            span,
        }
    }

    /// The same scope for a deployment of another name.
    pub(crate) fn renamed(&self, name: Value) -> Self {
        Self {
            level: self.level,
            subscription: self.subscription.clone(),
            group: self.group.clone(),
            management_group: self.management_group.clone(),
            tenant: self.tenant.clone(),
            group_location: self.group_location.clone(),
            location: self.location.clone(),
            name,
            group_object: self.group_object.clone(),
            subscription_object: self.subscription_object.clone(),
            management_group_object: self.management_group_object.clone(),
            tenant_object: self.tenant_object.clone(),
            deployment_object: OnceCell::new(),
            span: self.span,
        }
    }

    /// The target of a nested deployment that goes to another subscription.
    pub(crate) fn into_subscription(mut self, subscription: Value) -> Self {
        self.subscription = subscription;
        self.subscription_object = OnceCell::new();
        self.group_object = OnceCell::new();
        self
    }

    /// The target of a nested deployment that goes to another resource group.
    pub(crate) fn into_group(mut self, group: Value) -> Self {
        let same = self.level == Level::Group
            && match (&self.group.data, &group.data) {
                (Data::Text(one), Data::Text(two)) => one.eq_ignore_ascii_case(two),
                _ => self.group == group,
            };
        if !same {
            let identity = identity_of("resourceGroup.location", &[self.subscription.clone(), group.clone()]);
            self.group_location = scope_unknown(
                "resourceGroup",
                "location",
                identity.map(|identity| identity.0.to_string()),
                self.span,
            );
        }
        self.level = Level::Group;
        self.group = group;
        self.group_object = OnceCell::new();
        self
    }

    /// `resourceGroup()`
    pub(crate) fn resource_group(&self) -> Value {
        let make = || {
            let parts = [
                ("id", self.group_id()),
                ("name", self.group.clone()),
                ("type", self.known("Microsoft.Resources/resourceGroups")),
                ("location", self.group_location.clone()),
                ("tags", self.part("resourceGroup", "tags", &[&self.subscription, &self.group])),
                ("managedBy", self.part("resourceGroup", "managedBy", &[&self.subscription, &self.group])),
                ("properties", self.object(vec![("provisioningState", self.known("Succeeded"))])),
            ];
            self.object(parts.into())
        };
        self.group_object.get_or_init(make).clone()
    }

    /// `subscription()`
    pub(crate) fn subscription(&self) -> Value {
        let make = || {
            let name = self.part("subscription", "displayName", &[&self.subscription]);
            self.object(vec![
                ("id", self.subscription_id()),
                ("subscriptionId", self.subscription.clone()),
                ("tenantId", self.tenant.clone()),
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
                ("name", self.management_group.clone()),
                ("type", self.known("/providers/Microsoft.Management/managementGroups")),
                ("properties", self.part("managementGroup", "properties", &[&self.management_group])),
            ])
        };
        self.management_group_object.get_or_init(make).clone()
    }

    /// `tenant()`
    pub(crate) fn tenant(&self) -> Value {
        let make = || {
            self.object(vec![
                ("id", self.known("/")),
                ("tenantId", self.tenant.clone()),
                ("displayName", self.part("tenant", "displayName", &[&self.tenant])),
                ("countryCode", self.part("tenant", "countryCode", &[&self.tenant])),
            ])
        };
        self.tenant_object.get_or_init(make).clone()
    }

    /// `deployment()`
    pub(crate) fn deployment(&self) -> Value {
        let make = || {
            let properties = self.part("deployment", "properties", &[&self.name]);
            self.object(vec![
                ("name", self.name.clone()),
                ("location", self.location.clone()),
                ("properties", properties),
            ])
        };
        self.deployment_object.get_or_init(make).clone()
    }

    /// `/subscriptions/x`
    pub(crate) fn subscription_id(&self) -> Value {
        let mut id = Composer::default();
        id.push("/subscriptions/");
        push(&mut id, &self.subscription);
        id.finish(self.span, || property("subscription", "id"))
    }

    /// `/subscriptions/x/resourceGroups/y`
    pub(crate) fn group_id(&self) -> Value {
        let mut id = Composer::default();
        id.push("/subscriptions/");
        push(&mut id, &self.subscription);
        id.push("/resourceGroups/");
        push(&mut id, &self.group);
        id.finish(self.span, || property("resourceGroup", "id"))
    }

    /// `/providers/Microsoft.Management/managementGroups/x`
    pub(crate) fn management_group_id(&self) -> Value {
        let mut id = Composer::default();
        id.push("/providers/Microsoft.Management/managementGroups/");
        push(&mut id, &self.management_group);
        id.finish(self.span, || property("managementGroup", "id"))
    }

    fn known(&self, text: &str) -> Value {
        Value::text(text, self.span)
    }

    fn part(&self, function: &str, name: &str, of: &[&Value]) -> Value {
        let of: Vec<Value> = of.iter().copied().cloned().collect();
        let identity = identity_of(&format!("{function}.{name}"), &of);
        scope_unknown(function, name, identity.map(|identity| identity.0.to_string()), self.span)
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

fn property(function: &str, name: &str) -> Arc<Residual> {
    let base = Arc::new(Residual::call(function, Vec::new()));
    Arc::new(Residual::Property { base, name: name.into() })
}

fn not_given(function: &str, name: &str, key: &str, span: Span) -> Value {
    scope_unknown(function, name, Some(format!("{key}:{function}.{name}")), span)
}

fn scope_unknown(function: &str, name: &str, identity: Option<String>, span: Span) -> Value {
    let residual =
        Residual::Property { base: Arc::new(Residual::call(function, Vec::new())), name: name.into() };
    let reason = Reason::ScopeNotGiven(format!("{function}().{name}").into());
    unknown(reason, residual, identity, span)
}
