//! Many ids read one after the other, with what they have in common kept once.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Home, Names, Part, Parts, ResourceId};
use crate::{Data, Value};

/// So much is remembered of each sort before all of it is forgotten: neighbors in a file have most in common.
const REMEMBERED: usize = 1 << 13;

/// Reads ids. Those of one type in one group share all but their names, and a child that is named again, such as a
/// subnet by everything in it, is the very same.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    /// By the text before the name.
    homes: FxHashMap<Box<str>, Arc<Home>>,
    /// Children by their whole text.
    children: FxHashMap<Box<str>, ResourceId>,
    /// What was read last of each: the next is mostly its neighbor.
    last_home: Option<(Box<str>, Arc<Home>)>,
    last_child: Option<(Box<str>, ResourceId)>,
}

impl Ids {
    /// The id that a value spells, as [`ResourceId::of`].
    pub fn of(&mut self, value: &Value) -> Option<ResourceId> {
        match &value.data {
            Data::Text(text) => self.parse(text, ResourceId::parse),
            _ => ResourceId::of(value),
        }
    }

    /// The id that `text` spells as `parse` reads it: two texts alike but for the last segment differ in the last
    /// name alone.
    pub fn parse(
        &mut self,
        text: &str,
        parse: impl FnOnce(&str) -> Option<ResourceId>,
    ) -> Option<ResourceId> {
        if let Some((last, id)) = &self.last_child
            && **last == *text
        {
            return Some(id.clone());
        }
        let split = text.rsplit_once('/').filter(|(_, name)| is_plain(name));
        let Some((before, name)) = split else { return parse(text) };
        if let Some(home) = self.home(before) {
            let names = Names::One(Part::Known(name.into()));
            return Some(ResourceId(Arc::new(Parts { home, names })));
        }
        let id = match self.children.get(text) {
            Some(id) => id.clone(),
            None => parse(text)?,
        };
        if id.names().len() > 1 {
            forget_if_full(&mut self.children);
            self.children.entry(text.into()).or_insert_with(|| id.clone());
            self.last_child = Some((text.into(), id.clone()));
        } else if id.name() == name {
            forget_if_full(&mut self.homes);
            self.homes.insert(before.into(), Arc::clone(&id.0.home));
        }
        Some(id)
    }

    fn home(&mut self, before: &str) -> Option<Arc<Home>> {
        match &self.last_home {
            Some((last, home)) if **last == *before => Some(Arc::clone(home)),
            _ => {
                let home = Arc::clone(self.homes.get(before)?);
                self.last_home = Some((before.into(), Arc::clone(&home)));
                Some(home)
            }
        }
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.trim_end().len() == name.len()
}

fn forget_if_full<V>(remembered: &mut FxHashMap<Box<str>, V>) {
    if remembered.len() >= REMEMBERED {
        remembered.clear();
    }
}
