//! What two versions of an estate have in common.

use std::hash::Hash;

use rustc_hash::FxHashMap;

/// What two versions find, and what each finds alone.
#[derive(Debug)]
pub struct Shared<T> {
    /// What both find.
    pub both: Vec<T>,
    /// What the first alone does.
    pub first: Vec<T>,
    /// What the second alone does.
    pub second: Vec<T>,
}

impl<T> Shared<T> {
    /// Lets the finds of two versions meet. Those `about` the same count as one, be it in other `words`: then the words are
    /// kept that sort first, so that it makes no difference which version is the first.
    pub fn of<K: Eq + Hash>(
        first: Vec<T>,
        second: Vec<T>,
        about: impl Fn(&T) -> K,
        words: impl Fn(&T) -> &str,
    ) -> Self {
        let mut rest = Rest::of(second, &about);
        let mut both = Vec::new();
        let mut alone = Vec::new();
        for own in first {
            match rest.take(&about(&own), |other| words(other) == words(&own)) {
                Some(_) => both.push(own),
                None => alone.push(own),
            }
        }
        let mut first = Vec::new();
        for own in alone {
            match rest.take(&about(&own), |_| true) {
                Some(other) => both.push(if words(&other) < words(&own) { other } else { own }),
                None => first.push(own),
            }
        }
        Self { both, first, second: rest.finds.into_iter().flatten().collect() }
    }
}

/// The finds of the second version, each until it has met its like.
struct Rest<T, K> {
    finds: Vec<Option<T>>,
    /// Their positions by what they are about.
    about: FxHashMap<K, Vec<usize>>,
}

impl<T, K: Eq + Hash> Rest<T, K> {
    fn of(finds: Vec<T>, about: impl Fn(&T) -> K) -> Self {
        let mut positions: FxHashMap<K, Vec<usize>> = FxHashMap::default();
        for (at, find) in finds.iter().enumerate() {
            positions.entry(about(find)).or_default().push(at);
        }
        Self { finds: finds.into_iter().map(Some).collect(), about: positions }
    }

    /// Takes out the first find about this that fits.
    fn take(&mut self, about: &K, fits: impl Fn(&T) -> bool) -> Option<T> {
        let positions = self.about.get_mut(about)?;
        let fits = |at: &usize| self.finds.get(*at).and_then(Option::as_ref).is_some_and(&fits);
        let at = positions.remove(positions.iter().position(fits)?);
        self.finds.get_mut(at)?.take()
    }
}
