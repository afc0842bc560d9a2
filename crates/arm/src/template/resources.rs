//! The resources of a deployment: conditions, loops, bodies, ids.

use std::rc::Rc;
use std::sync::Arc;

use drlint_resource::{
    Data, Input, Key, Note, NoteKind, Object, Part, Reason, Residual, Resource, ResourceId, Transport,
    Unknown, Value,
};
use drlint_source::{Node, NodeKind};

use super::children::{Parent, child_name};
use super::written::{Says, Written, resources_of};
use super::{Deployed, Target, carry};
use crate::budget::LIMITS;
use crate::context::{Context, Looped, Turn};
use crate::functions::ids;
use crate::machine::Machine;
use crate::recognise::Level;
use crate::text::Composer;

pub(crate) const DEPLOYMENTS: &str = "Microsoft.Resources/deployments";
const RESOURCE_GROUPS: &str = "Microsoft.Resources/resourceGroups";

/// What a walk through a deployment has found so far.
#[derive(Default)]
pub(crate) struct Walk {
    /// Those that are wanted.
    pub(crate) resources: Vec<Resource>,
    /// How many there are in all.
    pub(crate) count: usize,
}

/// A resource that is being looked at, and what is around it.
pub(super) struct Visit<'c, 'd> {
    pub(super) written: Written<'d>,
    pub(super) deployed: &'c Rc<Deployed<'d>>,
    pub(super) parent: Option<&'c Parent>,
    /// Why it is not known whether what is around it is deployed.
    pub(super) condition: Option<&'c Arc<Unknown>>,
    pub(super) depth: u32,
}

impl<'d> Machine<'d> {
    /// All resources of a deployment: those without a loop first, then the copies, as the engine has them.
    pub(crate) fn deploy(
        &self,
        deployed: &Rc<Deployed<'d>>,
        condition: Option<&Arc<Unknown>>,
        walk: &mut Walk,
    ) {
        let Some(resources) = deployed.resources else { return };
        let before = walk.count;
        let visit = |written| Visit { written, deployed, parent: None, condition, depth: 0 };
        let mut loops = Vec::new();
        for written in resources_of(resources) {
            if written.copy.is_some() {
                loops.push(written);
                continue;
            }
            self.resource(&visit(written), &deployed.context, walk);
            if self.meter.broken().is_some() {
                return;
            }
        }
        for written in loops {
            self.resource(&visit(written), &deployed.context, walk);
            if self.meter.broken().is_some() {
                return;
            }
        }
        let made = walk.count - before;
        if made > LIMITS.template_resources {
            let message = format!(
                "the template deploys {made} resources, more than the {} Azure allows",
                LIMITS.template_resources
            );
            self.notes.add(Note::new(NoteKind::Refused, resources.span(), message));
        }
    }

    /// One resource as written, with its loop.
    pub(super) fn resource(&self, visit: &Visit<'_, 'd>, context: &Context<'d>, walk: &mut Walk) {
        if visit.written.node.kind() != NodeKind::Object || visit.written.is_existing {
            return;
        }
        let Some(copy) = visit.written.copy else {
            return self.turn(visit, context, None, walk);
        };
        let name: Rc<str> = copy.get("name").and_then(Node::as_str).unwrap_or_default().as_ref().into();
        match self.count(copy, context) {
            Ok(count) => {
                for index in 0..count {
                    let turn = context.in_loop(Rc::clone(&name), Turn::Known(index), Looped::Resource);
                    self.turn(visit, &turn, Some(copy), walk);
                    if self.meter.broken().is_some() {
                        return;
                    }
                }
            }
            Err(value) => {
                let Some(cause) = value.as_unknown() else { return };
                let turn = context.in_loop(name, Turn::Any(Arc::clone(cause)), Looped::Resource);
                let visit = Visit { condition: Some(visit.condition.unwrap_or(cause)), ..*visit };
                self.turn(&visit, &turn, Some(copy), walk);
            }
        }
    }

    /// One turn of its loop, or the resource itself.
    fn turn(&self, visit: &Visit<'_, 'd>, context: &Context<'d>, copy: Option<Node<'d>>, walk: &mut Walk) {
        let own = match self.condition(visit.written.condition, context) {
            Ok(own) => own,
            // Children are deployed by conditions of their own (docs, `conditional-resource-deployment.md`).
            Err(NotDeployed) => return self.children_of_absent(visit, context, walk),
        };
        let condition = visit.condition.or(own.as_ref());
        if condition.is_some() {
            // Nobody knows whether Azure evaluates it: what it would refuse is not said.
            self.notes.suppose(|| self.taken(visit, context, condition, copy, walk));
        } else {
            self.taken(visit, context, None, copy, walk);
        }
    }

