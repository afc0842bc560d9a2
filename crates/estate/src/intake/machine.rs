//! Virtual machines as one input tells of them.

use drlint_resource::{Origin, Resource, ResourceId, Value};
use drlint_source::Span;

use super::record::compare_facts;
use super::value::reference;
use super::{Reader, Record, TellingOf};
use crate::build::{Differing, Told, elements, read};
use crate::model::Own;
use crate::{Fact, Few, Machine, MachineIndex, Placed, Saying, Tags};

impl Machine {
    /// One of which no input tells more than that something refers to it.
    pub(crate) fn named(id: &ResourceId, place: Origin) -> Self {
        Self {
            index: MachineIndex::at(0),
            id: id.clone(),
            place,
            interfaces: Few::Nothing,
            known_from_outside: true,
            own: None,
            telling: TellingOf::default(),
        }
    }
}

impl Reader {
    pub(super) fn machine(&mut self, resource: &Resource, mut telling: TellingOf) -> Machine {
        let body = &resource.body;
        let list = body.properties().at("networkProfile.networkInterfaces").found();
        telling.lists = list.is_some();
        let list = list.map(elements).unwrap_or_default();
        let mut list: Vec<&Value> =
            list.iter().filter(|element| !element.is_null() && element.as_unknown().is_none()).collect();
        let is_primary = |element: &&Value| {
            element.properties().at("primary").found().and_then(Value::as_bool) == Some(true)
        };
        list.sort_by_key(|element| !is_primary(element));
        let references =
            list.into_iter().filter_map(|element| match reference(element.at("id"), &mut self.ids) {
                Fact::Known(id) => Some(id),
                _ => None,
            });
        Machine {
            own: own(read::tags(&Told::one(body)), references.collect()),
            known_from_outside: false,
            telling,
            ..Machine::named(&resource.id, Origin::at(resource.place))
        }
    }
}

fn own(tags: Tags, references: Few<Placed<ResourceId>>) -> Option<Box<Own>> {
    let is_tagged = [&tags.recovers, &tags.application, &tags.role].iter().any(|tag| !tag.is_absent());
    (is_tagged || !references.is_empty()).then(|| Box::new(Own { tags, references }))
}

impl Record for Machine {
    fn id(&self) -> &ResourceId {
        &self.id
    }

    fn id_mut(&mut self) -> &mut ResourceId {
        &mut self.id
    }

    fn span(&self) -> Span {
        self.place.span
    }

    fn telling(&self) -> TellingOf {
        self.telling
    }

    fn telling_mut(&mut self) -> &mut TellingOf {
        &mut self.telling
    }

    fn compare(&self, other: &Self, found: &mut Differing<'_>) {
        for (one, two) in [
            (&self.tags().recovers, &other.tags().recovers),
            (&self.tags().application, &other.tags().application),
            (&self.tags().role, &other.tags().role),
        ] {
            compare_facts(one, two, |tag| tag.trim().to_lowercase(), found);
        }
        if !(self.telling.lists && other.telling.lists) {
            return;
        }
        let listed = |machine: &Self| {
            let listed = machine.own.iter().flat_map(|own| &*own.references);
            let mut listed: Vec<String> = listed.map(|id| id.value.full_name().to_lowercase()).collect();
            listed.sort_unstable();
            listed.join(", ")
        };
        let (here, there) = (listed(self), listed(other));
        if here != there {
            let saying = |text, machine: &Self| Saying { text, place: machine.place.span };
            found(saying(here, self), saying(there, other));
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        let mut differs = false;
        self.compare(other, &mut |_, _| differs = true);
        let tags = |one: &Self| {
            let tags = one.tags();
            [&tags.recovers, &tags.application, &tags.role].map(|tag| tag.known().is_some())
        };
        !differs && self.telling.lists == other.telling.lists && tags(self) == tags(other)
    }

    fn fill(&mut self, weaker: &mut Self) {
        let lists = self.telling.lists;
        self.telling.lists |= weaker.telling.lists;
        let Some(weaker) = weaker.own.take() else { return };
        let own = self.own.get_or_insert_default();
        if !lists {
            own.references = weaker.references;
        }
        for (own, weaker) in [
            (&mut own.tags.recovers, weaker.tags.recovers),
            (&mut own.tags.application, weaker.tags.application),
            (&mut own.tags.role, weaker.tags.role),
        ] {
            if own.known().is_none() && (own.is_absent() || weaker.known().is_some()) {
                *own = weaker;
            }
        }
    }
}
