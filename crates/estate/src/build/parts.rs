//! Parts of a resource, such as the subnets of a network: elements of its list, children, or both at once.

use std::sync::Arc;

use drlint_resource::{Input, Origin, Reason, Resource, ResourceId, Unknown};
use rustc_hash::{FxHashMap, FxHashSet};

use super::element_name;
use super::merge::Merged;
use super::told::{Told, ToldList};

/// A part of a resource.
pub(super) struct Part<'v> {
    pub(super) told: Told<'v>,
    pub(super) id: ResourceId,
    pub(super) place: Origin,
    /// Why nobody knows whether it exists.
    pub(super) condition: Option<Arc<Unknown>>,
}

/// All parts of one sort.
pub(super) struct Parts<'v> {
    pub(super) all: Vec<Part<'v>>,
    /// Whether some input shows them, be it as an empty list.
    pub(super) shown: bool,
    /// Why the list, or an element of it, is not known.
    pub(super) unknown: Option<Arc<Unknown>>,
    /// Where the list stands; without one, where the first of the children does.
    pub(super) place: Option<Origin>,
}

/// What the lists of several inputs are to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lists {
    /// The strongest lists all there are: a template that lists subnets lists all of them, and what an export has
    /// beyond that is drift.
    StrongestIsComplete,
    /// Templates and exports add to each other: peerings are often made elsewhere.
    AddUp,
}

impl<'v> Part<'v> {
    pub(super) fn of(child: &'v Merged) -> Self {
        Self { told: child.told(), id: child.id.clone(), place: child.place(), condition: child.condition() }
    }
}

/// The parts that `merged` lists as `member`, and its `children` of the same name.
pub(super) fn parts<'v>(merged: &'v Merged, member: &str, children: &'v [Merged], lists: Lists) -> Parts<'v> {
    let strongest = merged.told().list(member);
    let mut found = Parts {
        all: Vec::new(),
        shown: strongest.is_shown() || !children.is_empty(),
        unknown: strongest.unknown.or_else(|| cut_children(children).filter(|_| strongest.origin.is_none())),
        place: strongest.origin.or_else(|| children.first().map(Merged::place)),
    };
    let mut elements = strongest.elements;
    if lists == Lists::AddUp {
        elements.extend(lists_beside(merged, member).flat_map(|list| list.elements));
    }
    let mut rest: FxHashMap<ResourceId, &Merged> =
        children.iter().map(|child| (child.id.clone(), child)).collect();
    let mut seen: FxHashSet<ResourceId> = FxHashSet::default();
    for element in elements {
        let Some((name, place)) = element_name(&element) else {
            let text = format!("an element of `{member}` of `{}` has no name", merged.id.name());
            let nameless = Unknown::without_expression(Reason::Other(text.into()), element.origin().span);
            found.unknown.get_or_insert_with(|| Arc::new(nameless));
            continue;
        };
        let id = merged.id.child(member, name);
        if !seen.insert(id.clone()) {
            continue;
        }
        let part = match rest.remove(&id) {
            // A child is deployed after the resource that lists it, so what it says stands in the end.
            Some(child) if child.tellings().next().is_some_and(is_template) => {
                Part { told: child.told().and_told(&element), ..Part::of(child) }
            }
            Some(child) => {
                Part { told: element.and(child.tellings()), id, place, condition: merged.condition() }
            }
            None => Part { told: element, id, place, condition: merged.condition() },
        };
        found.all.push(part);
    }
    let complete = lists == Lists::StrongestIsComplete && lists_in_template(merged, member);
    let wanted = |child: &&Merged| !complete || child.tellings().any(is_template);
    let children = children.iter().filter(|child| rest.contains_key(&child.id)).filter(wanted);
    found.all.extend(children.map(Part::of));
    found
}

/// The lists of all tellings but the strongest. Of what is live now one export lists all there is; another one, which
/// may be older, adds nothing to it.
fn lists_beside<'v>(merged: &'v Merged, member: &str) -> impl Iterator<Item = ToldList<'v>> {
    let mut live_seen = false;
    let lists = merged.tellings().filter_map(move |telling| {
        let list = Told::one(&telling.body).list(member);
        let is_live = matches!(&telling.input, Input::Export(export) if !export.planned);
        let again = is_live && live_seen;
        live_seen |= is_live && list.is_shown();
        (!again).then_some(list)
    });
    lists.skip(1)
}

/// Why children that stand in an export that is cut are not all there are.
fn cut_children(children: &[Merged]) -> Option<Arc<Unknown>> {
    let mut tellings = children.iter().flat_map(Merged::tellings);
    let cut = tellings.find(|told| matches!(&told.input, Input::Export(export) if export.truncated))?;
    let text = format!("an export with resources of type `{}` is not complete", cut.id.kind());
    Some(Arc::new(Unknown::without_expression(Reason::Other(text.into()), cut.place)))
}

pub(super) fn is_template(resource: &Resource) -> bool {
    matches!(resource.input, Input::Template(_))
}

fn lists_in_template(merged: &Merged, member: &str) -> bool {
    let mut templates = merged.tellings().filter(|telling| is_template(telling));
    templates.any(|telling| !telling.property(member).is_absent())
}
