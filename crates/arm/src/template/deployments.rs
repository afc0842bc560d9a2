//! Nested and linked deployments.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use drlint_resource::{Data, Unknown, Value};
use drlint_source::{Document, Node, NodeKind};
use rustc_hash::FxHashMap;

use super::names::Names;
use super::resources::{Walk, level_of};
use super::slots::{self, Slot};
use super::{Sections, Source, Target, Template};
use crate::budget::LIMITS;
use crate::context::Context;
use crate::identity::DeploymentKey;
use crate::machine::Machine;
use crate::recognise::Level;

/// A template at its target: what is deployed, and where its expressions are evaluated.
pub(crate) struct Deployed<'d> {
    pub(super) resources: Option<Node<'d>>,
    /// Its own scope (root, inner, linked), or that of the template around it (outer).
    pub(crate) context: Context<'d>,
    pub(crate) target: Rc<Target>,
    pub(super) outputs: Names<'d>,
    pub(super) output_slots: Vec<Slot>,
    /// Whether it is not known that it is deployed at all.
    pub(super) supposed: bool,
    depth: u32,
}

/// The nested deployments made so far: by the template they stand in, where, and the turns of the loops around them.
///
/// The machine holds them. A deployment refers to the template around it: held there, neither would ever be freed.
pub(crate) type Made<'d> = RefCell<FxHashMap<(DeploymentKey, u32, Vec<i64>), Rc<Deployed<'d>>>>;

impl<'d> Deployed<'d> {
    pub(crate) fn new(
        sections: &Sections<'d>,
        context: Context<'d>,
        target: Rc<Target>,
        depth: u32,
        supposed: bool,
    ) -> Self {
        let outputs = Names::of(sections.outputs.map(|member| member.value));
        let resources = sections.resources.map(|member| member.value);
        let output_slots = slots::make(outputs.len());
        Self { resources, context, target, outputs, output_slots, supposed, depth }
    }
}

impl<'d> Machine<'d> {
    /// What a resource of type `Microsoft.Resources/deployments` deploys.
    pub(super) fn nested(
        &self,
        node: Node<'d>,
        context: &Context<'d>,
        around: &Rc<Deployed<'d>>,
        condition: Option<&Arc<Unknown>>,
        walk: &mut Walk,
    ) {
        let Some(deployed) = self.deployed(node, context, around) else { return };
        let Some(_frame) = self.frame() else { return };
        self.deploy(&deployed, condition, walk);
        if !Rc::ptr_eq(&deployed.context.template, &context.template) {
            self.unused_parameters(&deployed.context.template);
            self.unused_variables(&deployed.context.template);
        }
        self.all_outputs(&deployed);
    }

