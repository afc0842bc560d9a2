//! `reference()` to the outputs of a sibling deployment: static ones are known before it runs.

use std::rc::Rc;

use drlint_resource::{Data, ResourceId, Value};
use drlint_source::{Node, NodeKind};

use super::resources::{DEPLOYMENTS, resource_id};
use super::{Deployed, Template};
use crate::context::{Context, Looped, Site, Turn};
use crate::expression::{Step, Term, TermKind};
use crate::machine::Machine;

/// A deployment that a template declares.
pub(crate) struct Declared<'d> {
    symbol: Option<String>,
    node: Node<'d>,
}

impl<'d> Machine<'d> {
    /// The value of `reference(x).outputs.y.value` and how many steps that took.
    pub(crate) fn reference_path(
        &self,
        base: &Term,
        steps: &[Step],
        site: Site<'d>,
        context: &Context<'d>,
    ) -> Option<(Value, usize)> {
        let TermKind::Call(call) = &base.kind else { return None };
        if !call.name.eq_ignore_ascii_case("reference") || context.function.is_some() {
            return None;
        }
        let [first, second, third, ..] = steps else { return None };
        if !self.step_name(first, site, context)?.eq_ignore_ascii_case("outputs") {
            return None;
        }
        let target = self.term(call.arguments.first()?, site, context);
        let deployed = self.find_deployment(&target, context)?;
        let output = self.step_name(second, site, context)?;
        if !self.step_name(third, site, context)?.eq_ignore_ascii_case("value") {
            return None;
        }
        Some((self.output(&deployed, &output, site.span())?, 3))
    }

    fn step_name(&self, step: &Step, site: Site<'d>, context: &Context<'d>) -> Option<String> {
        match step {
            Step::Property { name, .. } => Some(name.to_string()),
            Step::Index(term) => self.term(term, site, context).as_str().map(str::to_owned),
        }
    }

    /// The deployment that a symbol, a name or an id names.
    fn find_deployment(&self, target: &Value, context: &Context<'d>) -> Option<Rc<Deployed<'d>>> {
        let template = &context.template;
        let declared = template.declared.get_or_init(|| declared(template));
        let home = Context::of(Rc::clone(template));
        let target_of = Rc::clone(&template.target);
        let around = Deployed::new(template.node, home.clone(), target_of, template.depth, template.supposed);
        let around = Rc::new(around);
        if template.is_symbolic()
            && let Some(text) = target.as_str()
        {
            let (symbol, index) = symbol_and_index(text);
            let found = declared.iter().find(|declared| {
                declared.symbol.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(symbol))
            });
            if let Some(found) = found {
                let context = match (found.node.get("copy"), index) {
                    (Some(copy), Some(index)) => in_copy(&home, copy, index),
                    (Some(_), None) => return None,
                    (None, _) => home,
                };
                return self.deployed(found.node, &context, &around);
            }
        }
        let id = ResourceId::of(target);
        for found in declared {
            let Some(name_node) = found.node.get("name") else { continue };
            let turns = match found.node.get("copy").filter(|copy| copy.kind() == NodeKind::Object) {
                None => vec![home.clone()],
                Some(copy) => {
                    let count = self.notes.suppose(|| self.count(copy, &home)).unwrap_or(0);
                    (0..count).map(|index| in_copy(&home, copy, index)).collect()
                }
            };
            for turn in turns {
                let name = self.notes.suppose(|| self.value(name_node, &turn));
                if !names_it(&name, target, id.as_ref(), template) {
                    continue;
                }
                return self.deployed(found.node, &turn, &around);
            }
        }
        None
    }
}

fn declared<'d>(template: &Template<'d>) -> Vec<Declared<'d>> {
    let Some(resources) = template.node.get("resources") else { return Vec::new() };
    let is_deployment = |node: &Node<'_>| {
        node.get("type").and_then(Node::as_str).is_some_and(|kind| kind.eq_ignore_ascii_case(DEPLOYMENTS))
    };
    match resources.kind() {
        NodeKind::Array => {
            resources.elements().filter(is_deployment).map(|node| Declared { symbol: None, node }).collect()
        }
        _ => resources
            .members()
            .filter(|member| is_deployment(&member.value))
            .map(|member| Declared {
                symbol: member.key.as_str().map(std::borrow::Cow::into_owned),
                node: member.value,
            })
            .collect(),
    }
}

fn in_copy<'d>(home: &Context<'d>, copy: Node<'d>, index: i64) -> Context<'d> {
    let name = copy.get("name").and_then(Node::as_str).unwrap_or_default();
    home.in_loop(name.as_ref().into(), Turn::Known(index), Looped::Resource)
}

/// `loop[1]` names one instance of a loop (docs, `copy-resources.md`).
fn symbol_and_index(text: &str) -> (&str, Option<i64>) {
    let split = text.strip_suffix(']').and_then(|text| text.rsplit_once('['));
    match split.and_then(|(symbol, index)| Some((symbol, index.parse().ok()?))) {
        Some((symbol, index)) => (symbol, Some(index)),
        None => (text, None),
    }
}

/// Whether `target`, a name or an id, names the deployment called `name`.
fn names_it(name: &Value, target: &Value, id: Option<&ResourceId>, template: &Template<'_>) -> bool {
    let Some(id) = id else {
        return match (&name.data, &target.data) {
            (Data::Text(one), Data::Text(two)) => one.eq_ignore_ascii_case(two),
            _ => name == target,
        };
    };
    if !id.is(DEPLOYMENTS) {
        return false;
    }
    let own = resource_id(&template.target, None, DEPLOYMENTS, std::slice::from_ref(name));
    own.local_key() == id.local_key()
}