    /// A resource that is deployed, as far as one can know.
    fn taken(
        &self,
        visit: &Visit<'_, 'd>,
        context: &Context<'d>,
        condition: Option<&Arc<Unknown>>,
        copy: Option<Node<'d>>,
        walk: &mut Walk,
    ) {
        let node = visit.written.node;
        let Some((kind, written)) = self.kind(visit, context) else { return };
        if kind.eq_ignore_ascii_case(DEPLOYMENTS) {
            return self.nested(node, context, visit.deployed, condition, walk);
        }
        let Some(name_node) = visit.written.name else {
            if node.get("import").is_none() && node.get("extension").is_none() {
                self.notes.refused(written.span(), "the resource has no `name`");
            }
            return;
        };
        let mut name = self.value(name_node, context);
        if let Some(copy) = copy
            && let Some(Turn::Known(index)) = context.loops.as_ref().map(|turn| &turn.index)
        {
            let index = u32::try_from(*index).unwrap_or(u32::MAX);
            name = carry(name, copy.span(), &Transport::Copy(index));
        }
        let name = child_name(visit.parent, name);
        if let Err(breach) = self.meter.resource() {
            self.broken_at(breach, node);
            return;
        }
        let levels = ids::levels(&kind);
        if !ids::may_have_segments(&name, levels) {
            let name = name.as_str().unwrap_or_default();
            let message = format!("`{name}` has not the {levels} segments of the name of a `{kind}`");
            self.notes.refused(name_node.span(), message);
            return;
        }
        walk.count += 1;
        if self.is_wanted(&kind, node) {
            let kind = Value::new(Data::Text(Arc::clone(&kind)), written.span());
            walk.resources.push(self.deployed_resource(visit, context, condition, &kind, &name, name_node));
        } else {
            self.unwanted_resource(visit, context);
        }
        if let Some(children) = visit.written.resources {
            let parent = Parent { kind, name };
            self.children(children, visit, &parent, condition, context, walk);
        }
    }

    fn deployed_resource(
        &self,
        visit: &Visit<'_, 'd>,
        context: &Context<'d>,
        condition: Option<&Arc<Unknown>>,
        kind: &Value,
        name: &Value,
        name_node: Node<'d>,
    ) -> Resource {
        let scope = visit.written.scope.map(|scope| self.value(scope, context));
        let kind_text = kind.as_str().unwrap_or_default();
        let segments = ids::name_segments(name, ids::levels(kind_text));
        let id = resource_id(&visit.deployed.target, scope.as_ref(), kind_text, &segments);
        let body = self.body(visit, context, kind, name);
        let place = if name.as_unknown().is_some() { name_node.span() } else { name.origin.of_name().span };
        Resource {
            id,
            body,
            place,
            // What a resource at which the file ends would have said is no default.
            condition: condition.cloned().or_else(|| Unknown::cut(visit.written.node).map(Arc::new)),
            input: Input::Template(Arc::clone(&self.deployment)),
        }
    }

    /// Whether somebody asked for the resource. What is on another resource shows its type in its id only.
    fn is_wanted(&self, kind: &str, node: Node<'d>) -> bool {
        (self.wanted)(kind, node) || kind.contains("/providers/")
    }

    /// A resource that nobody asked for: only what is wrong in it is said.
    fn unwanted_resource(&self, visit: &Visit<'_, 'd>, context: &Context<'d>) {
        if let Some(scope) = visit.written.scope {
            self.value(scope, context);
        }
        for member in visit.written.node.members() {
            if Says::of(&member) == Says::Body {
                self.examine_member(member, context);
            }
        }
    }

