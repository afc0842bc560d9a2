//! Looks for what is wrong in a node whose value nobody asks for: its expressions are evaluated, and nothing is made
//! of its literals.

use drlint_resource::Value;
use drlint_source::{Member, Node, NodeKind};

use super::Machine;
use super::nodes::is_property_loop;
use crate::budget::Outlay;
use crate::context::{Context, Site};
use crate::expression::{Form, form};

impl<'d> Machine<'d> {
    /// Spends what [`Machine::member`] spends, and says what it says.
    pub(crate) fn examine_member(&self, member: Member<'d>, context: &Context<'d>) {
        if member.is("copy") && is_property_loop(member.value) {
            self.property_loops(member.value, context, &mut Vec::new());
            return;
        }
        let charged = self.charge(member.value);
        if is_expression(member.key) {
            self.key(member.key, context);
        }
        if charged.is_ok() {
            self.examine(member.value, context);
        }
    }

    fn examine(&self, node: Node<'d>, context: &Context<'d>) {
        match node.kind() {
            NodeKind::String => {
                self.unless_silent(node, context, |value| {
                    value();
                });
            }
            NodeKind::Array | NodeKind::Object => {
                // What went wrong is said; the value that would stand for it is not needed.
                let _ = self.examine_inside(node, context);
            }
            _ => {}
        }
    }

    /// Runs `otherwise`, which may ask for the value of `node`, unless one sees that evaluating it would say nothing.
    /// Then it is paid for all the same.
    pub(crate) fn unless_silent(
        &self,
        node: Node<'d>,
        context: &Context<'d>,
        otherwise: impl FnOnce(&dyn Fn() -> Value),
    ) -> Option<Outlay> {
        if node.kind() != NodeKind::String {
            otherwise(&|| self.value(node, context));
            return None;
        }
        let text = node.as_str().unwrap_or_default();
        let Form::Expression(text) = form(&text) else { return Some(Outlay::default()) };
        if node.is_cut() {
            return Some(Outlay::default());
        }
        self.with_parsed(node, text, context, |parsed| {
            let term = parsed.as_ref().ok().and_then(|expression| expression.term(text));
            let outlay = term.and_then(|term| self.silent(term, context, node.span()));
            let paid = outlay.filter(|outlay| self.meter.afford(*outlay));
            if paid.is_none() {
                let site = Site::new(node, text);
                otherwise(&|| self.weighed(self.whole(parsed, text, site, context), node));
            }
            paid
        })
    }

    fn examine_inside(&self, node: Node<'d>, context: &Context<'d>) -> Result<(), Value> {
        self.charge(node)?;
        let _frame = self.frame().ok_or_else(|| self.too_deep(Site::new(node, "")))?;
        for member in node.members() {
            self.examine_member(member, context);
        }
        let mut elements = 0;
        for element in node.elements() {
            self.examine(element, context);
            elements += 1;
        }
        self.meter.nodes(elements).map_err(|breach| self.broken_at(breach, node))
    }
}

fn is_expression(node: Node<'_>) -> bool {
    node.as_str().is_some_and(|text| matches!(form(&text), Form::Expression(_)))
}
