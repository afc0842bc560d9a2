//! Whether what is not in the input is not in Azure.

use std::sync::Arc;

use drlint_resource::{Input, Missing, Reason, ResourceId, Scope, Unknown};
use drlint_source::{FileId, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Estate;

/// Whether a resource that the input does not have is absent (`RULES.md`, *Absent*).
#[derive(Clone, Debug)]
pub enum Absence {
    /// The estate could have shown it.
    Absent,
    /// It may exist outside the input, and why nobody knows.
    Undecided(Arc<Unknown>),
}

impl Absence {
    /// Whether it is absent for sure.
    pub fn is_certain(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

/// Which types the input shows, and where it is cut.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// By type in lower case: the subscriptions that show a resource of it.
    subscriptions: FxHashMap<String, FxHashSet<String>>,
    /// Types that stand in an export that is cut.
    truncated: FxHashSet<String>,
    /// Types of which a resource could not be read as a whole, and where.
    unread: FxHashMap<String, Span>,
    /// Whether an export is cut before its first resource, and nobody can tell of which type it would be.
    any_is_missing: bool,
    /// Where files are broken.
    lost: Vec<Span>,
    /// What was added last, and whether it was cut: neighbors mostly say the same.
    last: Option<(ResourceId, bool)>,
}

impl Shown {
    /// Nothing yet but what is `missing`. A page that tells no type may go on with any: then nothing is absent for
    /// sure.
    pub(crate) fn missing(missing: Vec<Missing>) -> Self {
        let mut shown = Self::default();
        for missing in missing {
            match missing {
                Missing::OfType(kind) => {
                    shown.truncated.insert(kind.to_ascii_lowercase());
                }
                Missing::OfAnyType => shown.any_is_missing = true,
                Missing::Lost(place) => shown.lost.push(place),
                Missing::Unread(kind, place) => {
                    shown.unread.entry(kind.to_ascii_lowercase()).or_insert(place);
                }
            }
        }
        shown
    }

    /// Why nobody knows what else a file tells, if it is broken.
    pub(crate) fn lost_in(&self, file: FileId) -> Option<Arc<Unknown>> {
        self.lost.iter().find(|place| place.file == file).map(|place| lost(*place))
    }

    pub(crate) fn add(&mut self, id: &ResourceId, input: &Input) {
        let cut = matches!(input, Input::Export(export) if export.truncated);
        let again = self.last.as_ref().is_some_and(|(last, was_cut)| last.shares_home(id) && *was_cut == cut);
        if again {
            return;
        }
        let kind = id.kind().to_ascii_lowercase();
        if let Some(subscription) = subscription(id) {
            self.subscriptions.entry(kind.clone()).or_default().insert(subscription);
        }
        if cut {
            self.truncated.insert(kind);
        }
        self.last = Some((id.clone(), cut));
    }
}

impl Estate {
    /// Whether a resource of type `kind` that the input does not have is absent from the subscription of `beside`:
    /// the input has another resource of that type there, and nothing of that type may be missing from it
    /// ([`Estate::incomplete`]). `place` is where one would look for it.
    pub fn absence(&self, kind: &str, beside: &ResourceId, place: Span) -> Absence {
        if let Some(unknown) = self.incomplete(&[kind], place) {
            return Absence::Undecided(unknown);
        }
        let key = kind.to_ascii_lowercase();
        let subscriptions = self.shown.subscriptions.get(&key);
        let same = subscription(beside);
        if same.zip(subscriptions).is_some_and(|(same, shown)| shown.contains(&same)) {
            return Absence::Absent;
        }
        let text = format!("no resource of type `{kind}` of this subscription is in the input");
        undecided(Reason::Other(text.into()), place)
    }

    /// Why the input may not show all resources of these types that its files should: one of them is cut or broken.
    /// `place` is where one would look for what is missing.
    pub fn incomplete(&self, kinds: &[&str], place: Span) -> Option<Arc<Unknown>> {
        kinds.iter().find_map(|kind| self.incomplete_type(kind, place))
    }

    fn incomplete_type(&self, kind: &str, place: Span) -> Option<Arc<Unknown>> {
        let unknown = |text: &str, place| {
            Some(Arc::new(Unknown::without_expression(Reason::Other(text.into()), place)))
        };
        if self.shown.truncated.contains(&kind.to_ascii_lowercase()) {
            return unknown(&format!("an export with resources of type `{kind}` is not complete"), place);
        }
        if let Some(place) = self.shown.unread.get(&kind.to_ascii_lowercase()) {
            return unknown(&format!("a resource of type `{kind}` cannot be read as a whole"), *place);
        }
        if self.shown.any_is_missing {
            let text = "an export is cut before its first resource, and does not say of which type";
            return unknown(text, place);
        }
        self.shown.lost.first().map(|place| lost(*place))
    }

    /// Whether some input shows a resource of type `kind`, in any subscription.
    pub fn shows(&self, kind: &str) -> bool {
        self.shown.subscriptions.contains_key(&kind.to_ascii_lowercase())
    }
}

fn lost(place: Span) -> Arc<Unknown> {
    let reason = Reason::Other("a file is broken, and what is missing may have stood in it".into());
    Arc::new(Unknown::without_expression(reason, place))
}

fn undecided(reason: Reason, place: Span) -> Absence {
    Absence::Undecided(Arc::new(Unknown::without_expression(reason, place)))
}

/// The subscription of a resource, in lower case; of an unknown one, what it is equal to.
fn subscription(id: &ResourceId) -> Option<String> {
    let part = match id.scope() {
        Scope::Group { subscription, .. } | Scope::Subscription(subscription) => subscription,
        Scope::Other(_) => return None,
    };
    Some(match part {
        drlint_resource::Part::Known(text) => text.to_lowercase(),
        drlint_resource::Part::Unknown(part) => format!("{{{}}}", part.identity),
    })
}