    fn body(&self, visit: &Visit<'_, 'd>, context: &Context<'d>, kind: &Value, name: &Value) -> Value {
        let node = visit.written.node;
        let mut members = Vec::with_capacity(node.members().count());
        for member in node.members() {
            let replaced = match Says::of(&member) {
                Says::Type => Some(kind.clone()),
                Says::Name => Some(name.clone()),
                Says::Body => None,
                _ => continue,
            };
            match replaced {
                Some(value) => {
                    let name = member.key.as_str().unwrap_or_default().into();
                    members.push((Key { name, span: member.key.span() }, value));
                }
                None => self.member(member, context, &mut members),
            }
        }
        Value::new(Data::Object(Arc::new(Object::new(members))), node.span())
    }

    /// The full type, and the node that writes it.
    fn kind(&self, visit: &Visit<'_, 'd>, context: &Context<'d>) -> Option<(Arc<str>, Node<'d>)> {
        let Some(written) = visit.written.kind else {
            self.notes.refused(visit.written.node.span(), "the resource has no `type`");
            return None;
        };
        let value = self.value(written, context);
        let own = match &value.data {
            Data::Text(text) if !text.starts_with('/') && !text.ends_with('/') => Arc::clone(text),
            Data::Text(text) => text.trim_matches('/').into(),
            Data::Unknown(unknown) => format!("[{}]", unknown.residual).into(),
            _ => return None,
        };
        let full = match visit.parent {
            Some(parent) => parent.child_kind(&own).into(),
            None => own,
        };
        Some((full, written))
    }

    /// `None` if it is deployed; why it is not known, if it is not.
    pub(super) fn condition(
        &self,
        condition: Option<Node<'d>>,
        context: &Context<'d>,
    ) -> Result<Option<Arc<Unknown>>, NotDeployed> {
        let Some(condition) = condition else { return Ok(None) };
        let value = self.value(condition, context);
        if let Data::Unknown(unknown) = &value.data {
            return Ok(Some(Arc::clone(unknown)));
        }
        match value.as_bool() {
            Some(true) => Ok(None),
            Some(false) => Err(NotDeployed),
            None => {
                let message = "`condition` is neither true nor false";
                self.notes.refused(condition.span(), message);
                let reason = Reason::Refused(message.into());
                Ok(Some(Arc::new(Unknown::new(reason, condition.span(), Residual::Nothing))))
            }
        }
    }
}

/// A condition says that the resource is not deployed.
pub(super) struct NotDeployed;

/// The id of a resource of `target`, or of `scope` where the resource names one.
pub(super) fn resource_id(target: &Target, scope: Option<&Value>, kind: &str, names: &[Value]) -> ResourceId {
    if let Some(id) = id_in_group(target, scope, kind, names) {
        return id;
    }
    let span = target.span;
    let mut id = Composer::for_id();
    match scope {
        _ if kind.eq_ignore_ascii_case(RESOURCE_GROUPS) => ids::push_subscription(&mut id, target),
        Some(scope) => match scope.as_str() {
            Some(text) if text.starts_with('/') => id.push(text.trim_end_matches('/')),
            Some(text) => {
                ids::push_scope(&mut id, target);
                id.push("/providers/");
                id.push(text.trim_end_matches('/'));
            }
            None => ids::push_value(&mut id, scope),
        },
        None => ids::push_scope(&mut id, target),
    }
    ids::push_typed(&mut id, kind, names);
    let value = id.finish(span, || Residual::Nothing);
    ResourceId::of(&value).unwrap_or_else(|| ids::unplaced(kind, names))
}

/// The id of most resources, without spelling it out first.
fn id_in_group(target: &Target, scope: Option<&Value>, kind: &str, names: &[Value]) -> Option<ResourceId> {
    let is_plain = |segment: &str| !segment.is_empty() && !segment.eq_ignore_ascii_case("providers");
    let is_placed = scope.is_none() && !kind.eq_ignore_ascii_case(RESOURCE_GROUPS);
    if !is_placed || kind.starts_with('[') || kind.trim() != kind || !kind.split('/').all(is_plain) {
        return None;
    }
    if names.is_empty() || ids::levels(kind) != names.len() {
        return None;
    }
    let is_name = |name: &Value| name.as_str().is_none_or(|text| !text.is_empty() && text.trim() == text);
    let parts = names.iter().map(|name| Part::of(name).filter(|_| is_name(name)));
    target.id_in_group(kind, parts.collect::<Option<_>>()?)
}

/// Whether a template deploys into resource groups unless it says otherwise.
pub(super) fn level_of(template: Node<'_>, otherwise: Level) -> Level {
    crate::recognise::level(template).unwrap_or(otherwise)
}
