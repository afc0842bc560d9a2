//! `reference()` to the outputs of a sibling deployment: static ones are known before it runs.

use std::rc::Rc;

use drlint_resource::{ResourceId, Value};
use drlint_source::Node;
use rustc_hash::FxHashMap;

use super::resources::{DEPLOYMENTS, resource_id};
use super::written::resources_of;
use super::{Deployed, Sections, Template};
use crate::context::{Context, Looped, Site, Turn};
use crate::expression::{Step, Steps, Term};
use crate::machine::Machine;

/// The deployments that a template declares, found by symbol, name or id.
#[derive(Default)]
pub(crate) enum Declared<'d> {
    /// Nobody asked yet.
    #[default]
    New,
    /// Their names are being evaluated: one of them asks for another.
    Busy,
    /// All of them.
    Done(Rc<Table<'d>>),
}

/// The index of [`Declared`].
#[derive(Default)]
pub(crate) struct Table<'d> {
    by_symbol: FxHashMap<String, Node<'d>>,
    /// By what type and name of the id are compared by; of several the first.
    by_name: FxHashMap<String, (Node<'d>, Option<CopyTurn<'d>>)>,
}

/// A turn of a loop: the `copy`, and the index.
type CopyTurn<'d> = (Node<'d>, i64);

impl<'d> Machine<'d> {
    /// The value of `reference(x).outputs.y.value` and the steps behind it.
    pub(crate) fn reference_path<'t>(
        &self,
        base: Term<'_>,
        mut steps: Steps<'t>,
        site: Site<'d>,
        context: &Context<'d>,
    ) -> Option<(Value, Steps<'t>)> {
        let call = base.as_call()?;
        if !call.is("reference") || context.function.is_some() {
            return None;
        }
        let (first, second, third) = (steps.next()?, steps.next()?, steps.next()?);
        if !self.step_name(first, site, context)?.eq_ignore_ascii_case("outputs") {
            return None;
        }
        let target = self.term(call.arguments().next()?, site, context);
        let deployed = self.find_deployment(&target, context)?;
        let output = self.step_name(second, site, context)?;
        if !self.step_name(third, site, context)?.eq_ignore_ascii_case("value") {
            return None;
        }
        Some((self.output(&deployed, &output, site.span())?, steps))
    }

    fn step_name(&self, step: Step<'_>, site: Site<'d>, context: &Context<'d>) -> Option<String> {
        match step {
            Step::Property { name, .. } => Some(name.to_owned()),
            Step::Index(term) => self.term(term, site, context).as_str().map(str::to_owned),
        }
    }

    /// The deployment that a symbol, a name or an id names.
    fn find_deployment(&self, target: &Value, context: &Context<'d>) -> Option<Rc<Deployed<'d>>> {
        let template = &context.template;
        let table = self.declared(template)?;
        let home = Context::of(Rc::clone(template));
        let around = Deployed::new(
            // Nobody asks for what it holds: it is what stands around the one that is looked for.
            &Sections::default(),
            home.clone(),
            Rc::clone(&template.target),
            template.depth,
            template.supposed,
        );
        let around = Rc::new(around);
        if let Some(text) = target.as_str() {
            let (symbol, index) = symbol_and_index(text);
            if let Some(node) = table.by_symbol.get(&symbol.to_lowercase()) {
                let context = match (node.get("copy"), index) {
                    (Some(copy), Some(index)) => in_copy(&home, copy, index),
                    (Some(_), None) => return None,
                    (None, _) => home,
                };
                return self.deployed(*node, &context, &around);
            }
        }
        let key = match ResourceId::of(target) {
            Some(id) => id.local_key(),
            None => name_key(target, template),
        };
        let (node, turn) = table.by_name.get(&key)?;
        self.deployed(*node, &at_turn(&home, *turn), &around)
    }

    /// The template's deployments, their names evaluated once.
    fn declared(&self, template: &Rc<Template<'d>>) -> Option<Rc<Table<'d>>> {
        match &*template.declared.borrow() {
            Declared::Done(table) => return Some(Rc::clone(table)),
            Declared::Busy => return None,
            Declared::New => {}
        }
        template.declared.replace(Declared::Busy);
        let table = Rc::new(self.notes.suppose(|| self.table(template)));
        template.declared.replace(Declared::Done(Rc::clone(&table)));
        Some(table)
    }

    fn table(&self, template: &Rc<Template<'d>>) -> Table<'d> {
        let mut table = Table::default();
        let Some(resources) = template.sections.resources else { return table };
        let resources = resources.value;
        let home = Context::of(Rc::clone(template));
        for member in resources.members() {
            if is_deployment(member.value) {
                let symbol = member.key.as_str().unwrap_or_default().to_lowercase();
                table.by_symbol.insert(symbol, member.value);
            }
        }
        for written in resources_of(resources) {
            let node = written.node;
            let Some(name) = written.name.filter(|_| is_deployment(node)) else { continue };
            let turns = match written.copy {
                None => vec![None],
                Some(copy) => {
                    let count = self.count(copy, &home).unwrap_or(0);
                    (0..count).map(|index| Some((copy, index))).collect()
                }
            };
            for turn in turns {
                let key = name_key(&self.value(name, &at_turn(&home, turn)), template);
                table.by_name.entry(key).or_insert((node, turn));
            }
        }
        table
    }
}

fn is_deployment(node: Node<'_>) -> bool {
    node.get("type").and_then(Node::as_str).is_some_and(|kind| kind.eq_ignore_ascii_case(DEPLOYMENTS))
}

/// What a deployment of this name is found by.
fn name_key(name: &Value, template: &Template<'_>) -> String {
    resource_id(&template.target, None, DEPLOYMENTS, std::slice::from_ref(name)).local_key()
}

fn at_turn<'d>(home: &Context<'d>, turn: Option<CopyTurn<'d>>) -> Context<'d> {
    turn.map_or_else(|| home.clone(), |(copy, index)| in_copy(home, copy, index))
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
