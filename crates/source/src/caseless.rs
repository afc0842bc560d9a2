//! Names that are compared without case, as Azure compares them.

use std::hash::{Hash, Hasher};

/// A text that is equal to one that differs in the case of ASCII letters alone.
#[derive(Clone, Copy, Debug)]
pub struct Caseless<'t>(pub &'t str);

impl PartialEq for Caseless<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        // Most names that differ have another length; nearly all that are equal are spelt in one way.
        self.0.len() == other.0.len() && (self.0 == other.0 || self.0.eq_ignore_ascii_case(other.0))
    }
}

impl Eq for Caseless<'_> {}

/// The bit in which the two cases of a letter differ, in each of eight bytes.
const CASE: u64 = 0x2020_2020_2020_2020;

/// Eight bytes at a time with the bit of the case set: that some other bytes become equal, too, does no harm.
impl Hash for Caseless<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (words, rest) = self.0.as_bytes().as_chunks::<8>();
        for word in words {
            state.write_u64(u64::from_le_bytes(*word) | CASE);
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        state.write_u64(u64::from_le_bytes(last) | CASE);
    }
}

#[cfg(test)]
mod tests {
    use std::hash::BuildHasher;

    use rustc_hash::FxBuildHasher;

    use super::Caseless;

    #[test]
    fn names_are_equal_without_case_and_have_one_hash() {
        for (one, two) in
            [("", ""), ("Name", "nAME"), ("virtualNetworks", "VIRTUALnetworks"), ("é-Ab[", "é-aB[")]
        {
            assert_eq!(Caseless(one), Caseless(two));
            assert_eq!(FxBuildHasher.hash_one(Caseless(one)), FxBuildHasher.hash_one(Caseless(two)), "{one}");
        }
        for (one, two) in [("a", "b"), ("a[", "a{"), ("É", "é"), ("ab", "abc")] {
            assert_ne!(Caseless(one), Caseless(two));
        }
    }
}