    /// The deployment that `node` makes in `context`, made once.
    pub(super) fn deployed(
        &self,
        node: Node<'d>,
        context: &Context<'d>,
        around: &Rc<Deployed<'d>>,
    ) -> Option<Rc<Deployed<'d>>> {
        let key = (context.template.key, node.span().start, context.turns());
        if let Some(made) = self.made.borrow().get(&key) {
            return Some(Rc::clone(made));
        }
        let made = Rc::new(self.make(node, context, around)?);
        self.made.borrow_mut().insert(key, Rc::clone(&made));
        Some(made)
    }

    fn make(&self, node: Node<'d>, context: &Context<'d>, around: &Rc<Deployed<'d>>) -> Option<Deployed<'d>> {
        let depth = around.depth + 1;
        if depth > LIMITS.deployment_depth {
            let message =
                format!("deployments are nested deeper than the {} levels allowed", LIMITS.deployment_depth);
            self.notes.limit(node.span(), message);
            return None;
        }
        if let Err(breach) = self.meter.deployment() {
            self.broken_at(breach, node);
            return None;
        }
        let properties = node.get("properties")?;
        let conditional = self.notes.suppose(|| self.condition(node.get("condition"), context));
        let supposed = around.supposed || !matches!(conditional, Ok(None));
        let name = node.get("name").map(|name| self.value(name, context));
        if let Some(template) = properties.get("template").filter(|node| node.kind() == NodeKind::Object) {
            let level = level_of(template, around.target.level);
            let target = Rc::new(self.target(node, context, &around.target, level, name));
            if !is_inner(properties) {
                return Some(Deployed::new(
                    &Sections::of(template),
                    context.clone(),
                    target,
                    depth,
                    supposed,
                ));
            }
            let document = context.template.document;
            return Some(self.inner(document, template, node, properties, context, target, depth, supposed));
        }
        let link = properties.get("templateLink")?;
        let document = self.linked(link, context)?;
        self.check_link(link, properties, document);
        let level = level_of(document.root(), around.target.level);
        let target = Rc::new(self.target(node, context, &around.target, level, name));
        Some(self.inner(document, document.root(), node, properties, context, target, depth, supposed))
    }

    #[expect(clippy::too_many_arguments, reason = "one deployment's parts, gathered by its only caller")]
    fn inner(
        &self,
        document: &'d Document,
        template: Node<'d>,
        node: Node<'d>,
        properties: Node<'d>,
        context: &Context<'d>,
        target: Rc<Target>,
        depth: u32,
        supposed: bool,
    ) -> Deployed<'d> {
        let given = match properties.get("parameters") {
            Some(parameters) if parameters.kind() == NodeKind::Object => {
                vec![Source::Nested(parameters, context.clone())]
            }
            Some(parameters) => vec![Source::Computed(self.value(parameters, context))],
            None => Vec::new(),
        };
        let around = &context.template;
        let key = DeploymentKey::of((around.key, node.span().start, context.turns()));
        let mut inner = Template::new(document, template, Rc::clone(&target), key, given);
        inner.depth = depth;
        inner.supposed = supposed;
        inner.repeated = around.repeated || context.loops.is_some();
        inner.files.clone_from(&around.files);
        if document.file != around.document.file {
            inner.files.push(document.root());
        }
        let sections = inner.sections;
        let deployed = Deployed::new(&sections, Context::of(Rc::new(inner)), target, depth, supposed);
        self.check_counts(&deployed);
        deployed
    }

    /// Where a nested deployment goes.
    fn target(
        &self,
        node: Node<'d>,
        context: &Context<'d>,
        around: &Rc<Target>,
        level: Level,
        name: Option<Value>,
    ) -> Target {
        let name = name.unwrap_or_else(|| Value::new(Data::Null, node.span()));
        let mut target = around.renamed(name);
        let value = |member: &str| node.get(member).map(|member| self.value(member, context));
        if let Some(subscription) = value("subscriptionId") {
            target = target.into_subscription(subscription);
        }
        if let Some(location) = value("location") {
            target = target.at_location(location);
        }
        target = match value("resourceGroup") {
            Some(group) => target.into_group(group),
            None => {
                target.level = level;
                target
            }
        };
        if let Some(scope) = value("scope") {
            target = scoped(target, &scope);
        }
        target
    }
}

/// `expressionEvaluationOptions.scope` is outer unless it says inner (docs, `linked-templates.md`).
fn is_inner(properties: Node<'_>) -> bool {
    properties
        .get("expressionEvaluationOptions")
        .and_then(|options| options.get("scope"))
        .and_then(Node::as_str)
        .is_some_and(|scope| scope.eq_ignore_ascii_case("inner"))
}

/// The target that `scope` names: a management group, a subscription, a resource group, or the tenant.
fn scoped(mut target: Target, scope: &Value) -> Target {
    let segments = crate::functions::ids::split_segments(scope);
    let texts: Vec<Option<&str>> = segments.iter().map(Value::as_str).collect();
    let is = |at: usize, word: &str| {
        texts.get(at).copied().flatten().is_some_and(|text| text.eq_ignore_ascii_case(word))
    };
    match segments.as_slice() {
        [] => target.level = Level::Tenant,
        [_, _, group] | [_, _, _, group] if (0..segments.len() - 1).any(|at| is(at, "managementGroups")) => {
            target = target.into_management_group(group.clone());
        }
        [_, subscription] if is(0, "subscriptions") => {
            target = target.into_subscription(subscription.clone());
            target.level = Level::Subscription;
        }
        [_, subscription, _, group] if is(0, "subscriptions") && is(2, "resourceGroups") => {
            let (subscription, group) = (subscription.clone(), group.clone());
            target = target.into_subscription(subscription).into_group(group);
        }
        _ => {}
    }
    target
}
