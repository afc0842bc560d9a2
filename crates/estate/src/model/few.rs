//! Lists that mostly hold one element.

use std::ops::{Deref, DerefMut};

/// A list that needs no room of its own for a single element.
#[derive(Clone, Debug, Default)]
pub enum Few<T> {
    /// Nothing.
    #[default]
    Nothing,
    /// One element.
    One(T),
    /// Several elements.
    Several(Vec<T>),
}

impl<T> Few<T> {
    /// Adds an element at the end.
    pub fn push(&mut self, element: T) {
        *self = match std::mem::take(self) {
            Self::Nothing => Self::One(element),
            Self::One(first) => Self::Several(vec![first, element]),
            Self::Several(mut all) => {
                all.push(element);
                Self::Several(all)
            }
        };
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::Nothing => &[],
            Self::One(only) => std::slice::from_ref(only),
            Self::Several(all) => all,
        }
    }
}

impl<T> DerefMut for Few<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match self {
            Self::Nothing => &mut [],
            Self::One(only) => std::slice::from_mut(only),
            Self::Several(all) => all,
        }
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        let mut few = Self::Nothing;
        for element in elements {
            few.push(element);
        }
        few
    }
}

impl<'f, T> IntoIterator for &'f Few<T> {
    type Item = &'f T;
    type IntoIter = std::slice::Iter<'f, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::Few;

    #[test]
    fn elements_come_in_their_order() {
        for count in 0..4 {
            let few: Few<usize> = (0..count).collect();
            assert_eq!(few.to_vec(), (0..count).collect::<Vec<_>>());
            assert_eq!((&few).into_iter().sum::<usize>(), (0..count).sum::<usize>());
        }
    }
}
