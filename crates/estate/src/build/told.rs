//! One object as several inputs tell it.

use drlint_resource::{Data, Lookup, Origin, Resource, Unknown, Value};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::Placed;

/// The same object as several inputs tell it, strongest first. What the strongest leaves open the others fill.
#[derive(Clone, Debug)]
pub(crate) struct Told<'v> {
    strongest: &'v Value,
    others: Vec<&'v Value>,
}

/// A list of objects as several inputs tell it.
#[derive(Debug, Default)]
pub(crate) struct ToldList<'v> {
    /// The elements of the strongest list; those of the others fill what elements of the same name leave open.
    pub(crate) elements: Vec<Told<'v>>,
    /// Where the strongest list stands.
    pub(crate) origin: Option<Origin>,
    /// Why the list, or an element of it, is not known.
    pub(crate) unknown: Option<Arc<Unknown>>,
}

impl<'v> Told<'v> {
    pub(crate) fn one(value: &'v Value) -> Self {
        Self { strongest: value, others: Vec::new() }
    }

    /// The same object with what `resources` tell of it besides.
    pub(crate) fn and(&self, resources: impl IntoIterator<Item = &'v Resource>) -> Self {
        let others = resources.into_iter().map(|resource| &resource.body);
        Self { strongest: self.strongest, others: self.others.iter().copied().chain(others).collect() }
    }

    /// The same object with all that `other` tells of it besides.
    pub(crate) fn and_told(&self, other: &Self) -> Self {
        let others = self.others.iter().copied().chain(other.values());
        Self { strongest: self.strongest, others: others.collect() }
    }

    /// The object as the strongest input tells it that has something at one of `paths`, below the properties.
    pub(crate) fn as_first_with(&self, paths: &[&str]) -> Self {
        let has = |value: &&Value| paths.iter().any(|path| value.properties().at(path).found().is_some());
        self.values().find(has).map_or_else(|| self.clone(), Self::one)
    }

    fn values(&self) -> impl Iterator<Item = &'v Value> {
        std::iter::once(self.strongest).chain(self.others.iter().copied())
    }

    /// The string it is, if it is one.
    pub(crate) fn text(&self) -> Option<Placed<String>> {
        let text = self.strongest.as_str()?;
        Some(Placed::new(text.to_owned(), self.strongest.origin.clone()))
    }

    /// What stands at `path` below the properties, nested or flattened.
    pub(crate) fn property(&self, path: &str) -> Lookup<'v> {
        strongest(self.values().map(|value| value.properties().at(path)))
    }

    /// What stands at `path` of the object itself.
    pub(crate) fn member(&self, path: &str) -> Lookup<'v> {
        strongest(self.values().map(|value| value.at(path)))
    }

    /// What stands at the first of `paths` that is there, below the properties.
    pub(crate) fn first_property(&self, paths: &[&str]) -> Lookup<'v> {
        strongest(paths.iter().map(|path| self.property(path)))
    }

    /// Where the object stands in the strongest input.
    pub(crate) fn origin(&self) -> &'v Origin {
        &self.strongest.origin
    }

    /// Its name with the place of the name.
    pub(crate) fn name(&self) -> Option<(&'v str, &'v Origin)> {
        let value = self.member("name").found()?;
        value.as_str().map(|name| (name, &value.origin))
    }

    /// The objects of the list at `path` below the properties.
    pub(crate) fn list(&self, path: &str) -> ToldList<'v> {
        let mut found = ToldList::default();
        let mut unknown = None;
        for value in self.values() {
            match value.properties().at(path) {
                Lookup::Found(list) => found.add(list),
                Lookup::Unknown(why) => unknown = unknown.or(Some(why)),
                Lookup::Absent => {}
            }
        }
        let of_element = found.elements.iter().find_map(|element| element.strongest.as_unknown());
        let of_list = unknown.filter(|_| !found.is_shown());
        found.unknown = of_element.or(of_list).map(Arc::clone);
        found.elements.retain(|element| element.strongest.as_unknown().is_none());
        found
    }
}

impl<'v> ToldList<'v> {
    /// Whether some input shows the list, be it empty.
    pub(crate) fn is_shown(&self) -> bool {
        self.origin.is_some()
    }

    fn add(&mut self, list: &'v Value) {
        if self.origin.is_none() {
            self.origin = Some(list.origin.clone());
            let elements = elements(list).iter().filter(|value| !value.is_null());
            self.elements = elements.map(Told::one).collect();
            return;
        }
        let named = self.elements.iter().enumerate();
        let named = named.filter_map(|(at, element)| Some((element_key(element.strongest)?, at)));
        let positions: FxHashMap<String, usize> = named.collect();
        for value in elements(list) {
            let same = element_key(value).and_then(|key| positions.get(&key));
            if let Some(same) = same.and_then(|at| self.elements.get_mut(*at)) {
                same.others.push(value);
            }
        }
    }
}

/// What an element of a list is called, in lower case. A patch of an item says `ipConfigName` for the name that is
/// read, and interfaces of items have a `nicId` (`AZURE.md`, section 1.8).
pub(super) fn element_key(element: &Value) -> Option<String> {
    let names = ["name", "ipConfigName", "nicId"].into_iter().map(|member| element.at(member).text());
    names.flatten().next().map(str::to_lowercase)
}

/// The elements of an array; a single object counts as an array of one, as PowerShell unrolls it.
pub(crate) fn elements(list: &Value) -> &[Value] {
    match &list.data {
        Data::Array(elements) => elements,
        Data::Object(_) | Data::Text(_) => std::slice::from_ref(list),
        _ => &[],
    }
}

/// The first that was found, else the first that is not known.
fn strongest<'v>(lookups: impl Iterator<Item = Lookup<'v>>) -> Lookup<'v> {
    let mut unknown = Lookup::Absent;
    for lookup in lookups {
        match lookup {
            Lookup::Found(_) => return lookup,
            Lookup::Unknown(_) if unknown.is_absent() => unknown = lookup,
            _ => {}
        }
    }
    unknown
}
