//! A template with its parameters: what its names mean, and what it deploys.

mod carry;
mod checks;
mod children;
mod copies;
mod declaration;
mod deployments;
mod links;
mod names;
mod outputs;
mod parameters;
mod references;
mod resources;
mod sections;
mod silent;
mod slots;
mod target;
mod user_functions;
mod variables;
mod written;

use std::cell::RefCell;
use std::rc::Rc;

use drlint_source::{Document, Member, Node};

use crate::identity::DeploymentKey;

pub(crate) use carry::{carry, step};
pub(crate) use deployments::{Deployed, Made};
pub(crate) use parameters::Source;
pub(crate) use resources::Walk;
pub(crate) use sections::Sections;
pub(crate) use target::Target;

use names::Names;
use references::Declared;
use slots::Slot;

/// A template in one set of parameters: the root, or a nested one of inner scope.
pub(crate) struct Template<'d> {
    /// The template's object.
    pub(crate) node: Node<'d>,
    /// The file it stands in; links are relative to it.
    pub(crate) document: &'d Document,
    /// Where it deploys to.
    pub(crate) target: Rc<Target>,
    /// What tells this template and set of parameters from all others.
    pub(crate) key: DeploymentKey,
    /// Whether it is not known that it is deployed at all.
    pub(crate) supposed: bool,
    /// Whether a loop around it makes more than one of it.
    pub(crate) repeated: bool,
    /// Nested deployments around it.
    pub(crate) depth: u32,
    /// The files of the linked templates around it, for cycles.
    pub(crate) files: Vec<Node<'d>>,
    pub(crate) sections: Sections<'d>,
    parameters: Names<'d>,
    variables: Names<'d>,
    looped_variables: Names<'d>,
    functions: Names<'d>,
    given: Vec<Source<'d>>,
    parameter_slots: Vec<Slot>,
    variable_slots: Vec<Slot>,
    looped_slots: Vec<Slot>,
    declared: RefCell<Declared<'d>>,
}

impl<'d> Template<'d> {
    /// The template at `node` of `document`, given parameters by `given`, of which the last wins.
    pub(crate) fn new(
        document: &'d Document,
        node: Node<'d>,
        target: Rc<Target>,
        key: DeploymentKey,
        given: Vec<Source<'d>>,
    ) -> Self {
        let sections = Sections::of(node);
        let value = |section: Option<Member<'d>>| section.map(|member| member.value);
        let parameters = Names::of(value(sections.parameters));
        let all = value(sections.variables);
        let variables = Names::of(all);
        let looped_variables = Names::of_loops(all.and_then(|all| all.get("copy")));
        let functions = Names::of_functions(value(sections.functions));
        Self {
            node,
            document,
            target,
            key,
            supposed: false,
            repeated: false,
            depth: 0,
            files: Vec::new(),
            sections,
            parameter_slots: slots::make(parameters.len()),
            variable_slots: slots::make(variables.len()),
            looped_slots: slots::make(looped_variables.len()),
            parameters,
            variables,
            looped_variables,
            functions,
            given,
            declared: RefCell::default(),
        }
    }
}
