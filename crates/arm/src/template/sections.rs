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
        let mut sections = Self::default();
        for member in node.members() {
            let all = [
                ("parameters", &mut sections.parameters),
                ("variables", &mut sections.variables),
                ("functions", &mut sections.functions),
                ("resources", &mut sections.resources),
                ("outputs", &mut sections.outputs),
            ];
            if let Some((_, section)) = all.into_iter().find(|(name, _)| member.is(name)) {
                *section = Some(member);
            }
        }
        sections
    }
}
