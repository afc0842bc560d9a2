//! The sections of a template.

use drlint_source::{Member, Node};

/// What stands in a template's object, found at one walk through it; of sections that stand twice the last.
#[derive(Clone, Copy, Default)]
pub(crate) struct Sections<'d> {
    pub(super) parameters: Option<Member<'d>>,
    pub(super) variables: Option<Member<'d>>,
    pub(super) functions: Option<Member<'d>>,
    pub(super) resources: Option<Member<'d>>,
    pub(super) outputs: Option<Member<'d>>,
}

impl<'d> Sections<'d> {
    /// The sections of the template at `node`.
    pub(super) fn of(node: Node<'d>) -> Self {
        let names = ["parameters", "variables", "functions", "resources", "outputs"];
        let [parameters, variables, functions, resources, outputs] = node.members_of(names);
        Self { parameters, variables, functions, resources, outputs }
    }
}
