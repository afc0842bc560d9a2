//! Virtual machines as one input tells of them.

use drlint_resource::{Origin, Resource, ResourceId, Value};
use drlint_source::{FileId, Span};

use super::value::reference;
use super::{Reader, Record, TellingOf};
use crate::build::{Told, elements, read};
use crate::model::Own;
use crate::{Fact, Few, Machine, MachineIndex, Placed, Tags};

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

    /// What is kept of machines adds up: their interfaces say the rest.
    fn dispute(&mut self, _other: &Self, _rivals: &[FileId]) {}

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
